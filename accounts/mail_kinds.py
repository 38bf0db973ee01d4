"""What each kind of mail is called in the register; every app names its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_labels: dict[str, _StrPromise] = {}


def name_mail_kinds(labels: Mapping[str, _StrPromise]) -> None:
    """Add the names of an app's kinds of mail; called when the app is ready."""
    _labels.update(labels)


def mail_kinds() -> list[tuple[str, str]]:
    """Every named kind with its name, in the order of the names."""
    return sorted(((kind, str(label)) for kind, label in _labels.items()), key=lambda pair: pair[1])


def label_of_kind(kind: str) -> str:
    """The name of `kind`; the code itself where nobody named it."""
    return str(_labels.get(kind, kind))
