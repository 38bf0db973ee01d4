"""One module a format: what a file's container says, and the picture decoded from it."""
