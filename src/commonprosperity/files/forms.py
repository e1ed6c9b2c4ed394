"""The forms of datasets in files, and which of them a file has.

To add one, write a module with ``read`` and ``write`` (both are needed), and put it into `FORMS`.
"""

from collections.abc import Callable
from functools import partial
from io import TextIOBase
from pathlib import Path
from typing import IO, Any

import attrs

from commonprosperity.dataset import Dataset
from commonprosperity.disk import put
from commonprosperity.errors import FileError
from commonprosperity.files import csv, folder, json, toml, zip_file
from commonprosperity.files.intake import Intake
from commonprosperity.plain import PlainRecords
from commonprosperity.quoting import brief, suggestion

File = Path | IO[Any]


@attrs.frozen
class Form:
    """A form of datasets: what its paths are like, how it is read and how it is written.

    ``sign`` names to a user what its paths have, and ``is_of`` finds it. ``read`` returns the plain
    records of a file, and the caller makes the dataset. ``is_table`` is whether it is one table of
    pledges, which may be anybody's.
    """

    sign: str
    is_of: Callable[[Path], bool]
    read: Callable[[File, Intake], PlainRecords]
    write: Callable[[Dataset, File], None]
    is_table: bool = False


def _of_bytes(
    ending: str,
    read: Callable[[bytes, Intake], PlainRecords],
    write: Callable[[Dataset], bytes],
    *,
    is_text: bool = True,
    is_table: bool = False,
) -> Form:
    """Return the form of one file, given what reads its bytes and what writes them."""

    def write_file(dataset: Dataset, file: File) -> None:
        content = write(dataset)
        if isinstance(file, Path):
            put(file, content)
        else:
            # A text that is open has its own encoding, and needs no mark of one.
            of_text = is_text and isinstance(file, TextIOBase)
            file.write(content.decode("utf-8-sig") if of_text else content)

    return Form(
        ending,
        lambda path: path.suffix.lower() == ending,
        lambda file, intake: read(intake.read(file), intake),
        write_file,
        is_table,
    )


FORMS = {
    "toml": _of_bytes(".toml", toml.read, toml.write),
    "json": _of_bytes(".json", json.read, json.write),
    "csv": _of_bytes(".csv", csv.read, csv.write, is_table=True),
    "tsv": _of_bytes(".tsv", csv.read, partial(csv.write, delimiter="\t"), is_table=True),
    "zip": _of_bytes(".zip", zip_file.read, zip_file.write, is_text=False),
    # It comes last, as a folder may be called mine.toml.
    "folder": Form("a folder", folder.is_of, folder.read, folder.write),
}
"""Each form by the name that ``format=`` gives it."""


def form_of(file: File, name: str, asked: str | None) -> Form:
    """Return the form that is asked for, or that of a path; ``name`` is the file's in sentences.

    Raises `FileError` where there is none.
    """
    forms = ", ".join(FORMS)
    if asked is not None:
        key = asked.lower().removeprefix(".")
        problem = f"{brief(asked)} is no format{suggestion(key, FORMS)}; there are {forms}"
    elif isinstance(file, Path):
        key = next((key for key in reversed(FORMS) if FORMS[key].is_of(file)), "")
        *signs, last = (form.sign for form in FORMS.values())
        problem = f"its ending says no format; there are {', '.join(signs)}, or {last}"
    else:
        key, problem = "", f"an open file needs format=; there are {forms}"
    if key not in FORMS:
        raise FileError.at(name, problem)
    return FORMS[key]
