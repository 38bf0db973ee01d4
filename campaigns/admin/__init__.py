"""The campaigns app's part of Wagtail's admin."""
