"""Home pages, pages of text, and what several pages show alike."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class KeyFigure:
    """A figure with its source."""

    value: str
    label: str
    source: str


@dataclass(frozen=True)
class Passage:
    """A title and a text: a question with its answer, a resource."""

    title: str
    text: str


@dataclass(frozen=True)
class CardRecord:
    """A card of the home page; `to` is the slug of a page, or "edition" or "catalogue" for those
    of the edition shown first.
    """

    title: str
    text: str
    to: str


@dataclass(frozen=True)
class Quote:
    """Somebody’s words."""

    text: str
    author: str
    function: str


@dataclass(frozen=True)
class HomeRecord:
    """The home page of an académie."""

    academy: str
    headline: str
    introduction: str
    quote: Quote
    cards: tuple[CardRecord, ...]
    key_figures: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Section:
    """A heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class PageRecord:
    """A page of text, shown on the site of each of `academies`."""

    academies: tuple[str, ...]
    slug: str
    title: str
    introduction: str
    sections: tuple[Section, ...]
