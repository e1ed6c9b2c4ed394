"""A Data Package in a folder, which the path of its ``datapackage.json`` names too."""

from pathlib import Path
from typing import IO, Any

import attrs

from commonprosperity.dataset import Dataset
from commonprosperity.disk import put_folder
from commonprosperity.errors import FileError
from commonprosperity.files import package
from commonprosperity.files.intake import Intake
from commonprosperity.plain import PlainRecords
from commonprosperity.quoting import brief
from commonprosperity.sentence import Sentence


def is_of(path: Path) -> bool:
    """Whether a path is that of a folder, there or to be written, or of the descriptor in one."""
    return not path.suffix or path.name == package.DESCRIPTOR or _is_there(path)


def read(file: Path | IO[Any], intake: Intake) -> PlainRecords:
    """Read the records of the package in a folder. Raises `FileError` with all that is wrong."""
    return package.read(_members(_folder(file, intake.name), intake), intake)


def write(dataset: Dataset, file: Path | IO[Any]) -> None:
    """Write a dataset as the package in a folder, whole or not at all."""
    put_folder(_folder(file, "the file"), package.write(dataset))


def _is_there(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # the name is too long, or has a NUL; reading raises the error
        return False


def _folder(file: Path | IO[Any], name: str) -> Path:
    if not isinstance(file, Path):
        raise FileError.at(name, Sentence("an open file is no folder"))
    return file.parent if file.name == package.DESCRIPTOR else file


def _members(path: Path, intake: Intake) -> package.Member:
    """Return what reads the files inside a folder, all together no larger than one may be."""
    try:
        root = path.resolve()
        is_folder = root.is_dir()
    except (OSError, ValueError):
        raise intake.refused(Sentence("no folder can have this name")) from None
    if not is_folder:
        raise intake.refused(
            Sentence(
                "there is no such folder; a file has an ending, such as .csv, or needs format="
            )
        )
    left = intake.bytes_at_most

    def member(name: str) -> bytes | None:
        nonlocal left
        file = (root / name).resolve()
        if not file.is_relative_to(root):
            raise intake.refused(
                Sentence("its file {name} is a link that leads out of it", name=brief(name))
            )
        if not file.is_file():
            return None
        content = attrs.evolve(intake.inside(name), bytes_at_most=left).read(file)
        left -= len(content)
        return content

    return member
