"""The desk: the Qt program on the office laptop."""
