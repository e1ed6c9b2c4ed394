import copy
import pickle
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Context, Decimal, Inexact, Rounded, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity import (
    Dataset,
    Money,
    Period,
    Pledge,
    Rate,
    Stage,
)
from commonprosperity.errors import (
    CurrencyError,
    MissingRatesError,
    RateNotFoundError,
)
from commonprosperity.rates import ecb
from commonprosperity.table import Kind
from commonprosperity.totals import Totals
from commonprosperity.totals.calendar import TIMES
from commonprosperity.wording import currency_digits
from even_rates import Even, article
from oracle import Oracle
from strategies import (
    CONTEXTS,
    INITIATIVES,
    codes,
    dataset,
    dataset_of,
    linked_pledges,
    pledge,
    pools,
    short_periods,
    tangles,
    trees,
)

MAY_COUNT_TWICE = pytest.mark.filterwarnings("ignore::commonprosperity.DoubleCountWarning")


BY: list[Any] = [
    "company",
    "funder",
    "stage",
    "announced",
    "amount",
    ["company", "stage"],
    ["funder"],
    "year",
    "month",
    lambda p: p.amount.currency,
    lambda _: None,
]


class Uneven(Even):
    """Rates of which the dollar's are a day old."""

    def published(self, base: str, quote: str, period: Period) -> Mapping[date, Fraction]:
        day = period.end - timedelta(days=quote == "USD")
        return {day: Fraction(1, 2)} if base == "CNY" else {}


def straightforward(ds: Dataset, to: str) -> Fraction:
    """Add up what the items say, one by one."""
    return sum(
        (
            Fraction(item.counted.amount)
            * ecb().rate(item.counted.currency, to, item.pledge.value_date).factor
            for item in ds.total(to).items
            if item.counted.amount
        ),
        Fraction(0),
    )


# Exactness


@given(linked_pledges(), codes)
def test_total_is_the_exact_sum_rounded_once(pledges: list[Pledge], to: str) -> None:
    ds = dataset_of(pledges)
    total = ds.total(to)
    assert total.exact == straightforward(ds, to) == sum(i.converted for i in total.items)
    digits = currency_digits(to)
    assert all(i.rounded(digits) == Money.rounded(i.converted, to).amount for i in total.items)
    assert total.amount == Money.rounded(total.exact, to)
    assert total.currency == to


def test_pieces_of_a_cent_are_added_before_they_are_rounded() -> None:
    ds = dataset(*(pledge(f"p{n}", "0.005 CNY") for n in range(3)))
    assert ds.total("CNY").exact == Fraction(15, 1000)
    assert ds.total("CNY").amount == Money("0.02", "CNY")


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("0.025 CNY", "0.02"), ("0.035 CNY", "0.04"), ("2.5 JPY", "2"), ("0.0005 KWD", "0.000")],
)
def test_total_is_rounded_half_to_even_to_the_digits_of_its_currency(
    amount: str, rounded: str
) -> None:
    money = Money.parse(amount)
    total = dataset(pledge("a", money)).total(money.currency)
    assert str(total.amount.amount) == rounded
    assert total.exact == Fraction(money.amount)


@given(linked_pledges(), codes, st.data())
def test_order_of_the_records_changes_no_total(
    pledges: list[Pledge], to: str, data: st.DataObject
) -> None:
    one = dataset_of(pledges).total(to)
    other = dataset_of(data.draw(st.permutations(pledges))).total(to)
    assert one.exact == other.exact
    assert (one.low, one.high) == (other.low, other.high)
    assert set(one.items) == set(other.items)


@MAY_COUNT_TWICE
@given(tangles(short_of_equivalents=False), st.randoms(use_true_random=False))
def test_order_of_tangled_records_changes_no_total(pledges: list[Pledge], random: Any) -> None:
    assume(not Oracle(pledges, [p.id for p in pledges]).is_refused())
    shuffled = random.sample(pledges, len(pledges))
    one, other = (
        dataset(*records, initiatives=INITIATIVES).total("USD") for records in (pledges, shuffled)
    )
    assert (one.exact, one.low, one.high) == (other.exact, other.low, other.high)
    assert set(one.items) == set(other.items)


def facts_of(pledges: list[Pledge]) -> tuple[Any, ...]:
    ds = dataset_of(pledges)
    total = ds.total("USD")
    totals = ds.totals("CNY", by="company")
    return (
        total, total.low, total.high, total.items, total.by_stage, total.by_funder,
        [*totals.items()], totals.shares,
    )  # fmt: skip


def test_items_are_a_sequence() -> None:
    ds = dataset(pledge("a"), pledge("b", part_of="a"), pledge("c", "3 CNY"))
    items = ds.total("CNY").items
    first, second, third = items
    assert [item.pledge.id for item in items] == ["a", "b", "c"]
    assert [str(item.counted) for item in items] == ["0 CNY", "100 CNY", "3 CNY"]
    assert [item.reason for item in items] == ["its parts count", "counted", "counted"]
    assert (items[0], items[1], items[-1], items[1:]) == (first, second, third, (second, third))
    assert items == (first, second, third) == items
    assert items == [first, second, third]
    assert items not in ((first, second), {first, second, third})
    assert len({items, ds.total("CNY").items}) == 1
    assert len(items) == 3
    assert third in items
    assert repr(items) == repr((first, second, third))
    for beyond in (3, -4):
        with pytest.raises(IndexError):
            _ = items[beyond]


def test_items_of_groups_are_those_of_the_total() -> None:
    ds = dataset(pledge("a"), pledge("b", part_of="a"), pledge("c", "3 CNY", stage="disbursement"))
    total, groups = ds.total("CNY"), ds.totals("CNY", by=("company", "stage"))
    assert {*total.items} == {item for group in groups.values() for item in group.items}
    assert {*groups} == {("acme", "pledge"), ("acme", "disbursement")}
    assert {*ds.totals("CNY", by=("company",))} == {("acme",)}
    assert {*ds.totals("CNY", by=("year", "company"))} == {("2021", "acme")}


@settings(max_examples=15)
@given(linked_pledges())
def test_callers_decimal_context_changes_no_total(pledges: list[Pledge]) -> None:
    expected = facts_of(pledges)
    for context in CONTEXTS:
        with localcontext(context):
            assert facts_of(pledges) == expected


@pytest.mark.parametrize("context", CONTEXTS)
def test_callers_decimal_context_does_not_touch_long_amounts(context: Context) -> None:
    large = pledge("large", Money("123456789012345678901234567890.12", "CNY"), qualifier="about")
    small = pledge("small", Money("0.000000000000000000000000000012", "CNY"))
    part = pledge("part", Money("0.07", "CNY"), part_of="large", qualifier="about")
    with localcontext(context):
        total = dataset(large, small, part).total("CNY")
        bounds = total.low, total.high
    assert total.exact == Fraction(large.amount.amount) + Fraction(small.amount.amount)
    assert total.items[0].counted == Money("123456789012345678901234567890.05", "CNY")
    # Half of the last digit of the whole; that of the part is within it.
    assert bounds == (
        Money("123456789012345678901234567890.12", "CNY"),  # .115 and the small one
        Money("123456789012345678901234567890.13", "CNY"),  # .125 and the small one
    )


def test_largest_and_smallest_amounts_are_added_exactly() -> None:
    whole = pledge("whole", Money("1E+57", "CNY"))
    ds = dataset(whole, pledge("part", Money("1E-60", "CNY"), part_of="whole"))
    assert ds.total("CNY").exact == Fraction(10) ** 57
    apart = dataset(pledge("a", Money("1E+57", "CNY")), pledge("b", Money("1E-60", "CNY")))
    assert apart.total("CNY").exact == Fraction(10) ** 57 + Fraction(1, 10**60)


@settings(max_examples=20)
@given(linked_pledges())
def test_eight_threads_find_the_same_totals(pledges: list[Pledge]) -> None:
    expected = facts_of(pledges)
    shared = dataset_of(pledges)

    def told(at: int) -> bool:
        with localcontext(CONTEXTS[at]):
            return facts_of(pledges) == expected and shared.total("USD") == expected[0]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(told, range(16)))


# Properties of counting once


@given(linked_pledges(), codes, st.sampled_from(BY))
def test_groups_add_up_to_the_total_exactly(pledges: list[Pledge], to: str, by: Any) -> None:
    ds = dataset_of(pledges)
    totals = ds.totals(to, by=by)
    assert sum(total.exact for total in totals.values()) == totals.grand.exact
    assert totals.grand == ds.total(to)
    assert sum(totals.shares.values()) == (1 if totals.grand.exact else 0)
    exacts = [total.exact for total in totals.values()]
    if by in [*TIMES]:
        # A year alone comes after its months, and what has no time last.
        in_time = [f"{one}~" if isinstance(one, str) else one for one in totals if one is not None]
        assert in_time == sorted(in_time)
        assert None not in [*totals][:-1]
    else:
        assert exacts == sorted(exacts, reverse=True)
    grouped = [p for total in totals.values() for p in total.pledges]
    assert sorted(grouped, key=lambda p: p.id) == sorted(ds, key=lambda p: p.id)


@given(linked_pledges(), codes)
def test_stages_and_funders_are_groups_of_the_total(pledges: list[Pledge], to: str) -> None:
    ds = dataset_of(pledges)
    total = ds.total(to)
    by_stage = {stage: group.amount for stage, group in ds.totals(to, by="stage").items()}
    by_funder = {funder: group.amount for funder, group in ds.totals(to, by="funder").items()}
    assert total.by_stage == by_stage
    assert [*total.by_stage] == [stage for stage in Stage if stage in by_stage]
    assert total.by_funder == by_funder
    assert total.paid_by_others == by_funder.get("the public")


@given(linked_pledges(), codes)
def test_amount_lies_within_its_bounds(pledges: list[Pledge], to: str) -> None:
    total = dataset_of(pledges).total(to)
    assert total.low <= total.amount
    assert total.high is None or total.amount <= total.high


@MAY_COUNT_TWICE
@given(tangles(short_of_equivalents=False))
def test_amount_of_a_tangle_lies_within_its_bounds(pledges: list[Pledge]) -> None:
    assume(not Oracle(pledges, [p.id for p in pledges]).is_refused())
    total = dataset(*pledges, initiatives=INITIATIVES).total("CNY")
    assert total.low <= total.amount
    assert total.high is None or total.amount <= total.high


@MAY_COUNT_TWICE
@given(pools() | trees(), st.sampled_from(BY))
def test_groups_of_pools_and_corrections_add_up_to_the_total_exactly(
    pledges: list[Pledge], by: Any
) -> None:
    assume(not Oracle(pledges, [p.id for p in pledges]).is_refused())
    totals = dataset(*pledges, initiatives=INITIATIVES).totals("USD", by=by)
    assert sum(total.exact for total in totals.values()) == totals.grand.exact
    assert sum((item.converted for item in totals.grand.items), Fraction(0)) == totals.grand.exact
    stages = totals.grand.split_by(lambda pledge: pledge.stage).values()
    assert sum(stage.exact for stage in stages) == totals.grand.exact


@MAY_COUNT_TWICE
@given(pools() | trees() | linked_pledges(), codes, st.sampled_from(BY))
def test_groups_that_make_up_a_total_are_those_that_it_is_taken_apart_into(
    pledges: list[Pledge], to: str, by: Any
) -> None:
    assume(not Oracle(pledges, [p.id for p in pledges]).is_refused())
    ds = dataset(*pledges, initiatives=INITIATIVES)
    totals = ds.totals(to, by=by)
    assert totals.grand == ds.total(to)
    assert [*totals.items()] == [*Totals.of(ds.total(to), by, totals.records).items()]
    for total in totals.values():
        assert sum((item.converted for item in total.items), Fraction(0)) == total.exact


def test_every_pledge_without_a_rate_is_named_whatever_the_groups() -> None:
    ds = dataset(
        pledge("a", announced="1990-01-01"),
        pledge("b", company="other", announced="1990-01-01"),
        pledge("c", company="other", announced="1991-01-01"),
    )
    with pytest.raises(MissingRatesError) as of_groups:
        ds.totals("USD", by="company")
    with pytest.raises(MissingRatesError) as of_all:
        ds.total("USD")
    assert str(of_groups.value) == str(of_all.value)
    assert [ids for _, ids in of_groups.value.missing] == [("a", "b"), ("c",)]


def split(item: Any, sizes: list[int]) -> list[Pledge]:
    """Split what counted of a pledge into parts of its own date and currency."""
    whole, rest, parts = item.pledge, Fraction(item.counted.amount), []
    for at, size in enumerate(sizes):
        amount = min(Fraction(size), rest) if at < len(sizes) - 1 else rest
        rest -= amount
        parts.append(
            pledge(
                f"{whole.id}.{at}",
                Money(int(amount), whole.amount.currency),
                part_of=whole.id,
                announced=whole.announced,
                value_date=whole.value_date,
                equivalents=[Money(0, money.currency) for money in whole.equivalents],
            )
        )
    return parts


@given(linked_pledges(), codes, st.lists(st.integers(0, 600), min_size=1, max_size=4), st.data())
def test_splitting_what_counts_into_parts_changes_no_total(
    pledges: list[Pledge], to: str, sizes: list[int], data: st.DataObject
) -> None:
    before = dataset_of(pledges).total(to)
    counted = [item for item in before.items if item.counted.amount]
    assume(counted)
    parts = split(data.draw(st.sampled_from(counted)), sizes)
    assert dataset_of([*pledges, *parts]).total(to).exact == before.exact


@given(linked_pledges(), codes, st.data())
def test_telling_a_pledge_again_changes_no_total(
    pledges: list[Pledge], to: str, data: st.DataObject
) -> None:
    assume(pledges)
    before = dataset_of(pledges).total(to)
    retold = data.draw(st.sampled_from(pledges))
    again = pledge("again", "7 HKD", restates=retold.id, announced="2005", stage="commitment")
    after = dataset_of([*pledges, again]).total(to)
    assert after.exact == before.exact
    assert after.items[-1].counted.amount == 0


@given(linked_pledges(currency="CNY"))
def test_no_yuan_counts_twice(pledges: list[Pledge]) -> None:
    total = dataset_of(pledges).total("CNY")
    amounts = [Fraction(p.amount.amount) for p in pledges]
    assert max(
        (Fraction(i.pledge.amount.amount) for i in total.items if i.counted.amount), default=0
    ) <= total.exact <= sum(amounts)  # fmt: skip
    assert all(0 <= item.counted.amount <= item.pledge.amount.amount for item in total.items)


@given(linked_pledges(), codes, st.sampled_from(["acme", "other"]), short_periods)
def test_selecting_and_knowing_commute(
    pledges: list[Pledge], to: str, company: str, day: Period
) -> None:
    ds = dataset_of(pledges)
    one, other = ds.where(company=company).as_of(day), ds.as_of(day).where(company=company)
    assert one == other
    assert hash(one) == hash(other)
    assert one.total(to) == other.total(to)
    assert one.total(to).items == other.total(to).items


# Copies


def pickled(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))  # noqa: S301 (our own)


@settings(max_examples=30)
@given(linked_pledges(), st.sampled_from(["new", "used"]))
def test_copies_of_datasets_and_totals_are_equal(pledges: list[Pledge], state: str) -> None:
    ds = dataset_of(pledges)
    total, totals = ds.total("USD"), ds.totals("USD", by="company")
    if state == "used":
        assert total.low <= total.amount
        assert len(total.items) == len(ds)
    for duplicate in (copy.copy, copy.deepcopy, pickled):
        same_ds, same_total, same_totals = map(duplicate, (ds, total, totals))
        assert same_ds == ds
        assert hash(same_ds) == hash(ds)
        assert same_ds.total("USD") == total
        assert same_total == total
        assert hash(same_total) == hash(total)
        assert (same_total.low, same_total.high) == (total.low, total.high)
        assert same_total.items == total.items
        assert same_totals == totals
        assert same_totals.grand == total


def test_totals_of_other_pledges_are_unequal() -> None:
    one, other = dataset(pledge("a")).total("CNY"), dataset(pledge("b")).total("CNY")
    assert one.amount == other.amount
    assert one != other


# Which rates


def test_each_pledge_is_converted_at_the_rate_of_its_value_date() -> None:
    ds = dataset(
        pledge("a", "7 USD"),
        pledge("b", "7 USD", value_date="2020-01-02"),
        pledge("c", "7 USD", value_date="2020"),
    )
    total = ds.total("CNY")
    rates = [ecb().rate("USD", "CNY", on) for on in ("2021-01-04", "2020-01-02", "2020")]
    assert [item.rate for item in total.items] == rates
    assert total.exact == sum(7 * rate.factor for rate in rates)


@pytest.mark.parametrize("on", ["2021-09-02", "2021", Period.parse("2021-09"), date(2021, 9, 2)])
def test_all_are_converted_at_the_rate_of_one_date_when_asked(on: Period | date | str) -> None:
    ds = dataset(pledge("a", "7 USD"), pledge("b", "3 USD", announced="1990-01-01"))
    rate = ecb().rate("USD", "CNY", on)
    assert ds.total("CNY", on=on).exact == 10 * rate.factor
    assert ds.totals("CNY", by="company", on=on)["acme"].exact == 10 * rate.factor
    assert {item.rate for item in ds.total("CNY", on=on).items} == {rate}


def test_rates_of_another_provider_are_used() -> None:
    ds = dataset(pledge("a", "7 USD"))
    assert ds.total("CNY", rates=Even()).amount == Money(14, "CNY")
    assert ds.totals("CNY", by="company", rates=Even()).grand.amount == Money(14, "CNY")


def test_rate_is_looked_up_once_for_a_currency_and_date() -> None:
    rates = Even()
    ds = dataset(
        pledge("a", "7 USD"),
        pledge("b", "8 USD", stage="commitment", qualifier="about"),
        pledge("c", "9 USD", value_date="2021-01"),
        pledge("d", "9 EUR"),
        pledge("e", "9 USD", value_date="2020-12/2021-01-04"),
    )
    totals = ds.totals("CNY", by="id", rates=rates)
    assert totals.grand.low < totals.grand.amount
    assert totals.grand.by_stage
    assert len(totals.grand.items) == 5
    assert sorted(rates.asked) == [
        ("EUR", "CNY", "2021-01-04"),
        ("USD", "CNY", "2020-12/2021-01-04"),
        ("USD", "CNY", "2021-01"),
        ("USD", "CNY", "2021-01-04"),
    ]


def test_money_of_the_currency_asked_for_needs_no_published_rate() -> None:
    (item,) = dataset(pledge("a", announced="1980")).total("CNY").items
    assert item.rate == Rate("CNY", "CNY", Fraction(1), Period.parse("1980"))
    assert item.converted == 100


def test_missing_rate_is_told() -> None:
    with pytest.raises(RateNotFoundError, match="no USD rate on 1990"):
        dataset(pledge("a", "7 USD", announced="1990")).total("CNY")


@pytest.mark.parametrize("code", ["RMB", "cny", "XXX", ""])
def test_currency_that_is_none_is_refused_even_for_no_pledges(code: str) -> None:
    with pytest.raises(CurrencyError):
        Dataset().total(code)


# What a total tells


def test_stages_are_told_apart_in_their_order() -> None:
    total = article().total("CNY", rates=Even())
    assert [*total.by_stage.items()] == [
        (Stage.PLEDGE, Money(90, "CNY")),
        (Stage.COMMITMENT, Money(30, "CNY")),
        (Stage.DISBURSEMENT, Money(40, "CNY")),
    ]
    assert [*article().where(id=["gift", "first"]).total("CNY").by_stage] == [
        "commitment", "disbursement",
    ]  # fmt: skip


def test_funders_are_told_apart_with_the_largest_first() -> None:
    total = article().total("CNY", rates=Even())
    assert [*total.by_funder.items()] == [
        (None, Money(100, "CNY")),
        ("the public", Money(40, "CNY")),
        ("the bank", Money(20, "CNY")),
    ]
    assert total.paid_by_others == Money(60, "CNY")


def test_funders_of_equal_sums_are_in_the_order_of_their_names() -> None:
    funders = ["C", "A", None, "B"]
    ds = dataset(*(pledge(f"p{at}", funder=name) for at, name in enumerate(funders)))
    assert [*ds.total("CNY").by_funder] == [None, "A", "B", "C"]


def test_nobody_else_pays_where_no_funder_is_named() -> None:
    assert dataset(pledge("a")).total("CNY").paid_by_others is None
    assert dataset(pledge("a")).total("CNY").by_funder == {None: Money(100, "CNY")}


def test_every_selected_pledge_is_an_item_in_the_order_of_the_records() -> None:
    items = article().total("CNY", rates=Even()).items
    told = [(i.pledge.id, str(i.counted), i.reason, int(i.converted)) for i in items]
    assert told == [
        ("gift", "40 CNY", "counted", 40),
        ("plan", "70 CNY", "left over by its parts", 70),
        ("first", "30 CNY", "counted", 30),
        ("loan", "10 USD", "counted", 20),
        ("told", "0 USD", "restates loan", 0),
    ]


def test_explanation_has_a_row_a_pledge_and_the_total() -> None:
    ds = article().where(lambda p: p.amount.currency == "USD")
    table = ds.total("JPY").explain()
    factor = ecb().rate("USD", "JPY", "2021-02").factor
    amount = Money.rounded(10 * factor, "JPY").amount
    assert [(c.name, c.kind) for c in table.columns] == [
        ("pledge", Kind.TEXT),
        ("counts", Kind.AMOUNT),
        ("in", Kind.TEXT),
        ("why", Kind.TEXT),
        ("rate", Kind.RATE),
        ("rate of", Kind.TEXT),
        ("JPY", Kind.AMOUNT),
    ]
    assert table.rows == (
        ("loan", 10, "USD", "counted", factor, "mean of 2021-02", amount),
        ("told", 0, "USD", "restates loan", None, None, 0),
    )
    assert table.totals == (("total", None, None, None, None, None, amount),)


def test_explanation_names_the_day_of_a_rate() -> None:
    sunday = dataset(pledge("a", "10 USD", value_date="2021-01-10"), pledge("b"))
    rows = sunday.total("CNY").explain().rows
    assert [row[5] for row in rows] == ["2021-01-08", None]
    assert rows[1][4] == 1


def test_explanation_names_every_day_whose_numbers_were_used() -> None:
    (row,) = dataset(pledge("a", "10 USD")).total("EUR", rates=Uneven()).explain().rows
    assert row[4:] == (1, "2021-01-03, 2021-01-04", 10)


def test_table_of_a_total() -> None:
    table = article().total("CNY", rates=Even()).table()
    assert [(c.name, c.kind) for c in table.columns] == [
        ("what", Kind.TEXT),
        ("CNY", Kind.AMOUNT),
    ]
    assert table.rows == (
        ("pledged", 90),
        ("committed", 30),
        ("disbursed", 40),
        ("paid by the public", 40),
        ("paid by the bank", 20),
        ("as loans", 20),
        ("not said in what", 140),
        ("at least", 90),
        ("at most", 160),
    )
    assert table.totals == (("total", 160),)


def test_table_of_a_total_says_where_there_is_no_upper_end() -> None:
    rows = dataset(pledge("a", qualifier="at_least")).total("CNY").table().rows
    assert rows[-1] == ("at most: no upper end", None)


def test_total_is_shown_by_its_amount_in_words() -> None:
    assert repr(dataset(pledge("a", "2 billion CNY")).total("CNY")) == "Total: 2 billion CNY"


def test_total_of_nothing_is_nothing() -> None:
    total = Dataset().total("CNY")
    assert total.amount == total.low == total.high == Money(0, "CNY")
    assert total.exact == 0
    assert not any((total.items, total.by_stage, total.by_funder))


def test_total_of_firm_amounts_is_firm() -> None:
    assert dataset(pledge("a")).total("CNY").is_firm
    assert not dataset(pledge("a", qualifier="up_to")).total("CNY").is_firm
    assert not dataset(pledge("a", qualifier="at_least")).total("CNY").is_firm


def test_amounts_keep_their_kind() -> None:
    total = article().total("CNY", rates=Even())
    assert isinstance(total.exact, Fraction)
    assert isinstance(total.items[-1].converted, Fraction)
    assert isinstance(total.amount.amount, Decimal)


def test_callers_decimal_context_changes_no_table() -> None:
    totals = cp.load().totals("USD", by="company")
    expected = str(totals), str(totals.grand.explain()), str(totals.grand.table())
    with localcontext(Context(prec=3, traps=[Inexact, Rounded])):
        assert (str(totals), str(totals.grand.explain()), str(totals.grand.table())) == expected


def test_largest_legal_amount_has_a_total() -> None:
    for amount in ("1E+58", "1E+60"):
        pledge = cp.Pledge(id="p", company="acme", amount=cp.Money(amount, "CNY"), announced="2021")
        alone = cp.Dataset(companies=[cp.Company(id="acme", name="Acme")], pledges=[pledge])
        assert alone.total("CNY").amount == pledge.amount


def test_the_rate_of_a_weekend_is_explained_by_the_day_that_it_is_of() -> None:
    ds = dataset(pledge("a", announced="2021-09-04/2021-09-05"), pledge("b", announced="2021-09"))
    weekend, month = ds.total("USD").items
    assert weekend.rate
    assert month.rate
    assert (weekend.rate.is_mean, month.rate.is_mean) == (False, True)
    assert [row[5] for row in ds.total("USD").explain().rows] == ["2021-09-03", "mean of 2021-09"]


def test_instruments_are_told_apart_in_their_order() -> None:
    ds = dataset(
        pledge("a", "1 CNY"),
        pledge("b", "2 CNY", instrument="in_kind"),
        pledge("c", "3 CNY", instrument="loan"),
        pledge("d", "4 CNY", instrument="shares", part_of="a"),
        pledge("e", "5 CNY", instrument="cash"),
    )
    total = ds.total("CNY")
    assert [*total.by_instrument.items()] == [
        ("cash", Money(5, "CNY")), ("shares", Money(4, "CNY")), ("loan", Money(3, "CNY")),
        ("in_kind", Money(2, "CNY")), (None, Money(0, "CNY")),
    ]  # fmt: skip
    rows = [row for row in total.table().rows if row[0].startswith(("in", "as", "not"))]
    assert rows == [
        ("in cash", 5), ("in shares", 4), ("as loans", 3), ("in kind", 2), ("not said in what", 0),
    ]  # fmt: skip
    assert sum(total.by_instrument.values()) == total.amount
    one = ds.where(instrument="loan").total("CNY")
    assert [row[0] for row in one.table().rows] == ["pledged", "at least", "at most"]
