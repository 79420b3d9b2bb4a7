"""Kantor and Orang: the office itself, its laptops, its people."""
