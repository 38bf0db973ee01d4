"""The pages that the law wants on every public site, written once and then the editors'."""

from .compulsory_pages import COMPULSORY_SLUGS, LegalFacts, ensure_compulsory_pages

__all__ = ["COMPULSORY_SLUGS", "LegalFacts", "ensure_compulsory_pages"]
