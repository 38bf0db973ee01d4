"""One fiche as a PDF, opened by an independent reader."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from wagtail.models import PageViewRestriction

from campaigns.models import ActionMedia
from tests.campaigns.outputs.reading import body, get, is_tagged, language
from tests.campaigns.scene import make_endorsed, make_published
from tests.contest.printing.reading import structure, texts, title
from tests.factories import make_edition

pytestmark = pytest.mark.django_db


def picture() -> bytes:
    target = BytesIO()
    Image.new("RGB", (1200, 800), "navy").save(target, "PNG")
    return target.getvalue()


def test_a_public_fiche_is_a_tagged_pdf_that_names_nobody(client, scene) -> None:
    shown = ActionMedia(kind="image", alternative="Des élèves débattent", is_authorised=True)
    shown.file.save("photo.png", ContentFile(picture()), save=False)
    action = make_published(
        scene, title="Petits déjeuners 🎉", course="Accueil.\n\n- Débat\n- Bilan", media=[shown]
    )

    answer = get(client, f"/{scene.edition.slug}/actions/{action.pk}-{action.slug}.pdf")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    content = body(answer)
    text = " ".join(texts(content))
    assert "Petits déjeuners" in text
    assert scene.establishment.name in text
    assert "Mission locale" in text
    assert "CPE" in text
    assert "Camille" not in text
    assert b"camille@example.org" not in content
    assert title(content) == f"Petits déjeuners 🎉 – {scene.establishment}"
    assert (language(content), is_tagged(content)) == ("fr", True)
    found = structure(content)
    assert "Des élèves débattent" in [element.alternative for element in found]
    kinds = [element.kind for element in found]
    assert kinds.count("H1") == 1
    assert {"H2", "L", "LI", "Figure"} <= set(kinds)


def test_the_address_of_a_pdf_follows_the_title(client, scene) -> None:
    action = make_published(scene)
    base = f"/{scene.edition.slug}/actions/{action.pk}"

    for wrong in (f"{base}.pdf", f"{base}-autre-titre.pdf"):
        answer = client.get(wrong)
        assert (answer.status_code, answer["Location"]) == (301, f"{base}-{action.slug}.pdf")
    head = client.head(f"{base}-{action.slug}.pdf")
    assert (head.status_code, head.content) == (200, b"")
    assert client.post(f"{base}-{action.slug}.pdf").status_code == 405


def test_what_is_not_public_is_no_pdf(client, scene) -> None:
    hidden = make_endorsed(scene)
    other = make_edition(scene.academy)
    public = make_published(scene)

    base = f"/{scene.edition.slug}/actions"
    assert client.get(f"{base}/{hidden.pk}-{hidden.slug}.pdf").status_code == 404
    assert client.get(f"{base}/999999999999999.pdf").status_code == 404
    assert client.get(f"/{other.slug}/actions/{public.pk}-{public.slug}.pdf").status_code == 404
    PageViewRestriction.objects.create(page=scene.edition, restriction_type="login")
    assert Client().get(f"{base}/{public.pk}-{public.slug}.pdf").status_code == 302


def test_a_picture_that_cannot_be_read_costs_no_page(client, scene) -> None:
    broken = ActionMedia(kind="image", alternative="Une photo", is_authorised=True)
    broken.file.save("photo.jpg", ContentFile(b"no picture"), save=False)
    action = make_published(scene, media=[broken])

    answer = get(client, f"/{scene.edition.slug}/actions/{action.pk}-{action.slug}.pdf")

    assert body(answer).startswith(b"%PDF-")
