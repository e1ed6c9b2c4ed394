"""The bytes of a file, from a path or an open file."""

from pathlib import Path
from typing import IO, Any

from commonprosperity.files.intake import Intake


def read_bytes(file: Path | IO[Any], intake: Intake) -> bytes:
    """Read the bytes of a file, which is a path or is open, for bytes or for text.

    Raises `FileError` when it cannot be read, or is larger than the intake allows.
    """
    try:
        if isinstance(file, Path):
            with file.open("rb") as opened:
                content = opened.read(intake.bytes_at_most + 1)
        else:
            content = file.read(intake.bytes_at_most + 1)
        content = content.encode() if isinstance(content, str) else content
    except OSError as error:
        raise intake.refused(error.strerror or "it cannot be read") from None
    except UnicodeError:
        raise intake.refused("its text is in another encoding; open it for bytes") from None
    except ValueError:
        raise intake.refused("no file can have this name") from None
    if len(content) > intake.bytes_at_most:
        raise intake.refused(too_large(intake))
    return content


def too_large(intake: Intake) -> str:
    """Return the problem of what is larger than an intake allows."""
    return f"it has more than {intake.bytes_at_most:,} bytes; divide it, or give bytes_at_most="
