"""The one door: an open office with commands that record and questions that answer."""
