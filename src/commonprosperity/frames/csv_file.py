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
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import attrs

from commonprosperity.encoding import decoded
from commonprosperity.errors import DatasetError
from commonprosperity.flat import without_heading
from commonprosperity.sentence import Sentence

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_BLOCK = 1 << 22  # bytes
_LOOKED_AT = 50_000_000  # bytes, for what is wrong with the encoding


@attrs.frozen
class CsvForm:
    """How a CSV is written: in which encoding, UTF-8 without one, and in which row its headings."""

    encoding: str | None = None
    headings_in_row: int = 1

    @contextmanager
    def opened(self, path: Path) -> Iterator[IO[str]]:
        """Open a file for its text, from the row of the headings on."""
        with path.open(encoding=self.encoding or "utf-8", newline="") as text:
            if text.read(1) != "\ufeff":
                text.seek(0)
            for _ in range(self.headings_in_row - 1):
                text.readline()
            yield text

    def undecodable(self, path: Path) -> DatasetError:
        """Return the error of a file whose bytes are no text in the encoding."""
        with path.open("rb") as file:
            start = file.read(_LOOKED_AT)
            content = start + file.readline()
        try:
            decoded(content, self.encoding, str(path))
        except DatasetError as error:
            return error
        problem = Sentence(
            "it is not in {encoding}, or has a NUL byte; is it a text file?",
            encoding=self.encoding or "UTF-8",
        )
        return _fault(problem, str(path))


@attrs.frozen
class CsvFile:
    """A CSV without blank lines, whose first line is passed over.

    ``headings`` are those of the first row, without the spaces around them; ``columns`` are the
    same, but that none is blank and no two are alike. ``quoted`` is whether cells may be in quotes,
    ``doubtful`` whether commas may divide decimals, as no comma divides cells.
    """

    path: Path
    delimiter: str
    headings: tuple[str, ...]
    quoted: bool
    doubtful: bool

    @classmethod
    def of(cls, path: Path, folder: Path, form: CsvForm) -> "CsvFile":
        """Take a file as it is, or else one of the same rows that is written to a folder.

        Raises `DatasetError` for a file in another encoding, for a quote that is not closed or that
        closes within a cell, and for a cell under no heading.
        """
        try:
            with form.opened(path) as text:
                delimiter = _delimiter(text, f"{path}:{form.headings_in_row}")
            with form.opened(path) as text:
                rows = _rows(text, delimiter, path, form.headings_in_row)
                _, first = next(rows, (1, []))
                headings = tuple(first)
                if not headings:
                    raise _fault(Sentence("is empty; its first row has the headings"), str(path))
                if form == CsvForm() and all(headings) and _is_plain(path, delimiter, first):
                    return cls(path, delimiter, headings, quoted=False, doubtful=delimiter != ",")
                anew = folder / f"{len([*folder.iterdir()])}.csv"
                with anew.open("w", encoding="utf-8", newline="") as file:
                    file.write("headings\n")
                    csv.writer(file, lineterminator="\n").writerows(_complete(rows, first, path))
        except (UnicodeError, LookupError):
            raise form.undecodable(path) from None
        return cls(anew, ",", headings, quoted=True, doubtful=delimiter != ",")

    @property
    def columns(self) -> list[str]:
        """The headings, those that are blank or alike but for their case named by their place."""
        times = Counter(map(str.casefold, self.headings))
        return [
            name if name and times[name.casefold()] == 1 else f"{name} in column {at}"
            for at, name in enumerate(self.headings, 1)
        ]


def _delimiter(text: IO[str], place: str) -> str:
    """Find what stands between the headings."""
    line = next((line for line in text if line.strip()), "")
    outside_quotes = "".join(line.split('"')[::2])
    among = [delimiter for delimiter in _DELIMITERS if delimiter in outside_quotes]
    if len(among) > 1:
        problem = Sentence(
            "its headings have {several:and} between them; use commas alone",
            several=[_DELIMITERS[one] for one in among],
        )
        raise _fault(problem, place)
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
    """Yield a file by blocks of whole lines."""
    while block := file.read(_BLOCK):
        block += file.readline()
        yield block if block.endswith(b"\n") else block + end


def _rows(text: IO[str], delimiter: str, path: Path, first: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that have anything in them, each with the line that it begins on.

    ``first`` is the line of the file that the text begins on.
    """
    reader = csv.reader(_without_null(text), delimiter=delimiter, strict=True)
    line = first
    try:
        for row in reader:
            cells = [*map(str.strip, row)]
            if any(cells):
                yield line, cells
            line = first + reader.line_num
    except csv.Error as error:
        raise _fault(_in_our_words(str(error)), f"{path}:{line}") from None


def _without_null(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines; raise `UnicodeError` for one with a NUL, which no text has."""
    for line in lines:
        if "\0" in line:
            raise UnicodeError
        yield line


def _in_our_words(error: str) -> Sentence:
    if "end of data" in error:
        return Sentence(
            "the quote that opens a cell here is never closed; write one at the cell's end"
        )
    if "expected after" in error:
        return Sentence("a cell goes on after its closing quote; write a quote inside a cell twice")
    return Sentence("cannot be read: {problem}", problem=error)


def _complete(
    rows: Iterable[tuple[int, list[str]]], headings: Sequence[str], path: Path
) -> Iterator[list[str]]:
    """Yield the cells of rows, one for each heading, blank where a row ends before."""
    width, blank = len(headings), [at for at, name in enumerate(headings) if not name]
    for line, cells in rows:
        whole = cells + [""] * (width - len(cells))
        for at in filter(whole.__getitem__, [*range(width, len(whole)), *blank]):
            raise _fault(without_heading(whole[at], at), f"{path}:{line}")
        yield whole[:width]


def _fault(problem: Sentence, place: str) -> DatasetError:
    return DatasetError.at(place, problem)
