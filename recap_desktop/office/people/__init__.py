"""Who works in the office, who may do what, who is there."""
