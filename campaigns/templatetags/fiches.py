"""Filters that put parts of a fiche into words: `{% load fiches %}`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from campaigns.enums import MediaKind
from campaigns.models import Action, ActionMedia, ActionPartner, ActionSession
from campaigns.prose import html_of
from campaigns.reading import partner_in_words, session_in_words
from campaigns.views.media import file_name
from home.templatetags.shell import breadcrumb

register = template.Library()


@register.filter
def prose(text: str) -> SafeString:
    """Text as it was typed: its paragraphs, its lists, nothing else."""
    return html_of(text)


@register.filter
def session_words(session: ActionSession) -> str:
    """A date of the action with its hours and place."""
    return session_in_words(session)


@register.filter
def partner_words(partner: ActionPartner) -> str:
    """A partner with its kind."""
    return partner_in_words(partner)


@register.filter
def beside(labels: Iterable[str]) -> str:
    """Labels one beside the other. Each keeps its capital, so that a comma would look wrong."""
    return "\u00a0· ".join(labels)


@dataclass(frozen=True)
class PublicMedia:
    """The files of a fiche: the first picture, which opens its text, and what follows the text."""

    first: ActionMedia | None
    pictures: list[ActionMedia]
    documents: list[ActionMedia]


@register.simple_tag
def public_media(action: Action) -> PublicMedia:
    """The files of a fiche whose authorisations are held."""
    held = [medium for medium in action.media.all() if medium.is_authorised]
    pictures = [medium for medium in held if medium.kind == MediaKind.IMAGE]
    documents = [medium for medium in held if medium.kind != MediaKind.IMAGE]
    return PublicMedia(pictures[0] if pictures else None, pictures[1:], documents)


@register.simple_tag
def media_url(action: Action, medium: ActionMedia) -> str:
    """Where a file of a fiche is given to those who may read it."""
    return reverse("action_file", args=[action.pk, file_name(medium)])


@register.inclusion_tag("components/breadcrumb.html", takes_context=True)
def space_breadcrumb(context: Context, current: object) -> dict[str, Any]:
    """The way from the home page, through the establishments' space, to what is shown."""
    space = (_("Establishments’ space"), reverse("space:home"))
    trail: dict[str, Any] = breadcrumb(context, current=str(current), parents=[space])
    return trail
