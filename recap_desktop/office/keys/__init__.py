"""Keys: made, asked for, certified, trusted, revoked."""
