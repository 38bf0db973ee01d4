"""What a contest prints for its exhibition: labels, and posters at full size."""
