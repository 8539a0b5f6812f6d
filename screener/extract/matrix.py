"""Mappings of a page's plane, written as PDF (ISO 32000-1, 8.3.3) and OFD (GB/T 33190) do."""

from __future__ import annotations

Matrix = tuple[float, float, float, float, float, float]


def combined(first: Matrix, then: Matrix) -> Matrix:
    """One mapping after another."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )
