"""Zip files: read in memory, no name or size trusted, and written the same every time."""

import stat
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from commonprosperity.errors import FileError
from commonprosperity.files.contents import too_large
from commonprosperity.files.intake import Intake

_MEMBERS_AT_MOST = 100
_ENTRY = b"PK\x01\x02"  # how each entry of a zip file's directory begins
_ENCRYPTED = 0x1
_THE_SAME_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can hold
_DAMAGE = (
    BadZipFile, EOFError, NotImplementedError, OSError, OverflowError, RuntimeError, ValueError,
    zlib.error,
)  # fmt: skip


def zipped(members: Mapping[str, bytes]) -> bytes:
    """Return a zip file of members, the same bytes from run to run.

    >>> unzipped(zipped({"a.csv": b"id"}), Intake("mine.zip"))
    {'a.csv': b'id'}
    """
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            entry = ZipInfo(name, _THE_SAME_DAY)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3  # Unix, on every system
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return file.getvalue()


def unzipped(content: bytes, intake: Intake) -> dict[str, bytes]:
    """Return the members of a zip file by their names, without writing to the disk.

    Raises `FileError` for what is no zip file, and for one with too many members, too many bytes,
    names that lead elsewhere or come twice, links, or a password.
    """
    # Count the entries by their marks: the number at the directory's end may be untrue.
    if content.count(_ENTRY) > _MEMBERS_AT_MOST:
        raise intake.refused(f"it has more than {_MEMBERS_AT_MOST} members")
    members: dict[str, bytes] = {}
    left = intake.bytes_at_most
    try:
        with ZipFile(BytesIO(content)) as archive:
            for entry in archive.infolist():
                for problem in _problems(entry, members):
                    raise intake.refused(problem)
                if not entry.is_dir():
                    with archive.open(entry) as member:
                        members[entry.filename] = _read(member, left, intake)
                    left -= len(members[entry.filename])
    except FileError:
        raise
    except _DAMAGE:
        raise intake.refused("it is no zip file, or a damaged one") from None
    return members


def _problems(entry: ZipInfo, members: Mapping[str, bytes]) -> Iterator[str]:
    name = entry.orig_filename
    if name != entry.filename or not is_inside(name):
        yield f"its member {name!r} leads out of it"
    if name in members:
        yield f"it has two members {name!r}"
    if stat.S_ISLNK(entry.external_attr >> 16):
        yield f"its member {name!r} is a link; put the file itself in"
    if entry.flag_bits & _ENCRYPTED:
        yield f"its member {name!r} is encrypted; write it without a password"
    if entry.compress_type not in {ZIP_DEFLATED, ZIP_STORED}:
        yield f"its member {name!r} is compressed in an unusual way; use deflate"


def _read(member: IO[bytes], left: int, intake: Intake) -> bytes:
    content = member.read(left + 1)
    if len(content) > left:
        raise intake.refused(too_large(intake))
    return content


def is_inside(name: str) -> bool:
    """Whether a path is relative, leads no way up, and is one on every system.

    >>> is_inside("data/pledges.csv"), is_inside("../pledges.csv"), is_inside("C:pledges.csv")
    (True, False, False)
    """
    parts = name.removesuffix("/").split("/")
    return not any(part in {"", ".", ".."} or {*part} & {*"\\:\0"} for part in parts)
