"""A contest with admitted posters of several establishments, jurors, rounds by our own verbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from accounts.models import User
from contest.jury import assigning, casting
from contest.jury.casting import Act
from contest.jury.enums import College, Method
from contest.models import Assignment, Ballot, Category, Criterion, Juror, Poster, Round, Seat
from establishments.sign_in import account_of
from tests.contest.scene import Scene, make_admitted, make_scene
from tests.factories import EstablishmentFactory

NOW = datetime(2023, 3, 24, 9, tzinfo=UTC)
"""The deposit is closed; rounds are prepared."""

OPENS = datetime(2023, 3, 25, 8, tzinfo=UTC)
OPEN = datetime(2023, 3, 26, 9, tzinfo=UTC)
"""While jurors judge."""

CLOSES = datetime(2023, 3, 28, 16, tzinfo=UTC)
CLOSED = CLOSES + timedelta(seconds=1)

_jurors = count(1)


@dataclass
class JuryScene:
    """A contest whose collèges are judged: posters by number, jurors, one round."""

    contest_scene: Scene
    category: Category
    posters: list[Poster]
    jurors: list[Juror]
    round: Round

    @property
    def editor(self) -> User:
        """Who runs the contest."""
        return self.contest_scene.editor

    def seat(self, juror: Juror) -> Seat:
        """The seat of `juror` in the round."""
        return Seat.objects.select_related("round__category__contest", "juror").get(
            round=self.round, juror=juror
        )

    def work(self, juror: Juror) -> list[Assignment]:
        """What `juror` has to judge, by number."""
        return list(
            Assignment.objects.filter(round=self.round, juror=juror)
            .select_related("poster", "juror", "round")
            .order_by("poster__number")
        )


def make_juror(scene: Scene, **fields: Any) -> Juror:
    """Somebody in the jury of the scene's contest, with an account of their own."""
    number = next(_jurors)
    address = fields.pop("email", f"juror{number}@jury.example")
    user = fields.pop("user", None) or User.objects.create_user(username=address, email=address)
    values = {
        "contest": scene.contest,
        "user": user,
        "email": address,
        "name": f"Jurée Fictive {number}",
        "title": "Illustratrice",
        "college": College.ARTIST,
    }
    return Juror.objects.create(**(values | fields))


def make_round(scene: Scene, **fields: Any) -> Round:
    """A round of the collèges, with its dates, not assigned."""
    values: dict[str, Any] = {
        "category": scene.category,
        "name": "Finale",
        "method": Method.MAJORITY,
        "minimum": 1,
        "opens_at": OPENS,
        "closes_at": CLOSES,
    }
    return Round.objects.create(**(values | fields))


def make_posters(scene: Scene, number: int) -> list[Poster]:
    """Admitted posters of as many collèges of the scene's network."""
    posters = []
    for _place in range(number):
        establishment = EstablishmentFactory(
            academy=scene.academy,
            department=scene.establishment.department,
            kind=scene.establishment.kind,
        )
        account_of(establishment)
        posters.append(make_admitted(scene, establishment=establishment))
    return posters


def make_jury(
    posters: int = 4, jurors: int = 3, *, assigned: bool = True, **fields: Any
) -> JuryScene:
    """A jury about to judge; `fields` are the round's. With `assigned`, its work is given."""
    scene = make_scene()
    if fields.get("method") == Method.CRITERIA:
        for order, (label, weight) in enumerate((("Message", 2), ("Esthétique", 1))):
            Criterion.objects.create(
                contest=scene.contest, label=label, weight=weight, scale=5, sort_order=order
            )
    made = make_posters(scene, posters)
    members = [make_juror(scene) for _place in range(jurors)]
    round_ = make_round(scene, **fields)
    if assigned:
        round_ = assigning.assign(round_, by=scene.editor, now=NOW)
    return JuryScene(scene, scene.category, made, members, round_)


def grade(assignment: Assignment, by: User | None = None, **grades: int | None) -> Ballot:
    """Cast `grades` while the round is open; "mention" for the usual one."""
    user = by or assignment.juror.user
    assert user is not None
    return casting.cast(assignment, Act(grades=grades), by=user, clock=lambda: OPEN)
