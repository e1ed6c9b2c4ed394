"""``Examination``: what every check looks at."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

import attrs

from commonprosperity.book import Book
from commonprosperity.checks.comparison import Comparison
from commonprosperity.checks.measured import Exact, Measured, Unit
from commonprosperity.counting import Counting, Links, may_be_of
from commonprosperity.records import Pledge


@attrs.frozen(eq=False)
class Examination:
    """What every check looks at: all records, the selected pledges and what of them counts.

    Figures are compared at the rates, and with the tolerance, of a comparison. ``apart`` are the
    records that no rate makes comparable with others of their company, by pair of currencies.
    """

    book: Book
    counting: Counting
    comparison: Comparison
    apart: dict[str, list[str]] = attrs.field(factory=lambda: defaultdict(list), init=False)

    @property
    def pledges(self) -> tuple[Pledge, ...]:
        """The selected pledges."""
        return self.counting.selected

    @property
    def links(self) -> Links:
        """What ties the pledges together."""
        return self.counting.links

    @cached_property
    def by_company(self) -> list[list[Measured]]:
        """The selected pledges of each company that promise something, one list per currency.

        All are in the company's commonest currency, but for those without a rate.
        """
        return self._by_company(each for each in self.pledges if each.amount.amount > 0)

    @cached_property
    def counted_by_company(self) -> list[list[Measured]]:
        """Of these, the ones that are neither superseded, told again, nor withdrawn."""
        counts = self.counting.counts
        return [[one for one in measured if counts(one.pledge)] for measured in self.by_company]

    @cached_property
    def corrections_by_company(self) -> list[list[Measured]]:
        """The selected corrections of each company, as the amounts that they take away."""
        return self._by_company(each for each in self.pledges if each.is_correction)

    def are_tied(self, one: Pledge, other: Pledge) -> bool:
        """Whether links relate two records, or a pool, in which one of them draws on the other."""
        return self.links.tied(one.id, other.id) or self.share_a_pool(one, other)

    def share_a_pool(self, one: Pledge, other: Pledge) -> bool:
        """Whether one of two records draws on the other, as their initiative is a pool."""
        if one.initiative not in self.counting.pooled:
            return False
        is_one_owner = (one.company, one.initiative) == (other.company, other.initiative)
        return is_one_owner and one.stage is not other.stage

    def may_be_paid_by(self, promise: Pledge, payment: Pledge) -> bool:
        """Whether no link ties a payment to a promise, and it may be money of that promise.

        It is not where two funders pay, nor in a pool, which knows which record draws on which.
        """
        both = promise, payment
        if any(each.initiative in self.counting.pooled for each in both):
            return False
        is_one_funder = promise.funder == payment.funder or None in {each.funder for each in both}
        if not is_one_funder or not may_be_of(payment, promise):
            return False
        tied = self.links.tied(promise.id, payment.id)
        return not tied and all(map(self.counting.stands_alone, both))

    def _by_company(self, pledges: Iterable[Pledge]) -> list[list[Measured]]:
        by_company: dict[str, list[Pledge]] = defaultdict(list)
        for pledge in pledges:
            by_company[pledge.company].append(pledge)
        several = (pledges for pledges in by_company.values() if len(pledges) > 1)
        return [measured for pledges in several for measured in self._measured(pledges)]

    def _measured(self, pledges: list[Pledge]) -> Iterator[list[Measured]]:
        common, unit = commonest_currency(pledges), Unit(pledges, self.comparison.tolerance)
        in_currency: dict[str, list[Measured]] = defaultdict(list)
        for pledge in pledges:
            own = pledge.amount.currency
            factor = self._factor(pledge, common)
            currency = own if factor is None else common
            in_currency[currency].append(unit.measured(pledge, factor or 1))
        yield from in_currency.values()

    def _factor(self, pledge: Pledge, common: str) -> Exact | None:
        """Return the worth of a pledge's currency in the common one; None if not known."""
        own = pledge.amount.currency
        if own == common:
            return 1
        factor = self.comparison.known_factor(own, common, pledge.value_date)
        if factor is None:
            self.apart["/".join(sorted([own, common]))].append(pledge.id)
        return factor


def commonest_currency(pledges: list[Pledge]) -> str:
    """Return the currency of most pledges; of several, the last by the alphabet."""
    counts = Counter(pledge.amount.currency for pledge in pledges)
    return max(counts, key=lambda currency: (counts[currency], currency))
