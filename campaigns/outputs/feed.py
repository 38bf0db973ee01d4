"""The latest fiches of a selection as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.feedgenerator import Atom1Feed

from .about import LICENCE, LICENCE_ADDRESS, About

CONTENT_TYPE: Final = Atom1Feed.content_type
MOST_ENTRIES: Final = 50

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class FeedEntry:
    """A fiche in the feed. `number` gives its identity, which outlives its title and address."""

    number: int
    title: str
    address: str
    summary: str
    establishment: str
    published_at: datetime
    updated_at: datetime
    labels: tuple[str, ...]


class _Feed(Atom1Feed):
    """With the licence, and an empty feed dated as the edition is."""

    def add_root_elements(self, handler: Any) -> None:
        """Add the link to the licence."""
        super().add_root_elements(handler)
        handler.addQuickElement("link", "", {"rel": "license", "href": LICENCE_ADDRESS})

    def latest_post_date(self) -> datetime:
        """When the selection last changed, not when somebody asked."""
        dated: datetime | None = self.feed["updated"]
        return dated or super().latest_post_date()


def feed_of(about: About, entries: Iterable[FeedEntry], *, host: str, own_address: str) -> bytes:
    """The feed, in UTF-8.

    Args:
        host: the site's name, which begins the identity of each fiche (`tag:`, RFC 4151).
        own_address: where the feed itself is.
    """
    year = about.school_year[:4]
    feed = _Feed(
        title=_clean(about.title),
        link=about.address,
        description=_clean(about.chosen_in_words),
        language="fr",
        author_name=_clean(about.service or about.academy),
        subtitle=_clean(about.chosen_in_words),
        feed_url=own_address,
        feed_guid=own_address,
        feed_copyright=f"{_clean(about.source)} – {LICENCE}",
        updated=about.updated_at,
    )
    for entry in entries:
        feed.add_item(
            title=_clean(entry.title),
            link=entry.address,
            description=_clean(entry.summary),
            author_name=_clean(entry.establishment),
            unique_id=f"tag:{host},{year}:fiches/{entry.number}",
            pubdate=entry.published_at,
            updateddate=entry.updated_at,
            categories=[_clean(label) for label in entry.labels],
        )
    text: str = feed.writeString("utf-8")
    return text.encode()


def _clean(text: str) -> str:
    """`text` without what XML forbids."""
    return _NO_XML.sub("", text)
