"""Tests of the review: comments, lists, messages, reminders, what editors do."""
