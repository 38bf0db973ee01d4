"""Registers in the admin: the mails sent and the sign-in links asked for, to read only.

An editor reads those of their académies, an administrator all, network leads and observers none.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.defaultfilters import linebreaks_filter
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup
from wagtail_modeladmin.views import IndexView, InspectView

from accounts.mail_kinds import label_of_kind, mail_kinds
from accounts.models import MailRecord, SignInLink, User

from .models import Academy
from .permissions import edited_academy_ids


def edited_academy_codes(user: User | AnonymousUser) -> frozenset[str]:
    """The codes of the académies that `user` edits, asked once for one user object."""
    cached: frozenset[str] | None = getattr(user, "_edited_academy_codes", None)
    if cached is None:
        academies = Academy.objects.filter(pk__in=edited_academy_ids(user))
        cached = frozenset(academies.values_list("code", flat=True))
        user._edited_academy_codes = cached  # type: ignore[union-attr]
    return cached


class RegisterPermissions(PermissionHelper):
    """Editors and administrators read; nobody adds, changes or deletes."""

    def user_can_list(self, user: User | AnonymousUser) -> bool:
        """Whether `user` has any académie whose rows to read."""
        return bool(user.is_superuser or edited_academy_ids(user))

    def user_can_inspect_obj(self, user: User | AnonymousUser, obj: Model) -> bool:
        """Rows come from `Register.get_queryset`, which leaves the others out."""
        return self.user_can_list(user)

    def user_can_create(self, user: User | AnonymousUser) -> bool:
        """Nobody: the site writes its registers."""
        return False

    def user_can_edit_obj(self, user: User | AnonymousUser, obj: Model) -> bool:
        """Nobody."""
        return False

    def user_can_delete_obj(self, user: User | AnonymousUser, obj: Model) -> bool:
        """Nobody: `accounts.retention` forgets what is too old."""
        return False


class NoButtons(ButtonHelper):
    """The first column of a list leads to the row: nothing else is to be done with it."""

    def get_buttons_for_obj(self, obj: Model, **options: Any) -> list[dict[str, Any]]:
        """None."""
        return []


class RegisterIndexView(IndexView):
    """A list whose query string offers what the page shows, and nothing more.

    The view it extends hands every parameter to the database: `user__password__startswith=` would
    tell an editor a password's hash letter by letter, and an unknown name answers 500.
    """

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the known parameters only, then list."""
        known = QueryDict(mutable=True)
        for name in {self.ORDER_VAR, self.SEARCH_VAR, self.PAGE_VAR, *self.model_admin.parameters}:
            if name in request.GET and "\0" not in request.GET[name]:
                known[name] = request.GET[name]
        request.GET = known  # type: ignore[assignment]
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response


class RegisterInspectView(InspectView):
    """One row, under its own name: the generic title says "Inspecting"."""

    def get_page_title(self) -> str:
        """What the row is."""
        return capfirst(self.verbose_name)

    def get_meta_title(self) -> str:
        """What the row is and which."""
        return f"{self.get_page_title()} – {self.instance}"

    def get_field_label(self, field_name: str, field: Any = None) -> str:
        """The label, with a capital."""
        return capfirst(super().get_field_label(field_name, field))


class Register(ModelAdmin):
    """A read-only list of a model, with a page for each row."""

    index_view_class = RegisterIndexView
    inspect_view_class = RegisterInspectView
    permission_helper_class = RegisterPermissions
    button_helper_class = NoButtons
    inspect_view_enabled = True
    history_view_enabled = False
    list_per_page = 50
    parameters: tuple[str, ...] = ()
    """The parameters that the filters understand."""

    def within(self, rows: QuerySet[Any], user: User | AnonymousUser) -> QuerySet[Any]:
        """Those of `rows` that an editor may read."""
        raise NotImplementedError

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows that whoever asks may read."""
        rows = super().get_queryset(request)
        return rows if request.user.is_superuser else self.within(rows, request.user)

    def inspect_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        """One row; 404 for what is no key and for what is out of reach alike."""
        rows = self.get_queryset(request)
        if not (instance_pk.isdecimal() and rows.filter(pk=instance_pk).exists()):
            raise Http404
        response: HttpResponse = super().inspect_view(request, instance_pk)
        return response

    def get_admin_urls_for_registration(self) -> tuple[Any, ...]:
        """The list and the page of a row: there is no address to add, change or delete."""
        kept = {self.url_helper.get_action_url_name(action) for action in ("index", "inspect")}
        urls = super().get_admin_urls_for_registration()
        return tuple(pattern for pattern in urls if pattern.name in kept)

    def get_permissions_for_registration(self) -> QuerySet[Permission]:
        """None to tick in the form of a group: being an editor is what counts."""
        return Permission.objects.none()

    def register_admin_url_finders(self) -> None:
        """None: Wagtail would look for an address to edit at."""

    def register_indexing(self) -> None:
        """None: each row written would cost a task that looks for references in it."""


class PeriodFilter(SimpleListFilter):
    """By age. Django's own filter of dates speaks English where its admin is not installed."""

    title = _("date")
    parameter_name = "days"
    field_name = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Periods that end now, in days."""
        return [
            ("1", _("Last 24 hours")),
            ("7", _("Last 7 days")),
            ("30", _("Last 30 days")),
            ("365", _("Last 12 months")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Rows of the period chosen."""
        if self.value() not in {days for days, _label in self.lookup_choices}:
            return queryset
        since = timezone.now() - timedelta(days=int(self.value() or 0))
        return queryset.filter(**{f"{self.field_name}__gte": since})


class QueuedFilter(PeriodFilter):
    """By age of a mail."""

    field_name = "queued_at"


class RequestedFilter(PeriodFilter):
    """By age of a request."""

    field_name = "requested_at"


class KindFilter(SimpleListFilter):
    """By kind of mail."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The kinds that have a name."""
        return mail_kinds()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Mails of the kind chosen."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


class MailInspectView(RegisterInspectView):
    """One mail as it was written."""

    def get_field_display_value(self, field_name: str, field: Any = None) -> Any:
        """The text keeps its paragraphs; where there is none, the page says why."""
        if field_name == "kind":
            return label_of_kind(self.instance.kind)
        if field_name != "body":
            return super().get_field_display_value(field_name, field)
        if not self.instance.body:
            return _("Not kept: it held a sign-in link, or its time is over.")
        return linebreaks_filter(self.instance.body)


class MailRegister(Register):
    """The mails sent."""

    model = MailRecord
    base_url_path = "registers/mails"
    menu_label = _("Mails sent")
    menu_icon = "mail"
    inspect_view_class = MailInspectView
    list_display = ("subject", "recipient", "kind_label", "outcome", "queued_at")
    list_filter = ("outcome", QueuedFilter, KindFilter)
    parameters = ("outcome__exact", "days", "kind")
    search_fields = ("recipient", "subject", "about")
    inspect_view_fields = [
        "subject",
        "recipient",
        "kind",
        "about",
        "outcome",
        "error",
        "attempts",
        "queued_at",
        "sent_at",
        "body",
    ]

    def kind_label(self, mail: MailRecord) -> str:
        """The name of the kind."""
        return label_of_kind(mail.kind)

    kind_label.short_description = _("kind")  # type: ignore[attr-defined]
    kind_label.admin_order_field = "kind"  # type: ignore[attr-defined]

    def within(self, rows: QuerySet[Any], user: User | AnonymousUser) -> QuerySet[Any]:
        """The mails of the académies that `user` edits."""
        return rows.filter(scope__in=edited_academy_codes(user))


class SignInLinkRegister(Register):
    """The sign-in links asked for."""

    model = SignInLink
    base_url_path = "registers/sign-in-links"
    menu_label = _("Sign-in links")
    menu_icon = "key"
    list_display = ("requested_at", "establishment", "state", "sent_at", "spent_at")
    list_filter = ("state", RequestedFilter)
    list_select_related = ("user__establishment",)
    parameters = ("state__exact", "days")
    search_fields = (
        "user__username",
        "user__establishment__name",
        "user__establishment__commune",
    )
    # Neither the address, even hashed, nor anything that could help to enter.
    inspect_view_fields = ["user", "requested_at", "state", "queued_at", "sent_at", "spent_at"]

    def establishment(self, link: SignInLink) -> str:
        """Whose link; nothing where the request named nobody."""
        if link.user is None:
            return ""
        school = getattr(link.user, "establishment", None)
        return f"{school} ({school.uai})" if school else link.user.username.upper()

    establishment.short_description = _("establishment")  # type: ignore[attr-defined]

    def within(self, rows: QuerySet[Any], user: User | AnonymousUser) -> QuerySet[Any]:
        """The links of the establishments of the académies that `user` edits."""
        return rows.filter(user__establishment__academy__in=edited_academy_ids(user))


class Registers(ModelAdminGroup):
    """The menu of both."""

    menu_label = _("Registers")
    menu_icon = "list-ul"
    menu_order = 900
    items = (MailRegister, SignInLinkRegister)
