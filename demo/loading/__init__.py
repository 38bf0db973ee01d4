"""Loads the demo's content into an empty database."""
