"""Counts of one TPS: found, typed, compared, decided."""
