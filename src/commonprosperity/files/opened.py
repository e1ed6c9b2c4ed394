"""The bytes of a file, from a path or an open file."""

from pathlib import Path
from typing import IO, Any

from commonprosperity.files.reading import Reading


def taken(file: Path | IO[Any], reading: Reading) -> bytes:
    """Take the bytes of a file, which is a path or is open, for bytes or for text.

    Raises `FileError` when it cannot be read, or is larger than the reading allows.
    """
    try:
        if isinstance(file, Path):
            with file.open("rb") as opened:
                content = opened.read(reading.bytes_at_most + 1)
        else:
            content = file.read(reading.bytes_at_most + 1)
        content = content.encode() if isinstance(content, str) else content
    except OSError as error:
        raise reading.refused(error.strerror or "it cannot be read") from None
    except UnicodeError:
        raise reading.refused("its text is in another encoding; open it for bytes") from None
    except ValueError:
        raise reading.refused("no file can have this name") from None
    if len(content) > reading.bytes_at_most:
        raise reading.refused(too_large(reading))
    return content


def too_large(reading: Reading) -> str:
    """Say that something is larger than a reading allows."""
    return f"it has more than {reading.bytes_at_most:,} bytes; divide it, or give bytes_at_most="
