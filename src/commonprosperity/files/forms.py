"""The forms of datasets in files, and which of them a file has.

To add one, write a module with ``read``, and with ``write`` if it can be written, and put it into
`FORMS`. Python loads it with the first file of the form.
"""

from collections.abc import Callable
from io import TextIOBase
from pathlib import Path
from types import ModuleType
from typing import IO, TYPE_CHECKING, Any

import attrs

from commonprosperity.dataset import Dataset
from commonprosperity.deferred import deferred
from commonprosperity.disk import put
from commonprosperity.errors import FileError
from commonprosperity.files import folder
from commonprosperity.files.intake import Intake
from commonprosperity.layout import Layout
from commonprosperity.plain import PlainRecords
from commonprosperity.quoting import brief, suggestion
from commonprosperity.sentence import Sentence

if TYPE_CHECKING:
    from commonprosperity.files import csv, grants360, iati, json, toml, workbook, zip_file
else:
    csv, grants360, iati, json, toml, workbook, zip_file = deferred(
        "files.csv", "files.grants360", "files.iati", "files.json", "files.toml",
        "files.workbook", "files.zip_file",
    )  # fmt: skip

File = Path | IO[Any]


@attrs.frozen
class Form:
    """A form of datasets: what its paths are like, how it is read and how it is written.

    ``sign`` names to a user what its paths have, and ``is_of`` finds it. ``read`` returns the plain
    records of a file, and the caller makes the dataset. ``write`` is None for a form that is only
    read, and takes a ``locale`` where the form has headings in a language (``has_headings``).
    ``is_table`` is whether it is one table of pledges, which may be anybody's; ``has_names``,
    whether somebody else's records call companies by their names, as a table does.
    """

    sign: str
    is_of: Callable[[Path], bool]
    read: Callable[[File, Intake], PlainRecords]
    write: Callable[..., None] | None
    is_table: bool = False
    has_headings: bool = False
    has_names: bool = False


def _of_bytes(  # noqa: PLR0913 (facts of a form)
    ending: str,
    module: ModuleType,
    read: Callable[[bytes, Intake], PlainRecords] | None = None,
    *,
    is_text: bool = True,
    is_table: bool = False,
    has_headings: bool = False,
    **settings: str,
) -> Form:
    """Return the form of one file, whose bytes a module reads and writes.

    ``read`` goes before the ``read`` of the module, and the ``settings`` are for its ``write``.
    """

    def read_file(file: File, intake: Intake) -> PlainRecords:
        return (read or module.read)(intake.read(file), intake)

    def write_file(dataset: Dataset, file: File, **headings: str) -> None:
        content = module.write(dataset, **settings, **headings)
        if isinstance(file, Path):
            put(file, content)
        else:
            # An open text file has an encoding of its own, and needs no byte order mark.
            of_text = is_text and isinstance(file, TextIOBase)
            file.write(content.decode("utf-8-sig") if of_text else content)

    return Form(
        ending,
        lambda path: path.suffix.lower() == ending,
        read_file,
        write_file,
        is_table,
        has_headings,
    )


def _only_read(ending: str) -> Form:
    """Return the form of a workbook that is not written."""
    form = _of_bytes(ending, workbook, is_text=False, is_table=True)
    return attrs.evolve(form, write=None)


def _read_json(content: bytes, intake: Intake) -> PlainRecords:
    """Read JSON of our own, or grants of 360Giving, which no record of ours is called."""
    parsed = json.parse(content, intake)
    if grants360.is_package(parsed):
        return grants360.plain_records(parsed, intake)
    return json.plain_records(parsed, intake)


def _read_grants(content: bytes, intake: Intake) -> PlainRecords:
    return grants360.plain_records(json.parse(content, intake), intake)


def _read_activities(file: File, intake: Intake) -> PlainRecords:
    return iati.read(file, intake)


FORMS = {
    "toml": _of_bytes(".toml", toml),
    "json": _of_bytes(".json", json, _read_json),
    "csv": _of_bytes(".csv", csv, is_table=True),
    "tsv": _of_bytes(".tsv", csv, is_table=True, delimiter="\t"),
    "xlsx": _of_bytes(".xlsx", workbook, is_text=False, is_table=True, has_headings=True),
    **{ending[1:]: _only_read(ending) for ending in (".xls", ".xlsb", ".ods")},
    "zip": _of_bytes(".zip", zip_file, is_text=False),
    "iati": Form(
        ".xml", lambda path: path.suffix.lower() == ".xml", _read_activities, None, has_names=True
    ),
    # It comes after those with an ending, as a folder may be called mine.toml.
    "folder": Form(Sentence("a folder"), folder.is_of, folder.read, folder.write),
    # No path says it: one that ends in .json is written as our own.
    "360giving": attrs.evolve(
        _of_bytes(".json", grants360, _read_grants),
        is_of=lambda _: False,
        has_names=True,
    ),
}
"""Each form by the name that ``format=`` gives it."""


def form_of(file: File, name: str, format_: str | None) -> Form:
    """Return the form that a caller names, or that of a path; ``name`` is the file's in sentences.

    Raises `FileError` where there is none.
    """
    if format_ is not None:
        ending = format_.lower().removeprefix(".")
        by_ending = (key for key, form in FORMS.items() if form.sign == f".{ending}")
        key = ending if ending in FORMS else next(by_ending, ending)
        problem = Sentence(
            "{asked} is no format{near:say}; there are {known:list}",
            asked=brief(format_), near=suggestion(key, FORMS), known=FORMS,
        )  # fmt: skip
    elif isinstance(file, Path):
        key = next((key for key in reversed(FORMS) if FORMS[key].is_of(file)), "")
        *signs, last = dict.fromkeys(form.sign for form in FORMS.values())
        problem = Sentence(
            "its ending says no format; there are {signs:list}, or {last:say}",
            signs=signs,
            last=last,
        )
    else:
        key, problem = (
            "",
            Sentence("an open file needs format=; there are {known:list}", known=FORMS),
        )
    if key not in FORMS:
        raise FileError.at(name, problem)
    return FORMS[key]


def for_table(form: Form, intake: Intake) -> Form:
    """Return the form that reads a file with what the caller says of a table: a layout, names.

    The layout of 360Giving's spreadsheets stands for its JSON, too. Raises `FileError` for a form
    that has its own names.
    """
    layout, grants = intake.layout, FORMS["360giving"]
    if form.is_table or (layout is None and (intake.known is None or form.has_names)):
        return form
    if layout and form.sign == grants.sign and layout.columns == Layout.of("360giving").columns:
        return grants
    argument = Sentence("a layout") if layout is not None else "known="
    problem = Sentence(
        "{argument:say} is for a table, such as a .csv; this form has its own names",
        argument=argument,
    )
    raise FileError.at(intake.name, problem)


def write_as(form: Form, dataset: Dataset, file: File, name: str, locale: str | None) -> None:
    """Write a dataset in a form, with headings for readers of a locale where it has any.

    Raises `FileError` for a form that is only read, and for a locale that it has no use for.
    """
    if form.write is None:
        *signs, last = dict.fromkeys(form.sign for form in FORMS.values() if form.write)
        problem = Sentence(
            "this form is only read; write {written:list}, or {last:say}",
            written=signs,
            last=last,
        )
        raise FileError.at(name, problem)
    if locale is None:
        form.write(dataset, file)
    elif form.has_headings:
        form.write(dataset, file, locale=locale)
    else:
        problem = Sentence("only the headings of an .xlsx have a language; leave out locale=")
        raise FileError.at(name, problem)
