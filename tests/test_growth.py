"""What links take grows with the records and not with their square, and needs no recursion.

No clock is asked, which other work on the machine would disturb: function calls are counted.
"""

import gc
import sys
from collections.abc import Callable, Mapping
from types import FrameType

import pytest

import commonprosperity as cp
from commonprosperity.table import Column, Table

FEW, MANY = 200, 1100  # more than the thousand calls that Python lets be inside one another

LINKS: Mapping[str, Callable[[int], dict[str, object]]] = {
    "a chain of versions": lambda at: {"supersedes": f"p{at - 1}"},
    "a chain of tellings": lambda at: {"restates": f"p{at - 1}"},
    "tellings of one": lambda _: {"restates": "p0"},
    "a chain of parts": lambda at: {"part_of": f"p{at - 1}"},
    "parts of one": lambda _: {"part_of": "p0"},
    "open parts of one": lambda _: {"part_of": "p0", "qualifier": "at_least"},
    "refunds of one": lambda _: {"part_of": "p0", "amount": "-1 CNY", "stage": "disbursement"},
}

WORK: Mapping[str, Callable[[cp.Dataset], object]] = {
    "total": lambda ds: ds.total("CNY").amount,
    "bounds": lambda ds: (ds.total("CNY").low, ds.total("CNY").high),
    "groups": lambda ds: ds.totals("CNY", by="stage"),
    "explain": lambda ds: ds.total("CNY").explain(),
    "progress": lambda ds: ds.progress(to="CNY"),
    "check": lambda ds: ds.check(),
}


def linked(size: int, link: Callable[[int], dict[str, object]]) -> cp.Dataset:
    """Return a dataset of records that are all linked."""
    company = cp.Company(id="acme", name="Acme")
    facts = {"company": "acme", "announced": "2021-09-02", "amount": "100 CNY"}
    first = cp.Pledge(id="p0", **facts | {"stage": "disbursement"})  # type: ignore[arg-type]
    others = (
        cp.Pledge(id=f"p{at}", **{"stage": "disbursement"} | facts | link(at))  # type: ignore[arg-type]
        for at in range(1, size)
    )
    return cp.Dataset(companies=[company], pledges=[first, *others])


def calls(work: Callable[[], object]) -> int:
    """Count the function calls of some work, those of functions in C as well."""
    count = 0

    def note(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    gc.collect()
    gc.disable()  # which would call the finalizers of other tests
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
        gc.enable()
    return count


@pytest.mark.parametrize("link", LINKS)
def test_work_on_linked_records_grows_with_their_number(link: str) -> None:
    for name, work in WORK.items():
        # Each dataset is made anew, as all selections of one share what they count.
        first, few, many = (linked(size, LINKS[link]) for size in (FEW, FEW, MANY))
        work(first)  # which fills the caches that all datasets have in common
        for_few = calls(lambda work=work, few=few: work(few))  # type: ignore[misc]
        for_many = calls(lambda work=work, many=many: work(many))  # type: ignore[misc]
        assert for_many < 1.2 * for_few * MANY / FEW, name


@pytest.mark.parametrize("link", LINKS)
def test_a_dataset_of_linked_records_is_made_in_calls_that_grow_with_their_number(
    link: str,
) -> None:
    linked(FEW, LINKS[link])
    for_few = calls(lambda: linked(FEW, LINKS[link]))
    for_many = calls(lambda: linked(MANY, LINKS[link]))
    assert for_many < 1.2 * for_few * MANY / FEW


@pytest.mark.parametrize("text", ["word ", "腾", "x", "a-", "👩\u200d🚀", "é "])
@pytest.mark.parametrize("width", [None, 80])
def test_the_text_of_a_cell_grows_with_its_characters(text: str, width: int | None) -> None:
    def table(size: int) -> Table:
        return Table([Column("what"), Column("who")], [[text * size, "acme"]], whole=True)

    table(FEW).text(width)
    for_few = calls(lambda: table(FEW).text(width))
    for_many = calls(lambda: table(MANY).text(width))
    assert for_many < 1.2 * for_few * MANY / FEW


def test_the_text_of_a_table_grows_with_its_rows() -> None:
    def table(size: int) -> Table:
        return Table([Column("id"), Column("who")], [[f"p{at}", "腾讯 Acme"] for at in range(size)])

    table(FEW).text(80)
    for_few = calls(lambda: table(FEW).text(80))
    for_many = calls(lambda: table(MANY).text(80))
    assert for_many < 1.2 * for_few * MANY / FEW
