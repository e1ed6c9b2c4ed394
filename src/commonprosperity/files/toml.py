"""The TOML form: written by hand, a table a record, such as ``[pledge.acme-1]``."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path

from commonprosperity.dataset import Dataset
from commonprosperity.errors import AmountError, DatasetError, Fault, FileError
from commonprosperity.schema import dataset_from
from commonprosperity.wording import number


def read(path: Path) -> Dataset:
    """Read a dataset from a TOML file.

    Raises `FileError` with everything that is wrong; each fault has its file and the line of its
    record's heading.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        plain = tomllib.loads(text, parse_float=_exact)
    except OSError as error:
        raise _refused(path, error.strerror or "it cannot be read") from None
    except UnicodeDecodeError as error:
        raise _refused(path, f"it is not in UTF-8, from byte {error.start} on") from None
    except RecursionError:
        raise _refused(path, "its tables or lists are nested too deep") from None
    except ValueError as error:
        line = re.search(r"at line ([0-9]+)", str(error))
        raise _refused(path, f"it is no TOML: {error}", line[1] if line else "") from None
    try:
        return dataset_from(plain)
    except DatasetError as error:
        lines = _headings(text)
        faults = (
            fault._replace(place=_place(path, lines.get(fault.record))) for fault in error.faults
        )
        raise FileError(tuple(faults)) from None


def _exact(text: str) -> Decimal | str:
    """Take a number with a decimal point exactly; what is none is left for its field to refuse."""
    try:
        return number(text)
    except AmountError:
        return text


def _refused(path: Path, problem: str, line: str = "") -> FileError:
    return FileError((Fault("", "", problem, _place(path, line)),))


def _place(path: Path, line: int | str | None) -> str:
    return f"{path}:{line}" if line else str(path)


def _headings(text: str) -> dict[str, int]:
    """Return the line of each record's heading; tomllib tells no lines of what it has read."""
    lines: dict[str, int] = {}
    for at, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("["):
            try:
                heading = tomllib.loads(line)
            except tomllib.TOMLDecodeError:
                continue
            for records in heading.values():
                if isinstance(records, dict):
                    lines |= dict.fromkeys(records, at)
    return lines
