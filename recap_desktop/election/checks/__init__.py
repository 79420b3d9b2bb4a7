"""What does not add up, why it may be so, and what looks alike."""
