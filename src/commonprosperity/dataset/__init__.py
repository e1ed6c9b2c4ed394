"""``Dataset``: a book, and a selection of its pledges; the one fluent object."""

from commonprosperity.dataset.dataset import Dataset

__all__ = ["Dataset"]
