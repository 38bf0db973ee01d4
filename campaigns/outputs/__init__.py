"""Files of fiches for others to work with: pure writers, fed by rows."""
