"""A Data Package in a zip file."""

from commonprosperity.dataset import Dataset
from commonprosperity.files import package
from commonprosperity.files.archive import unzipped, zipped
from commonprosperity.files.intake import Intake
from commonprosperity.plain import PlainRecords


def read(content: bytes, intake: Intake) -> PlainRecords:
    """Read the records of a zipped package. Raises `FileError` for what is no zip file."""
    return package.read(unzipped(content, intake).get, intake)


def write(dataset: Dataset) -> bytes:
    """Write a dataset as a zipped package, the same bytes from run to run."""
    return zipped(package.write(dataset))
