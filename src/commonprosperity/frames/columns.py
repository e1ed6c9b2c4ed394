"""Which columns of a dataframe are read: amounts, currencies, dates and groups."""

from collections.abc import Callable, Container, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

import attrs

from commonprosperity.errors import CurrencyError, DatasetError, Fault, PeriodError, RecordError
from commonprosperity.extras import needed
from commonprosperity.flat import heading
from commonprosperity.frames import readings
from commonprosperity.frames.readings import Reading, Unreadable
from commonprosperity.period import Period
from commonprosperity.quoting import suggestion
from commonprosperity.wording import currency_code

_FLOAT_DIGITS = 15  # a float has no more
LINKS = frozenset({"part_of", "restates", "supersedes"})


class Constant(NamedTuple):
    """A currency or a date that is the same for all rows."""

    value: str


@attrs.frozen
class Columns:
    """What is read: columns by their names, or one currency or date for all rows.

    A text is a column where there is one of that name, else a currency or a date; what could be
    both is a fault.
    """

    amount: str
    currency: str
    date: str | date | Period
    by: tuple[str, ...]
    minor_units: bool = False
    float_digits: int | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse what names no column, and no number of decimals."""
        by = (("by", name) for name in self.by)
        for part, name in (("amount", self.amount), ("currency", self.currency), *by):
            if not isinstance(name, str):
                raise RecordError(part, name, "is no name of a column, which is a text")
        digits = 0 if self.float_digits is None else self.float_digits
        if not isinstance(digits, int) or digits not in range(_FLOAT_DIGITS + 1):
            problem = f"is no number of decimals from 0 to {_FLOAT_DIGITS}"
            raise RecordError("float_digits", self.float_digits, problem)

    def constants(self, names: Sequence[str], place: str) -> dict[str, Constant]:
        """Return the currency and the date, if they are the same for all rows.

        Raises `DatasetError` for what is no column, and for what could be a column or not.
        """
        roles = {
            "currency": _role("currency", self.currency, _currency(self.currency), names, place),
            "date": Constant(_period(self.date) or ""),
        }
        if isinstance(self.date, str):
            roles["date"] = _role("date", self.date, _period(self.date), names, place)
        faults = [role for role in roles.values() if isinstance(role, Fault)]
        faults += [
            _missing(name, names, place) for name in (self.amount, *self.by) if name not in names
        ]
        if faults:
            raise DatasetError(tuple(faults))
        return {part: role for part, role in roles.items() if isinstance(role, Constant)}

    def readings(
        self, view: Any, constants: dict[str, Constant], place: str
    ) -> tuple[dict[str, Reading], list[Fault]]:
        """Return how each column of a view is read, by its part; and those that cannot be."""
        narwhals = needed("narwhals", extra="frames")
        schema = view.collect_schema()
        amounts = partial(
            readings.amounts, engine=view.implementation,
            minor_units=self.minor_units, float_digits=self.float_digits,
        )  # fmt: skip
        wanted: list[tuple[str, str, Callable[[Any, Any], Reading]]] = [
            ("amount", self.amount, amounts),
            ("currency", self.currency, readings.texts),
            ("date", str(self.date), readings.dates),
            *((f"by {at}", name, readings.groups) for at, name in enumerate(self.by)),
        ]
        read: dict[str, Reading] = {}
        faults = []
        for part, name, how in wanted:
            try:
                if part in constants:
                    read[part] = Reading(narwhals.lit(constants[part].value))
                else:
                    read[part] = how(narwhals.col(name), schema[name])
            except Unreadable as error:
                faults.append(Fault("", name, str(error), place))
        return read, faults

    def called(self, constants: Container[str]) -> dict[str, str]:
        """Return what the column of each part is called; one that is no column is the part."""
        names = {"amount": self.amount, "currency": self.currency, "date": str(self.date)}
        return {part: part if part in constants else name for part, name in names.items()}

    def used(self, names: Sequence[str]) -> list[str]:
        """Return the names of the columns that are looked at, those of links among them."""
        asked = {self.amount, self.currency, self.date, *self.by}
        return [name for name in names if name in asked or is_link(name)]


def is_link(name: str) -> bool:
    """Whether a column is one of the links by which pledges are counted once."""
    return heading(name) in LINKS


def _role(
    part: str, text: str, fixed: str | None, names: Sequence[str], place: str
) -> Constant | Fault | None:
    if fixed is None:
        return None if text in names else _missing(text, names, place)
    if text in names:
        return Fault("", text, f"could be a column or a {part}; rename the column", place)
    return Constant(fixed)


def _missing(name: str, names: Sequence[str], place: str) -> Fault:
    known = ", ".join(names) or "none"
    near = suggestion(name, names) or f"; there are {known}"
    return Fault("", name, f"is no column{near}", place)


def _currency(text: str) -> str | None:
    try:
        return currency_code(text)
    except CurrencyError:
        return None


def _period(value: str | date | Period) -> str | None:
    try:
        return str(Period.of(value))
    except PeriodError:
        if isinstance(value, str):
            return None
        raise
