"""The fiche-action: what an establishment does, or plans, for perseverance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin

from campaigns.enums import CoordinatorFunction, Moment, Novelty, Openness, Status
from campaigns.querysets import ActionQuerySet
from establishments.folding import fold
from establishments.models import Establishment

from .campaign import CampaignPage
from .terms import ActionType, Audience, FundingSource, Level, ProductionType, Theme

if TYPE_CHECKING:
    from wagtail.models import Workflow


def slug_of(title: str) -> str:
    """The readable end of the address of a fiche of that title."""
    return fold(title).replace(" ", "-")[:60].strip("-") or "fiche"


class Action(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel):
    """One fiche-action of one establishment in one edition.

    Everything that the establishment writes is here or in child rows, so that a revision holds
    the whole fiche. Nothing is required before it is handed in. `status` says where its latest
    version stands (only `campaigns.status` writes it); `live` says whether a version of it is
    public.

    The row is what others may see: until the first hand-in the draft, then the version last
    handed in, then the published one. What its author writes meanwhile is in the latest revision
    (`campaigns.drafts`).
    """

    # Facts about the fiche as a whole, which no revision may bring back to an older value.
    KEPT_BY_THE_ROW = (
        "campaign",
        "establishment",
        "status",
        "status_changed_at",
        "submitted_at",
        "refused_at",
        "withdrawn_at",
        "archived_at",
        "featured_at",
        "inspired_by",
        "merged_into",
        "last_published_at",
        "live_revision",
        "expired",
    )
    ROWS_KEPT_APART = ("associated",)

    campaign = models.ForeignKey(
        CampaignPage, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="actions"
    )
    establishment = models.ForeignKey(
        Establishment,
        verbose_name=_("establishment"),
        on_delete=models.PROTECT,
        related_name="actions",
    )
    title = models.CharField(_("title of the action"), max_length=160)
    summary = models.CharField(_("summary"), max_length=200, blank=True)

    coordinator_name = models.CharField(_("coordinator"), max_length=120, blank=True)
    coordinator_function = models.CharField(
        _("coordinator’s function"),
        max_length=20,
        choices=CoordinatorFunction.choices,
        blank=True,
    )
    coordinator_email = models.EmailField(_("coordinator’s e-mail"), blank=True)

    audiences = ParentalManyToManyField(Audience, verbose_name=_("audiences"), blank=True)
    levels = ParentalManyToManyField(Level, verbose_name=_("levels"), blank=True)
    themes = ParentalManyToManyField(Theme, verbose_name=_("themes"), blank=True)
    action_types = ParentalManyToManyField(
        ActionType, verbose_name=_("types of action"), blank=True
    )
    pupils_planned = models.PositiveIntegerField(
        _("number of pupils expected"), null=True, blank=True
    )
    adults_planned = models.PositiveIntegerField(
        _("number of adults expected"), null=True, blank=True
    )

    moment = models.CharField(_("when"), max_length=10, choices=Moment.choices, blank=True)
    novelty = models.CharField(
        _("new or renewed"), max_length=10, choices=Novelty.choices, blank=True
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    openness = models.CharField(_("open to"), max_length=10, choices=Openness.choices, blank=True)
    registration = models.CharField(_("how to register"), max_length=255, blank=True)

    objectives = models.TextField(_("objectives"), blank=True)
    course = models.TextField(_("course of the action"), blank=True)
    production_types = ParentalManyToManyField(
        ProductionType, verbose_name=_("types of production"), blank=True
    )
    outcome = models.TextField(_("outcome or production"), blank=True)
    budget = models.DecimalField(
        _("budget (euros)"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("For the académie only, never published."),
    )
    funding_sources = ParentalManyToManyField(
        FundingSource, verbose_name=_("sources of funding"), blank=True
    )
    ready_to_reuse = models.BooleanField(_("ready to be reused elsewhere"), default=False)
    reuse_tips = models.TextField(_("advice to those who would reuse it"), blank=True)

    pupils_actual = models.PositiveIntegerField(_("pupils who took part"), null=True, blank=True)
    adults_actual = models.PositiveIntegerField(_("adults who took part"), null=True, blank=True)
    satisfaction = models.PositiveSmallIntegerField(
        _("satisfaction (1 to 4)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(4)],
    )
    continued = models.BooleanField(_("to be continued"), null=True, blank=True)
    strengths = models.TextField(_("what went well"), blank=True)
    improvements = models.TextField(_("what to improve"), blank=True)
    advice = models.TextField(_("advice to others"), blank=True)

    status = models.CharField(
        _("status"),
        max_length=20,
        choices=Status.choices,
        default=Status.DRAFT,
        editable=False,
        db_index=True,
    )
    status_changed_at = models.DateTimeField(_("status since"), null=True, editable=False)
    submitted_at = models.DateTimeField(_("handed in at"), null=True, editable=False)
    # Ends that the workflow does not know: set by `campaigns.review`, read by `campaigns.status`.
    refused_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    archived_at = models.DateTimeField(null=True, editable=False)

    # Set by `campaigns.featuring`, `campaigns.copying` and `campaigns.merging`.
    featured_at = models.DateTimeField(_("on the front page since"), null=True, editable=False)
    inspired_by = models.ForeignKey(
        "self",
        verbose_name=_("inspired by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="inspired",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="merged",
    )

    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="action",
        for_concrete_model=False,
    )
    workflow_states_relation = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="action",
        for_concrete_model=False,
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("fiche-action")
        verbose_name_plural = _("fiches-actions")
        ordering = ["-first_published_at", "-pk"]
        indexes = [
            models.Index(
                fields=["campaign", "live", "-first_published_at", "-id"], name="action_catalogue"
            ),
            models.Index(fields=["establishment", "campaign"], name="action_of_establishment"),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled fiche"))

    @property
    def slug(self) -> str:
        """The readable end of the fiche's address."""
        return slug_of(self.title)

    def get_absolute_url(self) -> str:
        """The fiche's public address, with its host; empty while its edition has no catalogue."""
        from .index import ActionIndexPage

        catalogue = ActionIndexPage.objects.child_of(self.campaign).live().first()
        base = catalogue.full_url if catalogue else None
        return f"{base}{self.pk}-{self.slug}/" if base else ""

    def get_workflow(self) -> Workflow:
        """The review that the fiche goes through next, with or without the network's visa."""
        from campaigns.workflow import workflow_for

        return workflow_for(self)

    def keep_facts_of(self, row: Action) -> None:
        """Take over from `row`, just read from the database, what no version decides."""
        for name in self.KEPT_BY_THE_ROW:
            attribute = self._meta.get_field(name).attname
            setattr(self, attribute, getattr(row, attribute))
        # Who takes part is a fact too (`campaigns.associating`): a version written before an
        # establishment came or left neither takes it away nor lets it in again.
        for name in self.ROWS_KEPT_APART:
            rows = self._meta.get_field(name).related_model._default_manager
            kept = rows.filter(action=row.pk).select_related("establishment")
            setattr(self, name, list(kept))

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """The fiche as `content`, a revision's, describes it."""
        facts = {
            name: getattr(self, self._meta.get_field(name).attname)
            for name in ("campaign", "establishment")
        }
        # Before and not after: reading a version asks whether its foreign keys still exist.
        version = super().with_content_json(
            {**content, **facts, **{name: [] for name in self.ROWS_KEPT_APART}}
        )
        version.keep_facts_of(self)
        return version
