"""A poster: one entry of one establishment in one contest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, RevisionMixin, WorkflowMixin

from contest.enums import AiUse, PosterStatus
from contest.querysets import PosterQuerySet
from establishments.models import Establishment

from .contest_page import ContestPage
from .contest_rows import Category
from .poster_file import PosterFile

if TYPE_CHECKING:
    from wagtail.models import Workflow


class Poster(WorkflowMixin, DraftStateMixin, RevisionMixin, models.Model):
    """One entry.

    The row is the truth, since an establishment writes only while nothing of it is public; its
    revisions are the history of what was handed in. `status` says where it stands (only
    `contest.status` writes it); `live` says that it is admitted.
    """

    # What a revision tells: the words. Everything else is kept by the row.
    WORDS = (
        "title",
        "statement",
        "alternative",
        "class_label",
        "pupils",
        "technique",
        "ai_use",
        "ai_details",
        "third_party",
        "third_party_details",
    )

    contest = models.ForeignKey(
        ContestPage, verbose_name=_("contest"), on_delete=models.PROTECT, related_name="posters"
    )
    establishment = models.ForeignKey(
        Establishment,
        verbose_name=_("establishment"),
        on_delete=models.PROTECT,
        related_name="posters",
    )
    category = models.ForeignKey(
        Category,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="posters",
    )
    file = models.OneToOneField(
        PosterFile,
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="poster",
    )
    title = models.CharField(_("title of the poster"), max_length=120, blank=True)
    statement = models.TextField(_("statement"), blank=True, max_length=1500)
    alternative = models.TextField(_("alternative text"), blank=True, max_length=600)
    class_label = models.CharField(_("class or group"), max_length=60, blank=True)
    pupils = models.PositiveSmallIntegerField(
        _("number of pupils"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(2000)],
    )
    technique = models.CharField(_("technique"), max_length=120, blank=True)
    ai_use = models.CharField(_("use of an AI"), max_length=10, choices=AiUse.choices, blank=True)
    ai_details = models.CharField(
        _("what the AI made, and with which tool"), max_length=255, blank=True
    )
    third_party = models.BooleanField(
        _("the poster uses pictures or texts of others"), default=False
    )
    third_party_details = models.CharField(
        _("where they come from, and under which licence"), max_length=255, blank=True
    )

    attested_by = models.CharField(_("attested by"), max_length=120, blank=True)
    attested_at = models.DateTimeField(_("attested on"), null=True, blank=True)
    attestation_scope = models.TextField(_("what the authorisations cover"), blank=True)
    attestation_expires_on = models.DateField(_("authorisations end"), null=True, blank=True)

    number = models.PositiveIntegerField(_("public number"), null=True, blank=True)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=PosterStatus.choices,
        default=PosterStatus.DRAFT,
        editable=False,
    )
    status_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("started"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True, editable=False)
    refused_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="poster",
        for_concrete_model=False,
    )
    workflow_states_relation = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="poster",
        for_concrete_model=False,
    )

    objects = PosterQuerySet.as_manager()

    class Meta:
        verbose_name = _("poster")
        verbose_name_plural = _("posters")
        ordering = ["number", "pk"]
        indexes = [
            models.Index(fields=["contest", "status", "number"], name="poster_wall"),
            models.Index(fields=["contest", "live", "number"], name="poster_gallery"),
            models.Index(fields=["establishment", "contest"], name="poster_of_establishment"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["contest", "number"], name="poster_number"),
            models.CheckConstraint(
                condition=Q(live=False) | Q(number__isnull=False, file__isnull=False),
                name="poster_public_has_number_and_file",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled poster"))

    def get_workflow(self) -> Workflow:
        """The admission."""
        from contest.workflow import admission_workflow

        return admission_workflow()

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """The poster with the words of `content`, a revision's; all else is the row's."""
        version = type(self).objects.get(pk=self.pk)
        for name in self.WORDS:
            if name in content:
                setattr(version, name, content[name])
        return version
