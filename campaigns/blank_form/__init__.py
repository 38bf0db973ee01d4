"""The blank form for the staff room, to print (PDF) or to fill in offline (ODT)."""
