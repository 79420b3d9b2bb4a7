"""Photos and scans of the paper, and codes read by a scanner."""
