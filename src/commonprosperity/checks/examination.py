"""``Examination``: what every check looks at."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

import attrs

from commonprosperity.book import Book
from commonprosperity.checks.comparison import Comparison
from commonprosperity.checks.span import Span
from commonprosperity.counting import Counting, Links, may_be_of
from commonprosperity.records import Pledge


class Measured(NamedTuple):
    """A pledge, and its amount in a currency that it shares with others.

    ``factor`` is what one unit of its own currency is in that one; ``span`` is what the amount may
    have been, the tolerance of the rate included.
    """

    pledge: Pledge
    amount: Fraction
    span: Span
    factor: Fraction


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
        return self._by_company(p for p in self.pledges if p.amount.amount > 0)

    @cached_property
    def corrections_by_company(self) -> list[list[Measured]]:
        """The selected corrections of each company, as the amounts that they take away."""
        return self._by_company(p for p in self.pledges if p.is_correction)

    def share_a_pool(self, one: Pledge, other: Pledge) -> bool:
        """Whether one of two records draws on the other, as their initiative is a pool."""
        owners = {(each.company, each.initiative) for each in (one, other)}
        is_pooled = one.initiative in self.counting.pooled
        return is_pooled and len(owners) == 1 and one.stage is not other.stage

    def may_be_paid_by(self, promise: Pledge, payment: Pledge) -> bool:
        """Whether no link ties a payment to a promise, and it may be money of that promise.

        It is not where two funders pay, nor in a pool, which knows which record draws on which.
        """
        both = promise, payment
        if any(each.initiative in self.counting.pooled for each in both):
            return False
        is_one_funder = promise.funder == payment.funder or None in {each.funder for each in both}
        tied = self.links.tied(promise.id, payment.id)
        alone = not tied and all(map(self.counting.stands_alone, both))
        return alone and is_one_funder and may_be_of(payment, promise)

    def _by_company(self, pledges: Iterable[Pledge]) -> list[list[Measured]]:
        by_company: dict[str, list[Pledge]] = defaultdict(list)
        for pledge in pledges:
            by_company[pledge.company].append(pledge)
        several = (pledges for pledges in by_company.values() if len(pledges) > 1)
        return [measured for pledges in several for measured in self._measured(pledges)]

    def _measured(self, pledges: list[Pledge]) -> Iterator[list[Measured]]:
        common = commonest_currency(pledges)
        in_currency: dict[str, list[Measured]] = defaultdict(list)
        for pledge in pledges:
            own, amount = pledge.amount.currency, Fraction(abs(pledge.amount).amount)
            span = Span.of(abs(pledge.amount), pledge.high).wider(self.comparison.tolerance)
            factor = None
            if own != common:
                factor = self.comparison.known_factor(own, common, pledge.value_date)
                if factor is None:
                    self.apart["/".join(sorted([own, common]))].append(pledge.id)
            if factor is None:
                in_currency[own].append(Measured(pledge, amount, span, Fraction(1)))
            else:
                one = Measured(pledge, amount * factor, span.times(factor), factor)
                in_currency[common].append(one)
        yield from in_currency.values()


def commonest_currency(pledges: list[Pledge]) -> str:
    """Return the currency of most pledges; of several, the last by the alphabet."""
    counts = Counter(pledge.amount.currency for pledge in pledges)
    return max(counts, key=lambda currency: (counts[currency], currency))
