"""The Data Package: ``datapackage.json``, and a CSV file for each kind of record."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from commonprosperity.dataset import Dataset
from commonprosperity.errors import Fault, FileError
from commonprosperity.files.intake import Intake
from commonprosperity.files.json import dumped, parse
from commonprosperity.files.package_rows import RowRecords, cells_of
from commonprosperity.files.settings import wrong_settings
from commonprosperity.files.sheet import Sheet, sheet_text
from commonprosperity.files.table_schema import FILES, columns, table_schema
from commonprosperity.flat import headings_of
from commonprosperity.plain import PlainRecords, plain_of
from commonprosperity.quoting import AsWritten, brief, label, suggestion
from commonprosperity.records.kinds import kind_of
from commonprosperity.sentence import Sentence

DESCRIPTOR = "datapackage.json"

Member = Callable[[str], bytes | None]
"""Returns the bytes of a file inside a package by its name, None where there is none."""


def read(member: Member, intake: Intake) -> PlainRecords:
    """Read the records of the files that a package's descriptor names.

    Raises `FileError` for a descriptor that is wrong; a fault of a record has its file and line.
    """
    records = RowRecords()
    descriptor = _descriptor_of(member, intake)
    for name, path in _resources(descriptor, intake.inside(DESCRIPTOR)):
        inside = intake.inside(path)
        try:
            sheet = _sheet(name, member(path), inside)
        except FileError as error:
            records.faults += error.faults
        else:
            records.take(FILES[name], sheet.rows, inside)
    title = descriptor.get("title")
    return PlainRecords(
        records.tables,
        records.faults,
        lambda: records.places,
        title=title if isinstance(title, str) else "",
    )


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


def is_inside(name: str) -> bool:
    """Whether a path is relative, leads no way up, and is one on every system.

    >>> is_inside("data/pledges.csv"), is_inside("../pledges.csv"), is_inside("C:pledges.csv")
    (True, False, False)
    """
    parts = name.removesuffix("/").split("/")
    return not any(part in {"", ".", ".."} or {*part} & {*"\\:\0"} for part in parts)


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


def _descriptor_of(member: Member, intake: Intake) -> Mapping[str, Any]:
    content = member(DESCRIPTOR)
    if content is None:
        raise intake.refused(Sentence("it has no {name} at its top", name=DESCRIPTOR))
    descriptor = parse(content, intake.inside(DESCRIPTOR))
    return descriptor if isinstance(descriptor, dict) else {}


def _resources(descriptor: Mapping[str, Any], inside: Intake) -> Iterator[tuple[str, str]]:
    """Yield the name and the path of each resource that the descriptor names."""
    resources = descriptor.get("resources")
    if not isinstance(resources, list):
        raise inside.refused(Sentence('it has no list of "resources"'))
    problems = [*_wrong_resources(resources)]
    if problems:
        raise FileError(tuple(Fault("", "", problem, inside.name) for problem in problems))
    yield from ((resource["name"], _path(resource)) for resource in resources)


def _wrong_resources(resources: list[Any]) -> Iterator[Sentence]:
    names: set[str] = set()
    for at, resource in enumerate(resources):
        name = resource.get("name") if isinstance(resource, dict) else None
        path = _path(resource) if isinstance(resource, dict) else None
        if not isinstance(name, str) or name not in FILES:
            given = label(name if isinstance(name, str) else AsWritten(name)) if name else at + 1
            yield Sentence(
                "resource {given} is none{near:say}; there are {known:list}",
                given=given, near=suggestion(name, FILES), known=FILES,
            )  # fmt: skip
        elif name in names:
            yield Sentence("resource {name} is named twice; leave one of them out", name=name)
        elif not isinstance(path, str):
            yield Sentence("resource {name} has no path; write the name of its file", name=name)
        elif not is_inside(path):
            yield Sentence(
                "resource {name} has the path {path}, which leads out of the package",
                name=name, path=brief(path),
            )  # fmt: skip
        else:
            yield from (
                Sentence("resource {name} {problem:say}", name=name, problem=problem)
                for problem in wrong_settings(resource)
            )
        names |= {name} if isinstance(name, str) else set()


def _path(resource: Mapping[str, Any]) -> Any:
    """Return the path of a resource's file; it may stand in a list of one."""
    path = resource.get("path")
    return path[0] if isinstance(path, list) and len(path) == 1 else path


def _sheet(name: str, content: bytes | None, inside: Intake) -> Sheet:
    if content is None:
        raise inside.refused(Sentence("the package names this file but does not have it"))
    headings = partial(headings_of, columns(FILES[name]))
    return Sheet.of(inside.text(content), headings, inside).in_memory()
