"""Kirim: packages made, sent, received and answered."""
