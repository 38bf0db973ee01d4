"""A scope in the words of its reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .scope import Role

if TYPE_CHECKING:
    from .scope import Scope


def scope_in_words(scope: Scope) -> str:
    """What part of the territory the figures are about."""
    if scope.role == Role.EDITOR:
        return _("The whole académie (%(academy)s)") % {"academy": scope.academy.name}
    names = {"names": ", ".join(scope.names)}
    if scope.role == Role.LEAD:
        return ngettext("Network: %(names)s", "Networks: %(names)s", len(scope.names)) % names
    return ngettext("Department: %(names)s", "Departments: %(names)s", len(scope.names)) % names
