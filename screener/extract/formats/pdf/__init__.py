"""PDF (ISO 32000): text, tables, what is hidden, covered, beside the pages."""
