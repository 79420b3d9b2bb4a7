"""Proof and provenance: chains, packages, sheets, history, where a figure comes from."""
