"""What a change of a contest's rules would break among the posters already in.

The judgement is pure; `changes_for_posters` reads the posters and the rules in force.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from .completeness import problems_of_file
from .enums import QUOTA_STATUSES, PosterStatus
from .images.examination import ProblemCode
from .images.formats import Format
from .images.limits import Limits

if TYPE_CHECKING:
    from .models import Category, ContestPage, Poster


class Fault(StrEnum):
    """What no longer keeps to the rules."""

    FORMAT = "format"
    WEIGHT = "weight"
    PIXELS = "pixels"
    ORIENTATION = "orientation"
    RATIO = "ratio"
    CATEGORY = "category"
    QUOTA = "quota"
    RIGHTS_END_SOONER = "rights-end-sooner"
    RIGHTS_END_LATER = "rights-end-later"
    RIGHTS_SCOPE = "rights-scope"


FAULT_OF_PROBLEM = {
    ProblemCode.NOT_ACCEPTED: Fault.FORMAT,
    ProblemCode.TOO_HEAVY: Fault.WEIGHT,
    ProblemCode.TOO_SMALL: Fault.PIXELS,
    ProblemCode.WRONG_ORIENTATION: Fault.ORIENTATION,
    ProblemCode.WRONG_RATIO: Fault.RATIO,
}


@dataclass(frozen=True)
class Rules:
    """What a contest asks of a poster.

    `kinds` are those that each category takes, by its key; none means all. `rights_end_on` and
    `rights_scope` are what whoever attests reads.
    """

    limits: Limits
    kinds: Mapping[int, frozenset[str]]
    max_posters: int
    rights_end_on: date
    rights_scope: str


@dataclass(frozen=True)
class Entry:
    """A poster, as far as rules concern it; `rights_end_on` is None before it is attested."""

    pk: int
    number: int | None
    title: str
    is_draft: bool
    establishment: int
    establishment_name: str
    establishment_kind: str
    category: int | None
    file: tuple[Format, int, int, int] | None
    rights_end_on: date | None
    rights_scope: str


@dataclass(frozen=True)
class BrokenEntry:
    """A poster that a change would leave outside the rules, and why."""

    entry: Entry
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class LimitChanges:
    """What a change would break; false where it breaks nothing.

    Drafts are only counted: nobody but their establishment reads them.
    """

    broken: tuple[BrokenEntry, ...] = ()
    drafts: int = 0
    digest: str = ""
    counts: Mapping[Fault, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.broken or self.drafts)


def faults_of(entry: Entry, rules: Rules, in_all: int) -> frozenset[Fault]:
    """Where `entry` does not keep to `rules`; `in_all` is how many its establishment has in."""
    found = set()
    if entry.file is not None:
        problems = problems_of_file(*entry.file, rules.limits)
        found |= {FAULT_OF_PROBLEM[problem] for problem in problems}
    kinds = rules.kinds.get(entry.category) if entry.category is not None else None
    if kinds and entry.establishment_kind not in kinds:
        found.add(Fault.CATEGORY)
    if in_all > rules.max_posters:
        found.add(Fault.QUOTA)
    if entry.rights_end_on is not None:
        if entry.rights_end_on < rules.rights_end_on:
            found.add(Fault.RIGHTS_END_SOONER)
        if entry.rights_end_on > rules.rights_end_on:
            found.add(Fault.RIGHTS_END_LATER)
        if entry.rights_scope.split() != rules.rights_scope.split():
            found.add(Fault.RIGHTS_SCOPE)
    return frozenset(found)


def newly_broken(entries: Iterable[Entry], before: Rules, after: Rules) -> LimitChanges:
    """What keeps to the rules `before` and would no longer keep to those `after`."""
    known = list(entries)
    crowd = Counter(entry.establishment for entry in known)
    handed_in = Counter(entry.establishment for entry in known if not entry.is_draft)
    broken, drafts = [], 0
    for entry in known:
        in_all = crowd[entry.establishment]
        faults = faults_of(entry, after, in_all) - faults_of(entry, before, in_all)
        # Where drafts make the number, it is not told of the others: it would tell of the drafts.
        if not entry.is_draft and handed_in[entry.establishment] <= after.max_posters:
            faults -= {Fault.QUOTA}
        if faults and entry.is_draft:
            drafts += 1
        elif faults:
            broken.append(BrokenEntry(entry, tuple(fault for fault in Fault if fault in faults)))
    broken.sort(key=lambda one: (one.entry.number is None, one.entry.number, one.entry.pk))
    return LimitChanges(
        broken=tuple(broken),
        drafts=drafts,
        digest=_digest(broken, drafts),
        counts=Counter(fault for one in broken for fault in one.faults),
    )


def _digest(broken: list[BrokenEntry], drafts: int) -> str:
    told = [f"{one.entry.pk}:{','.join(one.faults)}" for one in broken]
    return hashlib.sha256(";".join([*told, str(drafts)]).encode()).hexdigest()[:16]


def changes_for_posters(contest: ContestPage, categories: Iterable[Category]) -> LimitChanges:
    """What would break if `contest`, in memory, with `categories` took the place of what is stored.

    Three queries and the edition's; one where no poster is in, none for a new contest.
    """
    if contest.pk is None:
        return LimitChanges()
    entries = [_entry_of(poster) for poster in _posters_in(contest)]
    if not entries:
        return LimitChanges()
    stored = type(contest).objects.prefetch_related("categories").get(pk=contest.pk)
    before = rules_of(stored, stored.categories.all())
    return newly_broken(entries, before, rules_of(contest, categories))


def rules_of(contest: ContestPage, categories: Iterable[Category]) -> Rules:
    """The rules of `contest`, as it is in memory, with these categories."""
    return Rules(
        limits=contest.limits,
        kinds={row.pk: frozenset(row.kinds) for row in categories if row.pk is not None},
        max_posters=contest.max_posters,
        rights_end_on=contest.authorisations_end_on,
        rights_scope=contest.authorisations_cover,
    )


def _posters_in(contest: ContestPage) -> Iterable[Poster]:
    from .models import Poster

    return Poster.objects.filter(contest=contest.pk, status__in=QUOTA_STATUSES).select_related(
        "file", "establishment"
    )


def _entry_of(poster: Poster) -> Entry:
    file = poster.file
    sound = file is not None and file.is_acceptable
    return Entry(
        pk=poster.pk,
        number=poster.number,
        title=str(poster),
        is_draft=poster.status == PosterStatus.DRAFT,
        establishment=poster.establishment_id,
        establishment_name=str(poster.establishment),
        establishment_kind=poster.establishment.kind,
        category=poster.category_id,
        file=(Format(file.format), file.width, file.height, file.bytes)
        if file is not None and sound
        else None,
        rights_end_on=poster.attestation_expires_on if poster.attested_at else None,
        rights_scope=poster.attestation_scope,
    )
