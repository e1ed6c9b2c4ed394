"""The datasets by their names: the TOML files in this folder, and those of installed packages."""

from functools import cache
from pathlib import Path

from commonprosperity.data.offers import file_of, offers, package_of
from commonprosperity.dataset import Dataset
from commonprosperity.errors import DatasetNotFoundError, SharedDatasetNameError
from commonprosperity.files import read

_FOLDER = Path(__file__).parent


def datasets() -> tuple[str, ...]:
    """Return the names of the built-in datasets, and of those that installed packages offer.

    >>> datasets()
    ('article', 'wave-2021')
    """
    return tuple(sorted({*_built_in(), *(offer.name for offer in offers())}))


@cache
def load(name: str = "article") -> Dataset:
    """Return a dataset by its name: the article, unless another name is given.

    >>> load().total("CNY")
    Total: 214.169 billion CNY

    An installed package offers a dataset by an entry point of the group
    ``commonprosperity.datasets``; its file is read, and no code of the package runs.

    Raises `DatasetNotFoundError` for a name that `datasets` does not list,
    `SharedDatasetNameError` where several packages have a dataset of this name, and `FileError`
    where the file of an installed package is missing or wrong.
    """
    offered = [offer for offer in offers() if offer.name == name]
    packages = [*map(package_of, offered)]
    if name in _built_in():
        packages.insert(0, "commonprosperity")
    if not packages:
        raise DatasetNotFoundError(name, datasets())
    if len(packages) > 1:
        raise SharedDatasetNameError(name, tuple(packages))
    dataset = read(file_of(offered[0]) if offered else _FOLDER / f"{name}.toml")
    return dataset.with_name(name)


def _built_in() -> set[str]:
    return {path.stem for path in _FOLDER.glob("*.toml")}
