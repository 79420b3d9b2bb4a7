"""Riwayat, and where a figure comes from."""
