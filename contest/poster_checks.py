"""What the machine says of a poster to the editors who decide about it; it decides nothing.

No query, no clock: a poster with its file and contest, a day, and how many posters look like it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.dates import day_in_words
from campaigns.phases import local_day

from .completeness import SHORTEST_ALTERNATIVE
from .enums import AiUse
from .images.examination import ProblemCode
from .images.formats import Format
from .images.limits import problems_of_shape
from .images.wording import note_sentence, sentence_of

if TYPE_CHECKING:
    from .models import ContestPage, Poster, PosterFile

A3_LONG_SIDE = 420 / 25.4
"""Inches."""


@dataclass(frozen=True)
class Check:
    """One thing looked at.

    Attributes:
        subject: what was looked at, in a word or two.
        findings: sentences.
        flag: what needs a look, in a word or two, for the wall; empty where nothing does.
    """

    subject: str
    findings: tuple[str, ...]
    flag: str = ""


def checks_of(poster: Poster, *, today: date, alike: int) -> list[Check]:
    """All that is checked of `poster`, its file first.

    Args:
        poster: with its contest and its file.
        today: the day on which an editor looks.
        alike: how many posters look like it.
    """
    file = poster.file
    of_file = []
    if file is not None:
        of_file = [
            _pictures(file),
            _size(file, poster.contest),
            _format(file, poster.contest),
            _likeness(alike),
        ]
    return [
        *of_file,
        _attestation(poster, today),
        _alternative(poster),
        _ai(poster),
        _third_party(poster),
    ]


def flags_of(poster: Poster, *, today: date, alike: int) -> list[str]:
    """What needs a look in `poster`, in a few words each; arguments as for `checks_of`."""
    return [check.flag for check in checks_of(poster, today=today, alike=alike) if check.flag]


def _pictures(file: PosterFile) -> Check:
    subject = _("Pictures for the site")
    if file.prepared_at is not None:
        return Check(subject, (_("They are ready."),))
    if file.preparation_error:
        sentence = _(
            "They could not be made, so the poster cannot be admitted. Have them made again, or "
            "send the poster back so that its establishment hands in another file."
        )
        return Check(subject, (sentence,), _("Pictures not made"))
    sentence = _("They are being made: the poster can be admitted once they are ready.")
    return Check(subject, (sentence,), _("Pictures being made"))


def _size(file: PosterFile, contest: ContestPage) -> Check:
    """Size and shape, against the rules as they are today: they may have changed since."""
    subject = _("Size and shape")
    if file.format == Format.PDF:
        return Check(subject, (_("A page of a PDF: it prints as sharp as it was drawn."),))
    measured = _("%(width)s × %(height)s pixels: %(resolution)s dots per inch in A3.") % {
        "width": number_format(file.width, force_grouping=True),
        "height": number_format(file.height, force_grouping=True),
        "resolution": round(max(file.width, file.height) / A3_LONG_SIDE),
    }
    limits = contest.limits
    problems = problems_of_shape(max(file.width, 1), max(file.height, 1), limits)
    if not problems:
        return Check(subject, (measured, _("It keeps to the rules of the contest.")))
    too_small = {problem.code for problem in problems} == {ProblemCode.TOO_SMALL}
    flag = _("Too small") if too_small else _("Outside the rules")
    return Check(subject, (measured, *(sentence_of(one, limits) for one in problems)), flag)


def _format(file: PosterFile, contest: ContestPage) -> Check:
    limits = contest.limits
    is_taken = file.format in limits.formats and file.bytes <= limits.max_bytes
    found = _("%(format)s, %(size)s.") % {
        "format": file.format.upper(),
        "size": filesizeformat(file.bytes),
    }
    outside = () if is_taken else (_("The rules of the contest no longer take such a file."),)
    notes = (note_sentence(note) for note in file.found.notes)
    flag = "" if is_taken else _("Outside the rules")
    return Check(_("File"), (found, *outside, *notes), flag)


def _likeness(alike: int) -> Check:
    subject = _("Posters that look like it")
    if not alike:
        return Check(subject, (_("None in the académie."),))
    sentence = ngettext(
        "%(count)d poster of the académie looks like this one: see below.",
        "%(count)d posters of the académie look like this one: see below.",
        alike,
    ) % {"count": alike}
    return Check(subject, (sentence,), _("Looks like another"))


def _attestation(poster: Poster, today: date) -> Check:
    subject = _("Authorisations")
    ends_on = poster.attestation_expires_on
    if poster.attested_at is None or ends_on is None:
        return Check(subject, (_("Nobody has attested that they are held."),), _("Not attested"))
    attested = _("%(who)s attested on %(day)s that they are held until %(end)s.") % {
        "who": poster.attested_by,
        "day": day_in_words(local_day(poster.attested_at)),
        "end": day_in_words(ends_on),
    }
    if ends_on < today:
        sentence = _("They have ended: the poster is no longer shown to the public.")
        return Check(subject, (attested, sentence), _("Authorisations ended"))
    too_early = [
        sentence % {"day": day_in_words(day)}
        for day, sentence in _days_to_last_until(poster.contest)
        if ends_on < day
    ]
    return Check(
        subject, (attested, *too_early), _("Authorisations too short") if too_early else ""
    )


def _days_to_last_until(contest: ContestPage) -> list[tuple[date, str]]:
    """The days on which a poster must still be shown, with what to say where it is not."""
    days = []
    if contest.results_at is not None:
        sentence = _("They end before the results, on %(day)s.")
        days.append((local_day(contest.results_at), sentence))
    if contest.exhibition_last_day is not None:
        sentence = _("They end before the last day of the exhibition, on %(day)s.")
        days.append((contest.exhibition_last_day, sentence))
    return days


def _alternative(poster: Poster) -> Check:
    length = len(poster.alternative.strip())
    found = ngettext("%(count)d character.", "%(count)d characters.", length) % {"count": length}
    if length >= SHORTEST_ALTERNATIVE:
        return Check(_("Alternative text"), (found,))
    sentence = _("That is little to say what is seen and read on a poster.")
    return Check(_("Alternative text"), (found, sentence), _("Short alternative text"))


def _ai(poster: Poster) -> Check:
    subject = _("Generative AI")
    if poster.ai_use not in (AiUse.PART, AiUse.WHOLE):
        said = str(AiUse.NONE.label) if poster.ai_use else _("Nothing was declared.")
        return Check(subject, (said,), "" if poster.ai_use else _("AI: not said"))
    said = str(AiUse(poster.ai_use).label)
    flag = _("Made with an AI") if poster.ai_use == AiUse.WHOLE else _("Partly made with an AI")
    return Check(subject, tuple(filter(None, (said, poster.ai_details))), flag)


def _third_party(poster: Poster) -> Check:
    subject = _("Pictures or texts of others")
    if not poster.third_party:
        return Check(subject, (_("None declared."),))
    return Check(subject, (poster.third_party_details or _("Declared."),), _("Pictures of others"))
