"""Filters that put parts of a fiche into words: `{% load fiches %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

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
