"""``Layout``: which column of somebody's table is which field of a pledge."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs

from commonprosperity.errors import LayoutError
from commonprosperity.flat import Spelling, scale_power
from commonprosperity.layout.faults import faults_of, unknown_keys
from commonprosperity.layout.frozen_table import FrozenTable, frozen
from commonprosperity.layout.stored import content_of
from commonprosperity.tags import tag_field

if TYPE_CHECKING:
    from pathlib import Path


def _several(value: Any) -> Any:
    """Take several texts, or one alone."""
    return (value,) if isinstance(value, str) else frozen(value)


def _lists(value: Any) -> Any:
    """Take a table of lists of texts, or of one text alone."""
    if not isinstance(value, Mapping):
        return value
    return FrozenTable({key: _several(each) for key, each in value.items()})


def _table(convert: Callable[[Any], Any] = frozen) -> Any:
    return attrs.field(factory=partial(FrozenTable, {}), converter=convert)


@attrs.frozen(kw_only=True)
class Layout:
    r"""Which column of somebody's table is which field of a pledge, and how to read its cells.

    ``columns`` has the heading of each field, such as ``{"company": "Funder"}``. Several headings
    of one field are joined: a year and a month make a date. Each of several headings of ``amount``
    makes a record of its own; a table of them adds the facts of each:
    ``{"amount": {"Paid 2014": {"announced": "2014"}}}``. There ``part_of`` names the column that
    an amount is a part of: ``{"Agreed": {}, "Paid": {"part_of": "Agreed"}}``. Other columns are
    ignored, except those that ``tags`` keeps as tags, by their keys.

    ``constants`` hold for every row. ``values`` maps the words of a column to ours:
    ``{"stage": {"paid": "disbursement"}}``; ``names`` maps spellings of companies, initiatives,
    sources, funders and recipients. ``skip`` says which rows are no pledges:
    ``{"amount": ["", "n/a"]}``. The columns of the fields that are ``optional`` may be missing.

    ``until`` cuts the cells of a field off at a mark: ``{"amount": ">>"}``. ``estimated`` has the
    headings of columns that say Yes where only the month or the year of a date is known.
    ``extract=True`` says that the table is a part of a larger one, and drops links to wholes that
    no row has. `Dataset.notes` reports what all these did.

    ``dates`` settles dates that have two meanings, such as ``"d/m/y"``, and ``zone`` the time zone
    of the day, as in `Period.parse`. ``scale`` is what the numbers are multiplied by; ``symbols``,
    ``default`` and ``locale`` say how amounts are written, as in `parse_amount`. ``encoding`` is
    that of a file, ``sheet`` the one of a workbook, and ``headings_in_row`` the row that has the
    headings; a dataframe has none of them.

    >>> layout = Layout(columns={"company": "Funder", "amount": "USD", "announced": "Date"})
    >>> from commonprosperity.files import read
    >>> from io import StringIO
    >>> read(StringIO("Date,Funder,USD,Remarks\n2021,Acme,5000,x\n"), format="csv", layout=layout)
    Dataset: 1 of 1 pledges selected

    Raises `LayoutError` with everything that is wrong.
    """

    columns: Mapping[str, Any] = _table()
    constants: Mapping[str, Any] = _table()
    tags: Mapping[str, str] = _table()
    values: Mapping[str, Mapping[str, str]] = _table()
    names: Mapping[str, str] = _table()
    skip: Mapping[str, tuple[str, ...]] = _table(_lists)
    until: Mapping[str, str] = _table()
    estimated: Mapping[str, str] = _table()
    extract: bool = False
    optional: tuple[str, ...] = attrs.field(default=(), converter=_several)
    scale: str | int | None = None
    symbols: Mapping[str, str] = _table()
    default: str | None = None
    locale: str | None = None
    dates: str | None = None
    zone: str | None = None
    encoding: str | None = None
    sheet: str | None = None
    headings_in_row: int = 1

    def __attrs_post_init__(self) -> None:
        faults = tuple(faults_of(self))
        if faults:
            raise LayoutError(faults)

    @classmethod
    def of(cls, value: "Layout | Mapping[str, Any] | str | Path") -> "Layout":
        """Return a layout unchanged, or make one of a mapping, a TOML file or a name.

        >>> Layout.of({"columns": {"company": "Funder", "amount": "USD", "announced": "Date"}}).tags
        {}

        Raises `LayoutError` for anything else, and what `Layout` raises.
        """
        if isinstance(value, Layout):
            return value
        if isinstance(value, Mapping):
            return cls._of_keys(value)
        content, place = content_of(value)
        try:
            return cls._of_keys(content)
        except LayoutError as error:
            faults = tuple(fault._replace(place=place) for fault in error.faults)
            raise LayoutError(faults) from None

    @classmethod
    def _of_keys(cls, content: Mapping[str, Any]) -> "Layout":
        keys = [field.name for field in attrs.fields(cls)]
        faults = tuple(unknown_keys(content, keys))
        if not faults:
            return cls(**content)
        try:
            cls(**{key: each for key, each in content.items() if key in keys})
        except LayoutError as error:
            faults = (*faults, *error.faults)
        raise LayoutError(faults)

    def with_settings(self, **settings: Any) -> "Layout":
        """Return the layout with other settings; a setting that is None stays as it was.

        >>> plain = Layout(columns={"company": "A", "amount": "B", "announced": "C"})
        >>> plain.with_settings(scale="million", locale=None).scale
        'million'
        """
        return attrs.evolve(self, **{k: each for k, each in settings.items() if each is not None})

    @property
    def spelling(self) -> Spelling:
        """How the amounts are written."""
        power = None if self.scale is None else scale_power(self.scale)
        return Spelling(
            self.symbols or None, self.default, self.locale, power, scales_equivalents=True
        )

    @property
    def amounts(self) -> Mapping[str, Mapping[str, Any]]:
        """The headings of the amounts, with the facts of each one's records.

        >>> Layout(columns={"company": "A", "amount": ["USD", "EUR"], "announced": "B"}).amounts
        {'USD': {}, 'EUR': {}}
        """
        columns = self.columns.get("amount", ())
        if isinstance(columns, Mapping):
            return columns
        return {heading: {} for heading in _several(columns)}

    @property
    def headings(self) -> Mapping[str, tuple[str, ...]]:
        """The headings of each field but the amount.

        Tags are fields such as ``tags.country``; ``estimated.announced`` is the column that says
        whether ``announced`` is estimated.
        """
        columns = {name: _several(each) for name, each in self.columns.items() if name != "amount"}
        tags = {tag_field(key): (heading,) for key, heading in self.tags.items()}
        estimated = {f"estimated.{name}": (each,) for name, each in self.estimated.items()}
        return {**columns, **tags, **estimated}

    def field_of(self, heading: str) -> str:
        """Return the field of a heading, the first if it has several."""
        if heading in self.amounts:
            return "amount"
        return next(field for field, each in self.headings.items() if heading in each)

    def may_lack(self, heading: str) -> bool:
        """Whether a table may lack a column, because all its fields are optional."""
        fields = {field for field, headings in self.headings.items() if heading in headings}
        fields |= {"amount"} if heading in self.amounts else set()
        return fields <= {*self.optional}
