"""Wagtail's management of users, of people only: an establishment's account manages itself."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet
from wagtail.users.views.users import DeleteView, EditView, IndexView, UserViewSet

from .forms import PersonCreationForm, PersonEditForm
from .models import User
from .people import people


class PeopleOnly:
    """A view that knows no establishment."""

    def get_queryset(self) -> QuerySet[User]:
        """Where the view looks its person up."""
        return people()


class PersonEditView(PeopleOnly, EditView):
    """Edits one person."""


class PersonDeleteView(PeopleOnly, DeleteView):
    """Deletes one person."""


class PeopleIndexView(IndexView):
    """The list of people."""

    def get_base_queryset(self) -> QuerySet[User]:
        """People, without the accounts of establishments."""
        return people()


class PeopleViewSet(UserViewSet):
    """The users of Wagtail's admin."""

    index_view_class = PeopleIndexView
    edit_view_class = PersonEditView
    delete_view_class = PersonDeleteView

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        """The form without a username."""
        return PersonEditForm if for_update else PersonCreationForm
