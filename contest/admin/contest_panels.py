"""The editors' form of a contest: its tabs. What is typed is judged by `contest_form`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.models import Page

from .contest_rows_panel import CategoryFormSet, CriterionFormSet, RowsPanel
from .limit_changes_panel import LimitChangesPanel

PRESENTATION = [
    *Page.content_panels,
    FieldPanel("introduction"),
    FieldPanel("theme"),
    FieldPanel("body"),
    FieldPanel("debate"),
    MultiFieldPanel([FieldPanel("rules"), FieldPanel("rules_document")], heading=_("Rules")),
]

DATES = [
    MultiFieldPanel(
        [FieldPanel("registration"), FieldPanel("registration_closes_at")],
        heading=_("Registration"),
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("deposit_opens_at"), FieldPanel("deposit_closes_at")])],
        heading=_("Deposit of the posters"),
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("jury_on"), FieldPanel("results_at")])],
        heading=_("Jury and results"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("exhibition_first_day"), FieldPanel("exhibition_last_day")]),
            FieldPanel("exhibition_place"),
        ],
        heading=_("Exhibition"),
    ),
]

ROWS = [
    RowsPanel(
        "categories",
        heading=_("Categories"),
        label=_("category"),
        min_num=1,
        formset=CategoryFormSet,
    ),
    RowsPanel(
        "criteria",
        heading=_("Criteria of the jury"),
        label=_("criterion"),
        min_num=1,
        formset=CriterionFormSet,
    ),
    InlinePanel("prizes", heading=_("Prizes"), label=_("prize")),
]

LIMITS = [
    FieldPanel("max_posters"),
    MultiFieldPanel([FieldPanel("formats"), FieldPanel("max_megabytes")], heading=_("File")),
    MultiFieldPanel(
        [
            FieldPanel("shape"),
            FieldPanel("ratio_tolerance"),
            FieldRowPanel([FieldPanel("min_short_side"), FieldPanel("min_long_side")]),
        ],
        heading=_("Shape and size of the picture"),
    ),
]

GALLERY_AND_RIGHTS = [
    MultiFieldPanel([FieldPanel("gallery_before_results")], heading=_("Gallery")),
    MultiFieldPanel(
        [FieldPanel("rights_scope"), FieldPanel("rights_expire_on")],
        heading=_("Rights on the posters"),
    ),
]

CONTEST_PANELS = TabbedInterface(
    [
        ObjectList([LimitChangesPanel()], heading=_("Posters to check")),
        ObjectList(PRESENTATION, heading=_("Presentation")),
        ObjectList(DATES, heading=_("Dates")),
        ObjectList(ROWS, heading=_("Categories, criteria and prizes")),
        ObjectList(LIMITS, heading=_("What is handed in")),
        ObjectList(GALLERY_AND_RIGHTS, heading=_("Gallery and rights")),
        ObjectList(Page.promote_panels, heading=_("Address and search engines")),
        ObjectList(Page.settings_panels, heading=_("Publication")),
    ]
)
