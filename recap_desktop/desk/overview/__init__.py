"""Ringkasan: how far everything is, and the way to any TPS."""
