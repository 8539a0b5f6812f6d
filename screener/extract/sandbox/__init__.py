"""Readers run in processes of their own that can do nothing but read what they are handed."""
