"""Addresses finer than a town: where they start, what they hold, whose they are."""
