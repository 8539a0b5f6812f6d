"""Masked numbers and names: what is hidden, and how many originals still fit."""
