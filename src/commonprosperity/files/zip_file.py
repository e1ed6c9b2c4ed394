"""A Data Package in a zip file: read in memory, and no name or size in it is trusted."""

import stat
import zlib
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from commonprosperity.dataset import Dataset
from commonprosperity.errors import FileError
from commonprosperity.files import package
from commonprosperity.files.intake import Intake
from commonprosperity.plain import PlainRecords
from commonprosperity.sentence import Sentence

_MEMBERS_AT_MOST = 100
_ENTRY = b"PK\x01\x02"  # how each entry of a zip file's directory begins
_ENCRYPTED = 0x1
_THE_SAME_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip file can hold
_DAMAGE = (
    BadZipFile, EOFError, NotImplementedError, OSError, OverflowError, RuntimeError, ValueError,
    zlib.error,
)  # fmt: skip


def read(content: bytes, intake: Intake) -> PlainRecords:
    """Read the records of a package in a zip file, without writing to the disk.

    Raises `FileError` for what is no zip file, and for one with too many members, too many bytes,
    names that lead elsewhere or come twice, links, or a password.
    """
    return package.read(members(content, intake).get, intake)


def write(dataset: Dataset) -> bytes:
    """Write a dataset as a package in a zip file, the same bytes from run to run."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in package.write(dataset).items():
            entry = ZipInfo(name, _THE_SAME_DAY)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3  # Unix, on every system
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return file.getvalue()


def members(
    content: bytes,
    intake: Intake,
    *,
    at_most: int = _MEMBERS_AT_MOST,
    is_wanted: Callable[[str], bool] = bool,
) -> dict[str, bytes]:
    """Return the bytes of the members of a zip file whose names are wanted.

    Raises `FileError` for more than ``at_most`` members, and for those that `read` refuses.
    """
    # Count the entries by their marks: the number at the directory's end may be untrue.
    if content.count(_ENTRY) > at_most:
        raise intake.refused(Sentence("it has more than {most} members", most=f"{at_most:,}"))
    inside: dict[str, bytes] = {}
    left = intake.bytes_at_most
    try:
        with ZipFile(BytesIO(content)) as archive:
            for entry in archive.infolist():
                for problem in _problems(entry, inside):
                    raise intake.refused(problem)
                if not entry.is_dir() and is_wanted(entry.filename):
                    with archive.open(entry) as member:
                        inside[entry.filename] = _read(member, left, intake)
                    left -= len(inside[entry.filename])
    except FileError:
        raise
    except _DAMAGE:
        raise intake.refused(Sentence("it is no zip file, or a damaged one")) from None
    return inside


def _problems(entry: ZipInfo, inside: Mapping[str, bytes]) -> Iterator[Sentence]:
    name = entry.orig_filename
    if name != entry.filename or not package.is_inside(name):
        yield Sentence("its member {name} leads out of it", name=repr(name))
    if name in inside:
        yield Sentence("it has two members {name}", name=repr(name))
    if stat.S_ISLNK(entry.external_attr >> 16):
        yield Sentence("its member {name} is a link; put the file itself in", name=repr(name))
    if entry.flag_bits & _ENCRYPTED:
        yield Sentence(
            "its member {name} is encrypted; write it without a password", name=repr(name)
        )
    if entry.compress_type not in {ZIP_DEFLATED, ZIP_STORED}:
        yield Sentence(
            "its member {name} is compressed in an unusual way; use deflate", name=repr(name)
        )


def _read(member: IO[bytes], left: int, intake: Intake) -> bytes:
    content = member.read(left + 1)
    if len(content) > left:
        raise intake.too_large()
    return content
