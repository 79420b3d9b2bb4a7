"""The laptops of one office: what they exchange, and a file made anew from a mirror."""
