"""Kertas: papers shown, printed and written."""
