"""Writing a fiche: its steps, what is saved while one types, files."""
