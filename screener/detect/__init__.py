"""Runs the engine over a Document: layout, binding, fingerprints, findings."""
