"""The plenary: session, hall, reading out, reading back, closing, revisions."""
