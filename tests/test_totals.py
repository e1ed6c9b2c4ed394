import copy
import pickle
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Context, Decimal, Inexact, Rounded, localcontext
from fractions import Fraction
from inspect import currentframe
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity import (
    Company,
    Dataset,
    DoubleCountWarning,
    Initiative,
    Money,
    Period,
    Pledge,
    Rate,
    Rates,
    Stage,
    Totals,
)
from commonprosperity.errors import (
    CurrencyError,
    FieldError,
    GroupNotFoundError,
    MissingRatesError,
    RateNotFoundError,
    SharedNameError,
)
from commonprosperity.rates import ecb
from commonprosperity.table import Kind
from commonprosperity.totals.calendar import TIMES
from commonprosperity.wording import currency_digits
from oracle import Oracle
from strategies import (
    COMPANIES,
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


class Even(Rates):
    """Rates that are all 2 to the yuan, and remember what they were asked for."""

    provider = "even"
    reach = timedelta(366)
    pivot = "CNY"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []

    def rate(self, base: str, quote: str, on: Period | date | str) -> Rate:
        self.asked.append((base, quote, str(on)))
        return super().rate(base, quote, on)

    def published(self, base: str, quote: str, period: Period) -> Mapping[date, Fraction]:
        half = Fraction(1, 2)
        return {period.start: half, period.end: half} if base == "CNY" != quote else {}


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


def article() -> Dataset:
    """A small dataset with everything in it."""
    return dataset(
        pledge("gift", "40 CNY", stage="disbursement", funder="the public"),
        pledge("plan", "100 CNY", company="other", initiative="hope", qualifier="up_to"),
        pledge("first", "30 CNY", company="other", stage="commitment", part_of="plan"),
        pledge("loan", "10 USD", announced="2021-02", funder="the bank", instrument="loan"),
        pledge("told", "9 USD", restates="loan", announced="2021/2022"),
        initiatives=[Initiative(id="hope", company="other", name="Hope")],
    )


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


# Groups


def test_groups_are_told_by_the_values_of_their_field() -> None:
    totals = article().totals("CNY", by="initiative", rates=Even())
    assert {group: total.exact for group, total in totals.items()} == {None: 90, "hope": 70}
    assert [*totals] == [None, "hope"]
    assert totals["hope"].pledges == (article()["plan"],)
    assert len(totals) == 2
    assert totals.by == ("initiative",)


def test_group_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        _ = article().totals("CNY", by="company")["nobody"]
    assert "nobody" not in article().totals("CNY", by="company")


def test_groups_of_several_fields_are_tuples() -> None:
    totals = article().totals("CNY", by=("company", "stage"), rates=Even())
    assert {group: total.exact for group, total in totals.items()} == {
        ("other", "pledge"): 70,
        ("acme", "disbursement"): 40,
        ("other", "commitment"): 30,
        ("acme", "pledge"): 20,
    }
    assert totals.by == ("company", "stage")
    assert [*article().totals("CNY", by=["company"])] == [("acme",), ("other",)]


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("year", {"2021": 160, None: 0}),
        ("month", {"2021-01": 140, "2021-02": 20, None: 0}),
        (lambda p: len(p.id), {4: 130, 5: 30}),
    ],
)
def test_groups_of_time_and_of_functions(
    by: str | Callable[[Pledge], Any], groups: dict[Any, int]
) -> None:
    totals = article().totals("CNY", by=by, rates=Even())
    assert {group: total.exact for group, total in totals.items()} == groups
    assert totals.by == ((by,) if isinstance(by, str) else ("group",))


def test_years_and_months_come_in_their_order_and_the_largest_of_each_first() -> None:
    ds = dataset(
        pledge("a", amount="1 CNY", announced="2021-03", locator="small"),
        pledge("b", amount="9 CNY", announced="2021-01", locator="small"),
        pledge("c", amount="5 CNY", announced="2021-03", locator="large"),
        pledge("d", amount="7 CNY", announced="2019/2020", locator="large"),
    )
    assert [*ds.totals("CNY", by="year")] == ["2021", None]
    assert [*ds.totals("CNY", by="month")] == ["2021-01", "2021-03", None]
    by_both = ds.totals("CNY", by=["locator", "month"])
    assert [*by_both] == [
        ("small", "2021-01"), ("large", "2021-03"), ("small", "2021-03"), ("large", None),
    ]  # fmt: skip
    assert [*ds.progress("month")] == ["2021-01", "2021-03", None]


def test_function_that_returns_years_makes_the_largest_first() -> None:
    ds = dataset(pledge("a", amount="1 CNY"), pledge("b", amount="2 CNY"))
    assert [*ds.totals("CNY", by=lambda p: {"a": "2020", "b": "2021"}[p.id])] == ["2021", "2020"]


def test_year_is_known_where_the_month_is_not_and_comes_at_its_end() -> None:
    ds = dataset(
        pledge("a", announced="2021-Q2"),
        pledge("b", announced="2021"),
        pledge("c", announced="2021-12-31", amount="1 CNY"),
        pledge("d", announced="2022-01-01", amount="1 CNY"),
        pledge("e", announced="2021-12-31/2022-01-01"),
    )
    assert [*ds.totals("CNY", by="year")] == ["2021", "2022", None]
    assert [*ds.totals("CNY", by="month")] == ["2021-12", "2021", "2022-01", None]
    assert [*ds.totals("CNY", by="month").table().rows][1][0] == "2021"


def test_dates_come_in_their_order() -> None:
    ds = dataset(
        pledge("a", announced="2021-03", value_date="2022", amount="1 CNY", spend="2023"),
        pledge("b", announced="2021-01", value_date="2023", amount="2 CNY"),
        pledge("c", announced="2021", value_date="2021", amount="3 CNY", spend="2022"),
    )
    for field, times in (
        ("announced", ["2021-01", "2021", "2021-03"]),  # by start, then end
        ("value_date", ["2021", "2022", "2023"]),
        ("spend", ["2022", "2023", "None"]),
    ):
        assert [*map(str, ds.totals("CNY", by=field))] == times
        assert [str(time) for _, time in ds.totals("CNY", by=("company", field))] == times


def test_groups_of_equal_sums_are_in_the_order_of_their_names() -> None:
    ds = dataset(*(pledge(f"p{at}", locator=name) for at, name in enumerate("cab")))
    assert [*ds.totals("CNY", by="locator")] == ["a", "b", "c"]


def test_shares_are_exact() -> None:
    ds = dataset(pledge("a", "1 CNY"), pledge("b", "2 CNY", company="other"))
    assert ds.totals("CNY", by="company").shares == {
        "other": Fraction(2, 3),
        "acme": Fraction(1, 3),
    }


def test_shares_of_nothing_are_nothing() -> None:
    assert dataset(pledge("a", "0 CNY")).totals("CNY", by="company").shares == {"acme": 0}


@pytest.mark.parametrize("by", ["compny", ["stage", "compny"]])
def test_group_by_what_is_no_field_is_refused_with_the_nearest_one(by: str | list[str]) -> None:
    with pytest.raises(FieldError, match="'compny' is no field of a pledge; did you mean company"):
        dataset().totals("CNY", by=by)


@pytest.mark.parametrize("by", [5, None, (), [5]])
def test_group_by_what_is_no_text_is_refused_with_the_fields_that_there_are(by: Any) -> None:
    with pytest.raises(
        FieldError, match=r" is no field of a pledge; .*there are year, month, id, "
    ):
        dataset().totals("CNY", by=by)


def test_group_by_what_is_nearly_a_year_is_refused_with_it() -> None:
    with pytest.raises(FieldError, match=r"did you mean year\?; there are year, month, id, "):
        dataset().totals("CNY", by="yaer")


def test_table_of_groups_shows_names_stages_payers_and_shares() -> None:
    table = article().totals("CNY", by="company", rates=Even()).table()
    assert [(c.name, c.kind) for c in table.columns] == [
        ("company", Kind.TEXT),
        ("pledged", Kind.AMOUNT),
        ("committed", Kind.AMOUNT),
        ("disbursed", Kind.AMOUNT),
        ("paid by others", Kind.AMOUNT),
        ("CNY", Kind.AMOUNT),
        ("at least", Kind.AMOUNT),
        ("at most", Kind.AMOUNT),
        ("share", Kind.SHARE),
    ]
    assert table.rows == (
        ("Other", 70, 30, None, None, 100, 30, 100, Fraction(5, 8)),
        ("Acme", 20, None, 40, 60, 60, 60, 60, Fraction(3, 8)),
    )
    assert table.totals == (("total", 90, 30, 40, 60, 160, 90, 160, 1),)


def test_table_of_groups_leaves_out_the_stages_where_there_is_one_and_payers_where_there_are_none() -> (
    None
):
    table = dataset(pledge("a"), pledge("b")).totals("CNY", by=["initiative", "company"]).table()
    assert [column.name for column in table.columns] == [
        "initiative", "company", "CNY", "share",
    ]  # fmt: skip
    assert table.rows == (("–", "Acme", 200, 1),)
    assert table.totals == (("total", None, 200, 1),)


def test_table_of_groups_tells_two_stages_apart() -> None:
    ds = dataset(pledge("a"), pledge("b", "7 CNY", stage="disbursement"))
    table = ds.totals("CNY", by="company").table()
    assert table.rows == (("Acme", 100, 7, 107, 1),)
    assert [column.name for column in table.columns][1:3] == ["pledged", "disbursed"]


def test_table_of_groups_shows_other_currencies_beside() -> None:
    yuan, euros = (article().totals(to, by="initiative", rates=Even()) for to in ("CNY", "EUR"))
    table = yuan.table(euros)
    assert (table.columns[-1].name, table.columns[-1].kind) == ("EUR", Kind.AMOUNT)
    assert [(row[0], row[-3], row[-1]) for row in table.rows] == [("–", 90, 45), ("Hope", 70, 35)]
    assert [row[-1] for row in table.totals] == [80]


def test_totals_are_shown_by_their_groups_and_amount() -> None:
    totals = article().totals("CNY", by=["company", "stage"], rates=Even())
    assert repr(totals) == "Totals: 4 groups by company, stage, 160.00 CNY"
    one = dataset(pledge("a")).totals("CNY", by="company")
    assert repr(one) == "Totals: 1 group by company, 100.00 CNY"
    assert str(one) == one.table().text()


def test_total_and_totals_are_shown_with_what_they_are_of() -> None:
    totals = article().totals("CNY", by="company", rates=Even())
    for shown in (totals, totals.grand):
        assert f"<caption>{shown!r}</caption>" in shown._repr_html_()
        assert shown._repr_markdown_().startswith(repr(shown))
        assert str(shown) == shown.table().text(80)
    assert totals._repr_html_().count("<i ") == 2
    assert "background-size: 62.5% 100%" in totals._repr_html_()


def test_dash_among_names_is_explained_and_only_there() -> None:
    some = dataset(pledge("a"), pledge("b", funder="the public"))
    totals = some.totals("CNY", by=("company", "funder"))
    meaning = "– means that none is given"
    years = some.extend(pledge("c", announced="2021/2022"))
    span = "– among years and months means that it may be in several years"
    for by in ("year", "month"):
        assert years.totals("CNY", by=by).table().note == span
        assert some.totals("CNY", by=by).table().note == ""
    assert years.totals("CNY", by=("funder", "year")).pivot().note == f"{meaning}; {span}"
    assert years.totals("CNY", by="spend").table().note == meaning
    for table in (totals.table(), totals.pivot(), some.progress(by="funder").table()):
        assert table.note == meaning
        assert "–" in table.text()
    assert meaning not in str(some.totals("CNY", by="company"))


def test_hundred_groups_are_shown_in_a_notebook_and_all_in_print() -> None:
    totals = dataset(*(pledge(f"p{at}") for at in range(102))).totals("CNY", by="id")
    for shown in (totals._repr_html_(), totals._repr_markdown_()):
        assert "and 2 more" in shown
        assert shown.count("1.0 %") == 100
    assert str(totals).count("1.0 %") == 102


def test_table_of_groups_has_no_bounds_where_all_is_firm_or_other_currencies_stand_beside() -> None:
    firm, open_ended = (dataset(pledge("a", qualifier=said)).totals("CNY", by="company")
                        for said in ("exact", "at_least"))  # fmt: skip
    assert not {"at least", "at most"} & {column.name for column in firm.table().columns}
    assert len(open_ended.table(open_ended).columns) == len(firm.table(firm).columns)
    assert open_ended.table().rows == (("Acme", 100, 100, Decimal("Infinity"), 1),)
    assert "∞" in str(open_ended)


def test_totals_stand_without_names() -> None:
    totals = Totals.of(dataset(pledge("a")).total("CNY"), "company", {})
    assert totals.table().rows[0][0] == "acme"
    assert Totals(totals.grand, totals.by, totals.groups).table().rows == totals.table().rows


# The warning of a double count


def with_initiative(*pledges: Pledge) -> Dataset:
    initiatives = [Initiative(id=id_, company="acme", name=id_) for id_ in ("hope", "more")]
    return Dataset(companies=COMPANIES, initiatives=initiatives, pledges=pledges)


def test_separate_stages_of_one_initiative_are_warned_of_where_the_caller_stands() -> None:
    ds = with_initiative(
        pledge("a", initiative="hope"),
        pledge("b", initiative="hope", stage="commitment"),
        pledge("c", initiative="hope", stage="disbursement"),
    )
    frame = currentframe()
    assert frame
    with pytest.warns(DoubleCountWarning) as caught:
        ds.total("CNY")
    line = frame.f_lineno - 1
    (warning,) = caught
    assert (warning.filename, warning.lineno) == (__file__, line)
    assert str(warning.message) == (
        "hope: a is a pledge and b a commitment, neither inside the other; "
        "if they are the same money, link them with part_of"
    )
    with pytest.warns(DoubleCountWarning) as caught:
        ds.totals("CNY", by="company")
    line = frame.f_lineno - 1
    (warning,) = caught
    assert (warning.filename, warning.lineno) == (__file__, line)


def test_every_initiative_is_warned_of() -> None:
    ds = with_initiative(
        pledge("a", initiative="hope"),
        pledge("b", initiative="more", stage="commitment"),
        pledge("c", initiative="more"),
        pledge("d", initiative="hope", stage="disbursement"),
    )
    with pytest.warns(DoubleCountWarning) as caught:
        ds.total("CNY")
    assert [str(w.message).split(",")[0] for w in caught] == [
        "more: b is a commitment and c a pledge",
        "hope: a is a pledge and d a disbursement",
    ]


def test_stages_that_cannot_be_the_same_money_are_not_warned_of() -> None:
    for ds in (
        # inside one another
        with_initiative(
            pledge("a", initiative="hope"),
            pledge("b", initiative="hope", stage="commitment", part_of="a"),
        ),
        # of two initiatives, or of none
        with_initiative(
            pledge("a", initiative="hope"),
            pledge("b", initiative="more", stage="commitment"),
            pledge("c"),
            pledge("d", stage="commitment"),
        ),
        # one stage
        with_initiative(pledge("a", initiative="hope"), pledge("b", initiative="hope")),
        # another version, or another telling
        with_initiative(
            pledge("a", initiative="hope"),
            pledge("b", initiative="hope", stage="commitment", supersedes="a"),
            pledge("c", initiative="hope", stage="disbursement", restates="b"),
        ),
    ):
        assert ds.total("CNY").amount


def test_pledges_that_are_no_matter_do_not_hide_those_that_are_warned_of() -> None:
    ds = with_initiative(
        pledge("none"),
        pledge("old", initiative="hope", announced="2020"),
        pledge("a", initiative="hope", supersedes="old"),
        pledge("a1", "30 CNY", initiative="hope", part_of="a", stage="disbursement"),
        pledge("b", initiative="hope", stage="commitment"),
    )
    with pytest.warns(DoubleCountWarning, match="hope: a is a pledge and b a commitment"):
        ds.total("CNY")


def test_only_selected_and_known_pledges_are_warned_of() -> None:
    ds = with_initiative(
        pledge("a", initiative="hope"),
        pledge("b", initiative="hope", stage="commitment", announced="2021-03"),
    )
    assert ds.where(stage="pledge").total("CNY").amount == Money(100, "CNY")
    assert ds.as_of("2021-02").total("CNY").amount == Money(100, "CNY")


def test_parts_whose_whole_is_not_selected_are_roots_that_are_warned_of() -> None:
    ds = with_initiative(
        pledge("whole", initiative="hope"),
        pledge("a", initiative="hope", part_of="whole", stage="commitment"),
        pledge("b", initiative="hope", part_of="whole", stage="disbursement"),
    )
    assert ds.total("CNY").amount == Money(200, "CNY")
    with pytest.warns(DoubleCountWarning, match="hope: a is a commitment and b a disbursement"):
        ds.where(id=["a", "b"]).total("CNY")


def test_stages_of_one_initiative_of_two_companies_are_not_warned_of() -> None:
    ds = with_initiative(
        pledge("a", initiative="hope"),
        pledge("b", initiative="hope", company="other", stage="commitment"),
    )
    assert ds.total("CNY").amount == Money(200, "CNY")


def test_withdrawn_roots_are_not_warned_of() -> None:
    ds = with_initiative(
        pledge("old", initiative="hope"),
        pledge("part", "50 CNY", initiative="hope", part_of="old"),
        pledge("gone", "0 CNY", initiative="hope", supersedes="old", announced="2022"),
        pledge("b", "7 CNY", initiative="hope", stage="commitment"),
    )
    assert ds.total("CNY").amount == Money(7, "CNY")
    assert ds.where(id=["part", "b"]).total("CNY").amount == Money(7, "CNY")
    with pytest.warns(DoubleCountWarning, match="hope: old is a pledge and b a commitment"):
        ds.as_of("2021").total("CNY")


# Bounds that need a rate which is not known


def with_a_sum_of_a_year_without_a_mean() -> Dataset:
    return dataset(
        pledge("sum", "100 billion CNY", announced="2026"),
        pledge("a", "60 billion CNY", qualifier="about", announced="2026-03-02", part_of="sum"),
        pledge("b", "40 billion CNY", qualifier="about", announced="2026-05-04", part_of="sum"),
    )


def test_bound_without_a_rate_raises_when_asked_for_and_never_keeps_a_total_from_being_shown() -> (
    None
):
    total = with_a_sum_of_a_year_without_a_mean().total("USD")
    with pytest.raises(RateNotFoundError):
        _ = total.low
    assert total.high == total.amount
    assert total.unknown_bounds == {"low"}
    assert not total.is_firm
    rows = dict(total.table().rows)
    assert rows["at least: not known"] is None
    assert rows["at most"] == total.amount.amount
    for shown in (str(total), total._repr_html_(), total._repr_markdown_(), total.table().json()):
        assert "not known" in shown


def test_high_without_a_rate_is_not_known_either() -> None:
    sure = {"announced": "2021-01-04"}
    ds = dataset(
        pledge("a", "5 USD", **sure),
        pledge("b", "0 USD", high="5 USD", announced="1990"),
    )
    total = ds.total("CNY")
    assert total.unknown_bounds == {"high"}
    assert dict(total.table().rows)["at most: not known"] is None
    assert total.low == total.amount
    table = ds.totals("CNY", by="company").table()
    names = [column.name for column in table.columns]
    assert table.totals[0][names.index("at most")] is None
    assert table.totals[0][names.index("at least")] == total.amount.amount


def test_bounds_of_groups_without_a_rate_are_blank_and_a_note_says_why() -> None:
    pytest.importorskip("pyarrow", reason="needs the extra `all`")
    totals = with_a_sum_of_a_year_without_a_mean().totals("USD", by="company")
    table = totals.table()
    names = [column.name for column in table.columns]
    assert [row[names.index("at least")] for row in (*table.rows, *table.totals)] == [None, None]
    assert table.note == "a blank bound is not known, as a rate that it needs is not"
    for shown in (str(totals), totals._repr_html_(), totals._repr_markdown_()):
        assert "not known" in shown
    assert totals.to_arrow()["at least"].null_count == 1


def test_groups_whose_bounds_are_known_need_no_note() -> None:
    table = cp.load().totals("CNY", by="company").table()
    assert "at least" in [column.name for column in table.columns]
    assert table.note == ""


def test_total_of_firm_amounts_is_firm() -> None:
    assert dataset(pledge("a")).total("CNY").is_firm
    assert not dataset(pledge("a", qualifier="up_to")).total("CNY").is_firm
    assert not dataset(pledge("a", qualifier="at_least")).total("CNY").is_firm


# Groups


def test_pledges_without_an_equivalent_are_the_group_none() -> None:
    ds = dataset(pledge("a"), pledge("b", equivalents=["5 EUR"]))
    totals = ds.totals("CNY", by="equivalents")
    assert {*totals} == {None, (Money(5, "EUR"),)}
    both = ds.totals("CNY", by=("company", "equivalents"))
    assert {*both} == {("acme", None), ("acme", (Money(5, "EUR"),))}


def test_group_is_found_by_its_name_in_any_normal_form() -> None:
    ds = dataset(pledge("a", funder="caf\u00e9"))
    totals, progress = ds.totals("CNY", by="funder"), ds.progress(by="funder")
    for group in ("caf\u00e9", "cafe\u0301"):
        assert group in totals
        assert totals[group] == totals.get(group)
        assert group in progress
        assert progress[group].pledged == Money(100, "CNY")
    both = ds.totals("CNY", by=("company", "funder"))
    assert both["acme", "cafe\u0301"].amount == Money(100, "CNY")
    assert "other" not in totals
    assert totals.get("other") is None


def test_amounts_keep_their_kind() -> None:
    total = article().total("CNY", rates=Even())
    assert isinstance(total.exact, Fraction)
    assert isinstance(total.items[-1].converted, Fraction)
    assert isinstance(total.amount.amount, Decimal)


@pytest.mark.parametrize("by", [[], (), [""], ["company", "compny"]])
def test_groups_by_no_field_are_refused(by: list[str]) -> None:
    with pytest.raises(FieldError, match="is no field of a pledge"):
        cp.load().totals("CNY", by=by)


def test_groups_that_are_tuples_are_shown_as_one_name() -> None:
    totals = cp.load().totals("CNY", by=lambda p: (p.company, p.stage))
    assert totals.table().columns[0].name == "group"
    assert totals.table().rows[0][0].startswith("('alibaba', <Stage.PLEDGE")


def test_only_companies_and_initiatives_are_called_by_their_names() -> None:
    funded = cp.Dataset(
        companies=[cp.Company(id="acme", name="Acme")],
        pledges=[
            cp.Pledge(id="p", company="acme", amount="1 CNY", announced="2021", funder="acme")
        ],
    )
    assert funded.totals("CNY", by="company").table().rows[0][0] == "Acme"
    assert funded.totals("CNY", by="funder").table().rows[0][0] == "acme"


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


def test_fields_to_group_by_may_come_one_by_one() -> None:
    by: Any = (name for name in ("company", "stage"))
    assert cp.load().totals("CNY", by=by).by == ("company", "stage")


def test_nothing_has_no_shares() -> None:
    table = Dataset().totals("CNY", by="company").table()
    assert table.totals[0][-1] is None


def missing(act: Callable[[], object]) -> MissingRatesError:
    with pytest.raises(MissingRatesError) as error:
        act()
    copied = pickle.loads(pickle.dumps(error.value))  # noqa: S301 (our own)
    assert str(copied) == str(error.value)
    assert [ids for _, ids in copied.missing] == [ids for _, ids in error.value.missing]
    return error.value


def test_missing_rates_are_told_all_at_once_with_the_pledges_that_need_them() -> None:
    ds = dataset(
        pledge("a", "7 CNY", announced="1998-03-01"),
        pledge("b", "8 CNY", announced="1998-03-01"),
        pledge("c", "9 KZT"),
        pledge("d", "9 CNY", announced="1997"),
        pledge("known", "5 CNY"),
        pledge("nothing", "0 KZT", announced="1990"),
    )
    error = missing(lambda: ds.total("USD"))
    published = sorted(ecb().published("EUR", "CNY", Period.parse("1990/2050")))
    first, last = published[0], published[-1]
    assert str(error) == (
        f"no CNY rate on 1998-03-01, 1997; the ECB's are known from {first} to {last} "
        "(asked for CNY to USD by a, b, d); no KZT rate on 2021-01-04; the ECB has never published "
        "one; give rates=cp.rates.world(), which has more currencies (asked for KZT to USD by c)"
    )
    assert [(one.base, one.on, ids) for one, ids in error.missing] == [
        ("CNY", "1998-03-01", ("a", "b")), ("KZT", "2021-01-04", ("c",)), ("CNY", "1997", ("d",))
    ]  # fmt: skip
    assert (error.base, error.quote, error.on, error.currency) == (
        "CNY", "USD", "1998-03-01", "CNY"
    )  # fmt: skip
    assert error.nearest == (first,)
    assert isinstance(error, RateNotFoundError)


def test_missing_rates_are_the_same_of_totals_and_of_progress() -> None:
    ds = dataset(pledge("a", "7 CNY", announced="1998"), pledge("b", "9 KZT"))
    sentence = str(missing(lambda: ds.total("USD")))
    for act in (
        lambda: ds.totals("USD", by="company"),
        lambda: ds.progress(to="USD"),
        lambda: ds.progress(by="company", to="USD"),
    ):
        assert str(missing(act)) == sentence


def test_progress_names_the_pledges_inside_a_promise_whose_rate_is_missing() -> None:
    ds = dataset(
        pledge("promise", "7 CNY", announced="1998"),
        pledge("paid", "3 CNY", stage="disbursement", part_of="promise"),
        pledge("rest", "4 CNY", stage="disbursement", part_of="promise", announced="2022-03-01"),
    )
    assert ds.total("USD").amount.amount > 0
    ((error, ids),) = missing(lambda: ds.progress(to="USD")).missing
    assert (error.on, ids) == ("1998", ("paid", "rest"))


def test_a_bound_names_the_pledges_that_need_a_rate_for_it() -> None:
    ds = dataset(
        pledge("sum", "100 CNY", announced="1998"),
        pledge("a", "60 CNY", qualifier="about", part_of="sum"),
        pledge("b", "40 CNY", qualifier="about", part_of="sum"),
    )
    total = ds.total("USD")
    ((error, ids),) = missing(lambda: total.low).missing
    assert (error.on, ids) == ("1998", ("sum",))


def test_a_total_without_an_upper_end_has_none_whatever_rates_are_missing() -> None:
    for ids in ("ab", "ba"):
        ds = dataset(
            *(
                pledge(id_, "1 CNY", qualifier="at_least")
                if id_ == "a"
                else pledge(id_, "0 CNY", high="5 CNY", announced="1998")
                for id_ in ids
            )
        )
        assert ds.total("USD").high is None


def test_the_sentence_of_missing_rates_is_cut_short() -> None:
    many = [pledge(f"p{n}", "1 CNY", announced=f"{1990 + n % 8}-0{n % 9 + 1}") for n in range(99)]
    codes = ["AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AWG"]
    error = missing(lambda: dataset(*many, *(pledge(c, f"1 {c}") for c in codes)).total("USD"))
    sentence = str(error)
    assert "no CNY rate on 1990-01, 1991-02, 1992-03 and 69 more; the ECB's" in sentence
    assert "by p0, p72, p1, p73, p2 and 94 more); no AED rate on 2021-01-04;" in sentence
    assert sentence.endswith("(asked for AMD to USD by AMD); and 3 more")
    assert len(error.missing) == 79
    five = missing(lambda: dataset(*(pledge(c, f"1 {c}") for c in codes[:5])).total("USD"))
    assert str(five).endswith("(asked for AOA to USD by AOA)")
    assert len(sentence) < 1000


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


NAMED = Dataset(
    companies=[
        Company(id="tencent", name="Tencent", name_zh="腾讯", aliases="Tencent Holdings"),
        Company(id="acme", name="Twin"),
        Company(id="twin", name="Twin"),
    ],
    initiatives=[Initiative(id="fund", name="Fund")],
    pledges=[
        pledge("a", "4 CNY", company="tencent", initiative="fund", announced="2021-05"),
        pledge("b", "3 CNY", company="acme"),
        pledge("c", "2 CNY", company="twin", announced="2022"),
    ],
)


@pytest.mark.filterwarnings("ignore::commonprosperity.DoubleCountWarning")
def test_groups_are_found_by_what_they_are_called() -> None:
    totals = NAMED.totals("CNY", by="company")
    for name in ("tencent", "Tencent", "腾讯", "Tencent Holdings", "tencent HOLDINGS", "TENCENT"):
        assert totals[name].amount == Money(4, "CNY")
        assert name in totals
        assert totals.get(name) == totals["tencent"]
    assert NAMED.progress("company")["腾讯"].pledged == Money(4, "CNY")
    both = NAMED.totals("CNY", by=("company", "year"))
    assert both["Tencent", "2021"] == both["tencent", "2021"] == both["腾讯", "2021"]
    assert NAMED.totals("CNY", by="initiative")["Fund"].amount == Money(4, "CNY")
    assert NAMED.totals("CNY", by=lambda p: len(p.id))["1"].amount == Money(9, "CNY")
    public = dataset(pledge("a", funder="the public", funder_zh="公众"), pledge("b", funder="x"))
    by_funder = public.totals("CNY", by="funder")
    assert by_funder["公众"] == by_funder["the public"]
    assert "The Public" not in by_funder
    assert "公众" not in public.totals("CNY", by=lambda pledge: pledge.funder)


@pytest.mark.filterwarnings("ignore::commonprosperity.DoubleCountWarning")
def test_group_that_is_none_or_several_is_refused() -> None:
    totals = NAMED.totals("CNY", by="company")
    with pytest.raises(SharedNameError, match=r"give the id of one: acme, twin$"):
        totals["Twin"]
    with pytest.raises(SharedNameError, match=r"^2 records are called 'Twin'"):
        assert "Twin" in totals
    with pytest.raises(SharedNameError, match=r"^2 records are called 'Twin'"):
        totals.get("Twin")
    assert totals["acme"].amount == Money(3, "CNY")
    others: list[Any] = ["Tencnt", ("tencent",), None, 5, "–"]
    for group in others:
        assert group not in totals
        assert totals.get(group, totals.grand) is totals.grand
        with pytest.raises(KeyError):
            totals[group]
    with pytest.raises(
        GroupNotFoundError, match=r"^no group 'Tencnt'; did you mean tencent\?; there are"
    ):
        totals["Tencnt"]
    both = NAMED.totals("CNY", by=("company", "year"))
    others = ["Tencent", ("Tencent", "2022"), ("Tencent", "2021", "x"), ("Tencent",)]
    for group in others:
        assert group not in both
    empty = NAMED.totals("CNY", by="initiative")
    assert empty[None].amount == Money(5, "CNY")
    assert "–" not in empty
