"""What a printed fiche says: texts in their order, made from the fiche; nothing personal.

As its public page, less the coordinator's name: paper and files travel further than a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.dates import day_in_words, span_in_words
from campaigns.prose import blocks_of, plain_lines
from campaigns.reading import partner_in_words, session_in_words

if TYPE_CHECKING:
    from campaigns.models import Action

Blocks = list[dict[str, Any]]


def fiche_data(action: Action, address: str, picture: dict[str, Any] | None) -> dict[str, Any]:
    """The fiche for `fiche.typ`. No query where the rows come from `campaigns.printing.rows`."""
    establishment = action.establishment
    return {
        "number": action.pk,
        "title": str(action),
        "kicker": " · ".join([establishment.department.name, *_labels(action.action_types.all())]),
        "establishment": str(establishment),
        "associated": [
            _("with %(name)s") % {"name": row.establishment} for row in action.associated.all()
        ],
        "summary": action.summary,
        "facts": [[label, list(values)] for label, values in _facts(action) if any(values)],
        "picture": picture,
        "sections": [
            {"title": title, "blocks": blocks} for title, blocks in _sections(action) if blocks
        ],
        "address": address,
    }


def _labels(terms: Iterable[Any]) -> list[str]:
    return [term.label for term in terms]


def _joined(terms: Iterable[Any]) -> str:
    return ", ".join(_labels(terms))


def _facts(action: Action) -> list[tuple[str, Sequence[str]]]:
    return [
        (_("When"), _when(action)),
        (_("Dates"), [session_in_words(session) for session in action.sessions.all()]),
        (_("Where"), [action.place]),
        (_("For whom"), _for_whom(action)),
        (_("Levels"), [_joined(action.levels.all())]),
        (_("Open to"), [str(action.get_openness_display())]),
        (_("To register"), [action.registration if action.openness != "internal" else ""]),
        (_("New or renewed"), [str(action.get_novelty_display())]),
        (_("Themes"), [_joined(action.themes.all())]),
        (_("Coordinated by"), [str(action.get_coordinator_function_display())]),
    ]


def _when(action: Action) -> list[str]:
    told = []
    if action.starts_on and action.ends_on:
        told.append(span_in_words(action.starts_on, action.ends_on))
    elif action.starts_on:
        told.append(day_in_words(action.starts_on, weekday=True))
    if action.moment:
        told.append(str(action.get_moment_display()))
    return told


def _for_whom(action: Action) -> list[str]:
    told = [_joined(action.audiences.all())]
    if action.pupils_planned:
        told.append(
            ngettext(
                "%(number)s pupil expected", "%(number)s pupils expected", action.pupils_planned
            )
            % {"number": action.pupils_planned}
        )
    if action.adults_planned:
        told.append(
            ngettext(
                "%(number)s adult expected", "%(number)s adults expected", action.adults_planned
            )
            % {"number": action.adults_planned}
        )
    return [line for line in told if line]


def _sections(action: Action) -> list[tuple[str, Blocks]]:
    return [
        (_("Objectives"), _prose(action.objectives)),
        (_("How it goes"), _prose(action.course)),
        (_("Partners"), _items(partner_in_words(partner) for partner in action.partners.all())),
        (
            _("What it produces"),
            _lines(_joined(action.production_types.all())) + _prose(action.outcome),
        ),
        (_("What came of it"), _lines(" ".join(_came_of_it(action)))),
        (_("What is measured"), _items(map(_indicator, action.indicators.all()))),
        (_("What went well"), _prose(action.strengths)),
        (_("What to improve"), _prose(action.improvements)),
        (_("Advice to others"), _prose(action.advice)),
        (_("To do it too"), _reuse(action)),
    ]


def _came_of_it(action: Action) -> list[str]:
    if action.pupils_actual is None:
        return []
    told = [
        ngettext(
            "%(number)s pupil took part.", "%(number)s pupils took part.", action.pupils_actual
        )
        % {"number": action.pupils_actual}
    ]
    if action.adults_actual:
        told.append(
            ngettext("%(number)s adult too.", "%(number)s adults too.", action.adults_actual)
            % {"number": action.adults_actual}
        )
    if action.satisfaction:
        told.append(_("Satisfaction: %(number)s out of 4.") % {"number": action.satisfaction})
    if action.continued:
        told.append(_("The action will go on."))
    return told


def _indicator(row: Any) -> str:
    parts = [row.label]
    if row.target:
        parts.append(_("Aim: %(target)s") % {"target": row.target})
    if row.actual:
        parts.append(_("Result: %(actual)s") % {"actual": row.actual})
    return ", ".join(parts)


def _reuse(action: Action) -> Blocks:
    told = _("This action is ready to be taken up elsewhere.") if action.ready_to_reuse else ""
    return _lines(told) + _prose(action.reuse_tips)


def _prose(text: str) -> Blocks:
    return [
        {"is_list": are_items, "lines": plain_lines(lines, are_items=are_items)}
        for are_items, lines in blocks_of(text)
    ]


def _lines(text: str) -> Blocks:
    return [{"is_list": False, "lines": [text]}] if text else []


def _items(texts: Iterable[str]) -> Blocks:
    held = list(texts)
    return [{"is_list": True, "lines": held}] if held else []
