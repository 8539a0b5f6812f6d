"""Presentations (ECMA-376): slides and what hides on them."""
