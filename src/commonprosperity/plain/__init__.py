"""Records and datasets from plain data, and back: the way between a form of files and a dataset."""

from commonprosperity.plain.datasets import PlainRecords, dataset_from, dataset_of, plain_of
from commonprosperity.plain.records import record_of

__all__ = ["PlainRecords", "dataset_from", "dataset_of", "plain_of", "record_of"]
