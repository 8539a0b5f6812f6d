"""Marks: where a term stands, what stands around it, and how sure that makes us."""
