"""Isi: one TPS chosen, typed, judged, saved, settled; in the hall or at a desk."""
