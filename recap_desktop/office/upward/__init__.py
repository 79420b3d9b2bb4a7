"""Between offices: packages, receipts, alarms, figures of units, results for others."""
