"""A fiche in every situation, each version of it known by a word in its title."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from campaigns import review, submission
from campaigns.models import Action
from tests.campaigns.scene import (
    NOW,
    Scene,
    make_draft,
    make_endorsed,
    make_published,
    make_returned,
    make_submitted,
    write,
)


class Version(StrEnum):
    """The words in titles; none is part of another."""

    DRAFT = "Brouillonnette"
    REVIEWED = "Relecturette"
    PUBLIC = "Publiquette"


@dataclass(frozen=True)
class Case:
    """A fiche in one situation, and the newest version of it that each kind of reader knows."""

    name: str
    author: Version
    reviewer: Version | None
    public: Version | None
    make: Callable[[Scene], Action]


def _draft(scene: Scene) -> Action:
    return make_draft(scene, title=Version.DRAFT)


def _in_network_review(scene: Scene) -> Action:
    return make_submitted(scene, title=Version.REVIEWED)


def _in_academy_review(scene: Scene) -> Action:
    return make_endorsed(scene, title=Version.REVIEWED)


def _returned(scene: Scene) -> Action:
    return write(scene, make_returned(scene, title=Version.REVIEWED), title=Version.DRAFT)


def _published(scene: Scene) -> Action:
    return make_published(scene, title=Version.PUBLIC)


def _refused(scene: Scene) -> Action:
    return review.refuse(_in_academy_review(scene), by=scene.editor, comment="Motif.")


def _withdrawn(scene: Scene) -> Action:
    action = make_published(scene, title=Version.REVIEWED)
    return review.withdraw(action, by=scene.editor, comment="Motif.")


def _archived(scene: Scene) -> Action:
    return review.archive(_refused(scene), by=scene.editor)


def _changing(scene: Scene) -> Action:
    return write(scene, _published(scene), title=Version.DRAFT)


def _change_in_review(scene: Scene) -> Action:
    action = write(scene, _published(scene), title=Version.REVIEWED)
    return submission.submit(action, by=scene.account, now=NOW)


def _change_returned(scene: Scene) -> Action:
    action = review.request_changes(_change_in_review(scene), by=scene.lead, comment="Encore.")
    return write(scene, action, title=Version.DRAFT)


CASES = (
    Case("draft", Version.DRAFT, None, None, _draft),
    Case("network review", Version.REVIEWED, Version.REVIEWED, None, _in_network_review),
    Case("academy review", Version.REVIEWED, Version.REVIEWED, None, _in_academy_review),
    Case("changes requested", Version.DRAFT, Version.REVIEWED, None, _returned),
    Case("published", Version.PUBLIC, Version.PUBLIC, Version.PUBLIC, _published),
    Case("refused", Version.REVIEWED, Version.REVIEWED, None, _refused),
    Case("withdrawn", Version.REVIEWED, Version.REVIEWED, None, _withdrawn),
    Case("archived", Version.REVIEWED, Version.REVIEWED, None, _archived),
    Case("changing", Version.DRAFT, Version.PUBLIC, Version.PUBLIC, _changing),
    Case("change in review", Version.REVIEWED, Version.REVIEWED, Version.PUBLIC, _change_in_review),
    Case("change returned", Version.DRAFT, Version.REVIEWED, Version.PUBLIC, _change_returned),
)
