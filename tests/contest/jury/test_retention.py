"""Jurors are forgotten a year after the Week; what they have cast is not."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import time_machine
from wagtail.models import ModelLogEntry

from accounts.models import MailRecord, User
from campaigns.models import CampaignPage
from contest.jury import assigning, declaring, inviting, reminding
from contest.jury.recusing import recuse
from contest.jury.retention import forget_jurors
from contest.models import Ballot, Conflict, Juror
from tests.contest.jury.scene import OPEN, grade, make_juror, make_jury
from tests.contest.scene import make_scene
from tests.factories import make_site

pytestmark = pytest.mark.django_db


def test_names_accounts_and_conflicts_go_and_grades_stay() -> None:
    scene = make_jury(posters=1, jurors=2)
    first, second = scene.jurors
    grade(scene.work(first)[0], mention=4)
    Conflict.objects.create(
        juror=second, establishment=scene.contest_scene.establishment, source="declared"
    )
    scene.contest_scene.network.leads.add(second.user)
    week = scene.contest_scene.edition.week_last_day

    assert forget_jurors(week) == 0
    assert forget_jurors(week + timedelta(days=1)) == 2
    assert forget_jurors(week + timedelta(days=1)) == 0

    assert set(Juror.objects.values_list("name", "email", "title", "user")) == {("", "", "", None)}
    assert not User.objects.filter(pk=first.user_id).exists()
    assert User.objects.filter(pk=second.user_id).exists(), "who leads a network keeps the account"
    assert not Conflict.objects.exists()
    assert Ballot.objects.get().grades == {"mention": 4}


def test_who_still_judges_elsewhere_keeps_the_account() -> None:
    scene = make_jury(posters=1, jurors=1)
    user = scene.jurors[0].user
    elsewhere = make_scene(make_site("amiens", "amiens.localhost", is_default=False))
    make_juror(elsewhere, user=user, email="other@jury.example")
    CampaignPage.objects.filter(pk=elsewhere.edition.pk).update(week_last_day=date(2030, 1, 1))
    forget_jurors(scene.contest_scene.edition.week_last_day + timedelta(days=1))
    assert user is not None
    assert User.objects.filter(pk=user.pk).exists()


def test_neither_the_log_nor_the_register_names_them_any_more() -> None:
    scene = make_jury(posters=2, jurors=2)
    first, second = scene.jurors
    site = scene.contest_scene
    with time_machine.travel(OPEN, tick=False):
        school = site.establishment
        assert first.user is not None
        declaring.declare(first, [school], by=first.user, now=OPEN)
        declaring.enter(second, school, "Sa nièce y est élève", by=scene.editor, now=OPEN)
        recuse(scene.work(first)[0], "Ma voisine l’a peinte", by=first.user)
        reminding.remind(scene.round, by=scene.editor)
        extra = inviting.invite(
            Juror(contest=site.contest, name="Jurée Tardive", email="tardive@jury.example"),
            by=scene.editor,
            now=OPEN,
        )
        assigning.let_go(extra, by=scene.editor)
    MailRecord.objects.update(outcome=MailRecord.Outcome.SENT)
    names = [first.name, second.name, "Jurée Tardive"]
    addresses = [first.email, second.email, "tardive@jury.example"]
    private = [*names, *addresses, "nièce", "voisine", school.uai]

    def kept() -> str:
        acts = ModelLogEntry.objects.filter(action__startswith="contest.jury.")
        mails = MailRecord.objects.filter(kind__startswith="jury_")
        rows = [*acts.values_list("label", "data"), *mails.values_list()]
        return json.dumps(rows, default=str, ensure_ascii=False)

    before = ModelLogEntry.objects.count()
    assert all(word in kept() for word in private)

    forget_jurors(site.edition.week_last_day + timedelta(days=1))

    assert [word for word in private if word in kept()] == []
    assert ModelLogEntry.objects.count() == before, "what was done stays"
    assert scene.round.name in kept(), "the name of a round is nobody's"
