"""Pages that sign-in by link shares, whoever signs in."""
