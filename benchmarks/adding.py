"""What adding up a great many pledges takes."""

from collections import defaultdict
from collections.abc import Callable

import moneyed
from measuring import Prepare, Ratio, seconds
from pledges import dataset, linked, unlinked

from commonprosperity import Dataset, Pledge


def adding(rounds: int, size: int) -> list[Ratio]:
    """Compare totals of unlinked pledges with py-moneyed's plain sums, and of linked with those."""
    pledges = unlinked(size)
    plain, tied = dataset(pledges), dataset(linked(pledges))
    sums = "py-moneyed: the sum of each currency"
    total = 'unlinked: total("USD")'
    ours = {
        'linked: total("USD")': lambda fresh: fresh.total("USD"),
        'linked: totals("USD", by="company")': lambda fresh: fresh.totals("USD", by="company"),
        'linked: totals("USD", by=("company", "stage"))': lambda fresh: fresh.totals(
            "USD", by=("company", "stage")
        ),
        'linked: total("USD").items': lambda fresh: fresh.total("USD").items,
    }
    subjects = {
        sums: _sums(pledges),
        total: _counted_anew(plain, lambda fresh: fresh.total("USD")),
        **{name: _counted_anew(tied, take) for name, take in ours.items()},
    }
    taken = seconds(rounds, subjects)
    return [
        Ratio(f"{total} / {sums}", taken[total] / taken[sums], 1),
        *(Ratio(f"{name} / {total}", taken[name] / taken[total], 3) for name in ours),
    ]


def _counted_anew(full: Dataset, take: Callable[[Dataset], object]) -> Prepare:
    """Take something of a fresh selection of everything, of which nothing is counted yet."""

    def prepare() -> Callable[[], object]:
        fresh = full.where()
        return lambda: take(fresh)

    return prepare


def _sums(pledges: list[Pledge]) -> Prepare:
    by_currency: dict[str, list[moneyed.Money]] = defaultdict(list)
    for pledge in pledges:
        money = moneyed.Money(pledge.amount.amount, pledge.amount.currency)
        by_currency[pledge.amount.currency].append(money)
    return lambda: lambda: [sum(moneys) for moneys in by_currency.values()]
