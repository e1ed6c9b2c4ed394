"""Datasets in files: a module a format, chosen by the file's ending."""

from pathlib import Path

from commonprosperity.dataset import Dataset
from commonprosperity.errors import Fault, FileError
from commonprosperity.files import toml

_READERS = {".toml": toml.read}


def read(path: str | Path) -> Dataset:
    """Read a dataset from a file, whole or not at all.

    Raises `FileError` with everything that is wrong, each fault with its line.
    """
    path = Path(path)
    if path.suffix.lower() not in _READERS:
        problem = f"its ending says no format that can be read; there is {', '.join(_READERS)}"
        raise FileError((Fault("", "", problem, str(path)),))
    return _READERS[path.suffix.lower()](path)


__all__ = ["read"]
