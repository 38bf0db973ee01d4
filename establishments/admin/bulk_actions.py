"""What can be done to many establishments at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from establishments.models import Establishment, Network
from establishments.search import narrow_to
from home.keys import key_in

from .filters import EstablishmentFilterSet
from .forms import PutInNetworkForm

if TYPE_CHECKING:
    from accounts.models import User


class PutInNetworkAction(BulkAction):
    """Put establishments in a network, or take them out of theirs.

    What is out of reach is left out without a word, as if it did not exist; an establishment of
    another académie than the network's is refused by name.
    """

    display_name = _("Choose the network")  # Wagtail cuts a longer one off
    aria_label = _("Put the selected establishments in a network")
    action_type = "put_in_network"
    template_name = "establishments/admin/put_in_network.html"
    form_class = PutInNetworkForm
    models = [Establishment]
    _network: Network | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse those who change no establishment."""
        policy = policy_registry.get_by_type(Establishment)
        if not policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_all_objects_in_listing_query(self, parent_id: str | None) -> QuerySet[Any]:
        """Every establishment of the list, as it is searched and filtered."""
        rows = self._within_reach()
        filters = EstablishmentFilterSet(self.request.GET, rows, request=self.request)
        if filters.is_valid():
            rows = filters.qs
        if query := self.request.GET.get("q", ""):
            rows = narrow_to(rows, query)
        return rows.values_list("pk", flat=True)

    def get_queryset(self, model: type[Establishment], object_ids: Iterable[Any]) -> list[Any]:
        """The establishments chosen, as far as they are within reach."""
        keys = [key for typed in object_ids if (key := key_in(str(typed))) is not None]
        return list(self._within_reach().filter(pk__in=keys).select_related("network"))

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form offers the networks within reach."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: PutInNetworkForm) -> HttpResponseBase:
        """Refuse a network of another académie, else put them in."""
        network = self._network = form.cleaned_data["network"]
        establishments, _others = self.get_actionable_objects()
        strangers = [
            str(establishment)
            for establishment in establishments
            if network is not None and establishment.academy_id != network.academy_id
        ]
        if strangers:
            message = _("Of another académie than the network: %(names)s")
            form.add_error("network", message % {"names": ", ".join(strangers[:10])})
            return self.form_invalid(form)
        return super().form_valid(form)

    def get_execution_context(self) -> dict[str, Any]:
        """What `execute_action` needs."""
        return {"network": self._network, "user": self.request.user}

    @classmethod
    def execute_action(
        cls,
        objects: list[Establishment],
        network: Network | None = None,
        user: User | None = None,
        **_kwargs: Any,
    ) -> tuple[int, int]:
        """Put `objects` in `network`; each one's history says who did it."""
        changed = [row for row in objects if row.network_id != (network.pk if network else None)]
        for establishment in changed:
            establishment.network = network
            establishment.save(update_fields=["network", "updated_at"])
            log(
                establishment,
                "wagtail.edit",
                user=user,
                content_changed=True,
                data={"network": str(network or "")},
            )
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        """What was done."""
        if self._network is None:
            return ngettext(
                "%(count)d establishment is in no network now.",
                "%(count)d establishments are in no network now.",
                num_parent_objects,
            ) % {"count": num_parent_objects}
        return ngettext(
            "%(count)d establishment is in the network “%(network)s” now.",
            "%(count)d establishments are in the network “%(network)s” now.",
            num_parent_objects,
        ) % {"count": num_parent_objects, "network": self._network}

    def _within_reach(self) -> QuerySet[Establishment]:
        policy = policy_registry.get_by_type(Establishment)
        rows: QuerySet[Establishment] = policy.instances_user_has_permission_for(
            self.request.user, "change"
        )
        return rows
