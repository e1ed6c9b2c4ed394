"""The text of a file: an article, a press release."""

from pathlib import Path
from typing import IO, Any

from commonprosperity.disk import named
from commonprosperity.files.intake import Intake


def read_text(file: str | Path | IO[Any]) -> str:
    """Read a text in UTF-8, from a path or an open file.

    >>> from io import BytesIO
    >>> read_text(BytesIO("腾讯".encode()))
    '腾讯'

    Raises `FileError` for a file that cannot be read, has more than 50 million bytes, or is in
    another encoding.
    """
    path = named(file) if isinstance(file, str | Path) else file
    intake = Intake(str(path) if isinstance(path, Path) else "the text")
    return intake.text(intake.read(path))
