"""What this app tells those that it does not know."""

from __future__ import annotations

from django.dispatch import Signal

directory_changed = Signal()
"""Establishments were written, in the transaction that wrote them; `uais` names them."""
