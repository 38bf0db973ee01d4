"""A juror without a connection: no answer is lost, none is sent in another's name, none is late
unseen."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from contest.jury import running
from contest.jury.enums import AssignmentStatus, Method
from contest.models import Ballot, LateBallot
from tests.browser.scenes.jury_desk import make_open_jury, page_of, poster_of
from tests.browser.test_jury_desk import SAVED, WAITING, grades_of, status_of, user_of
from tests.browser.visits import Visit, Visitor
from tests.contest.jury.scene import JuryScene


@pytest.fixture
def jury(transactional_db: None) -> JuryScene:
    """Two posters to judge by mentions, two jurors."""
    return make_open_jury(2)


def test_no_answer_is_lost_without_a_connection_nor_by_a_reload(
    visit: Callable[..., Visit], transactional_db: None
) -> None:
    jury = make_open_jury(2, method=Method.CRITERIA)
    number = jury.posters[0].number
    seen = visit(poster_of(jury), user=user_of(jury))
    page = seen.page
    page.context.set_offline(offline=True)
    page.get_by_role("group", name="Message").get_by_role("radio", name="4").check()
    page.locator("[data-jury-status]").filter(has_text="1 réponse gardée").wait_for()
    page.get_by_role("group", name="Esthétique").get_by_role("radio", name="2").check()
    page.locator("[data-jury-status]").filter(has_text="2 réponses gardées").wait_for()
    page.get_by_role("link", name="Suivant").or_(page.locator("[data-jury-next]")).first.click()
    page.locator("[data-jury-status]").filter(has_text="restez sur cette page").wait_for()
    assert not Ballot.objects.exists()

    # The tab is closed; the server comes back for pages before it does for answers.
    context = page.context
    page.close()
    context.set_offline(offline=False)
    again = context.new_page()
    again.route("**/affiches/**", _only_pages)
    again.goto(seen.base_url + poster_of(jury))
    status_of(again, WAITING)
    assert again.get_by_role("group", name="Message").get_by_role("radio", name="4").is_checked()
    assert again.get_by_role("group", name="Esthétique").get_by_role("radio", name="2").is_checked()
    again.unroute("**/affiches/**")
    again.evaluate("() => dispatchEvent(new Event('online'))")
    status_of(again, SAVED)
    keys = [one["key"] for one in jury.round.criteria]
    assert grades_of(jury, number) == dict(zip(keys, (4, 2), strict=True))
    assert (
        again.evaluate("() => Object.keys(localStorage).filter(key => /^jury:\\d/.test(key))") == []
    )
    work = jury.work(jury.jurors[0])[0]
    assert (work.status, work.revision) == (AssignmentStatus.SUBMITTED, 2)


def _only_pages(route: Any) -> None:
    if route.request.method == "POST":
        route.abort()
    else:
        route.continue_()


def test_what_waits_is_sent_from_the_desk_and_never_by_another_juror(
    jury: JuryScene, visitor: Visitor
) -> None:
    seen = visitor.visit(poster_of(jury), user=user_of(jury))
    page = seen.page
    page.route("**/affiches/**", _only_pages)
    page.get_by_role("radio", name="Passable").check()
    status_of(page, WAITING)

    context = page.context
    context.clear_cookies(name="sessionid")
    context.add_cookies([visitor._session_cookie(user_of(jury, 1))])
    page.unroute("**/affiches/**")
    page.evaluate("() => dispatchEvent(new Event('online'))")
    status_of(page, re.compile("Quelqu’un d’autre"))
    desk = context.new_page()
    desk.goto(seen.base_url + reverse("jury:desk"))
    desk.goto(seen.base_url + poster_of(jury))
    assert desk.get_by_role("radio", name="Sans réponse").is_checked()
    assert not Ballot.objects.exists()

    context.clear_cookies(name="sessionid")
    page.evaluate("() => dispatchEvent(new Event('online'))")
    status_of(page, re.compile("Votre session est terminée"))
    assert page.get_by_role("link", name="Se reconnecter").is_visible()
    page.close()
    context.add_cookies([visitor._session_cookie(user_of(jury))])
    desk.goto(seen.base_url + reverse("jury:desk"))
    status_of(desk, SAVED)
    assert grades_of(jury, jury.posters[0].number) == {"mention": 1}


def test_what_waited_past_the_close_is_shown_as_not_counted(
    jury: JuryScene, visit: Callable[..., Visit]
) -> None:
    page = visit(poster_of(jury), user=user_of(jury)).page
    page.context.set_offline(offline=True)
    page.get_by_role("radio", name="Excellent").check()
    status_of(page, WAITING)
    running.close(jury.round, by=jury.editor, now=timezone.now())
    page.context.set_offline(offline=False)
    page.wait_for_url("**" + page_of(jury))
    late = page.locator(".jury-late")
    assert "ne compte pas" in late.inner_text()
    assert "Excellent" in late.inner_text()
    assert not Ballot.objects.exists()
    assert LateBallot.objects.count() == 1
