"""A fiche in every situation, each version of it known by a word in its title."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core.files.base import ContentFile

from campaigns import review, submission
from campaigns.models import Action, ActionMedia
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
    """The words that titles begin with; none is part of another."""

    DRAFT = "Brouillonnette"
    REVIEWED = "Relecturette"
    PUBLIC = "Publiquette"


@dataclass(frozen=True)
class Case:
    """A fiche in one situation, and the newest version of it that each kind of reader knows.

    The titles of all its versions end with `word`, which no other case has.
    """

    name: str
    author: Version
    reviewer: Version | None
    public: Version | None
    word: str
    path: Callable[[Scene, str], Action]

    def make(self, scene: Scene) -> Action:
        """A fiche of the scene's establishment, taken to this situation."""
        return self.path(scene, self.word)


def said_by(version: Version, word: str) -> dict[str, Any]:
    """What a version is known by: its title, and a file whose content is that title."""
    title = f"{version} {word}"
    medium = ActionMedia(kind="document", alternative="Livret", is_authorised=True)
    medium.file.save("livret.pdf", ContentFile(title.encode()), save=False)
    return {"title": title, "media": [medium]}


def _draft(scene: Scene, word: str) -> Action:
    return make_draft(scene, **said_by(Version.DRAFT, word))


def _in_network_review(scene: Scene, word: str) -> Action:
    return make_submitted(scene, **said_by(Version.REVIEWED, word))


def _in_academy_review(scene: Scene, word: str) -> Action:
    return make_endorsed(scene, **said_by(Version.REVIEWED, word))


def _returned(scene: Scene, word: str) -> Action:
    action = make_returned(scene, **said_by(Version.REVIEWED, word))
    return write(scene, action, **said_by(Version.DRAFT, word))


def _published(scene: Scene, word: str) -> Action:
    return make_published(scene, **said_by(Version.PUBLIC, word))


def _refused(scene: Scene, word: str) -> Action:
    return review.refuse(_in_academy_review(scene, word), by=scene.editor, comment="Motif.")


def _withdrawn(scene: Scene, word: str) -> Action:
    action = make_published(scene, **said_by(Version.REVIEWED, word))
    return review.withdraw(action, by=scene.editor, comment="Motif.")


def _archived(scene: Scene, word: str) -> Action:
    return review.archive(_refused(scene, word), by=scene.editor)


def _changing(scene: Scene, word: str) -> Action:
    return write(scene, _published(scene, word), **said_by(Version.DRAFT, word))


def _change_in_review(scene: Scene, word: str) -> Action:
    action = write(scene, _published(scene, word), **said_by(Version.REVIEWED, word))
    return submission.submit(action, by=scene.account, now=NOW)


def _change_returned(scene: Scene, word: str) -> Action:
    action = _change_in_review(scene, word)
    action = review.request_changes(action, by=scene.lead, comment="Encore.")
    return write(scene, action, **said_by(Version.DRAFT, word))


_DRAFT, _REVIEWED, _PUBLIC = Version.DRAFT, Version.REVIEWED, Version.PUBLIC

# What its author, its reviewers and the public find.
CASES = (
    Case("draft", _DRAFT, None, None, "Abricot", _draft),
    Case("network review", _REVIEWED, _REVIEWED, None, "Bergamote", _in_network_review),
    Case("academy review", _REVIEWED, _REVIEWED, None, "Cassis", _in_academy_review),
    Case("changes requested", _DRAFT, _REVIEWED, None, "Figue", _returned),
    Case("published", _PUBLIC, _PUBLIC, _PUBLIC, "Goyave", _published),
    Case("refused", _REVIEWED, _REVIEWED, None, "Kumquat", _refused),
    Case("withdrawn", _REVIEWED, _REVIEWED, None, "Litchi", _withdrawn),
    Case("archived", _REVIEWED, _REVIEWED, None, "Mirabelle", _archived),
    Case("changing", _DRAFT, _PUBLIC, _PUBLIC, "Nectarine", _changing),
    Case("change in review", _REVIEWED, _REVIEWED, _PUBLIC, "Papaye", _change_in_review),
    Case("change returned", _DRAFT, _REVIEWED, _PUBLIC, "Quetsche", _change_returned),
)
