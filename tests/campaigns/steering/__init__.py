"""Tests of the dashboard and of the edition in figures."""
