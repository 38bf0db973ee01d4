"""The pages of a jury: the jurors' own at /jury/, the organisers' in the admin."""
