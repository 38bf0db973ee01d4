"""The contests of a loaded demonstration, and many more posters on demand."""

from __future__ import annotations

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from contest.enums import PosterStatus
from contest.models import ContestPage, Poster, PosterFile, Registration
from contest.status import derived_status
from contest.storage import names_of, private_storage
from demo.loading.demonstration import load
from tests.demo.loaded.conftest import NOW, Demonstration

pytestmark = [
    pytest.mark.usefixtures("demonstration"),
    pytest.mark.django_db,
    pytest.mark.xdist_group("demonstration"),
]


def contest_of(slug: str) -> ContestPage:
    return next(page for page in ContestPage.objects.all() if page.edition.slug == slug)


def statuses(contest: ContestPage) -> Counter[str]:
    return Counter(contest.posters.values_list("status", flat=True))


def test_twenty_four_posters_stand_in_two_contests_in_every_status(
    demonstration: Demonstration,
) -> None:
    assert demonstration.loaded.posters == Poster.objects.count() == 24
    past = contest_of("2023")
    present = ContestPage.objects.exclude(pk=past.pk).get()
    assert statuses(past) == {"admitted": 10, "refused": 1, "withdrawn": 1}
    assert set(statuses(present)) == {"draft", "submitted", "returned", "admitted", "refused"}
    for contest in (past, present):
        entered = {poster.category_id for poster in contest.posters.all()}
        assert entered == set(contest.categories.values_list("pk", flat=True))


def test_every_status_is_what_the_workflow_says() -> None:
    for poster in Poster.objects.all():
        assert derived_status(poster) == poster.status, poster.title


def test_each_poster_has_its_pictures_and_a_withdrawn_one_has_no_file() -> None:
    for poster in Poster.objects.select_related("file"):
        if poster.status == PosterStatus.WITHDRAWN:
            assert poster.file is None
            continue
        assert poster.file is not None
        assert poster.file.prepared_at is not None
        assert all(private_storage().exists(name) for name in names_of(poster.file))


def test_the_past_gallery_names_the_schools_and_the_present_one_does_not() -> None:
    past = contest_of("2023")
    present = ContestPage.objects.exclude(pk=past.pk).get()
    client = Client(headers={"host": "localhost"})
    page = client.get("/2023/concours/galerie/")
    assert page.status_code == 200
    shown = past.posters.filter(status="admitted").first()
    assert shown is not None
    assert shown.establishment.name in page.content.decode()
    page = client.get(f"{present.get_url()}galerie/")
    assert page.status_code == 200
    for poster in present.posters.select_related("establishment"):
        assert poster.establishment.name not in page.content.decode()


def test_whoever_has_handed_in_has_registered_and_some_have_not_handed_in_yet() -> None:
    for contest in ContestPage.objects.all():
        registered = set(contest.registrations.values_list("establishment", flat=True))
        assert registered > set(contest.posters.values_list("establishment", flat=True))
    assert not Registration.objects.filter(registered_at__gte=NOW).exists()


def test_more_posters_come_once_and_each_has_its_number_and_its_pictures() -> None:
    assert load(NOW, posters=30).posters == 30
    assert load(NOW, posters=30).is_nothing
    assert load(NOW, posters=32).posters == 2
    present = ContestPage.objects.exclude(pk=contest_of("2023").pk).get()
    numbers = list(
        present.posters.filter(number__isnull=False).order_by("number").values_list(
            "number", flat=True
        )
    )  # fmt: skip
    assert numbers == list(range(1, len(numbers) + 1))
    newest = PosterFile.objects.latest("pk")
    assert all(private_storage().exists(name) for name in names_of(newest))


def test_fewer_posters_than_none_are_refused() -> None:
    with pytest.raises(CommandError):
        call_command("load_demo", "--posters", "-1", stdout=StringIO())
