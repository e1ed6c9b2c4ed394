"""The Data Package: ``datapackage.json``, and a CSV file for each kind of record."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import attrs

from commonprosperity.book import kind_of
from commonprosperity.dataset import Dataset
from commonprosperity.errors import Fault, FileError
from commonprosperity.files.archive import is_inside
from commonprosperity.files.cells import cells_of, content_of
from commonprosperity.files.encoding import decoded
from commonprosperity.files.json import dumped, parsed
from commonprosperity.files.opened import taken
from commonprosperity.files.reading import Reading
from commonprosperity.files.settings import wrong_settings
from commonprosperity.files.sheet import Sheet, sheet_text
from commonprosperity.files.table_schema import FILES, columns, table_schema
from commonprosperity.flat import Row, headings_of
from commonprosperity.quoting import AsWritten, brief, label, suggestion
from commonprosperity.records import Record
from commonprosperity.schema import plain_of

DESCRIPTOR = "datapackage.json"

Member = Callable[[str], bytes | None]
"""Gives the file of a name inside a package, or None where there is none."""


def read(member: Member, reading: Reading) -> Dataset:
    """Read a dataset from the files of a package, those that its descriptor names.

    Raises `FileError` with everything that is wrong; each fault has its file and line.
    """
    plain: dict[str, dict[str, Any]] = {}
    places: dict[str, str] = {}
    return reading.made(plain, _taken(member, reading, plain, places), lambda: places)


def write(dataset: Dataset) -> dict[str, bytes]:
    """Write a dataset as the files of a package, by their names."""
    rows: dict[str, list[dict[str, str]]] = {name: [] for name in FILES}
    names = {kind: name for name, kind in FILES.items()}
    plain = plain_of(dataset)
    for record in dataset.records:
        content = plain[kind_of(record)][record.id]
        rows[names[type(record)]].append(cells_of(record, content))
    files = {
        f"{name}.csv": sheet_text(columns(kind), rows[name]).encode()
        for name, kind in FILES.items()
    }
    return {DESCRIPTOR: dumped(_descriptor()), **files}


def folder(path: Path, reading: Reading) -> Member:
    """Give the files inside a folder, all of them together no larger than one file may be."""
    try:
        root = path.resolve()
        is_folder = root.is_dir()
    except (OSError, ValueError):
        raise reading.refused("no folder can have this name") from None
    if not is_folder:
        raise reading.refused("there is no such folder")
    left = [reading.bytes_at_most]

    def member(name: str) -> bytes | None:
        file = (root / name).resolve()
        if not file.is_relative_to(root):
            raise reading.refused(f"its file {brief(name)} is a link that leads out of it")
        if not file.is_file():
            return None
        inside = attrs.evolve(reading.inside(name), bytes_at_most=left[0])
        content = taken(file, inside)
        left[0] -= len(content)
        return content

    return member


def _descriptor() -> dict[str, Any]:
    resources = [
        {
            "profile": "tabular-data-resource",
            "name": name,
            "path": f"{name}.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": table_schema(name),
        }
        for name in FILES
    ]
    return {"profile": "tabular-data-package", "name": "pledges", "resources": resources}


def _resources(member: Member, reading: Reading) -> Iterator[tuple[str, str]]:
    """Go through the names and paths of what the descriptor names; refuse what it may not name."""
    content = member(DESCRIPTOR)
    if content is None:
        raise reading.refused(f"it has no {DESCRIPTOR} at its top")
    inside = reading.inside(DESCRIPTOR)
    descriptor = parsed(decoded(content, inside), inside)
    resources = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(resources, list):
        raise inside.refused('it has no list of "resources"')
    problems = [*_wrong_resources(resources)]
    if problems:
        raise FileError(tuple(Fault("", "", problem, inside.name) for problem in problems))
    yield from ((resource["name"], _path(resource)) for resource in resources)


def _wrong_resources(resources: list[Any]) -> Iterator[str]:
    names: set[str] = set()
    for at, resource in enumerate(resources):
        name = resource.get("name") if isinstance(resource, dict) else None
        path = _path(resource) if isinstance(resource, dict) else None
        if not isinstance(name, str) or name not in FILES:
            given = label(name if isinstance(name, str) else AsWritten(name)) if name else at + 1
            known = f"{suggestion(name, FILES)}; there are {', '.join(FILES)}"
            yield f"resource {given} is none{known}"
        elif name in names:
            yield f"resource {name} is named twice; leave one of them out"
        elif not isinstance(path, str):
            yield f"resource {name} has no path; write the name of its file"
        elif not is_inside(path):
            yield f"resource {name} has the path {brief(path)}, which leads out of the package"
        else:
            yield from (f"resource {name} {problem}" for problem in wrong_settings(resource))
        names |= {name} if isinstance(name, str) else set()


def _path(resource: Mapping[str, Any]) -> Any:
    """Return the path of a resource's file; it may stand in a list of one."""
    path = resource.get("path")
    return path[0] if isinstance(path, list) and len(path) == 1 else path


def _taken(
    member: Member, reading: Reading, plain: dict[str, dict[str, Any]], places: dict[str, str]
) -> Iterator[Fault]:
    """Put the records of the files in their tables, with their places, and tell what is wrong."""
    for name, path in _resources(member, reading):
        inside = reading.inside(path)
        try:
            sheet = _sheet(FILES[name], member(path), inside)
        except FileError as error:
            yield from error.faults
            continue
        records = plain.setdefault(FILES[name].__name__.lower(), {})
        for row in sheet.rows:
            yield from _take(row, FILES[name], inside.place(row.number), records)
            places.setdefault(row.cells.get("id", ""), inside.place(row.number))


def _sheet(kind: type[Record], content: bytes | None, inside: Reading) -> Sheet:
    if content is None:
        raise inside.refused("the package names this file but does not have it")
    return Sheet.of(decoded(content, inside), partial(headings_of, columns(kind)), inside)


def _take(row: Row, kind: type[Record], place: str, records: dict[str, Any]) -> Iterator[Fault]:
    """Put a row's record among the records, and tell what is wrong with its cells."""
    id_ = row.cells.get("id", "")
    if not id_ or id_ in records:
        yield Fault(id_, "id", "two rows have it" if id_ else "is missing", place)
        return
    records[id_], faults = content_of(kind, row.cells)
    yield from (fault._replace(place=place) for fault in faults)
