"""The JSON form: the TOML's shape, its keys sorted, the same bytes from run to run."""

import json
from typing import Any

from commonprosperity.dataset import Dataset
from commonprosperity.files.encoding import decoded
from commonprosperity.files.parsed import Table, Unreadable, exact, pruned
from commonprosperity.files.reading import Reading
from commonprosperity.schema import plain_of

_INTEGER_AT_MOST = 60  # digits


def read(content: bytes, reading: Reading) -> Dataset:
    """Read a dataset from JSON; a ``$schema`` at its top is for editors, and passed over.

    Raises `FileError` with everything that is wrong.
    """
    plain = parsed(decoded(content, reading), reading)
    if not isinstance(plain, dict):
        raise reading.refused('it is no object; write {"pledge": {"acme-1": {...}}}')
    plain.pop("$schema", None)
    return reading.made(plain, pruned(plain, reading), dict)


def write(dataset: Dataset) -> bytes:
    """Write a dataset as JSON; datasets of equal records, in any order, make equal bytes."""
    return dumped(plain_of(dataset), sort=True)


def dumped(plain: Any, *, sort: bool = False) -> bytes:
    """Write plain data as JSON, for people too: indented, its letters as they are."""
    return (json.dumps(plain, ensure_ascii=False, indent=2, sort_keys=sort) + "\n").encode()


def parsed(text: str, reading: Reading) -> Any:
    """Read plain data from JSON: numbers exactly, and keys that are given twice marked.

    Raises `FileError` for what is no JSON, and for what is nested too deep to be read.
    """
    reading.check_values(sum(map(text.count, ",[{=")))
    try:
        return json.loads(
            text,
            object_pairs_hook=Table.of,
            parse_float=exact,
            parse_int=_integer,
            parse_constant=Unreadable,
        )
    except RecursionError:
        raise reading.refused("its objects or lists are nested too deep") from None
    except json.JSONDecodeError as error:
        raise reading.refused(f"it is no JSON: {error.msg}", error.lineno) from None


def _integer(text: str) -> int | Unreadable:
    return int(text) if len(text) <= _INTEGER_AT_MOST else Unreadable(text)
