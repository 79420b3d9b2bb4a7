"""Keys and trust on the screen: made, asked for, certified, trusted, revoked."""
