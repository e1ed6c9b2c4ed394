"""Datasets in files: a module a form, chosen by the file's ending."""

from collections.abc import Callable, Mapping
from io import TextIOBase
from pathlib import Path
from typing import IO, Any

from commonprosperity.dataset import Dataset
from commonprosperity.disk import named, put, put_folder
from commonprosperity.errors import Fault, FileError
from commonprosperity.files import archive, csv, json, package, toml
from commonprosperity.files.opened import taken
from commonprosperity.files.reading import Reading
from commonprosperity.flat import scale_power
from commonprosperity.quoting import brief, suggestion

_READERS: dict[str, Callable[[bytes, Reading], Dataset]] = {
    "toml": toml.read,
    "json": json.read,
    "csv": csv.read,
    "zip": lambda content, reading: package.read(archive.unzipped(content, reading).get, reading),
}
_WRITERS: dict[str, Callable[[Dataset], bytes]] = {
    "toml": toml.write,
    "json": json.write,
    "csv": csv.write,
    "zip": lambda dataset: archive.zipped(package.write(dataset)),
}
_FOLDER = "folder"
_FORMS = (*_READERS, _FOLDER)


def read(  # noqa: PLR0913 (each is a question that only the caller can answer)
    file: str | Path | IO[Any],
    *,
    format: str | None = None,  # noqa: A002 (what everybody calls it)
    symbols: Mapping[str, str] | None = None,
    default: str | None = None,
    locale: str | None = None,
    scale: str | int | None = None,
    bytes_at_most: int = 50_000_000,
    cell_at_most: int = 1_000_000,
    bar: bool = True,
) -> Dataset:
    r"""Read a dataset from a file, whole or not at all.

    The form is that of the file's ending: ``.toml``, ``.json``, ``.csv`` (a flat table of pledges),
    ``.zip`` or a folder (a Data Package); or ``format``: ``toml``, ``json``, ``csv``, ``zip``,
    ``folder``. An open file, for bytes or text, needs ``format``. ``symbols``, ``default`` and
    ``locale`` say how the amounts of a flat CSV are written, as in `parse_amount`; ``scale``, what
    its numbers are multiplied by: ``"million"``, ``"万"``, ``1000``. ``bar`` shows a bar in a
    terminal and a notebook, of 100,000 rows and more.

    >>> from io import StringIO
    >>> csv = StringIO("Company,Amount,Currency,Announced\nAcme,2000000,CNY,2021-09\n")
    >>> read(csv, format="csv").total("CNY")
    Total: 2 million CNY

    Raises `FileError` with everything that is wrong, each fault with its line where it has one.
    """
    power = None if scale is None else scale_power(scale)
    reading = Reading(
        _name(file), bytes_at_most, cell_at_most, symbols, default, locale, power, bar
    )
    file = named(file) if isinstance(file, str | Path) else file
    form = _form(file, format)
    if form == _FOLDER:
        return package.read(package.folder(_folder(file), reading), reading)
    return _READERS[form](taken(file, reading), reading)


def write(dataset: Dataset, file: str | Path | IO[Any], *, format: str | None = None) -> None:  # noqa: A002 (as above)
    r"""Write every record of a dataset, selected or not, to a file: all of it or nothing.

    The forms are those of `read`; a path without an ending is a folder. An old file is replaced at
    once, and a folder is exchanged for the new one. Every form but the flat CSV holds everything.

    >>> from io import StringIO
    >>> file = StringIO()
    >>> write(Dataset(), file, format="json")
    >>> file.getvalue()
    '{}\n'

    Raises `FileError` when the file cannot be written, and with all that a flat CSV cannot hold.
    """
    file = named(file) if isinstance(file, str | Path) else file
    form = _form(file, format)
    if form == _FOLDER:
        put_folder(_folder(file), package.write(dataset))
    elif isinstance(file, Path):
        put(file, _WRITERS[form](dataset))
    else:
        content = _WRITERS[form](dataset)
        file.write(content.decode() if isinstance(file, TextIOBase) and form != "zip" else content)


def schema() -> str:
    """Return the JSON Schema of the TOML and JSON forms, for editors and other tools.

    >>> print(schema().splitlines()[1])
      "$schema": "https://json-schema.org/draft/2020-12/schema",
    """
    return (Path(__file__).parent / "commonprosperity.schema.json").read_text(encoding="utf-8")


def _name(file: Path | str | IO[Any]) -> str:
    name = file if isinstance(file, str | Path) else getattr(file, "name", None)
    return str(name) if isinstance(name, str | Path) else "the file"


def _form(file: Path | IO[Any], asked: str | None) -> str:
    """Return the form that is asked for, or that of a path's ending."""
    if asked is not None:
        form = asked.lower().removeprefix(".")
        near = suggestion(form, _FORMS)
        problem = f"{brief(asked)} is no format{near}; there are {', '.join(_FORMS)}"
    elif not isinstance(file, Path):
        form, problem = "", f"an open file needs format=; there are {', '.join(_FORMS)}"
    elif _is_folder(file) or not file.suffix or file.name == package.DESCRIPTOR:
        form, problem = _FOLDER, ""
    else:
        form = file.suffix.lower().removeprefix(".")
        endings = ", ".join(f".{form}" for form in _READERS)
        problem = f"its ending says no format; there are {endings}, or a folder"
    if form not in _FORMS:
        raise FileError((Fault("", "", problem, _name(file)),))
    return form


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # the name is too long, or has a null; reading it will tell
        return False


def _folder(file: Path | IO[Any]) -> Path:
    if not isinstance(file, Path):
        raise FileError((Fault("", "", "an open file is no folder", _name(file)),))
    return file.parent if file.name == package.DESCRIPTOR else file


__all__ = ["read", "schema", "write"]
