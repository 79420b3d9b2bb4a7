"""Our own files that leave and arrive: definitions, packages, keys, receipts."""
