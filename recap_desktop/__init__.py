"""Recap Desktop: tallies of polling stations added up, printed and sent upward, with proof."""

__version__ = "0.1.0"
