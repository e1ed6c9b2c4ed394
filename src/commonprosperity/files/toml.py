"""The TOML form: written by hand, a table a record, such as ``[pledge.acme-1]``."""

import re
import tomllib
from typing import Any

from commonprosperity.dataset import Dataset
from commonprosperity.files.encoding import decoded
from commonprosperity.files.parsed import exact, pruned
from commonprosperity.files.reading import Reading
from commonprosperity.schema import plain_of

_SCHEMA_LINE = "#:schema commonprosperity.schema.json\n\n"
# Python's own reader takes a time that grows with the square of a dotted key's parts.
_LONG_WAY = re.compile(
    r"""(?<![\w-])(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){20}"""
)

# And for each digit of a number it takes a hundred bytes; past 4,300 digits it refuses it anyway.
_LONG_NUMBER = re.compile(r"(?<![0-9_])[0-9][0-9_]{4300}")


def read(content: bytes, reading: Reading) -> Dataset:
    """Read a dataset from TOML.

    Raises `FileError` with everything that is wrong; each fault has its file and the line of its
    record's heading.
    """
    text = decoded(content, reading).replace("\r\n", "\n")
    plain = _plain(text, reading)
    return reading.made(plain, pruned(plain, reading), lambda: _headings(text, reading))


def write(dataset: Dataset) -> bytes:
    """Write a dataset as TOML, its records in their order, below a line that names the schema."""
    import tomli_w  # noqa: PLC0415 (only writing needs it)

    return (_SCHEMA_LINE + tomli_w.dumps(plain_of(dataset))).encode()


def _plain(text: str, reading: Reading) -> dict[str, Any]:
    reading.check_values(sum(map(text.count, ",[{=\n")))
    for pattern, problem in (
        (_LONG_WAY, "its tables or lists are nested too deep"),
        (_LONG_NUMBER, "a number in it has more than 4,000 digits"),
    ):
        found = pattern.search(text)
        if found:
            raise reading.refused(problem, text.count("\n", 0, found.start()) + 1)
    try:
        return tomllib.loads(text, parse_float=exact)
    except RecursionError:
        raise reading.refused("its tables or lists are nested too deep") from None
    except ValueError as error:
        place = re.search(r"at line ([0-9]+)", str(error))
        line_of = place[1] if place else None
        raise reading.refused(f"it is no TOML: {error}", line_of) from None


def _headings(text: str, reading: Reading) -> dict[str, str]:
    """Return the place of each record's heading; tomllib tells no lines of what it has read."""
    places: dict[str, str] = {}
    for at, line in enumerate(text.split("\n"), start=1):
        if line.lstrip().startswith("["):
            try:
                heading = tomllib.loads(line)
            except (tomllib.TOMLDecodeError, RecursionError):
                continue
            for records in heading.values():
                if isinstance(records, dict):
                    places |= dict.fromkeys(records, reading.place(at))
    return places
