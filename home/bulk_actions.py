"""Wagtail's acts on several rows at once, without naming those out of reach.

Its pages for them open to whoever may enter the admin, take any key, or "all", and name each row
that the reader may do nothing to: the titles of drafts, the names of people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.http import Http404
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class WithinReach(BulkAction):
    """For an act of Wagtail's: what it may not be done to is left out, as if it did not exist."""

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, list[Any]]]:
        """The rows it may be done to; of the others, none.

        Raises:
            Http404: it may be done to none of them.
        """
        objects, others = super().get_actionable_objects()
        if not objects:
            raise Http404("Nothing within reach")
        return objects, {name: [] for name in others}


def bulk_action(
    request: HttpRequest, app_label: str, model_name: str, action: str
) -> HttpResponseBase:
    """As Wagtail's view, whose address this one takes.

    Raises:
        Http404: there is no such act.
    """
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError as error:
        raise Http404("No such model") from error
    known = bulk_action_registry.get_bulk_action_class(app_label, model_name, action)
    if known is None:
        raise Http404("No such act")
    narrowed = type(known.__name__, (WithinReach, known), {})
    response: HttpResponseBase = narrowed(request, model).dispatch(request)
    return response
