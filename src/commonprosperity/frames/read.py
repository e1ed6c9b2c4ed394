"""Anybody's dataframe of pledges, read as a flat CSV is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from commonprosperity.dataset import Dataset
from commonprosperity.errors import DatasetError
from commonprosperity.flat import (
    AMOUNTS,
    Drafts,
    Row,
    Spelling,
    pledge_headings,
    scale_power,
)
from commonprosperity.frames.cells import text_of
from commonprosperity.frames.engines import (
    WHOLE,
    Engine,
    collected,
    engine_failures_as_faults,
    engine_of,
)
from commonprosperity.frames.nw import nw
from commonprosperity.plain import PlainRecords, dataset_of

_NO_CURRENCY = "has no currency beside it; write its code, such as CNY"


class _Column(NamedTuple):
    """A column: its name, how it is cast to texts and to integers, and whether zeros are added."""

    name: str
    text_cast: str
    integer_cast: str
    padded: bool


def read(
    frame: object,
    *,
    symbols: Mapping[str, str] | None = None,
    default: str | None = None,
    locale: str | None = None,
    scale: str | int | None = None,
) -> Dataset:
    """Read a dataset from a dataframe of pledges: of pandas, Polars, PyArrow, DuckDB and others.

    Its columns are those of a flat CSV, and so is what they hold: ``company``, ``initiative`` and
    ``source`` are names, ``amount`` is a number beside its ``currency``, or in words with it. What
    is lazy is collected. ``symbols``, ``default`` and ``locale`` are for amounts, as in
    `parse_amount`; ``scale`` is what its numbers are multiplied by: ``"million"``, ``"万"``, 1000.

    Amounts are texts, integers or decimals: a float is refused, as it may not be exact. A null, a
    NaN and a blank text are missing, which an amount may not be. A date has no time and no zone.

    Raises `DatasetError` with everything that is wrong, each fault with its row, counted from 0;
    `MissingExtraError` where the extra ``frames`` is not installed.
    """
    power = None if scale is None else scale_power(scale)
    engine, native = engine_of(frame)
    headings = _headings(engine.names(native), scaled=power is not None)
    spelling = Spelling(symbols, default, locale, power)
    with engine_failures_as_faults(WHOLE):
        rows = _rows(collected(engine.cells(native)), headings, engine, default)
        drafts = Drafts.of(rows, "row {}".format, spelling)
    return dataset_of(PlainRecords(drafts.tables(), drafts.faults, drafts.places), WHOLE)


def _headings(names: Iterable[object], *, scaled: bool) -> list[str]:
    """Return the headings that a dataframe's columns stand for; refuse those that are none."""
    texts = [str(name) if str(name).strip() else repr(name) for name in names]
    headings, faults = pledge_headings(texts, WHOLE, scaled=scaled)
    if faults:
        raise DatasetError(tuple(faults))
    return headings


def _rows(
    table: "nw.DataFrame[Any]", headings: Sequence[str], engine: Engine[Any], default: str | None
) -> Iterator[Row]:
    """Go through the rows: their cells as texts, and what is wrong with the others."""
    columns = [
        _Column(
            name,
            engine.text_cast.format(native),
            engine.integer_cast.format(native),
            isinstance(type_, nw.Decimal),
        )
        for name, (native, type_) in zip(headings, table.schema.items(), strict=True)
    ]
    for number, values in enumerate(table.iter_rows()):
        yield _row(number, dict(zip(columns, values, strict=True)), default)


def _row(number: int, values: Mapping[_Column, Any], default: str | None) -> Row:
    cells: dict[str, str] = {}
    problems: dict[str, str] = {}
    for column, value in values.items():
        try:
            text = text_of(
                value, column.name, column.text_cast, column.integer_cast, padded=column.padded
            )
        except ValueError as error:
            problems[column.name] = str(error)
        else:
            cells |= {column.name: text} if text else {}
    texts = {column.name for column, value in values.items() if isinstance(value, str)}
    numbers = [name for name in cells if name in AMOUNTS and name not in texts]
    if numbers and default:
        cells.setdefault("currency", default)
    if "currency" not in cells:  # words may name their own
        for name in numbers:
            problems[name] = _NO_CURRENCY
            del cells[name]
    return Row(number, cells, problems)
