"""Which columns of a dataframe are read, and what each is for."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import attrs

from commonprosperity.errors import CurrencyError, DatasetError, Fault, PeriodError, RecordError
from commonprosperity.flat import (
    POOLED,
    currency_in_heading,
    heading,
    scale_in_heading,
    scale_power,
)
from commonprosperity.frames.inputs import Opened
from commonprosperity.period import Period
from commonprosperity.quoting import listed, suggestion
from commonprosperity.sentence import Sentence
from commonprosperity.totals import CALENDAR_UNITS, calendar_group
from commonprosperity.wording import currency_code, known_locale

_FLOAT_DIGITS = 15  # a float has no more
LINKS = frozenset({"part_of", "restates", "supersedes"})
NAMES = ("company", "recipient", "initiative")
"""The fields of names; a row of totals says Total in one of them."""


@attrs.frozen
class Constant:
    """A currency or a date that is the same for all rows."""

    value: str


@attrs.frozen
class Words:
    """Which cells of amounts are words, for a layout to read: some numbers are words, too.

    ``others`` are the columns of the other amounts of a row. A blank one makes no record as long as
    another is filled; where none is, the first one makes one.
    """

    numbers: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    is_first: bool = True


@attrs.frozen
class Roles:
    """What the columns of a dataframe are for; a currency or a date may be the same for all rows.

    ``by`` are the columns of groups, and ``units`` the years and months among them, which are taken
    from the date. ``links`` are the columns by which pledges are counted once. Where amounts may
    be ``words``, these are cells to group by as well, behind the others, and so is whether an
    amount is negative. ``stage`` is the column that says which rows are pledges, as these may not
    be negative; a layout says it otherwise. ``names`` has the column of each field of names that
    may tell a row of totals. ``value_date`` is the column of the date of the rate,
    where that is not ``date``. ``pooled`` are the columns that say which rows are of a pool, which
    are refused; a layout has none.
    """

    amount: str
    currency: str | Constant
    date: str | Constant
    by: tuple[str, ...]
    units: frozenset[str]
    id: str | None
    links: tuple[str, ...]
    words: Words | None = None
    names: Mapping[str, str] = attrs.field(factory=dict)
    stage: str | None = None
    value_date: str | None = None
    pooled: tuple[str, ...] = ()

    @property
    def used(self) -> list[str]:
        """The names of the columns that are looked at, each once."""
        others = self.words.others if self.words else ()
        several = (
            self.amount, self.currency, self.date, *self.grouped, self.id, *self.names.values(),
            self.stage, self.value_date, *self.links, *self.pooled, *others,
        )  # fmt: skip
        return [*dict.fromkeys(name for name in several if isinstance(name, str))]

    @property
    def grouped(self) -> list[str]:
        """The columns of groups."""
        return [name for name in self.by if name not in self.units]

    def group(self, values: Iterable[object], on: Period) -> tuple[object, ...]:
        """Put the year and the month of a date among the values of the columns of groups."""
        rest = iter(values)
        return tuple(
            calendar_group(on, name) if name in self.units else next(rest) for name in self.by
        )


@attrs.frozen
class AmountForm:
    """How amounts are written, where their column does not say it.

    ``power`` is that of ten by which they are multiplied; None where it was not asked for.
    """

    minor_units: bool = False
    float_digits: int | None = None
    locale: str | None = None
    power: int | None = None

    @classmethod
    def of(
        cls, *, minor_units: bool, float_digits: int | None, locale: str | None,
        scale: str | int | None,
    ) -> "AmountForm":  # fmt: skip
        """Take what a caller says.

        Raises `RecordError` for no number of decimals and no scale, `LocaleError` for no locale.
        """
        digits = 0 if float_digits is None else float_digits
        if not isinstance(digits, int) or digits not in range(_FLOAT_DIGITS + 1):
            problem = Sentence("is no number of decimals from 0 to {most}", most=_FLOAT_DIGITS)
            raise RecordError("float_digits", float_digits, problem)
        if locale is not None:
            known_locale(locale)
        power = None if scale is None else scale_power(scale)
        return cls(minor_units, float_digits, locale, power)


@attrs.frozen
class Columns:
    """The columns that a caller names, or one currency or date for all rows.

    A text is a column where there is one of that name, else a currency or a date; what could be
    both is a fault. Groups are also made by the ``year`` or the ``month`` of the date, where no
    column is called so. A column ``id``, or ``ID``, is read where there is one; of another name, it
    must be there.
    """

    amount: str
    currency: str
    date: str | date | Period
    by: tuple[str, ...]
    id: str | None = None
    form: AmountForm = AmountForm()

    def __attrs_post_init__(self) -> None:
        """Refuse what names no column."""
        several = [("amount", self.amount), ("currency", self.currency)]
        several += [("by", name) for name in self.by]
        several += [] if self.id is None else [("id", self.id)]
        for role, name in several:
            if not isinstance(name, str):
                raise RecordError(role, name, Sentence("is no name of a column, which is a text"))

    def among(self, opened: Opened, place: str) -> Roles:
        """Return what the columns of a dataframe are for.

        Raises `DatasetError` for what is no column, for what could be a column or not, for two
        columns of one name, and for a heading that states a unit that no scale settles.
        """
        names = opened.names
        currency = _role("currency", self.currency, currency_or_none(self.currency), names, place)
        if isinstance(currency, Fault) and self.currency == "currency":
            code = currency_in_heading(self.amount)
            currency = Constant(code) if code else _without_currency(currency)
        on: str | Constant | Fault = Constant(period_or_none(self.date) or "")
        if isinstance(self.date, str):
            on = _role("date", self.date, period_or_none(self.date), names, place)
        id_ = self.id
        if id_ == "id" and id_ not in names:
            id_ = next((name for name in names if heading(name) == "id"), None)
        units = CALENDAR_UNITS.difference(names).intersection(self.by)
        grouped = [name for name in self.by if name not in units]
        columns = [self.amount, *grouped, *([] if id_ is None else [id_])]
        faults = [role for role in (currency, on) if isinstance(role, Fault)]
        faults += [missing(name, names, place) for name in columns if name not in names]
        links = dict.fromkeys(name for name in names if heading(name) in LINKS)
        pooled = dict.fromkeys(name for name in names if heading(name) == POOLED)
        value_date = None
        if isinstance(on, str):  # and not one date for all rows
            of_rates = (name for name in names if heading(name) == "value_date" and name != on)
            value_date = next(of_rates, None)
        faults += _doubled([*columns, currency, on, value_date, *links, *pooled], opened, place)
        if self.form.power is None and (unit := scale_in_heading(self.amount)):
            faults.append(Fault("", self.amount, unit, place))
        if isinstance(currency, Fault) or isinstance(on, Fault) or faults:
            raise DatasetError(tuple(faults))
        alone = {heading(name): name for name in reversed(opened.alone)}
        return Roles(
            self.amount, currency, on, self.by, units, id_, tuple(links),
            names={field: alone[field] for field in NAMES if field in alone},
            stage=alone.get("stage"), value_date=value_date, pooled=tuple(pooled),
        )  # fmt: skip


def _role(
    role: str, text: str, fixed: str | None, names: Sequence[str], place: str
) -> str | Constant | Fault:
    if fixed is None:
        return text if text in names else missing(text, names, place)
    if text in names:
        return Fault(
            "", text, Sentence("could be a column or a {role}; rename the column", role=role), place
        )
    return Constant(fixed)


def _without_currency(fault: Fault) -> Fault:
    """Say what to do where no column has the currencies."""
    problem = Sentence(
        '{problem:say}; name the column of currencies by currency=, or give one, such as "USD"',
        problem=fault.problem,
    )
    return fault._replace(problem=problem)


def missing(name: str, names: Sequence[str], place: str) -> Fault:
    """Return the fault of a name that is no column's, with the nearest one."""
    known = listed(list(names)) or Sentence("none")
    near = suggestion(name, names) or Sentence("; there are {known:say}", known=known)
    return Fault("", name, Sentence("is no column{near:say}", near=near), place)


def _doubled(used: Iterable[object], opened: Opened, place: str) -> Iterator[Fault]:
    """Yield a fault for each column in use that has the name of another."""
    same = str.casefold if opened.ignores_case else str
    times = Counter(map(same, opened.names))
    for name in dict.fromkeys(used):
        if name in opened.names and times[same(str(name))] > 1:
            yield Fault(
                "", name, Sentence("there are two columns of one name; leave one out"), place
            )


def currency_or_none(text: str) -> str | None:
    """Return the code that a text is, and None for any other, which names a column."""
    try:
        return currency_code(text)
    except CurrencyError:
        return None


def period_or_none(value: str | date | Period) -> str | None:
    """Return the period that a value is, and None for any other text, which names a column."""
    try:
        return str(Period.of(value))
    except PeriodError:
        if isinstance(value, str):
            return None
        raise
