"""What adding up a great many pledges takes."""

from collections import defaultdict, deque
from collections.abc import Callable, Mapping

import moneyed
from measuring import Prepare, Ratio, seconds
from pledges import dataset, linked, unlinked

from commonprosperity import Dataset, Pledge

Select = Callable[[Dataset], Dataset]
Work = Callable[[Dataset], object]

_TOTAL = 'total("USD")'
_SUMS = "py-moneyed: the sum of each currency"

_WORKS: Mapping[str, tuple[Work, float]] = {
    _TOTAL: (lambda fresh: fresh.total("USD"), 2),
    'totals("USD", by="company")': (lambda fresh: fresh.totals("USD", by="company"), 3),
    'totals("USD", by=("company", "stage"))': (
        lambda fresh: fresh.totals("USD", by=("company", "stage")),
        3,
    ),
    'total("USD").items': (lambda fresh: deque(fresh.total("USD").items, maxlen=0), 3),
}
_SELECTIONS: Mapping[str, Select] = {
    "half of the companies": lambda ds: ds.where(lambda pledge: pledge.company < "company-55"),
    "every other pledge": lambda ds: ds.where(lambda pledge: pledge.id[-1] in "13579"),
    "as of a day": lambda ds: ds.as_of("2021-12-01"),
}
"""The first cuts no tree of linked pledges, the others nearly all."""


def adding(rounds: int, size: int) -> list[Ratio]:
    """Compare totals of unlinked pledges with py-moneyed's plain sums, and of linked with those."""
    pledges = unlinked(size)
    plain, tied = dataset(pledges), dataset(linked(pledges))
    subjects = {_SUMS: _sums(pledges)}
    for kind, full in (("unlinked", plain), ("linked", tied)):
        for name, (work, _) in _WORKS.items():
            subjects[f"{kind}: {name}"] = _fresh(full, Dataset.where, work)
        for name, select in _SELECTIONS.items():
            subjects[f"{kind}: {_TOTAL}, {name}"] = _fresh(full, select, _WORKS[_TOTAL][0])
    firsts = {name: _first(full) for name, full in (("unlinked", plain), ("linked", tied))}
    first = seconds(1, {f"{kind}: the first {_TOTAL}": one for kind, one in firsts.items()})
    taken = seconds(rounds, subjects)
    total, (unlinked_first, linked_first) = f"unlinked: {_TOTAL}", first.values()
    return [
        Ratio(f"{total} / {_SUMS}", taken[total] / taken[_SUMS], 1),
        Ratio(f"the first {_TOTAL}, linked / unlinked", linked_first / unlinked_first, 2),
        *(
            Ratio(f"linked: {name} / {total}", taken[f"linked: {name}"] / taken[total], aim)
            for name, (_, aim) in _WORKS.items()
        ),
        *(
            Ratio(f"{one}, linked / unlinked", taken[f"linked: {one}"] / taken[f"unlinked: {one}"])
            for one in (*_WORKS, *(f"{_TOTAL}, {name}" for name in _SELECTIONS))
        ),
    ]


def _first(full: Dataset) -> Prepare:
    """Total a dataset for the first time, of which nothing but the links is settled yet."""
    return lambda: lambda: full.total("USD")


def _fresh(full: Dataset, select: Select, work: Work) -> Prepare:
    """Work on a fresh selection, which is not timed."""

    def prepare() -> Callable[[], object]:
        fresh = select(full)
        return lambda: work(fresh)

    return prepare


def _sums(pledges: list[Pledge]) -> Prepare:
    by_currency: dict[str, list[moneyed.Money]] = defaultdict(list)
    for pledge in pledges:
        money = moneyed.Money(pledge.amount.amount, pledge.amount.currency)
        by_currency[pledge.amount.currency].append(money)
    return lambda: lambda: [sum(moneys) for moneys in by_currency.values()]
