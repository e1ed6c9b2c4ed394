"""``RowReading``: how the columns of a dataframe are read, each by what it is for."""

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs

from commonprosperity.errors import DatasetError, Fault
from commonprosperity.flat import words_of
from commonprosperity.frames.amount_reading import amounts
from commonprosperity.frames.amount_words import without_words
from commonprosperity.frames.columns import AmountForm, Constant, Roles
from commonprosperity.frames.engines import Engine
from commonprosperity.frames.nw import nw
from commonprosperity.frames.reading import (
    MISSING,
    ColumnReading,
    UnreadableTypeError,
    cells,
    dates,
    groups,
    ids,
    links,
    pools,
    texts,
    value_dates,
)
from commonprosperity.records import NEGATIVE_PLEDGE, Stage
from commonprosperity.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from narwhals.dtypes import DType

    Read = Callable[["nw.Expr", DType], ColumnReading]


class Flaw(NamedTuple):
    """What may be wrong with a cell: in which column it is, and what it is."""

    title: str
    problem: Sentence


@attrs.frozen
class RowReading:
    """How each column is read; ``ends`` is how ids are, as the texts that links name.

    A value date is null where that of the rate is the ``date``.
    """

    amount: ColumnReading
    currency: ColumnReading
    date: ColumnReading
    by: tuple[ColumnReading, ...]
    links: tuple[ColumnReading, ...]
    id: ColumnReading | None
    ends: ColumnReading | None
    names: "Mapping[str, ColumnReading]"
    value_date: ColumnReading | None
    pooled: tuple[ColumnReading, ...]

    @classmethod
    def of(
        cls, schema: "nw.Schema", roles: Roles, form: AmountForm, engine: Engine[Any], place: str
    ) -> "RowReading":
        """Read columns by their types.

        Raises `DatasetError` with all that are of a type that is not read.
        """
        reader = _Reader(schema, place)
        currency = reader.read(roles.currency, texts, "currency")
        amount, words = _amount_and_words(reader, roles, form, engine, currency)
        literal = engine.literal
        read_group = partial(cells if roles.words else groups, literal=literal)
        reading = cls(
            amount=amount,
            currency=currency,
            date=reader.read(roles.date, partial(dates, literal=literal), "date"),
            by=(*(reader.read(name, read_group) for name in roles.grouped), *words),
            links=tuple(reader.read(name, links) for name in roles.links),
            id=reader.read_if_any(roles.id, partial(ids, literal=literal)),
            ends=reader.read_if_any(roles.id, links),
            names={field: reader.read(name, links) for field, name in roles.names.items()},
            value_date=reader.read_if_any(roles.value_date, partial(value_dates, literal=literal)),
            pooled=tuple(reader.read(name, pools) for name in roles.pooled),
        )
        if reader.faults:
            raise DatasetError(tuple(reader.faults))
        return reading

    @property
    def keys(self) -> tuple[ColumnReading, ...]:
        """By what rows are added up: currency, date, groups, and the value date if there is one."""
        keys = (self.currency, self.date, *self.by)
        return keys if self.value_date is None else (*keys, self.value_date)

    @property
    def missing(self) -> Flaw:
        """The flaw of an amount that is missing."""
        return Flaw(self.amount.title, MISSING)

    def flaws(self) -> "dict[Flaw, nw.Expr]":
        """Return which cells have which flaw, but for amounts that are missing."""
        return dict(self._flaws())

    def _flaws(self) -> "Iterator[tuple[Flaw, nw.Expr]]":
        for column in (self.amount, *self.pooled, *self.keys):
            for problem, at_fault in column.flaws.items():
                yield Flaw(column.title, problem), at_fault


@attrs.frozen
class _Reader:
    """Reads columns by their types, and collects the faults of those that it cannot read."""

    schema: "nw.Schema"
    place: str
    faults: list[Fault] = attrs.field(factory=list)

    def read(self, name: str | Constant, how: "Read", role: str = "") -> ColumnReading:
        """Read a column, or what is the same for all rows in a role."""
        if isinstance(name, Constant):
            return ColumnReading(nw.lit(name.value), title=role)
        try:
            return attrs.evolve(how(nw.col(name), self.schema[name]), title=name)
        except UnreadableTypeError as error:
            fault = Fault("", name, error.sentence, self.place)
            if fault not in self.faults:  # a layout reads a column of amounts in words as well
                self.faults.append(fault)
            return ColumnReading(nw.col(name), title=name)

    def read_if_any(self, name: str | None, how: "Read") -> ColumnReading | None:
        """Read a column that there may be."""
        return None if name is None else self.read(name, how)


def _amount_and_words(
    reader: _Reader, roles: Roles, form: AmountForm, engine: Engine[Any], currency: ColumnReading
) -> tuple[ColumnReading, list[ColumnReading]]:
    """Read the amounts; where they may be words, these and the signs are cells to group by."""
    constant = roles.currency if isinstance(roles.currency, Constant) else None
    how = partial(
        amounts, form=form, in_128_bits=engine.adds_up_in_128_bits,
        currency=constant or currency.value,
    )  # fmt: skip
    amount = reader.read(roles.amount, how)
    words: list[ColumnReading] = []
    if roles.words and not reader.faults:
        amount, *words = without_words(amount, reader.schema, roles)
        words = [ColumnReading(amount.value < 0), *words]
    if roles.stage and not reader.faults:
        stage = nw.col(roles.stage)
        amount = _without_negative_pledges(amount, stage, reader.schema[roles.stage])
    return amount, words


def _without_negative_pledges(
    amount: ColumnReading, stage: "nw.Expr", type_: "DType"
) -> ColumnReading:
    """Find the negative amounts of rows whose stage is pledge, or blank, which is the same."""
    is_negative = amount.value < 0
    word = links(nw.when(is_negative).then(stage), type_).value  # of the few rows it matters for
    is_pledge = word.is_null() | word.is_in(words_of("stage", Stage.PLEDGE.value))
    negative = {NEGATIVE_PLEDGE: is_negative & is_pledge}
    wide = amount.wide and _without_negative_pledges(amount.wide, stage, type_)
    return attrs.evolve(amount, flaws={**amount.flaws, **negative}, wide=wide)
