"""Reads the lines of files, and writes files and folders whole or not at all."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from commonprosperity.errors import FileError
from commonprosperity.errors.python import python_sentence
from commonprosperity.sentence import Sentence


def named(file: str | Path) -> Path:
    """Return the path of a file that a caller names: an empty name is no file, and no folder.

    >>> named("mine.toml").name
    'mine.toml'

    Raises `FileError` for ``""``, and for ``Path("")``, which Python does not tell from
    ``Path(".")``; the text ``"."`` is the working folder.
    """
    if file == "":
        raise FileError.at(repr(file), Sentence("an empty text names no file"))
    path = Path(file)
    if path == Path() and not isinstance(file, str):
        problem = Sentence('an empty path names no file; give "." for the working folder')
        raise FileError.at('Path("")', problem)
    return path


def problem_of(error: OSError | ValueError) -> Sentence:
    """Return why a file could not be read or written."""
    message = getattr(error, "strerror", None)
    return python_sentence(message) if message else Sentence("no file can have this name")


def text_lines(path: Path) -> list[str]:
    """Read the lines of a file in UTF-8, with or without the mark that spreadsheets put in front.

    Raises `FileError` when it cannot be read, or is in another encoding.
    """
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise FileError.at(str(path), Sentence("it is not in UTF-8")) from None
    except (OSError, ValueError) as error:
        raise FileError.at(str(path), problem_of(error)) from None


def put(path: Path, content: bytes) -> None:
    """Replace a file in one step: a reader sees the old one or the new one, never a part.

    It follows a link and keeps an old file's permissions. Raises `FileError` when it cannot write.
    """
    with _in_one_step(path) as (target, beside):
        _write(beside, content)
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)


def put_folder(path: Path, members: Mapping[str, bytes]) -> None:
    """Replace a folder: write the new one beside it, then exchange the two.

    Raises `FileError` when it cannot write, and when the folder holds other files, which would be
    lost.
    """
    with _in_one_step(path) as (target, beside):
        others = sorted({*_names(target)} - {*members})
        if others:
            problem = Sentence(
                "the folder also holds {name}, which would be lost; write to a new one",
                name=others[0],
            )
            raise FileError.at(str(path), problem)
        beside.mkdir()
        for name, content in members.items():
            _write(beside / name, content)
        _exchange(target, beside)


def _names(folder: Path) -> Iterator[str]:
    if folder.exists():
        yield from (path.name for path in folder.iterdir())


def _exchange(target: Path, beside: Path) -> None:
    """Rename a folder to the name of another, which comes back if that fails."""
    if not target.exists():
        beside.rename(target)
        return
    old = beside.with_name(f"{beside.name}-old")
    target.rename(old)
    try:
        beside.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old)


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _in_one_step(path: Path) -> Iterator[tuple[Path, Path]]:
    """Yield the target and a path beside it, where nothing is left whatever happens."""
    try:
        target = Path(os.path.realpath(path))
        beside = target.with_name(f".{os.urandom(8).hex()}")
        try:
            yield target, beside
        finally:
            remove: Callable[[Path], Any] = shutil.rmtree if beside.is_dir() else Path.unlink
            if beside.exists():
                remove(beside)
    except FileError:
        raise
    except (OSError, ValueError) as error:
        raise FileError.at(str(path), problem_of(error)) from None
