r"""``CsvFile``: a CSV that every engine reads in one way.

Engines differ in blank lines, in rows that are short or long, in spaces around cells, and in quotes
that stand astray. So a file is handed to one only when each line has the same number of cells, and
neither quotes nor such spaces: then no engine can read it otherwise. Any other is read here, by
the rules of `commonprosperity.read`, and written anew, as no engine can misread it:

    "Li, Wu", 1      "Li, Wu",1
                  -> "a""b",
    a"b
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

import attrs

from commonprosperity.errors import DatasetError
from commonprosperity.quoting import brief

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_BLOCK = 1 << 22  # bytes


@attrs.frozen
class CsvFile:
    """A CSV without blank lines, whose first line is passed over.

    ``headings`` are those of the first row, without the spaces around them; ``columns`` are the
    same, but that none is blank and no two are alike. ``quoted`` is whether cells may be in quotes.
    """

    path: Path
    delimiter: str
    headings: tuple[str, ...]
    quoted: bool

    @classmethod
    def of(cls, path: Path, folder: Path) -> "CsvFile":
        """Take a file as it is, or else one of the same rows that is written to a folder.

        Raises `DatasetError` for a file that is not UTF-8, for a quote that is not closed or that
        closes within a cell, and for a cell under no heading.
        """
        try:
            delimiter = _delimiter(path)
            with path.open(encoding="utf-8-sig", newline="") as text:
                rows = _rows(text, delimiter, path)
                _, first = next(rows, (1, []))
                headings = tuple(first)
                if not headings:
                    raise _fault("is empty; its first row has the headings", str(path))
                if all(headings) and _is_plain(path, delimiter, first):
                    return cls(path, delimiter, headings, quoted=False)
                _refuse_null_bytes(path)
                anew = folder / f"{len([*folder.iterdir()])}.csv"
                with anew.open("w", encoding="utf-8", newline="") as file:
                    file.write("headings\n")
                    csv.writer(file, lineterminator="\n").writerows(_complete(rows, first, path))
        except UnicodeDecodeError:
            raise _fault("is not UTF-8; save it as CSV UTF-8", str(path)) from None
        return cls(anew, ",", headings, quoted=True)

    @property
    def columns(self) -> list[str]:
        """The headings, those that are blank or alike but for their case named by their place."""
        times = Counter(map(str.casefold, self.headings))
        return [
            name if name and times[name.casefold()] == 1 else f"{name} in column {at}"
            for at, name in enumerate(self.headings, 1)
        ]


def _delimiter(path: Path) -> str:
    """Find what stands between the headings."""
    with path.open(encoding="utf-8-sig", newline="") as text:
        line = next((line for line in text if line.strip()), "")
    outside_quotes = "".join(line.split('"')[::2])
    among = [delimiter for delimiter in _DELIMITERS if delimiter in outside_quotes]
    if len(among) > 1:
        several = " and ".join(_DELIMITERS[one] for one in among)
        problem = f"its headings have {several} between them; use commas alone"
        raise _fault(problem, f"{path}:1")
    return among[0] if among else ","


def _is_plain(path: Path, delimiter: str, first: list[str]) -> bool:
    """Whether each line has as many cells as the first, no quote, and anything in it.

    What is left of a block without all but delimiters, quotes and line ends must be the same for
    every line: ``,,`` and a line end where there are three headings.
    """
    between = delimiter.encode()
    marks = between + b'"\r\n\0'
    others = bytes(byte for byte in range(256) if byte not in marks)
    with path.open("rb") as file:
        line = file.readline()
        end = b"\r\n" if line.endswith(b"\r\n") else b"\n"
        heading = line.decode("utf-8-sig").removesuffix(end.decode())
        cells = [] if "\r" in heading else next(csv.reader([heading], delimiter=delimiter), [])
        if [*map(str.strip, cells)] != first:
            return False  # the heading is longer than a line, or not the first one
        row = between * (len(first) - 1) + end
        spaces = [b" " + between, between + b" ", b" " + end, end + b" "]
        for block in _blocks(file, end):
            marked = block.translate(None, others)
            if marked != row * (len(marked) // len(row)):
                return False
            if block.startswith((row, b" ")) or end + row in block:
                return False
            if b" " in block and any(space in block for space in spaces):
                return False
            if not block.isascii():
                block.decode()
    return True


def _blocks(file: IO[bytes], end: bytes) -> Iterator[bytes]:
    """Go through a file by blocks of whole lines."""
    while block := file.read(_BLOCK):
        block += file.readline()
        yield block if block.endswith(b"\n") else block + end


def _rows(text: IO[str], delimiter: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Go through the rows that have anything in them, each with the line that it begins on."""
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            cells = [*map(str.strip, row)]
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise _fault(_in_our_words(str(error)), f"{path}:{line}") from None


def _refuse_null_bytes(path: Path) -> None:
    line = 1
    with path.open("rb") as file:
        for block in _blocks(file, b"\n"):
            if b"\0" in block:
                line += block.count(b"\n", 0, block.index(b"\0"))
                problem = "it has a NUL byte, which no text has; is it a text file?"
                raise _fault(problem, f"{path}:{line}")
            line += block.count(b"\n")


def _in_our_words(error: str) -> str:
    if "end of data" in error:
        return "the quote that opens a cell here is never closed; write one at the cell's end"
    if "expected after" in error:
        return "a cell goes on after its closing quote; write a quote inside a cell twice"
    return f"cannot be read: {error}"


def _complete(
    rows: Iterable[tuple[int, list[str]]], headings: Sequence[str], path: Path
) -> Iterator[list[str]]:
    """Go through the cells of rows, one for each heading, blank where a row ends before."""
    width, blank = len(headings), [at for at, name in enumerate(headings) if not name]
    for line, cells in rows:
        whole = cells + [""] * (width - len(cells))
        for cell in filter(None, [*whole[width:], *(whole[at] for at in blank)]):
            problem = f"{brief(cell)} stands under no heading; a comma in a cell needs quotes"
            raise _fault(problem, f"{path}:{line}")
        yield whole[:width]


def _fault(problem: str, place: str) -> DatasetError:
    return DatasetError.at(place, problem)
