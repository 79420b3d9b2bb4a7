"""Pieces that several pages are made of: tables, lists, boxes, steps, questions."""
