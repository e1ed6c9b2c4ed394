"""What it takes to say why a total changed."""

from collections.abc import Callable

import attrs
from measuring import Ratio, seconds
from pledges import dataset, linked, unlinked

from commonprosperity import Money


def versions(rounds: int, size: int) -> list[Ratio]:
    """Compare two versions, of which one pledge in a hundred differs, with one total."""
    pledges = linked(unlinked(size))
    old = dataset(pledges)
    revised = [
        attrs.evolve(pledge, amount=Money(pledge.amount.amount + 1, pledge.amount.currency))
        for pledge in pledges[50::100]
    ]
    new = old.replace(*revised)
    total, two = 'total("USD")', 'compare(old, "USD"), both totals included'
    rates = 'compare(itself, "USD", old_rates=...), both totals included'
    other_rates = {f"{code}/USD": "0.15" for code in ("CNY", "EUR", "HKD", "JPY")}

    def compared() -> Callable[[], object]:
        before, after = old.where(), new.where()  # of which nothing is counted yet
        return lambda: after.compare(before, "USD")

    def repriced() -> Callable[[], object]:
        after = new.where()
        return lambda: after.compare(after, "USD", old_rates=other_rates)

    def added_up() -> Callable[[], object]:
        after = new.where()
        return lambda: after.total("USD")

    taken = seconds(rounds, {total: added_up, two: compared, rates: repriced})
    return [Ratio(f"{name} / {total}", taken[name] / taken[total], 3) for name in (two, rates)]
