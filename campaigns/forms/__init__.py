"""What establishments fill in."""

from .action import ActionForm

__all__ = ["ActionForm"]
