"""The datasets that installed packages offer, each by an entry point in the package's metadata.

The entry point ``acme-2021 = "acme_pledges:pledges.toml"`` offers the file ``pledges.toml`` in the
package ``acme_pledges`` under the name acme-2021. Nobody imports the package: a dataset is facts,
and needs no code.
"""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from commonprosperity.errors import FileError
from commonprosperity.quoting import brief
from commonprosperity.sentence import Sentence

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

_GROUP = "commonprosperity.datasets"


def offers() -> "tuple[EntryPoint, ...]":
    """Return the entry points of all installed packages that offer a dataset."""
    from importlib.metadata import entry_points  # noqa: PLC0415 (15 ms, for `load` alone)

    return tuple(entry_points(group=_GROUP))


def package_of(offer: "EntryPoint") -> str:
    """Return the name by which pip knows the package that offers a dataset."""
    return offer.dist.name if offer.dist else "a package"


def file_of(offer: "EntryPoint") -> Path:
    """Return the file, or the folder of a Data Package, that an entry point names.

    Raises `FileError` where there is none.
    """
    package, _, file = offer.value.rpartition(":")
    path = Path(*package.split("."), file)
    for folder in _folders(offer, path.parts[0] if path.parts else ""):
        if (folder / path).exists():
            return folder / path
    problem = Sentence(
        "offers the dataset {name} as {value}, and has no such file; its entry point names "
        'a package and a file in it, as in "acme_pledges:pledges.toml"',
        name=brief(offer.name), value=brief(offer.value),
    )  # fmt: skip
    raise FileError.at(package_of(offer), problem)


def _folders(offer: "EntryPoint", package: str) -> Iterator[Path]:
    """Yield the folder that pip installed a package into, then that of an editable installation.

    The latter has its metadata alone among the installed packages, so we look where Python would
    import the package from. It finds a name without dots without running any code of the package.
    """
    if offer.dist:
        yield Path(str(offer.dist.locate_file("")))
    spec = find_spec(package) if package.isidentifier() else None
    for place in (spec and spec.submodule_search_locations) or ():
        yield Path(place).parent
