"""Pleno: the session, the hall, the agenda, and closing."""
