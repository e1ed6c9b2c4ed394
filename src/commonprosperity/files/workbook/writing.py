"""A dataset as a workbook with a sheet for each kind of records."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from commonprosperity.dataset import Dataset
from commonprosperity.errors import Fault, FileError
from commonprosperity.files.package_rows import cells_of
from commonprosperity.files.table_schema import FILES, columns
from commonprosperity.files.workbook.drawing import Drawing, Value
from commonprosperity.files.workbook.kinds import listed_texts
from commonprosperity.files.workbook.names import language_of, sheet_name
from commonprosperity.flat import amount_text, heading, heading_in
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.plain import plain_of
from commonprosperity.records import Pledge, Record, tag_keys
from commonprosperity.records.kinds import kind_of
from commonprosperity.sentence import Sentence
from commonprosperity.tags import Tags, tag_field

_CHARACTERS_AT_MOST = 32_767  # in a cell
_ROWS_AT_MOST = 1_048_575  # below the headings
_TAGS_AT_MOST = 900  # in columns of their own: a sheet of more than 1,000 columns is not read
_WAY_OUT = Sentence("write .toml, .json, .zip or a folder")
_FIRST_DAY = date(1900, 3, 1)
_NO_TEXT = frozenset("\ufffe\uffff")  # which XML cannot hold


def write(dataset: Dataset, locale: str = "en") -> bytes:
    """Write a dataset as an .xlsx with a sheet for each kind of records.

    ``locale`` is that of its readers, whose headings are English or Chinese. Raises `FileError`
    with everything that no sheet could hold, and `LocaleError` for an unknown locale.
    """
    language = language_of(locale)
    plain = plain_of(dataset)
    keys = tag_keys(record for record in dataset.records if isinstance(record, Pledge))
    apart = len(keys) <= _TAGS_AT_MOST and all(map(_may_be_a_heading, keys))
    rows: dict[type[Record], list[dict[str, Value]]] = {kind: [] for kind in FILES.values()}
    for record in dataset.records:
        content = plain[kind_of(record)][record.id]
        rows[type(record)].append(_cells(record, content, apart=apart))
    if faults := tuple(_faults(rows)):
        raise FileError(faults)
    drawing = Drawing()
    for name, kind in FILES.items():
        names = (each for column in columns(kind) for each in _columns(column, keys, apart=apart))
        headings = {each: heading_in(language, each) for each in names}
        companies = sheet_name("companies", language)
        drawing.sheet(sheet_name(name, language), headings, rows[kind], companies=companies)
    return drawing.content()


def _columns(column: str, keys: Iterable[str], *, apart: bool) -> Iterable[str]:
    """Return a column, or in the place of the tags one for each of their keys."""
    return map(tag_field, keys) if column == "tags" and apart else [column]


def _may_be_a_heading(key: str) -> bool:
    """Whether a tag's key is read back from the heading of a column: without spaces around it."""
    return heading(tag_field(key)) == tag_field(key)


def _cells(record: Record, content: Mapping[str, Any], *, apart: bool) -> dict[str, Value]:
    """Return a record's cells: numbers, days, lists that a person can read, and texts.

    ``apart`` is whether each tag has a column; else they are in one, in JSON.
    """
    cells: dict[str, Value] = {}
    for name, text in cells_of(record, content).items():
        value = getattr(record, name, None)
        if isinstance(value, Tags) and apart:
            cells |= {tag_field(key): each for key, each in value.items()}
        else:
            cells[name] = _value(value, text)
    return cells


def _value(value: Any, text: str) -> Value:
    """Return what a cell is given of a field's value, or else its text."""
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, Decimal):
        return value
    if isinstance(value, Period) and value.start == value.end >= _FIRST_DAY:
        return value.start
    if isinstance(value, tuple):
        parts = [amount_text(part) if isinstance(part, Money) else part for part in value]
        listing = "; ".join(parts)
        return listing if listed_texts(listing) == parts and listing[0] != "[" else text
    return text


def _faults(rows: Mapping[type[Record], Sequence[Mapping[str, Value]]]) -> Iterator[Fault]:
    """Yield a fault for each thing that a workbook cannot hold."""
    for kind, several in rows.items():
        if len(several) > _ROWS_AT_MOST:
            problem = Sentence(
                "are {count}, and a sheet has {most} rows; {way_out:say}",
                count=f"{len(several):,}", most=f"{_ROWS_AT_MOST:,}", way_out=_WAY_OUT,
            )  # fmt: skip
            yield Fault("", kind.__name__.lower(), problem)
        for cells in several:
            for column, value in cells.items():
                lost = _lost(value) if isinstance(value, str) else None
                if lost:
                    yield Fault(str(cells["id"]), column, lost)


def _lost(text: str) -> Sentence | None:
    """Return why a text would not be read back from a cell."""
    if len(text.encode("utf-16-le")) // 2 > _CHARACTERS_AT_MOST:
        return Sentence(
            "has more than the {most} characters of a cell; {way_out:say}",
            most=f"{_CHARACTERS_AT_MOST:,}", way_out=_WAY_OUT,
        )  # fmt: skip
    if _NO_TEXT & {*text}:
        return Sentence("has a character that no workbook holds; {way_out:say}", way_out=_WAY_OUT)
    return None
