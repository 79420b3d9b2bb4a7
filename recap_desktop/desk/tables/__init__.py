"""Counts from somebody else's table."""
