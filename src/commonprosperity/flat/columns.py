"""A pledge in the cells of a row, its company, initiative and source by their names."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from commonprosperity.errors import RecordError
from commonprosperity.flat.points import amount_text
from commonprosperity.flat.sources import title_id
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.records import PLEDGE_FIELDS, Pledge, Record, Source, tag_keys
from commonprosperity.records.names import id_or_none
from commonprosperity.sentence import Sentence
from commonprosperity.table import Column, Kind, Table, period_ends
from commonprosperity.tags import tag_field

NAME_COLUMNS = ("company", "initiative", "source")
"""The columns of names, which stand for records."""

AMOUNTS = frozenset({"amount", "high"})
"""The columns of numbers beside the currency."""

DATES = ("announced", "value_date", "spend")
"""The columns of periods."""

PERIOD_ENDS = {end: name for name in DATES for end in period_ends(name)}
"""The columns of the first and last days of periods, each with the column of its period."""

POOLED = "pooled"
"""The column that says whether the row's initiative is pooled."""

_FIELDS = tuple(name for name in PLEDGE_FIELDS if name != "tags")
_BEFORE = {"high": "currency", "locator": "url"}
COLUMNS = tuple(
    column for name in _FIELDS for column in (_BEFORE.get(name), name) if column is not None
)
"""The columns that every table of pledges has; `columns_of` says which may stand after them."""

_TAGS_AT_MOST = 900  # a CSV has at most 1,000 columns, and each row a cell in every one

Cell = str | Decimal | Period | None


def pledge_cells(pledge: Pledge, record: Callable[[str], Record]) -> dict[str, Cell]:
    """Return a pledge's cells, amounts as numbers, given how to find a record by its id.

    >>> from commonprosperity.records import Company
    >>> acme = Pledge(id="a", company="acme", amount="2.0 billion CNY", announced="2021-09")
    >>> cells = pledge_cells(acme, {"acme": Company(id="acme", name="Acme")}.__getitem__)
    >>> cells["company"], cells["amount"], cells["currency"], str(cells["announced"])
    ('Acme', Decimal('2.0E+9'), 'CNY', '2021-09')
    """
    cells = {name: _cell(getattr(pledge, name)) for name in _FIELDS}
    names = {
        name: _name(record(id_)) for name in NAME_COLUMNS if isinstance(id_ := cells[name], str)
    }
    tags = {tag_field(key): text for key, text in pledge.tags.items()}
    source = record(pledge.source) if pledge.source else None
    url = source.url if isinstance(source, Source) and source.url != source.title else None
    pooled = "true" if _is_pooled(pledge.initiative, record) else None
    currency = pledge.amount.currency
    return {**cells, **names, **tags, "currency": currency, "url": url, POOLED: pooled}


def columns_of(pledges: Iterable[Pledge], record: Callable[[str], Record]) -> tuple[str, ...]:
    """Return the columns of a table of some pledges.

    After the others stands one for each of their tags. Where an initiative of theirs is pooled, a
    column says it, since what they come to depends on it. Raises `RecordError` for very many
    different tags.

    >>> columns_of([], {}.__getitem__)[-6:]
    ('locator', 'note', 'funder_zh', 'recipient_zh', 'locator_zh', 'note_zh')
    """
    pledges = tuple(pledges)
    keys = tag_keys(pledges)
    if len(keys) > _TAGS_AT_MOST:
        problem = Sentence(
            "keys are too many: a table has a column for each of {most} at most; "
            "write .toml or .json, or select pledges that have fewer",
            most=_TAGS_AT_MOST,
        )
        raise RecordError("tags", len(keys), problem)
    pooled = any(_is_pooled(id_, record) for id_ in {pledge.initiative for pledge in pledges})
    return (*COLUMNS, *([POOLED] * pooled), *map(tag_field, keys))


def pledge_table(pledges: Sequence[Pledge], record: Callable[[str], Record]) -> Table:
    """Return a table of pledges, a column a field, and one for each tag."""
    columns = columns_of(pledges, record)
    rows = (pledge_cells(pledge, record) for pledge in pledges)
    return Table(
        map(Column, columns, map(_kind, columns)), ([*map(row.get, columns)] for row in rows)
    )


def _kind(column: str) -> Kind:
    return Kind.AMOUNT if column in AMOUNTS else Kind.PERIOD if column in DATES else Kind.TEXT


def _is_pooled(initiative: str | None, record: Callable[[str], Record]) -> bool:
    return initiative is not None and bool(getattr(record(initiative), "pooled", False))


def _cell(value: Any) -> Cell:
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, tuple):
        return "; ".join(map(amount_text, value)) or None
    return value if value is None or isinstance(value, Period) else str(value)


def _name(record: Record) -> str:
    """Return a record's name where its id is made from it, else its id."""
    name = record.title if isinstance(record, Source) else str(getattr(record, "name", ""))
    own = title_id(record.id) if isinstance(record, Source) else record.id
    of_name = id_or_none(name)
    # A source with the name of a company has an id of its own: acme-source.
    return name if own in {of_name, f"{of_name}-{type(record).__name__.lower()}"} else record.id
