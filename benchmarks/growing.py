"""How the time of totals and checks grows with the pledges, and with chains and stars of links."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from measuring import Prepare, Ratio, seconds
from pledges import dataset, linked, unlinked

from commonprosperity import Company, Dataset, Pledge

Work = Callable[[Dataset], object]
Link = Callable[[int], dict[str, Any]]

_TOTALS: Mapping[str, Work] = {
    'total("USD")': lambda ds: ds.total("USD"),
    'totals("USD", by="company")': lambda ds: ds.totals("USD", by="company"),
}
_CHECK: Mapping[str, Work] = {"check()": lambda ds: ds.check()}

_TELLING: Mapping[str, tuple[Work, float]] = {
    'total("USD").explain()': (lambda ds: ds.total("USD").explain(), 5),
    'progress(to="USD")': (lambda ds: ds.progress(to="USD"), 3),
    "check()": (lambda ds: ds.check(), 20),
}

_SHAPES: Mapping[str, Link] = {
    "a chain of versions": lambda at: {"supersedes": f"p{at - 1}"},
    "a chain of parts": lambda at: {"part_of": f"p{at - 1}"},
    "parts of one": lambda _: {"part_of": "p0"},
    "tellings of one": lambda _: {"restates": "p0"},
}
_WORK_ON_SHAPES: Mapping[str, Work] = {
    "total and bounds": lambda ds: ds.total("CNY").table(),
    "explain": lambda ds: ds.total("CNY").explain(),
    "progress": lambda ds: ds.progress(to="CNY"),
    "check": lambda ds: ds.check(),
}

_A_THIRD_MORE = 4 / 3


def growing(rounds: int, sizes: Sequence[int]) -> list[Ratio]:
    """Compare the time a pledge in the largest dataset and the smallest, a tenth of each linked."""
    datasets = {size: dataset(linked(unlinked(size))) for size in sizes}
    return [*_growths(rounds, _TOTALS, datasets), *_growths(1, _CHECK, datasets)]


def explaining(size: int) -> list[Ratio]:
    """Compare what tells more than a total with one, of pledges of which a tenth is linked."""
    ds = dataset(linked(unlinked(size)))
    total = 'total("USD")'
    subjects = {total: _fresh(ds, lambda fresh: fresh.total("USD"))}
    subjects |= {name: _fresh(ds, work) for name, (work, _) in _TELLING.items()}
    taken = seconds(1, subjects)
    return [
        Ratio(f"{name} / {total}", taken[name] / taken[total], aim)
        for name, (_, aim) in _TELLING.items()
    ]


def shapes(sizes: Sequence[int]) -> list[Ratio]:
    """Compare the time a record of a long chain or star with that of a short one."""
    ratios = []
    for shape, link in _SHAPES.items():
        print(shape)
        ratios.append(_growth(1, f"{shape}: made", {size: _making(size, link) for size in sizes}))
        datasets = {size: _shape(size, link) for size in sizes}
        works = {f"{shape}: {name}": work for name, work in _WORK_ON_SHAPES.items()}
        ratios += _growths(1, works, datasets)
    return ratios


def _growths(
    rounds: int, works: Mapping[str, Work], datasets: Mapping[int, Dataset]
) -> list[Ratio]:
    return [
        _growth(rounds, name, {size: _fresh(each, work) for size, each in datasets.items()})
        for name, work in works.items()
    ]


def _growth(rounds: int, name: str, subjects: Mapping[int, Prepare]) -> Ratio:
    taken = seconds(rounds, {f"{name}, of {size:,}": each for size, each in subjects.items()})
    each = [time / size for time, size in zip(taken.values(), subjects, strict=True)]
    smallest, *_, largest = subjects
    what = f"{name}: one of {largest:,} / one of {smallest:,}"
    return Ratio(what, each[-1] / each[0], _A_THIRD_MORE)


def _fresh(full: Dataset, work: Work) -> Prepare:
    """Work on a fresh selection of everything."""

    def prepare() -> Callable[[], object]:
        fresh = full.where()
        return lambda: work(fresh)

    return prepare


def _making(size: int, link: Link) -> Prepare:
    return lambda: lambda: _shape(size, link)


def _shape(size: int, link: Link) -> Dataset:
    facts: dict[str, Any] = {
        "company": "acme", "amount": "100 CNY", "announced": "2021-09-02", "stage": "disbursement",
    }  # fmt: skip
    pledges = [Pledge(id=f"p{at}", **facts, **(link(at) if at else {})) for at in range(size)]
    return Dataset(companies=[Company(id="acme", name="Acme")], pledges=pledges)
