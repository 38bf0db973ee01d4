"""The contest of one edition: its rules, its dates, what it takes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self, cast

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import path
from wagtail.search import index

from campaigns.models import CampaignPage
from contest.admin.contest_copy import ContestCopyForm
from contest.admin.contest_form import ContestPageForm
from contest.admin.contest_panels import CONTEST_PANELS
from contest.calendar import ContestCalendar, end_of_school_year
from contest.date_rules import DATE_FIELDS, ContestDates, problems_of_dates
from contest.enums import RegistrationMode, Shape
from contest.fields import ChoiceListField
from contest.images.formats import Format
from contest.images.limits import Limits
from contest.vocabulary import format_options
from home.blocks import BODY_BLOCKS
from home.fields import StreamField
from home.models import BasePage

from .gallery_routes import GalleryRoutes
from .result_routes import ResultRoutes

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from establishments.models import Establishment

    from .contest_rows import Category

A_SERIES = 2**0.5
"""Long side ÷ short side of A3 and A4 (ISO 216)."""

MEGABYTE = 1024 * 1024

CONTEST_SLUG = "concours"
"""Where the contest of an edition is found, below it; other addresses rely on it."""


def every_format() -> list[str]:
    """The formats that a contest takes unless its editors leave some out."""
    return [str(format_) for format_ in Format]


class ContestPage(ResultRoutes, GalleryRoutes, BasePage):
    """The poster contest of one edition, and below its address the gallery and the palmarès.

    The defaults are those seen in comparable school contests: A3 upright within 2 %, 150 dots per
    inch, ten megabytes, three posters an establishment.
    """

    theme = models.CharField(_("theme"), max_length=120, blank=True)
    body = StreamField(BODY_BLOCKS, verbose_name=_("presentation"), blank=True)
    rules = StreamField(BODY_BLOCKS, verbose_name=_("rules"), blank=True)
    rules_document = models.ForeignKey(
        "home.SiteDocument",
        verbose_name=_("rules as a document"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("An accessible PDF; the rules above remain the ones that count."),
    )
    debate = StreamField(
        BODY_BLOCKS,
        verbose_name=_("resources for the debate"),
        blank=True,
        help_text=_("What helps a class hold the debate that comes before the poster."),
    )

    registration = models.CharField(
        _("registration"),
        max_length=10,
        choices=RegistrationMode.choices,
        default=RegistrationMode.OPTIONAL,
    )
    registration_closes_at = models.DateTimeField(
        _("registration closes"),
        null=True,
        blank=True,
        help_text=_("Left empty, it closes with the edition’s call for actions."),
    )
    deposit_opens_at = models.DateTimeField(_("deposit opens"))
    deposit_closes_at = models.DateTimeField(
        _("deposit closes"),
        help_text=_("The minute that you give is included: 23:59 lasts until midnight."),
    )
    jury_on = models.DateField(
        _("the jury meets"),
        null=True,
        blank=True,
        help_text=_("Posters sent back may be corrected until the day before."),
    )
    results_at = models.DateTimeField(
        _("results"),
        null=True,
        blank=True,
        help_text=_("From then on the gallery is public, with the names of the establishments."),
    )
    exhibition_first_day = models.DateField(_("first day of the exhibition"), null=True, blank=True)
    exhibition_last_day = models.DateField(_("last day of the exhibition"), null=True, blank=True)
    exhibition_place = models.CharField(_("place of the exhibition"), max_length=160, blank=True)
    gallery_before_results = models.BooleanField(
        _("show the admitted posters before the results"),
        default=False,
        help_text=_("Without the names of the establishments, so that the jury stays impartial."),
    )

    max_posters = models.PositiveSmallIntegerField(
        _("posters for each establishment"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
    )
    formats = ChoiceListField(_("formats"), options=format_options, default=every_format)
    max_megabytes = models.PositiveSmallIntegerField(
        _("largest file (MB)"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(40)],
    )
    min_short_side = models.PositiveSmallIntegerField(
        _("least width (pixels)"),
        default=1754,
        validators=[MinValueValidator(100), MaxValueValidator(5000)],
        help_text=_("The short side; 1,754 is A3 at 150 dots per inch. A PDF has no pixels."),
    )
    min_long_side = models.PositiveSmallIntegerField(
        _("least height (pixels)"),
        default=2480,
        validators=[MinValueValidator(100), MaxValueValidator(5000)],
        help_text=_("The long side; 2,480 is A3 at 150 dots per inch."),
    )
    shape = models.CharField(
        _("shape"), max_length=12, choices=Shape.choices, default=Shape.A_PORTRAIT
    )
    ratio_tolerance = models.PositiveSmallIntegerField(
        _("tolerance on the shape (%)"),
        default=2,
        validators=[MaxValueValidator(20)],
        help_text=_("2 lets a scan be cut a few millimetres too wide."),
    )
    rights_scope = models.TextField(
        _("what the authorisations cover"),
        blank=True,
        max_length=600,
        help_text=_("Shown word for word to whoever attests. Left empty, a usual text is used."),
    )
    rights_expire_on = models.DateField(
        _("the authorisations end"),
        null=True,
        blank=True,
        help_text=_("Posters leave the site the day after. Left empty: 31 August."),
    )

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("theme"),
        index.SearchField("body"),
        index.SearchField("debate"),
        index.SearchField("rules"),
    ]
    edit_handler = CONTEST_PANELS
    base_form_class = ContestPageForm
    copy_form_class = ContestCopyForm
    parent_page_types = ["campaigns.CampaignPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "contest/contest_page.html"

    class Meta:
        verbose_name = _("poster contest")
        verbose_name_plural = _("poster contests")

    @cached_property
    def edition(self) -> CampaignPage:
        """The edition that the contest belongs to."""
        parent = getattr(self, "_cached_parent_obj", None)  # where a request was routed here
        if isinstance(parent, CampaignPage):
            return parent
        return CampaignPage.objects.get(path=self.path[: -self.steplen])

    @property
    def registration_deadline(self) -> datetime | None:
        """When registrations close; None where there is no registration."""
        if self.registration == RegistrationMode.OFF:
            return None
        return self.registration_closes_at or self.edition.call_closes_at

    @property
    def dates(self) -> ContestDates:
        """The dates that the editors have typed, as a pure value."""
        return ContestDates(
            has_registration=self.registration != RegistrationMode.OFF,
            **{name: getattr(self, name) for name in DATE_FIELDS},
        )

    @property
    def calendar(self) -> ContestCalendar:
        """The contest's instants, as a pure value.

        From the first round assigned on, the jury's own release decides when results are out.
        """
        jury = getattr(self, "jury", None)
        is_judged = jury is not None and jury.held_since is not None
        released_at = jury.released_at if jury is not None and is_judged else None
        return ContestCalendar(
            deposit_opens_at=self.deposit_opens_at,
            deposit_closes_at=self.deposit_closes_at,
            registration_closes_at=self.registration_deadline,
            jury_on=self.jury_on,
            results_at=released_at or self.results_at,
            results_held=is_judged and released_at is None,
        )

    @property
    def limits(self) -> Limits:
        """What a file must be, as a pure value."""
        is_free = self.shape == Shape.FREE
        return Limits(
            formats=frozenset(Format(name) for name in self.formats),
            max_bytes=self.max_megabytes * MEGABYTE,
            min_short_side=self.min_short_side,
            min_long_side=self.min_long_side,
            ratio=None if is_free else A_SERIES,
            ratio_tolerance=self.ratio_tolerance / 100,
            orientation="portrait" if self.shape == Shape.A_PORTRAIT else "either",
        )

    @property
    def authorisations_end_on(self) -> date:
        """The last day on which posters may be shown."""
        return self.rights_expire_on or end_of_school_year(self.edition.week_last_day)

    @property
    def authorisations_cover(self) -> str:
        """What whoever attests reads, in the words that are kept with the attestation."""
        if self.rights_scope.strip():
            return self.rights_scope.strip()
        with override("fr"):
            return gettext(
                "The poster may be shown on this website, in the exhibitions of the académie, and "
                "printed and handed out in its establishments, without any commercial use."
            )

    def categories_for(self, establishment: Establishment) -> list[Category]:
        """The categories that `establishment` may enter, in their order."""
        return [one for one in self.categories.all() if one.takes(establishment.kind)]

    def gallery_is_open(self, now: datetime) -> bool:
        """Whether the public may see admitted posters at `now`."""
        return self.gallery_before_results or self.calendar.results_are_out(now)

    def shows_establishments(self, now: datetime) -> bool:
        """Whether the gallery says at `now` whose posters these are: not before the results."""
        return self.calendar.results_are_out(now)

    def clean(self) -> None:
        """Refuse dates and limits that no contest can have; each message goes beside its field."""
        super().clean()
        errors = dict(problems_of_dates(self.dates))
        short, long = self.min_short_side, self.min_long_side
        if short is not None and long is not None and short > long:
            errors["min_long_side"] = _("The long side cannot be shorter than the short side.")
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Keep the address, whichever way the page is made."""
        self.slug = CONTEST_SLUG
        return super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Wagtail's version of a revision, whose rows stay those that posters refer to."""
        from contest.row_identity import keep_rows

        version = super().with_content_json({**content, "slug": CONTEST_SLUG})
        keep_rows(version)
        return cast("Self", version)

    @path("", name="presentation")
    def presentation(self, request: HttpRequest) -> HttpResponse:
        """What the contest is, and what can be done now."""
        from contest.contest_view import contest_context

        return self.render(request, context_overrides=contest_context(self, request))

    def values_for_next_edition(self, days: int) -> dict[str, Any]:
        """What a copy made for the next edition holds instead: dates moved, the theme left out."""
        return {"theme": "", "rules_document": None, **self.dates.moved(days)}
