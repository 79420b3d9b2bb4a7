"""What the columns and lines of somebody else's table mean."""
