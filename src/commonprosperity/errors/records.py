"""Errors of records, datasets and files."""

import re
from typing import NamedTuple, Self

import attrs

from commonprosperity.errors.base import CommonProsperityError
from commonprosperity.quoting import brief, label, listed, one_line, suggestion

_PROBLEM_AT_MOST = 600  # characters of a fault, before which its place, record and field stand
_PLACE_AT_MOST = 200
_FIELDS_AT_MOST = 40  # of a pledge, and some of its tags

_PATH = re.compile(r"[/\\]|\.\w+$")


class Fault(NamedTuple):
    """One thing that is wrong with a record: which record, which of its fields, and what.

    ``place`` is where it stands in a file, as ``file:line``, when it comes from one.
    """

    record: str
    field: str
    problem: str
    place: str = ""

    def __str__(self) -> str:
        place = one_line(self.place, _PLACE_AT_MOST)
        problem = one_line(self.problem, _PROBLEM_AT_MOST)
        return ": ".join(filter(None, (place, label(self.record), label(self.field), problem)))


@attrs.define(slots=False)
class RecordError(CommonProsperityError, ValueError):
    """A field of a record is given what it cannot hold."""

    field: str
    value: object
    problem: str

    def _sentence(self) -> str:
        return f"{self.field}: {brief(self.value)} {self.problem}"


@attrs.define(slots=False)
class FieldError(CommonProsperityError, LookupError):
    """A name is no field of a pledge."""

    name: object
    known: tuple[str, ...]

    def _sentence(self) -> str:
        near = suggestion(self.name, self.known)
        known = listed(self.known, _FIELDS_AT_MOST)
        return f"{brief(self.name)} is no field of a pledge{near}; there are {known}"


@attrs.define(slots=False)
class ValueNotFoundError(CommonProsperityError, LookupError):
    """No record of a dataset has a value in a field; ``known`` are the values that there are.

    ``way_out`` says what else may have been meant, if anything.
    """

    field: str
    value: object
    known: tuple[str, ...]
    way_out: str = ""

    def _sentence(self) -> str:
        near = suggestion(self.value, self.known)
        are = "is" if len(self.known) == 1 else "are"
        there = f"there {are} {listed(self.known)}" if self.known else "there is none at all"
        way_out = f"; {self.way_out}" if self.way_out else ""
        return f"{self.field}: there is no {brief(self.value)}{near}; {there}{way_out}"


@attrs.define(slots=False)
class SharedNameError(CommonProsperityError, LookupError):
    """Several records go by one name, so that it does not say which one is meant."""

    name: object
    ids: tuple[str, ...]

    def _sentence(self) -> str:
        ids = listed(self.ids)
        return f"{len(self.ids)} records are called {brief(self.name)}; give the id of one: {ids}"


@attrs.define(slots=False)
class GroupNotFoundError(CommonProsperityError, KeyError):
    """There is no such group; ``known`` are those that there are."""

    group: object
    known: tuple[object, ...]

    def _sentence(self) -> str:
        near = suggestion(self.group, [each for each in self.known if isinstance(each, str)])
        return f"no group {brief(self.group)}{near}; there are {listed(self.known) or 'none'}"


@attrs.define(slots=False)
class RecordNotFoundError(CommonProsperityError, KeyError):
    """A dataset has no record with an id, or one of another ``kind`` than that asked for.

    ``is_other`` says of what kind it is: "a company".
    """

    id: object
    known: tuple[str, ...]
    kind: str = "record"
    is_other: str = ""

    def _sentence(self) -> str:
        if self.is_other:
            return f"{brief(self.id)} is {self.is_other}, and no {self.kind}"
        return f"no {self.kind} {brief(self.id)}{suggestion(self.id, self.known)}"


@attrs.define(slots=False)
class DatasetError(CommonProsperityError, ValueError):
    """Records do not fit together; ``faults`` holds everything that is wrong, at once."""

    faults: tuple[Fault, ...]

    @classmethod
    def at(cls, place: str, problem: str) -> Self:
        """Return the error of one problem with all that is at a place: a file, a line of it.

        >>> print(FileError.at("mine.csv:1", "it has no headings"))
        mine.csv:1: it has no headings
        """
        return cls((Fault("", "", problem, place),))

    def __str__(self) -> str:
        """Return the faults, each on a line of its own."""
        return "\n".join(map(str, self.faults))


class FileError(DatasetError):
    """A file cannot be read as a dataset; it is read whole or not at all."""


class LayoutError(DatasetError):
    """A layout says what no layout can say; ``faults`` holds everything that is wrong, at once."""


@attrs.define(slots=False)
class DatasetNotFoundError(CommonProsperityError, LookupError):
    """No dataset has a name; ``known`` are the names of those that there are."""

    name: object
    known: tuple[str, ...]

    def _sentence(self) -> str:
        near = suggestion(self.name, self.known)
        sentence = f"no dataset {brief(self.name)}{near}; there are {listed(self.known)}"
        is_path = isinstance(self.name, str) and bool(_PATH.search(self.name))
        return f"{sentence}; a file is read with read({brief(self.name)})" if is_path else sentence


@attrs.define(slots=False)
class SharedDatasetNameError(CommonProsperityError, LookupError):
    """Several installed packages have a dataset of one name: it does not say which one is meant."""

    name: object
    packages: tuple[str, ...]

    def _sentence(self) -> str:
        return (
            f"{len(self.packages)} packages have a dataset {brief(self.name)}: "
            f"{listed(self.packages)}; uninstall one of them"
        )
