"""Printed documents: from a Typst template and data to a tagged, accessible PDF."""
