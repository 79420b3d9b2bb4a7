"""Papers of the office: made, planned, copied, printed, written as files."""
