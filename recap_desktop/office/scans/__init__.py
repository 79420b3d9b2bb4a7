"""Photos and scans of the paper at a TPS."""
