"""The blank form of an edition, as a file: for everyone, made on request."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from campaigns.blank_form.contents import BlankForm, blank_form_of
from campaigns.blank_form.open_document import MIME_TYPE, odt_of
from campaigns.blank_form.printed import pdf_of
from campaigns.models import CampaignPage

if TYPE_CHECKING:
    from django.http import HttpRequest

KINDS = {"pdf": "application/pdf", "odt": MIME_TYPE}
KEPT_FOR = 24 * 3600
"""Seconds; another text of the form has another key."""


@require_safe
@cache_control(public=True, max_age=600)
def blank_form(request: HttpRequest, pk: str, kind: str) -> HttpResponse:
    """The form of a published edition that everybody may open, as `kind`: pdf or odt.

    Raises:
        Http404: there is no such edition.
    """
    edition = CampaignPage.objects.live().public().filter(pk=int(pk)).first()
    if edition is None:
        raise Http404("No such edition")
    response = HttpResponse(_file(blank_form_of(edition), kind), content_type=KINDS[kind])
    response["Content-Disposition"] = f'inline; filename="trame-{edition.slug}.{kind}"'
    return response


def _file(form: BlankForm, kind: str) -> bytes:
    text = json.dumps(asdict(form), ensure_ascii=False)
    key = f"blank-form:{kind}:{hashlib.sha256(text.encode()).hexdigest()}"
    known: bytes | None = cache.get(key)
    if known is None:
        known = pdf_of(form) if kind == "pdf" else odt_of(form, timezone.localtime())
        cache.set(key, known, KEPT_FOR)
    return known
