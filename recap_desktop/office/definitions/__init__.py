"""The definition an office is made from: built, read, amended."""
