"""What came of an action, told from a phone without JavaScript, with a picture of the day."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
import time_machine

from campaigns import review
from campaigns.follow_up import latest_version
from campaigns.media_files import file_name
from campaigns.models import Action, ActionIndicator
from tests.browser.scenes.fiche_around import end_week
from tests.browser.traffic import settle
from tests.browser.visits import NARROW, Visit, follow
from tests.campaigns.scene import NOW, Scene, make_published, make_scene
from tests.campaigns.writing.test_files import picture

OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def scene(transactional_db: None) -> Scene:
    """A school whose fiche is published, and whose Week ended yesterday."""
    with time_machine.travel(NOW):
        made = make_scene()
        make_published(made, indicators=[ActionIndicator(label="Présents", target="24")])
    end_week(made)
    return made


def test_a_follow_up_with_a_picture_from_a_phone_without_scripts(
    scene: Scene, visit: Callable[..., Visit]
) -> None:
    action = Action.objects.get()
    page = visit("/espace/", user=scene.account, width=NARROW, scripts=False).page
    follow(page.get_by_role("link", name="Faire le bilan"))

    page.get_by_label("Élèves qui ont participé").fill("52")
    page.get_by_label("Conseils aux collègues").fill("Commencer en juin.")
    content = picture(size=(480, 320))
    for name in ("cour.jpg", "floue.jpg"):
        page.locator("[name=upload]").set_input_files(
            {"name": name, "mimeType": "image/jpeg", "buffer": content}
        )
        follow(page.locator("button[value='add:media']"))
    assert page.get_by_label("Conseils aux collègues").input_value() == "Commencer en juin."
    assert page.evaluate(OVERFLOW) <= 0
    follow(page.locator("button[value='remove:media:1']"))

    follow(page.locator(".fiche-form__end button[value=submit]"))
    wanted = page.locator("#erreurs li a")
    assert {link.get_attribute("href") for link in wanted.all()} == {
        "#lignes-media",
        "#id_satisfaction_0",
        "#id_continued_0",
    }
    assert page.get_by_label("Élèves qui ont participé").input_value() == "52"
    page.locator("[name=media-0-alternative]").fill("Les familles dans la cour")
    page.locator("label[for=id_media-0-is_authorised]").click()
    page.locator("label[for=id_satisfaction_0]").click()
    page.locator("label[for=id_continued_0]").click()
    follow(page.locator(".fiche-form__end button[value=submit]"))
    assert page.get_by_text("Bilan en relecture").is_visible()

    settle()
    [medium] = latest_version(action).media.all()
    review.publish(Action.objects.get(), by=scene.editor)
    public = visit(urlsplit(action.get_absolute_url()).path, width=NARROW, scripts=False)
    shown = public.page.get_by_role("img", name="Les familles dans la cour")
    assert file_name(medium) in str(shown.get_attribute("src"))
    told = public.page.locator("main").inner_text()
    assert "52 élèves" in told
    assert "Commencer en juin." in told
    assert public.page.evaluate(OVERFLOW) <= 0
    assert public.complaints == []
