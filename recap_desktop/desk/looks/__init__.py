"""Looks: palettes, type, shapes, signs and short words of the screen."""
