"""Anybody's dataframe of pledges, read as a flat CSV is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from commonprosperity.dataset import Dataset
from commonprosperity.errors import CellError, DatasetError
from commonprosperity.flat import (
    AMOUNTS,
    Drafts,
    KnownRecords,
    Row,
    Spelling,
    pledge_headings,
    scale_power,
    with_currency,
)
from commonprosperity.frames.cell_text import text_of
from commonprosperity.frames.engines import (
    WHOLE,
    Engine,
    collected,
    engine_failures_as_faults,
    engine_of,
)
from commonprosperity.frames.nw import nw
from commonprosperity.layout import LaidOut, Layout, used_headings
from commonprosperity.plain import PlainRecords, dataset_of

if TYPE_CHECKING:
    from commonprosperity.sentence import Sentence


class _Column(NamedTuple):
    """A column: its name, the field it is for, its casts, and whether its type adds zeros."""

    name: str
    role: str
    text_cast: str
    integer_cast: str
    padded: bool


def read(  # noqa: PLR0913 (each is a question that only the caller can answer)
    frame: object,
    *,
    symbols: Mapping[str, str] | None = None,
    default: str | None = None,
    locale: str | None = None,
    scale: str | int | None = None,
    layout: Layout | Mapping[str, Any] | str | Path | None = None,
    known: Dataset | None = None,
) -> Dataset:
    """Read a dataset from a dataframe of pledges: of pandas, Polars, PyArrow, DuckDB and others.

    Its columns are those of a flat CSV, and so is what they hold: ``company``, ``initiative`` and
    ``source`` are names, ``amount`` is a number beside its ``currency``, or in words with it. What
    is lazy is collected. ``symbols``, ``default`` and ``locale`` are for amounts, as in
    `parse_amount`; ``scale`` is what its numbers are multiplied by: ``"million"``, ``"万"``, 1000.
    ``layout`` says which column of somebody else's dataframe is what: a `Layout`, a mapping, a TOML
    file or a name. What the dataset ``known`` has by an id or a name is its own, as in
    `commonprosperity.read`.

    Amounts are texts, integers or decimals: a float is refused, as it may not be exact. A null, a
    NaN and a blank text are missing, which an amount may not be. A date has no time and no zone.

    Raises `DatasetError` with everything that is wrong, each fault with its row, counted from 0;
    `LayoutError` for a layout that is none; `MissingExtraError` where the extra ``frames`` is not
    installed.
    """
    power = None if scale is None else scale_power(scale)
    spelling = Spelling(symbols, default, locale, power)
    engine, native = engine_of(frame)
    if layout is not None:
        layout = Layout.of(layout).with_settings(
            symbols=symbols, default=default, locale=locale, scale=scale
        )
        spelling = layout.spelling
    # A blank name is shown as Python writes it.
    texts = [str(name) if str(name).strip() else repr(name) for name in engine.names(native)]
    headings = _headings(texts, layout, spelling)
    if layout is None:
        spelling = spelling.under(texts, headings)
    notes: tuple[Sentence, ...] = ()
    known_names = KnownRecords(known.records) if known is not None else None
    with engine_failures_as_faults(WHOLE):
        table = collected(engine.cells(native))
        rows: Iterable[Row] = _rows(table, headings, engine, layout, spelling.default)
        if layout is not None:
            laid_out = LaidOut(layout, rows)
            rows, notes = laid_out.rows, laid_out.notes
        drafts = Drafts.of(rows, "row {}".format, spelling, known=known_names)
    plain = PlainRecords(
        drafts.tables(), drafts.faults, drafts.places, notes, "rows", drafts.records()
    )
    return dataset_of(plain, WHOLE)


def _headings(
    texts: Sequence[str], layout: Layout | None, spelling: Spelling
) -> Sequence[str | None]:
    """Return what the columns are; raise `DatasetError` for headings that are none."""
    headings: Sequence[str | None]
    if layout is None:
        headings, faults = pledge_headings(
            texts, WHOLE, scaled=spelling.power is not None, symbols=spelling.symbols
        )
    else:
        headings, faults = used_headings(layout, texts, WHOLE)
    if faults:
        raise DatasetError(tuple(faults))
    return headings


def _rows(
    table: "nw.DataFrame[Any]",
    headings: Sequence[str | None],
    engine: Engine[Any],
    layout: Layout | None,
    default: str | None,
) -> Iterator[Row]:
    """Yield the rows: their cells as texts, and what is wrong with the others."""
    columns = [
        None
        if name is None
        else _Column(
            name,
            layout.field_of(name) if layout else name,
            engine.text_cast.format(native),
            engine.integer_cast.format(native),
            # In a column of objects, too, what a layout skips as 60 may be 60.00.
            isinstance(type_, nw.Decimal) or (layout is not None and "amount" in layout.skip),
        )
        for name, (native, type_) in zip(headings, table.schema.items(), strict=True)
    ]
    for number, values in enumerate(table.iter_rows()):
        by_column = {column: value for column, value in zip(columns, values, strict=True) if column}
        row = _row(number, by_column)
        if layout is None:
            numbers = {one.name for one, value in by_column.items() if not isinstance(value, str)}
            row = with_currency(row, numbers & AMOUNTS & row.cells.keys(), default)
        yield row


def _row(number: int, values: Mapping[_Column, object]) -> Row:
    cells: dict[str, str] = {}
    problems: dict[str, Sentence] = {}
    for column, value in values.items():
        try:
            text = text_of(
                value, column.role, column.text_cast, column.integer_cast, padded=column.padded
            )
        except CellError as error:
            problems[column.name] = error.sentence
        else:
            cells |= {column.name: text} if text else {}
    return Row(number, cells, problems)
