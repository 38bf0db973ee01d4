"""What a poster needs before it can be handed in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .enums import AiUse
from .images.examination import ProblemCode
from .images.formats import Format
from .images.limits import Limits, problems_of_shape

if TYPE_CHECKING:
    from .models import Poster

REQUIRED_WORDS = ("title", "statement", "alternative", "technique", "ai_use")
SHORTEST_ALTERNATIVE = 30
"""Characters below which a text hardly describes a poster."""


def missing_parts(version: Poster) -> dict[str, list[str]]:
    """What keeps a poster, as it is in memory, from being handed in, by the name of its field."""
    missing: dict[str, list[str]] = {}
    for name in REQUIRED_WORDS:
        if not getattr(version, name).strip():
            missing[name] = [_("This part is needed before you hand the poster in.")]
    described = version.alternative.strip()
    if described and len(described) < SHORTEST_ALTERNATIVE:
        missing["alternative"] = [
            _("Say a little more: what is seen, and the words that can be read on the poster.")
        ]
    if version.category is None:
        missing["category"] = [_("Choose the category of the poster.")]
    if version.pupils is None:
        missing["pupils"] = [_("Say how many pupils made the poster.")]
    if version.ai_use in (AiUse.PART, AiUse.WHOLE) and not version.ai_details.strip():
        missing["ai_details"] = [_("Say what was made with an AI, and with which tool.")]
    if version.third_party and not version.third_party_details.strip():
        missing["third_party_details"] = [_("Say where these pictures or texts come from.")]
    if version.attested_at is None or not version.attested_by.strip():
        missing["attested_by"] = [_("Attest that you hold the authorisations.")]
    if not file_fits(version):
        missing["file"] = [_("Choose a file that keeps to the rules.")]
    return missing


def file_fits(version: Poster) -> bool:
    """Whether the poster has a file in which nothing was found that its contest refuses today."""
    file = version.file
    if file is None or not file.is_acceptable:
        return False
    return not problems_of_file(
        Format(file.format), file.width, file.height, file.bytes, version.contest.limits
    )


def problems_of_file(
    format_: Format, width: int, height: int, weight: int, limits: Limits
) -> frozenset[ProblemCode]:
    """What a file that is sound in itself breaks of `limits`. Pure.

    Args:
        width: pixels as seen, likewise `height`; of a PDF, which has none, only their proportion
            counts.
        weight: bytes.
    """
    found = set()
    if format_ not in limits.formats:
        found.add(ProblemCode.NOT_ACCEPTED)
    if weight > limits.max_bytes:
        found.add(ProblemCode.TOO_HEAVY)
    if format_ is Format.PDF:
        limits = replace(limits, min_short_side=0, min_long_side=0)
    found |= {problem.code for problem in problems_of_shape(width, height, limits)}
    return frozenset(found)
