"""Fiches on paper: one fiche, the recueil of a selection. Templates, and what they are fed with."""
