"""Pages of the establishments app."""
