"""Papers, drawn: a sheet of the pure part becomes the pages of a PDF."""
