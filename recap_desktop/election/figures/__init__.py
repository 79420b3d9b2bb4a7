"""Counts, and what becomes of records: tallies, layers of offices, totals, results, pace."""
