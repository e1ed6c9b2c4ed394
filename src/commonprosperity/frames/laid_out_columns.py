"""``LaidOutColumns``: which columns of somebody else's dataframe a layout needs for a total."""

from collections.abc import Mapping
from datetime import date as day

import attrs

from commonprosperity.errors import DatasetError, Fault, LayoutError
from commonprosperity.frames.columns import (
    LINKS,
    NAMES,
    AmountForm,
    Constant,
    Roles,
    Words,
    currency_or_none,
    missing,
    period_or_none,
)
from commonprosperity.frames.inputs import Opened
from commonprosperity.layout import Layout, used_headings
from commonprosperity.period import Period
from commonprosperity.quoting import listed
from commonprosperity.sentence import Sentence
from commonprosperity.totals import CALENDAR_UNITS

_ALWAYS = (
    "currency", "announced", "value_date", "estimated.announced", "estimated.value_date", "stage",
)  # fmt: skip


@attrs.frozen
class LaidOutColumns:
    """The columns that a layout names, grouped by its fields, years, months, or other columns."""

    layout: Layout
    by: tuple[str, ...]
    id: str | None
    form: AmountForm

    def native_names(self, opened: Opened, place: str) -> dict[str, str]:
        """Return the name of the column that each heading of the layout means.

        Raises `DatasetError` for one that is missing or there twice, and for ids in several.
        """
        used, faults = used_headings(self.layout, opened.names, place)
        if faults:
            raise DatasetError(tuple(faults))
        pairs = zip(used, opened.names, strict=True)
        native = {heading: name for heading, name in pairs if heading is not None}
        if self.id is not None and len(ids := _named(self.layout, "id", native)) > 1:
            # The engine compares the values of one column; a row there twice would count twice.
            problem = Sentence(
                "is made of several columns ({ids:say}), and ids are compared in one alone; join "
                "them, or give id=None if no row is there twice",
                ids=listed(ids),
            )
            raise DatasetError((Fault("", "id", problem, place),))
        return native

    def cells(self, native: Mapping[str, str], opened: Opened, place: str) -> dict[str, str | None]:
        """Return the names of the columns that rows are grouped by, each with its heading.

        Raises `DatasetError` for a group that is neither a field nor a column.
        """
        layout, fields = self.layout, fields_of(self.layout)
        wanted = {*self.by, *layout.skip, *_ALWAYS}
        headings = (
            heading
            for field, several in layout.headings.items() if field in wanted
            for heading in several
        )  # fmt: skip
        cells: dict[str, str | None] = {native[each]: each for each in headings if each in native}
        others = [title for title in self.by if title not in fields | CALENDAR_UNITS]
        names = opened.names
        faults = [missing(title, names, place) for title in others if title not in names]
        if faults:
            raise DatasetError(tuple(faults))
        return {**dict.fromkeys(others), **cells}

    def roles(
        self, amount: str, native: Mapping[str, str], cells: Mapping[str, str | None]
    ) -> Roles:
        """Return what the columns are for, where the amounts are those of a heading."""
        layout = self.layout
        currencies = _named(layout, "currency", native)
        names = {field: _named(layout, field, native) for field in NAMES}
        numbers = (*layout.skip.get("amount", ()), *layout.values.get("amount", ()))
        return Roles(
            amount=native[amount],
            currency=currencies[0] if len(currencies) == 1 else Constant(""),
            date=Constant(""),
            by=tuple(cells),
            units=frozenset(),
            id=self._id(native),
            links=tuple(name for link in sorted(LINKS) for name in _named(layout, link, native)),
            names={field: several[0] for field, several in names.items() if several},
            words=Words(
                numbers,
                tuple(native[each] for each in layout.amounts if each != amount and each in native),
                is_first=amount == next(iter(layout.amounts)),
            ),
        )

    def _id(self, native: Mapping[str, str]) -> str | None:
        named = _named(self.layout, "id", native)
        return named[0] if self.id is not None and len(named) == 1 else None


def _named(layout: Layout, field: str, native: Mapping[str, str]) -> list[str]:
    """Return the names of the columns of a field."""
    return [native[each] for each in layout.headings.get(field, ()) if each in native]


def fields_of(layout: Layout) -> set[str]:
    """Return the fields that a layout has a column or a constant for."""
    own = (name for constants in layout.amounts.values() for name in constants)
    return {*layout.headings, *layout.constants, *own}


def refuse_parts(layout: Layout) -> None:
    """Refuse amounts that are parts of others in their row, as rows are added up without links.

    Raises `LayoutError` that names the first of them.
    """
    for heading, constants in layout.amounts.items():
        if "part_of" in constants:
            problem = Sentence(
                "ties amounts of one row; cp.read(path, layout=...).totals(...) counts them once"
            )
            raise LayoutError((Fault("", f"columns.amount.{heading}.part_of", problem),))


def with_columns(
    layout: Layout, amount: str | None, currency: str | None, date: str | day | Period | None
) -> Layout:
    """Return a layout with the columns, the one currency or the one date that a caller names."""
    columns, constants = dict(layout.columns), dict(layout.constants)
    named = {"amount": amount, "currency": currency, "announced": date}
    for field, given in named.items():
        if given is None:
            continue
        for each in (columns, constants):
            each.pop(field, None)
        fixed = None
        if field != "amount":
            fixed = currency_or_none(str(given)) if field == "currency" else period_or_none(given)
        if fixed is None:
            columns[field] = given
        else:
            constants[field] = fixed
    return attrs.evolve(layout, columns=columns, constants=constants)
