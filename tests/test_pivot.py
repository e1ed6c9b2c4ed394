"""Pivots, courses along time, and the largest groups: they add up to the totals they are made of."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity import Company, Dataset, Initiative, Money, Pledge, Totals
from commonprosperity.errors import RecordError
from commonprosperity.table import Kind
from strategies import dataset, pledge

FIELDS = ("company", "year", "month", "stage", "funder", "announced")


@st.composite
def several(draw: st.DrawFn) -> Dataset:
    """Draw pledges of a few companies, years and stages, in two currencies."""
    years = ["2020", "2020-03", "2020-12-31", "2021", "2021-01-05", "2022-02", "2020/2021"]
    return Dataset(
        companies=[Company(id=id_, name=id_.title()) for id_ in ("acme", "bee", "cat", "dog")],
        pledges=[
            Pledge(
                id=f"p{number}",
                company=draw(st.sampled_from(["acme", "bee", "cat", "dog"])),
                amount=Money(draw(st.integers(1, 1000)), draw(st.sampled_from(["CNY", "USD"]))),
                announced=draw(st.sampled_from(years)),
                funder=draw(st.sampled_from([None, "the public"])),
                stage=draw(st.sampled_from(["pledge", "disbursement"])),
            )
            for number in range(draw(st.integers(0, 8)))
        ],
    )


RATES = {"USD/CNY": "7"}
two_fields = st.permutations(FIELDS).map(lambda names: tuple(names[:2]))


def sums(totals: Totals[Any], *positions: int) -> dict[tuple[Any, ...], Fraction]:
    """Add groups up by some of their fields, one by one."""
    added: dict[tuple[Any, ...], Fraction] = defaultdict(Fraction)
    for group, total in totals.items():
        added[tuple(group[at] for at in positions)] += total.exact
    return added


def rounded(sums: Sequence[Fraction]) -> list[Decimal]:
    return [Money.rounded(each, "CNY").amount for each in sums]


@given(several(), two_fields)
def test_pivot_has_every_group_once_and_adds_up_both_ways(ds: Dataset, by: tuple[str, str]) -> None:
    totals = ds.totals("CNY", by=by, rates=RATES)
    pivot = totals.pivot()
    cells = [cell for row in pivot.rows for cell in row[1:-1] if cell is not None]
    assert sorted(cells) == sorted(total.amount.amount for total in totals.values())
    assert sorted(row[-1] for row in pivot.rows) == sorted(rounded([*sums(totals, 0).values()]))
    (total,) = pivot.totals
    assert sorted(total[1:-1]) == sorted(rounded([*sums(totals, 1).values()]))
    assert total[-1] == totals.grand.amount.amount
    assert (total[0], pivot.columns[0].name) == ("total", by[0])
    assert {column.kind for column in pivot.columns[1:]} == {Kind.AMOUNT}
    for at, row in enumerate(pivot.rows):
        assert row[-1] == sum(cell for cell in row[1:-1] if cell is not None)
        assert pivot.rows[at][0] == row[0]


def test_pivot_lays_times_out_in_their_order_and_the_largest_first() -> None:
    ds = dataset(
        pledge("a", "1 CNY", announced="2022"),
        pledge("b", "2 CNY", announced="2020", company="other"),
        pledge("c", "4 CNY", announced="2022", company="other"),
        pledge("d", "4 CNY", announced="2020/2022"),
    )
    pivot = ds.totals("CNY", by=("company", "year")).pivot()
    assert [column.name for column in pivot.columns] == [
        "company", "2020", "2022", "–", "total CNY",
    ]  # fmt: skip
    assert pivot.rows == (("Other", 2, 4, None, 6), ("Acme", None, 1, 4, 5))
    assert pivot.totals == (("total", 2, 5, 4, 11),)
    turned = ds.totals("CNY", by=("year", "company")).pivot()
    assert [column.name for column in turned.columns] == ["year", "Other", "Acme", "total CNY"]
    assert [row[0] for row in turned.rows] == ["2020", "2022", "–"]
    assert "Other    2.00  4.00             6.00" in pivot.text()


def test_pivot_of_three_fields_has_two_down() -> None:
    ds = dataset(pledge("a", "1 CNY"), pledge("b", "2 CNY", stage="commitment", company="other"))
    pivot = ds.totals("CNY", by=("company", "stage", "year")).pivot()
    assert [column.name for column in pivot.columns] == ["company", "stage", "2021", "total CNY"]
    assert pivot.rows == (("Other", "commitment", 2, 2), ("Acme", "pledge", 1, 1))
    assert pivot.totals == (("total", None, 3, 3),)


def test_columns_of_one_name_have_their_ids_beside_it() -> None:
    pytest.importorskip("polars", reason="needs the extra `engines`")
    ds = Dataset(
        companies=[Company(id="a", name="Acme"), Company(id="b", name="Acme B")],
        initiatives=[Initiative(id="x", name="Aid"), Initiative(id="y", name="Aid")],
        pledges=[
            pledge("p", "2 CNY", company="a", initiative="x"),
            pledge("q", "1 CNY", company="b", initiative="y"),
        ],
    )
    pivot = ds.totals("CNY", by=("company", "initiative")).pivot()
    assert [column.name for column in pivot.columns][1:3] == ["Aid (x)", "Aid (y)"]
    assert pivot.to_polars().columns == ["company", "Aid (x)", "Aid (y)", "total CNY"]


def test_pivot_takes_two_fields_and_a_course_takes_a_time() -> None:
    totals = cp.load().totals("CNY", by="company")
    with pytest.raises(RecordError, match=r"by: 'company' is one field, and a pivot takes two: "):
        totals.pivot()
    with pytest.raises(RecordError, match=r"by: 'company' has no time to add up along: "):
        totals.cumulative()


@given(several(), st.permutations(FIELDS), st.integers(1, 2))
def test_a_course_reaches_what_its_groups_come_to(
    ds: Dataset, fields: list[str], number: int
) -> None:
    by = tuple(fields[:number])
    along = [field for field in by if field in {"year", "month", "announced"}]
    totals = ds.totals("CNY", by=by, rates=RATES)
    if not along:
        with pytest.raises(RecordError):
            totals.cumulative()
        return
    table = totals.cumulative()
    assert [column.name for column in table.columns] == [*by, "CNY", "cumulative"]
    assert sorted(row[-2] for row in table.rows) == sorted(
        total.amount.amount for total in totals.values()
    )
    at = len(by) - 1 - by[::-1].index(along[-1])
    reached: dict[tuple[str, ...], Decimal] = defaultdict(Decimal)
    for row in table.rows:
        course = row[:at] + row[at + 1 : len(by)]
        reached[course] += row[-2]
        assert row[-1] == reached[course]
    apart = [position for position in range(len(by)) if position != at]
    assert sorted(reached.values()) == sorted(rounded([*sums(totals, *apart).values()]))
    blank = [None] * (len(by) - 1)
    assert table.totals == (("total", *blank, totals.grand.amount.amount, None),)


def test_a_course_rounds_what_it_has_come_to_once() -> None:
    ds = dataset(*(pledge(f"p{year}", "1 USD", announced=f"{year}") for year in range(2019, 2022)))
    table = ds.totals("CNY", by="year", rates={"CNY/USD": "3"}).cumulative()
    assert [row[1:] for row in table.rows] == [
        (Decimal("0.33"), Decimal("0.33")), (Decimal("0.33"), Decimal("0.67")),
        (Decimal("0.33"), Decimal("1.00")),
    ]  # fmt: skip


def test_what_is_known_by_its_year_comes_at_the_end_of_the_course_of_its_months() -> None:
    ds = dataset(
        pledge("a", "1 CNY", announced="2021"),
        pledge("b", "2 CNY", announced="2021-12"),
        pledge("c", "4 CNY", announced="2022-01"),
        pledge("d", "8 CNY", announced="2021/2022"),
    )
    rows = ds.totals("CNY", by="month").cumulative().rows
    assert rows == (("2021-12", 2, 2), ("2021", 1, 3), ("2022-01", 4, 7), ("–", 8, 15))


@given(
    several(),
    st.sampled_from([*FIELDS, ("company", "year"), ("year", "company")]),
    st.integers(1, 4),
)
def test_the_largest_and_the_others_are_all(ds: Dataset, by: Any, number: int) -> None:
    totals = ds.totals("CNY", by=by, rates=RATES)
    top = totals.top(number)
    assert top.grand == totals.grand
    assert sum(total.exact for total in top.values()) == totals.grand.exact
    assert sorted(p.id for total in top.values() for p in total.pledges) == sorted(p.id for p in ds)
    if isinstance(by, str):
        sizes = sorted((total.exact for total in totals.values()), reverse=True)
        others = sizes[number:]
        assert len(top) == min(len(totals), number + 1)
        if others:
            *kept, rest = top.items()
            word = "1 other" if len(others) == 1 else f"{len(others)} others"
            assert top.names_of(rest[0]) == [word]
            assert rest[1].exact == sum(others)
            assert top[word] == rest[1]
            assert sorted((total.exact for _, total in kept), reverse=True) == sizes[:number]
            assert [group for group, _ in kept] == [g for g in totals if g in dict(kept)]
    else:
        assert len({group[by.index("company")] for group in top}) <= number + 1


def test_the_largest_of_several_fields_are_by_the_first_that_is_no_time() -> None:
    ds = Dataset(
        companies=[Company(id=id_, name=id_.title()) for id_ in ("acme", "bee", "cat")],
        pledges=[
            pledge("a", "4 CNY", announced="2020"),
            pledge("b", "4 CNY", announced="2021"),
            pledge("c", "5 CNY", announced="2021", company="bee"),
            pledge("d", "1 CNY", announced="2021", company="cat"),
            pledge("e", "1 CNY", announced="2020", company="cat"),
        ],
    )
    for by in (("company", "year"), ("year", "company")):
        top = ds.totals("CNY", by=by).top(1)
        names = [top.names_of(group) for group in top]
        at = by.index("company")
        assert [name[at] for name in names] == ["Acme", "2 others", "Acme", "2 others"]
        assert [name[1 - at] for name in names] == ["2020", "2020", "2021", "2021"]
    pivot = ds.totals("CNY", by=("company", "year")).top(1).pivot()
    assert pivot.rows == (("Acme", 4, 4, 8), ("2 others", 1, 6, 7))
    chinese = ds.totals("CNY", by="company").top(1)
    assert [chinese.names_of(group, "zh_CN") for group in chinese][-1] == ["其他2项"]


def test_the_others_of_times_come_last_after_what_is_of_no_time() -> None:
    ds = dataset(
        pledge("a", "5 CNY", announced="2021-03"),
        pledge("b", "1 CNY", announced="2020-05"),
        pledge("c", "8 CNY", announced="2021/2022"),
    )
    top = ds.totals("CNY", by=("year", "month")).top(1)
    names = [top.names_of(group) for group in top]
    assert names == [["–", "–"], ["2 others", "2020-05"], ["2 others", "2021-03"]]
    assert [total.amount.amount for total in top.values()] == [8, 1, 5]
    single = ds.totals("CNY", by="year").top(1)
    assert [*map(single.names_of, single)] == [["–"], ["2 others"]]


@pytest.mark.parametrize("number", [0, -1, 1.5, "2", None])
def test_a_number_of_groups_is_1_or_more(number: Any) -> None:
    with pytest.raises(RecordError, match=r"top: .* is no number of groups; give 1 or more"):
        cp.load().totals("CNY", by="company").top(number)


def test_ledgers_are_pivoted_and_put_together_too() -> None:
    pl = pytest.importorskip("polars", reason="needs the extra `engines`")
    frame = pl.DataFrame({
        "donor": ["a", "b", "a", "c"], "amount": [1, 2, 3, 4], "currency": ["CNY", "USD"] * 2,
        "date": ["2020-01-02", "2021-03-04", "2021-03-04", "2020-05-06"],
    })  # fmt: skip
    totals = cp.frames.total(frame, "CNY", by=["donor", "year"], rates={"USD/CNY": "7"})
    assert totals.pivot().rows == (("c", 28, None, 28), ("b", None, 14, 14), ("a", 1, 3, 4))
    top = totals.top(1)
    assert [(*top.names_of(group), total.amount.amount) for group, total in top.items()] == [
        ("c", "2020", 28), ("2 others", "2020", 1), ("2 others", "2021", 17),
    ]  # fmt: skip
    assert [row[-1] for row in totals.top(1).cumulative().rows] == [28, 1, 18]
    assert len(top["2 others", "2021"].sums) == 2


def test_groups_in_dataframes_are_in_their_order() -> None:
    pytest.importorskip("polars", reason="needs the extra `engines`")
    frame = cp.load().totals("CNY", by="month").to_polars()
    assert frame["month"].to_list() == ["2021-04", "2021-08", "2021-09", "2021"]
    assert cp.load().totals("CNY", by="company").top(1).to_polars()["company"].to_list() == [
        "Tencent", "2 others",
    ]  # fmt: skip
