"""The roles that a visitor of the demo may try, and who plays each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.contrib.auth import login, logout
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.sessions import open_session
from establishments.models import Establishment
from establishments.sign_in import account_of

if TYPE_CHECKING:
    from django.http import HttpRequest

BACKEND = "django.contrib.auth.backends.ModelBackend"

# Names of addresses.
SPACE = "space:home"
DASHBOARD = "wagtailadmin_home"
FICHES = "wagtailsnippets_campaigns_action:list"


class NobodyThere(LookupError):
    """The person or establishment that plays a role is not in the database."""


@dataclass(frozen=True)
class Role:
    """One way of entering the demo.

    `academy` is an académie's slug; `who` an e-mail address, or the UAI of an establishment;
    `entrance` the name of the address where that person works.
    """

    slug: str
    academy: str
    who: str
    name: str
    title: str | Promise
    tasks: str | Promise
    icon: str
    entrance: str

    @property
    def is_establishment(self) -> bool:
        """Whether the role is an establishment's, which has no person's account."""
        return "@" not in self.who


_SCHOOL = _("An establishment")
_SCHOOL_TASKS = _("Write a fiche-action, hand in a poster, follow both up to publication.")
_LEAD = _("The lead of a network")
_LEAD_TASKS = _("Read the fiches of the network’s establishments, give the visa or send back.")
_EDITOR = _("An editor at the rectorat")
_EDITOR_TASKS = _(
    "Publish fiches, admit posters, write the pages of the edition, follow the mails sent."
)

ROLES: Final[dict[str, Role]] = {
    role.slug: role
    for role in (
        Role(
            "etablissement",
            "normandie",
            "0769901Z",
            "Collège Les Hauts-Vents",
            _SCHOOL,
            _SCHOOL_TASKS,
            "fr-icon-building-line",
            SPACE,
        ),
        Role(
            "reseau",
            "normandie",
            "solene.hautecoeur@ac-normandie.example",
            "Solène Hautecœur",
            _LEAD,
            _LEAD_TASKS,
            "fr-icon-team-line",
            DASHBOARD,
        ),
        Role(
            "editrice",
            "normandie",
            "maelle.quesneval@ac-normandie.example",
            "Maëlle Quesneval",
            _EDITOR,
            _EDITOR_TASKS,
            "fr-icon-edit-box-line",
            DASHBOARD,
        ),
        Role(
            "observateur",
            "normandie",
            "pascal.montreuillon@ac-normandie.example",
            "Pascal Montreuillon",
            _("An observer (IA-DASEN)"),
            _("Read the published fiches of one department, and change nothing."),
            "fr-icon-eye-line",
            FICHES,
        ),
        Role(
            "administratrice",
            "normandie",
            "ines.kerbaden@ac-normandie.example",
            "Inès Kerbaden",
            _("An administrator of the site"),
            _("Set up académies, people, networks, vocabularies; import the directory."),
            "fr-icon-settings-5-line",
            DASHBOARD,
        ),
        Role(
            "jure",
            "normandie",
            "rosalie.vauquelin@atelier-marin.example",
            "Rosalie Vauquelin",
            _("A member of the jury"),
            _("Judge the posters of an open round, without knowing whose they are."),
            "fr-icon-scales-3-line",
            "jury:desk",
        ),
        Role(
            "etablissement-amiens",
            "amiens",
            "0809901C",
            "Collège des Hortillons",
            _SCHOOL,
            _SCHOOL_TASKS,
            "fr-icon-building-line",
            SPACE,
        ),
        Role(
            "reseau-amiens",
            "amiens",
            "nathalie.froidcourt@ac-amiens.example",
            "Nathalie Froidcourt",
            _LEAD,
            _LEAD_TASKS,
            "fr-icon-team-line",
            DASHBOARD,
        ),
        Role(
            "editeur-amiens",
            "amiens",
            "etienne.wadelin@ac-amiens.example",
            "Étienne Wadelin",
            _EDITOR,
            _EDITOR_TASKS,
            "fr-icon-edit-box-line",
            DASHBOARD,
        ),
    )
}

TOUR: Final[dict[str, Role]] = {
    "school": ROLES["etablissement"],
    "lead": ROLES["reseau"],
    "editor": ROLES["editrice"],
}
"""Who plays in the guided tour: the lead's network is the school's."""


def roles_of(academy: str) -> list[Role]:
    """The roles of the académie with the slug `academy`, in the order to show them."""
    return [role for role in ROLES.values() if role.academy == academy]


def enter(request: HttpRequest, role: Role) -> None:
    """End the session that `request` comes with, and open one for who plays `role`.

    Raises:
        NobodyThere: the demo is not loaded.
    """
    if role.is_establishment:
        establishment = Establishment.objects.filter(uai=role.who, is_open=True).first()
        if establishment is None:
            raise NobodyThere(role.slug)
        account = account_of(establishment)
        logout(request)
        open_session(request, account)
        return
    person = User.objects.filter(username=role.who, is_active=True).first()
    if person is None:
        raise NobodyThere(role.slug)
    logout(request)
    login(request, person, backend=BACKEND)
