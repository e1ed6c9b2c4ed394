"""Datasets in files: a module a form, chosen by the file's ending."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from commonprosperity.dataset import Dataset
from commonprosperity.disk import named, put
from commonprosperity.errors import DatasetError, FileError, RecordError
from commonprosperity.files.forms import for_table, form_of, write_as
from commonprosperity.files.intake import Intake
from commonprosperity.flat import KnownRecords, Spelling, scale_power
from commonprosperity.layout import Layout
from commonprosperity.plain import dataset_of
from commonprosperity.quoting import brief
from commonprosperity.sentence import Sentence


def read(  # noqa: PLR0913 (each is a question that only the caller can answer)
    file: str | Path | IO[Any],
    *,
    format: str | None = None,  # noqa: A002 (what everybody calls it)
    symbols: Mapping[str, str] | None = None,
    default: str | None = None,
    locale: str | None = None,
    scale: str | int | None = None,
    layout: Layout | Mapping[str, Any] | str | Path | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    known: Dataset | None = None,
    bytes_at_most: int = 50_000_000,
    cell_at_most: int = 1_000_000,
    bar: bool = True,
) -> Dataset:
    r"""Read a dataset from a file, whole or not at all.

    The form is that of the file's ending: ``.toml``, ``.json`` (our own, or grants of 360Giving),
    ``.csv`` or ``.tsv`` (a flat table of pledges), ``.xlsx`` (a workbook with such a table, or one
    that `write` made), ``.xls``, ``.xlsb``, ``.ods`` (likewise), ``.zip`` or a folder (a Data
    Package), ``.xml`` (activities of IATI); or ``format``: ``toml``, ``json``, ``csv``, ``tsv``,
    ``xlsx``, ``zip``, ``folder``, ``iati``, ``360giving``. An open file, for bytes or text, needs
    ``format``, and so does a text in memory: ``io.StringIO(text)``.

    ``symbols``, ``default`` and ``locale`` say how the amounts of a table are written, as in
    `parse_amount`; ``scale``, what its numbers are multiplied by: ``"million"``, ``"万"``,
    ``1000``. ``sheet`` is the one of a workbook that has the table. ``bar`` shows a bar in a
    terminal and a notebook, of 100,000 rows and more.

    ``layout`` says which column of somebody else's table is what: a `Layout`, a mapping, a TOML
    file or one of the names in `layouts`. What is given beside it holds in its stead.
    ``encoding`` is that of a text which is not in UTF-8: ``"gbk"``. Companies, initiatives and
    sources that the dataset ``known`` has, by their ids or any of their names, are its own, so that
    ``known | read(..., known=known)`` has none of them twice.

    The ``name`` of the dataset is that of the file, or the title that a Data Package states.

    >>> from io import StringIO
    >>> csv = StringIO("Company,Amount,Currency,Announced\nAcme,2000000,CNY,2021-09\n")
    >>> read(csv, format="csv").total("CNY")
    Total: 2 million CNY

    Raises `FileError` with everything that is wrong, each fault with its line where it has one, and
    `LayoutError` for a layout that is none.
    """
    power = None if scale is None else scale_power(scale)
    spelling = Spelling(symbols, default, locale, power)
    if layout is not None:
        layout = Layout.of(layout).with_settings(
            symbols=symbols, default=default, locale=locale, scale=scale, encoding=encoding,
            sheet=sheet,
        )  # fmt: skip
        spelling, encoding, sheet = layout.spelling, layout.encoding, layout.sheet
    file = _file(file)
    names = None if known is None else KnownRecords(known.records)
    intake = Intake(
        _name(file), bytes_at_most, cell_at_most, spelling, bar, layout, encoding, names, sheet
    )
    form = for_table(form_of(file, intake.name, format), intake)
    plain = form.read(file, intake)
    try:
        dataset = dataset_of(plain, intake.name, bar=bar)
    except DatasetError as error:
        raise FileError(error.faults) from None
    return dataset.with_name(plain.title or _short_name(file))


def write(
    dataset: Dataset,
    file: str | Path | IO[Any],
    *,
    format: str | None = None,  # noqa: A002 (as above)
    locale: str | None = None,
) -> None:
    r"""Write every record of a dataset to a file: all of it or nothing.

    The forms are those of `read`; a path without an ending is a folder. An old file is replaced at
    once, and a folder is exchanged for the new one. Every form holds everything but the flat CSV
    and 360Giving's, ``format="360giving"``. ``locale`` is that of the readers of an ``.xlsx``,
    whose headings are English or Chinese.

    >>> from io import StringIO
    >>> file = StringIO()
    >>> write(Dataset(), file, format="json")
    >>> file.getvalue()
    '{}\n'

    A file has no selection. Raises `FileError` for a dataset that has only some of its pledges
    selected: write `Dataset.extract` or `Dataset.select_all` of it. Raises it, too, when the file
    cannot be written, and with all that a flat CSV cannot hold.
    """
    if not isinstance(dataset, Dataset):
        problem = Sentence('is no dataset, which comes first: write(dataset, "mine.toml")')
        raise RecordError("dataset", dataset, problem)
    file = named(file) if isinstance(file, str | Path) else file
    if dataset.is_narrowed:
        raise FileError.at(_name(file), _selection_of(dataset))
    write_as(form_of(file, _name(file), format), dataset, file, _name(file), locale)


def _selection_of(dataset: Dataset) -> Sentence:
    """Say that only some pledges are selected, and what can be written."""
    return Sentence(
        "{count} of {all} pledges are selected, and a file has no selection; write "
        "dataset.extract(), which has these and what they link to, or dataset.select_all()",
        count=f"{len(dataset):,}", all=f"{len(dataset.select_all()):,}",
    )  # fmt: skip


def write_template(file: str | Path, *, locale: str = "en") -> None:
    """Write an ``.xlsx`` to fill in: a table of pledges, with examples and an explanation.

    ``locale`` is that of who fills it in: its words are English or Chinese. Raises `FileError` for
    another ending and for a file that cannot be written, `LocaleError` for an unknown locale, and
    `MissingExtraError` where the extra ``excel`` is not installed.
    """
    from commonprosperity.files.workbook import template  # noqa: PLC0415 (as every form)

    path = named(file)
    if path.suffix.lower() != ".xlsx":
        raise FileError.at(str(path), Sentence("a template is an .xlsx; give the file this ending"))
    put(path, template(locale))


def schema() -> str:
    """Return the JSON Schema of the TOML and JSON forms, for editors and other tools.

    >>> print(schema().splitlines()[1])
      "$schema": "https://json-schema.org/draft/2020-12/schema",
    """
    return (Path(__file__).parent / "commonprosperity.schema.json").read_text(encoding="utf-8")


def _file(file: str | Path | IO[Any]) -> Path | IO[Any]:
    """Return the path or the open file to read; raise `FileError` for a content in its place."""
    # Path.exists raises an error for a text that is too long for a name.
    if isinstance(file, str) and "\n" in file and not os.path.exists(file):  # noqa: PTH110
        opened = "io.StringIO(text)"
    elif isinstance(file, bytes | bytearray):
        opened = "io.BytesIO(content)"
    else:
        return named(file) if isinstance(file, str | Path) else file
    problem = Sentence(
        "a file is expected here, or its name, and not what it contains; give {opened:say}, with "
        'format="csv" or another',
        opened=opened,
    )
    raise FileError.at(brief(file), problem)


def _short_name(file: Path | IO[Any]) -> str:
    """Return the name of a file without its folders; an open file may have none."""
    name = file if isinstance(file, Path) else getattr(file, "name", None)
    return Path(name).name if isinstance(name, str | Path) else ""


def _name(file: Path | IO[Any]) -> str:
    name = file if isinstance(file, Path) else getattr(file, "name", None)
    return str(name) if isinstance(name, str | Path) else "the file"


__all__ = ["read", "schema", "write", "write_template"]
