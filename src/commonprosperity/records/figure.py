"""``Figure``: a number about a company or an initiative that is no pledge."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
from attrs.converters import optional

from commonprosperity.period import Period
from commonprosperity.records.facts import Facts
from commonprosperity.records.fields import Id, checked_fields, to_number, to_period, to_qualifier
from commonprosperity.units import quantity
from commonprosperity.wording import Qualifier

if TYPE_CHECKING:
    from pint import Quantity


@attrs.frozen(kw_only=True, repr=False, field_transformer=checked_fields)
class Figure(Facts):
    """A number about a company or an initiative that is no pledge: revenue, donors, growth.

    ``unit`` is a unit of `units.registry`: ``CNY``, ``person``, ``percent``, ``CNY/year``.
    """

    id: Id
    about: Id
    measure: str | None = None
    value: Decimal = attrs.field(converter=to_number)
    unit: str | None = None
    qualifier: Qualifier = attrs.field(default=Qualifier.EXACT, converter=to_qualifier)
    period: Period | None = attrs.field(default=None, converter=optional(to_period))
    source: Id | None = None
    locator: str | None = None
    note: str | None = None
    locator_zh: str | None = None
    note_zh: str | None = None

    @property
    def quantity(self) -> "Quantity[Any]":
        """The value with its unit; without one it is a plain number.

        >>> from commonprosperity.units import words
        >>> words(Figure(id="f", about="acme", value="89", unit="percent").quantity)
        '89.00 percent'

        Raises `UnitError` for a unit that `units.registry` does not have.
        """
        return quantity(self.value, self.unit or "")
