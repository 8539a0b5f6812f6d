"""Every test gets its own office."""

from tests.review.conftest import office

__all__ = ["office"]
