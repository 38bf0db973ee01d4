"""The rows of an edition's page: its key figures and its contacts."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from .campaign import CampaignPage

PRIVATE_MAIL_DOMAINS = frozenset(
    {
        "bbox.fr", "free.fr", "gmail.com", "hotmail.com", "hotmail.fr", "icloud.com", "laposte.net",
        "live.fr", "neuf.fr", "numericable.fr", "orange.fr", "outlook.com", "outlook.fr",
        "proton.me", "sfr.fr", "wanadoo.fr", "yahoo.com", "yahoo.fr",
    }
)  # fmt: skip


def validate_official_mailbox(value: str) -> None:
    """Refuse the mailboxes that private persons hold.

    Official domains are many (académies, regions, local authorities, hosted school domains), so
    the rule names what is surely not one.

    Raises:
        ValidationError: the domain offers mailboxes to the public.
    """
    domain = value.rpartition("@")[2].lower()
    if domain in PRIVATE_MAIL_DOMAINS:
        raise ValidationError(
            _("This page is public: give the mailbox of a service, not a person’s own."),
            code="private_mailbox",
        )


class CampaignKeyFigure(Orderable):
    """A figure that says why the edition matters, with where it comes from."""

    campaign = ParentalKey(CampaignPage, on_delete=models.CASCADE, related_name="key_figures")
    value = models.CharField(_("figure"), max_length=40, help_text=_("As in “17 %”."))
    label = models.CharField(_("what it counts"), max_length=160)
    source = models.CharField(
        _("source"), max_length=160, help_text=_("Who published it, and when.")
    )

    panels = [FieldPanel("value"), FieldPanel("label"), FieldPanel("source")]

    class Meta(Orderable.Meta):
        verbose_name = _("key figure")
        verbose_name_plural = _("key figures")

    def __str__(self) -> str:
        return f"{self.value} {self.label}"


class CampaignContact(Orderable):
    """Whom to ask about the edition."""

    campaign = ParentalKey(CampaignPage, on_delete=models.CASCADE, related_name="contacts")
    label = models.CharField(
        _("service"), max_length=160, help_text=_("As in “Réseau FOQUALE de la Somme”.")
    )
    name = models.CharField(
        _("person or function"),
        max_length=120,
        blank=True,
        help_text=_("Optional; it is published."),
    )
    email = models.EmailField(
        _("mailbox"),
        blank=True,
        validators=[validate_official_mailbox],
        help_text=_("The mailbox of a service, not a person’s own."),
    )
    phone = models.CharField(_("telephone"), max_length=20, blank=True)

    panels = [
        FieldPanel("label"),
        FieldPanel("name"),
        FieldPanel("email"),
        FieldPanel("phone"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")

    def __str__(self) -> str:
        return self.label

    @property
    def dialled(self) -> str:
        """The telephone number as a `tel:` link takes it: digits and a leading plus."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")
