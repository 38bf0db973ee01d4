"""The thread of messages on the page of a fiche in its establishment's space."""

from __future__ import annotations

from typing import Any

from django import template

from campaigns import messaging
from campaigns.commenting import label_of_part, open_comments
from campaigns.models import Action

register = template.Library()


@register.inclusion_tag("campaigns/space/conversation.html", takes_context=True)
def conversation(context: dict[str, Any], action: Action) -> dict[str, Any]:
    """What is to be corrected part by part, the messages, and the form to write one."""
    from campaigns.views.messages import MessageForm

    user = context["request"].user
    takes_part = messaging.may_write(user, action)
    return {
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
        "action": action,
        "takes_part": takes_part,
        "thread": messaging.thread_for(user, action),
        "asked": [
            (label_of_part(item.part), item.text)
            for item in (open_comments(action) if takes_part else [])
        ],
        "form": MessageForm() if takes_part else None,
    }
