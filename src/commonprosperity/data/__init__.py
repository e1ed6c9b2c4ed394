"""The built-in datasets, each a TOML file in this folder."""

from functools import cache
from pathlib import Path

from commonprosperity.dataset import Dataset
from commonprosperity.errors import DatasetNotFoundError
from commonprosperity.files import read

_FOLDER = Path(__file__).parent


def datasets() -> tuple[str, ...]:
    """Return the names of the built-in datasets.

    >>> datasets()
    ('article', 'wave-2021')
    """
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def load(name: str = "article") -> Dataset:
    """Return a built-in dataset: the article, unless another name is given.

    >>> load().total("CNY")
    Total: 214.169 billion CNY

    Raises `DatasetNotFoundError` for a name that `datasets` does not list.
    """
    if name not in datasets():
        raise DatasetNotFoundError(name, datasets())
    return read(_FOLDER / f"{name}.toml")
