"""Made-up counts with planted slips, and the truth beside them."""
