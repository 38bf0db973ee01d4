"""The state of conformity, and the declaration that announces it."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client

from establishments.models import Academy
from home.accessibility import Conformity, conformity_of, expires_on
from home.duties import duties_of
from home.models import AccessibilityPage, SiteSettings
from home.seeding import LegalFacts, ensure_compulsory_pages
from tests.factories import make_editor, make_site
from tests.home.contents import make_document

AUDIT = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("audited_on", "rate", "state"),
    [
        (None, None, Conformity.NONE),
        (None, 100, Conformity.NONE),
        (AUDIT, None, Conformity.NONE),
        (AUDIT, 0, Conformity.NONE),
        (AUDIT, 49, Conformity.NONE),
        (AUDIT, 50, Conformity.PARTIAL),
        (AUDIT, 99, Conformity.PARTIAL),
        (AUDIT, 100, Conformity.FULL),
    ],
)
def test_the_state_follows_from_the_audit_and_its_rate(
    audited_on: date | None, rate: int | None, state: Conformity
) -> None:
    assert conformity_of(audited_on, rate) is state


def test_an_audit_is_worth_three_years() -> None:
    assert expires_on(date(2024, 5, 2)) == date(2027, 5, 2)
    assert expires_on(date(2024, 2, 29)) == date(2027, 3, 1)


@pytest.fixture
def declaration(academy: Academy) -> AccessibilityPage:
    """The declaration of a fresh site."""
    ensure_compulsory_pages(academy.site.root_page.specific)
    return AccessibilityPage.objects.get()


@pytest.mark.django_db
def test_without_an_audit_the_page_says_so_and_how_to_appeal(
    declaration: AccessibilityPage, client: Client
) -> None:
    html = client.get("/accessibilite/").content.decode()

    assert "<strong>non conforme</strong>" in html
    assert "Aucun audit" in html
    assert "Défenseur des droits" in html
    assert "RGAA), version 4.1.2" in html
    assert "en cours de rédaction" in html


@pytest.mark.django_db
def test_everything_typed_is_shown(declaration: AccessibilityPage, client: Client) -> None:
    declaration.audited_on, declaration.rate, declaration.auditor = AUDIT, 80, "Cabinet <Clair>"
    declaration.updated_on = date(2026, 2, 1)
    declaration.pages_checked = "Accueil\n\nRecherche"
    declaration.exemptions = "<p>Les archives</p>"
    declaration.contact_email = "acces@ac.example"
    declaration.contact_address = "25 rue du Marché"
    declaration.multi_year_plan = make_document("Schéma")
    declaration.yearly_plan = make_document("Plan")
    declaration.save_revision().publish()

    html = client.get("/accessibilite/").content.decode()

    assert "<strong>partiellement conforme</strong>" in html
    assert "15 janvier 2026" in html
    assert "80&nbsp;%" in html
    assert "Cabinet &lt;Clair&gt;" in html
    assert "1 février 2026" in html
    assert "<li>Recherche</li>" in html
    assert "<p>Les archives</p>" in html
    assert "mailto:acces@ac.example" in html
    assert "25 rue du Marché" in html
    assert declaration.multi_year_plan.url in html
    assert declaration.yearly_plan.url in html


@pytest.mark.django_db
def test_an_audit_without_a_rate_stays_not_compliant(
    declaration: AccessibilityPage, client: Client
) -> None:
    declaration.audited_on = AUDIT
    declaration.save_revision().publish()

    html = client.get("/accessibilite/").content.decode()

    assert "<strong>non conforme</strong>" in html
    assert "pas encore donné de taux" in html


@pytest.mark.django_db
@time_machine.travel("2026-06-01T10:00:00Z", tick=False)
def test_a_rate_needs_its_audit_which_is_not_in_the_future(
    declaration: AccessibilityPage,
) -> None:
    declaration.rate = 80
    with pytest.raises(ValidationError) as without_audit:
        declaration.full_clean()
    declaration.audited_on = date(2026, 6, 2)
    with pytest.raises(ValidationError) as in_future:
        declaration.full_clean()
    declaration.audited_on, declaration.rate = AUDIT, 101
    with pytest.raises(ValidationError) as impossible:
        declaration.full_clean()

    assert "audited_on" in without_audit.value.message_dict
    assert "audited_on" in in_future.value.message_dict
    assert "rate" in impossible.value.message_dict


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "is_warned"), [("2029-01-14", False), ("2029-01-15", True)])
def test_after_three_years_the_editor_is_warned_in_the_page_and_on_the_dashboard(
    declaration: AccessibilityPage, academy: Academy, client: Client, day: str, is_warned: bool
) -> None:
    declaration.audited_on, declaration.rate = AUDIT, 80
    declaration.save_revision().publish()
    user = make_editor(academy)

    with time_machine.travel(f"{day}T10:00:00Z", tick=False):
        client.force_login(user)
        editor = client.get(f"/admin/pages/{declaration.pk}/edit/").content.decode()
        dashboard = client.get("/admin/").content.decode()

    assert ("a plus de 3 ans" in editor) is is_warned
    assert ("plus de trois ans" in dashboard) is is_warned


@pytest.mark.django_db
def test_texts_to_complete_are_a_duty_of_that_sites_editors_only(academy: Academy) -> None:
    other = make_site("amiens", "amiens.localhost", is_default=False)
    SiteSettings.objects.create(site=other.site, contact_email="semaine@ac.example")
    facts = LegalFacts("Adresse", "La rectrice", "Hébergeur", "dpd@ac.example")
    ensure_compulsory_pages(other.site.root_page.specific, facts)
    ensure_compulsory_pages(academy.site.root_page.specific)

    here = duties_of(make_editor(academy), AUDIT)
    elsewhere = duties_of(make_editor(other), AUDIT)

    assert len(here) == 2
    assert "Mentions légales" in here[0].text + here[1].text
    assert elsewhere == []
