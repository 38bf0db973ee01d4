"""An editor corrects a fiche; its school is told what has changed, part by part."""

from __future__ import annotations

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory
from django.urls import resolve

from accounts.models import MailRecord
from campaigns import review
from campaigns.history import history_of
from campaigns.models import Action
from tests.campaigns.admin_browser import form_data, signed_in, url
from tests.campaigns.scene import make_endorsed, make_published, make_scene

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("make", [make_endorsed, make_published])
def test_the_school_is_told_each_part_before_and_now(make) -> None:
    scene = make_scene()
    action = make(scene, objectives="Redoner confiance.")
    client = signed_in(scene.editor)
    data = form_data(client, url("edit", action.pk))

    client.post(url("edit", action.pk), data | {"objectives": "Redonner confiance & courage."})

    mail = MailRecord.objects.get(kind="corrected")
    assert mail.recipient == scene.establishment.mailbox
    assert "Redoner confiance." in mail.body
    assert "Redonner confiance & courage." in mail.body
    assert "/admin/" not in mail.body
    assert history_of(action)[0].parts == (("Objectifs", "Redonner confiance & courage."),)


def test_saving_without_a_change_writes_to_nobody() -> None:
    scene = make_scene()
    action = make_published(scene)
    client = signed_in(scene.editor)

    client.post(url("edit", action.pk), form_data(client, url("edit", action.pk)))

    assert not MailRecord.objects.filter(kind="corrected").exists()


def test_a_fiche_published_just_before_the_lock_is_not_left_with_a_version_that_waits() -> None:
    scene = make_scene()
    action = make_endorsed(scene)
    address = url("edit", action.pk)
    found = resolve(address)
    data = form_data(signed_in(scene.editor), address)
    request = RequestFactory().post(address, data | {"title": "Un titre corrigé"})
    request.user = scene.editor
    request._messages = CookieStorage(request)
    view = found.func.view_class(**found.func.view_initkwargs)
    view.setup(request, *found.args, **found.kwargs)  # has read the fiche
    review.publish(action, by=scene.editor)

    response = view.dispatch(request, *found.args, **found.kwargs)

    assert response.status_code == 200
    assert "entre-temps" in response.rendered_content
    row = Action.objects.get(pk=action.pk)
    assert row.live
    assert not row.has_unpublished_changes
