"""``Intake``: how one file is read: its name, its limits, its bytes."""

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import IO, Any

import attrs

from commonprosperity.disk import problem_of
from commonprosperity.encoding import decoded
from commonprosperity.errors import FileError
from commonprosperity.flat import KnownRecords, Spelling
from commonprosperity.layout import Layout
from commonprosperity.sentence import Sentence

_PIECE = 100_000  # bytes, or characters
_VALUES_AT_MOST = 4_000_000  # values of a byte or two take a hundred times the file's memory
_BYTES_A_VALUE = 12.5  # so that whoever allows more bytes than by default allows more values


@attrs.frozen
class Intake:
    """How to read one file: its name in sentences, its limits, the spelling of its amounts.

    ``spelling`` is for the amounts of a flat CSV, and ``layout`` for its columns where it is not
    ours; ``encoding`` is that of a text, UTF-8 without it, and ``sheet`` the one of a workbook.
    What its names may stand for besides is ``known``. ``bar`` shows one where there is much to
    read.

    >>> Intake("mine.toml").place(3)
    'mine.toml:3'
    """

    name: str
    bytes_at_most: int = 50_000_000
    cell_at_most: int = 1_000_000
    spelling: Spelling = attrs.field(factory=Spelling)
    bar: bool = False
    layout: Layout | None = None
    encoding: str | None = None
    known: KnownRecords | None = None
    sheet: str | None = None

    def place(self, line: int | str | None = None) -> str:
        """Return where a fault stands: the file, and its line if there is one."""
        return f"{self.name}:{line}" if line else self.name

    def inside(self, name: str) -> "Intake":
        """Return the intake of a file inside this one."""
        return attrs.evolve(self, name=f"{self.name}/{name}")

    def read(self, file: Path | IO[Any]) -> bytes:
        """Read the bytes of a file, which is a path or is open, for bytes or for text.

        Raises `FileError` when it cannot be read, or is larger than the intake allows.
        """
        pieces = [*self.pieces(file)]
        content = b"".join(piece for piece in pieces if isinstance(piece, bytes))
        text = "".join(piece for piece in pieces if isinstance(piece, str))
        if text:
            content = self.encoded(text, self.encoding or "utf-8")
        if len(content) > self.bytes_at_most:
            raise self.too_large()
        return content

    def pieces(self, file: Path | IO[Any]) -> Iterator[bytes | str]:
        """Read a file piece by piece, so that it need not be held as a whole; texts as they are.

        Raises `FileError`, as `read` does.
        """
        left = self.bytes_at_most
        try:
            with file.open("rb") if isinstance(file, Path) else nullcontext(file) as opened:
                while piece := opened.read(min(_PIECE, left + 1)):
                    left -= len(piece)
                    if left < 0:
                        raise self.too_large()
                    yield piece
        except OSError as error:
            raise self.refused(problem_of(error)) from None
        except UnicodeError:
            raise self._of_another_encoding() from None
        except FileError:
            raise
        except ValueError:
            raise self.refused(Sentence("no file can have this name")) from None

    def encoded(self, text: str, encoding: str) -> bytes:
        """Encode a text of a file that is open for texts; raise `FileError` where that fails."""
        try:
            return text.encode(encoding)
        except UnicodeError:
            raise self._of_another_encoding() from None

    def _of_another_encoding(self) -> FileError:
        return self.refused(Sentence("its text is in another encoding; open it for bytes"))

    def text(self, content: bytes) -> str:
        """Decode the bytes of a file; raise `FileError` for those in another encoding."""
        return decoded(content, self.encoding, self.name)

    def check_values(self, values: int) -> None:
        """Refuse a file with so many values that its records would fill the memory."""
        at_most = max(_VALUES_AT_MOST, int(self.bytes_at_most / _BYTES_A_VALUE))
        if values > at_most:
            problem = Sentence(
                "it has more than {most} values; divide it, or give bytes_at_most=",
                most=f"{at_most:,}",
            )
            raise self.refused(problem)

    def too_large(self) -> FileError:
        """Return the error of a file, or of members, larger than the intake allows."""
        problem = Sentence(
            "it has more than {most} bytes; divide it, or give bytes_at_most=",
            most=f"{self.bytes_at_most:,}",
        )
        return self.refused(problem)

    def refused(self, problem: Sentence, line: int | str | None = None) -> FileError:
        """Return the error of a file that is refused as a whole."""
        return FileError.at(self.place(line), problem)
