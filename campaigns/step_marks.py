"""Telling whether what a step of the form shows was changed meanwhile.

Two writers on two steps do not disturb each other; two on the same step are told. A page therefore
carries a mark of what its step held when it was shown.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from .reading import comparable, line_of

if TYPE_CHECKING:
    from .models import Action
    from .sections import Step


def mark_of(version: Action, step: Step) -> str:
    """A short mark of what `version` holds in `step`; the same for the same contents."""
    texts = [comparable(line_of(version, name)) for name in step.holds]
    return sha256("\0".join(texts).encode()).hexdigest()[:20]
