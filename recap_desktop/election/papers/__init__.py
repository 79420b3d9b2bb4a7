"""What stands on every paper of an office, before anything is drawn."""
