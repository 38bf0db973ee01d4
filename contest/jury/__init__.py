"""The jury of a contest: who judges, what, until when, and what comes of it.

The counting itself is in `contest.tally`, which knows neither the database nor the site.
"""
