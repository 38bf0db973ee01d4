"""People among the accounts: those who sign in with a password, not by a mailbox."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from .models import User


def people() -> QuerySet[User]:
    """Every person, and no establishment.

    A person's username is their e-mail address, an establishment's its UAI; an administrator
    made on the command line may have any.
    """
    return User.objects.filter(Q(username__contains="@") | Q(is_superuser=True))
