"""The TOML form: written by hand, a table a record, such as ``[pledge.acme-1]``."""

import re
import tomllib
from typing import Any

import attrs

from commonprosperity.dataset import Dataset
from commonprosperity.errors.base import sentence_of
from commonprosperity.files.intake import Intake
from commonprosperity.files.parsed import exact, pruned
from commonprosperity.patterns import pattern
from commonprosperity.plain import PlainRecords, plain_of
from commonprosperity.sentence import Sentence

_SCHEMA_LINE = "#:schema commonprosperity.schema.json\n\n"
# Python's own reader takes a time that grows with the square of a dotted key's parts.
_LONG_WAY = pattern(
    r"""(?<![\w-])(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){20}"""
)

# And for each digit of a number it takes a hundred bytes; past 4,300 digits it refuses it anyway.
_LONG_NUMBER = pattern(r"(?<![0-9_])[0-9][0-9_]{4300}")


def read(content: bytes, intake: Intake) -> PlainRecords:
    """Read records from TOML; each stands at the line of its heading.

    Raises `FileError` for what is no TOML.
    """
    text = intake.text(content).replace("\r\n", "\n")
    plain = pruned(_parse(text, intake), intake)
    return attrs.evolve(plain, places=lambda: _headings(text, intake))


def write(dataset: Dataset) -> bytes:
    """Write a dataset as TOML, its records in their order, below a line that names the schema."""
    import tomli_w  # noqa: PLC0415 (only writing needs it)

    return (_SCHEMA_LINE + tomli_w.dumps(plain_of(dataset))).encode()


def _parse(text: str, intake: Intake) -> dict[str, Any]:
    intake.check_values(sum(map(text.count, ",[{=\n")))
    for fault, problem in (
        (_LONG_WAY, Sentence("its tables or lists are nested too deep")),
        (_LONG_NUMBER, Sentence("a number in it has more than 4,000 digits")),
    ):
        place = fault.search(text)
        if place:
            raise intake.refused(problem, text.count("\n", 0, place.start()) + 1)
    try:
        return tomllib.loads(text, parse_float=exact)
    except RecursionError:
        raise intake.refused(Sentence("its tables or lists are nested too deep")) from None
    except ValueError as error:
        line = re.search(r"at line ([0-9]+)", str(error))
        raise intake.refused(
            Sentence("it is no TOML: {problem:say}", problem=sentence_of(error)), line and line[1]
        ) from None


def _headings(text: str, intake: Intake) -> dict[str, str]:
    """Return the place of each record's heading, as tomllib keeps no line numbers."""
    places: dict[str, str] = {}
    for at, line in enumerate(text.split("\n"), start=1):
        if line.lstrip().startswith("["):
            try:
                heading = tomllib.loads(line)
            except (tomllib.TOMLDecodeError, RecursionError):
                continue
            for records in heading.values():
                if isinstance(records, dict):
                    # [pledge.acme-1] stands above [pledge.acme-1.tags].
                    places = dict.fromkeys(records, intake.place(at)) | places
    return places
