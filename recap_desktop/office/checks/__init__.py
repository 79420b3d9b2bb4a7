"""What does not add up, what looks alike, and what was marked as on the paper."""
