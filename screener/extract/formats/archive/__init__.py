"""Archives: their members, records and limits."""
