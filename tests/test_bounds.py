"""The low and the high of what counts, and how far parts grow inside a whole."""

from decimal import Context, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonprosperity import Money
from strategies import dataset, pledge


@pytest.mark.parametrize(
    ("facts", "low", "high"),
    [
        ({"qualifier": "exact"}, "1500", "1500"),
        ({"qualifier": "up_to"}, "0", "1500"),
        ({"qualifier": "at_least"}, "1500", None),
        ({"qualifier": "about"}, "1450", "1550"),
        ({"high": "2 thousand CNY"}, "1500", "2000"),
        ({"high": "2 thousand CNY", "qualifier": "up_to"}, "0", "2000"),
        ({"high": "2 thousand CNY", "qualifier": "at_least"}, "1500", "2000"),
        ({"high": "2 thousand CNY", "qualifier": "about"}, "1450", "2050"),
    ],
)
def test_bounds_of_an_amount(facts: dict[str, str], low: str, high: str | None) -> None:
    total = dataset(pledge("a", "1.5 thousand CNY", **facts)).total("CNY")
    assert (total.low, total.amount) == (Money(low, "CNY"), Money(1500, "CNY"))
    assert total.high == (high and Money(high, "CNY"))


@pytest.mark.parametrize(
    ("amount", "low", "high"),
    [
        ("100 billion CNY", "95 billion", "105 billion"),
        ("1000亿元", "95 billion", "105 billion"),
        ("0.1 trillion CNY", "95 billion", "105 billion"),
        ("100.0 billion CNY", "95 billion", "105 billion"),
        ("15.49 billion CNY", "15.485 billion", "15.495 billion"),
        ("15.490 billion CNY", "15.485 billion", "15.495 billion"),
        ("1050 CNY", "1045", "1055"),
        ("60 CNY", "59.5", "60.5"),
        ("7 CNY", "6.95", "7.05"),
        ("1 trillion CNY", "950 billion", "1050 billion"),
    ],
)
def test_about_is_half_of_the_last_digit_that_is_not_zero_and_at_least_of_the_second(
    amount: str, low: str, high: str
) -> None:
    total = dataset(pledge("a", amount, qualifier="about")).total("CNY")
    assert (total.low, total.high) == (Money.parse(f"{low} CNY"), Money.parse(f"{high} CNY"))


@given(st.integers(0, 10**6), st.integers(-2, 9), st.integers(0, 5))
def test_bounds_hang_on_no_spelling(digits: int, exponent: int, zeros: int) -> None:
    one = Money(f"{digits}E{exponent}", "CNY")
    other = Money(f"{digits}{'0' * zeros}E{exponent - zeros}", "CNY")
    totals = [dataset(pledge("a", m, qualifier="about")).total("CNY") for m in (one, other)]
    assert one == other
    assert totals[0].low == totals[1].low
    assert totals[0].high == totals[1].high


def test_bounds_of_long_amounts_are_exact_in_any_decimal_context() -> None:
    record = pledge("a", Money(f"1{'0' * 38}1", "CNY"), qualifier="about")
    counting = dataset(record).counting
    with localcontext(Context(prec=3)):
        low, high = counting.at_low.line(record), counting.at_high.line(record)
    assert low == (Decimal(f"1{'0' * 39}.5"), "counted", True)
    assert high == (Decimal(f"1{'0' * 38}1.5"), "counted", True)


def test_about_nothing_is_never_less_than_nothing() -> None:
    total = dataset(pledge("a", "0 CNY", qualifier="about")).total("CNY")
    assert (total.low, total.high) == (Money(0, "CNY"), Money("0.5", "CNY"))


def test_whole_at_its_high_leaves_more_over() -> None:
    ds = dataset(
        pledge("whole", high="150 CNY", qualifier="up_to"),
        pledge("part", "60 CNY", part_of="whole", high="80 CNY"),
    )
    total = ds.total("CNY")
    assert (total.low, total.high) == (Money(60, "CNY"), Money(150, "CNY"))


@pytest.mark.parametrize(
    ("whole", "high"),
    [
        ({}, "100"),
        ({"qualifier": "up_to"}, "100"),
        ({"high": "150 CNY"}, "150"),
        ({"high": "150 CNY", "qualifier": "up_to"}, "150"),
        ({"high": "150 CNY", "qualifier": "at_least"}, "150"),
        ({"qualifier": "about"}, "180"),
        ({"qualifier": "at_least"}, None),
    ],
)
def test_part_grows_at_its_high_into_what_a_firm_whole_leaves_over(
    whole: dict[str, str], high: str | None
) -> None:
    part = pledge("part", "60 CNY", part_of="whole", high="180 CNY")
    total = dataset(pledge("whole", **whole), part).total("CNY")
    assert total.high == (high and Money(high, "CNY"))


@pytest.mark.parametrize(
    ("qualifiers", "high"),
    [
        (("at_least", "exact", "exact"), None),
        (("exact", "at_least", "exact"), "100"),
        (("exact", "exact", "at_least"), "100"),
        (("about", "exact", "at_least"), "105"),
        (("about", "at_least", "exact"), None),
        (("about", "about", "at_least"), None),
        (("exact", "about", "at_least"), "100"),
    ],
)
def test_at_least_has_an_upper_end_where_a_firm_whole_is_above_it(
    qualifiers: tuple[str, str, str], high: str | None
) -> None:
    whole, middle, part = qualifiers
    ds = dataset(
        pledge("whole", qualifier=whole),
        pledge("middle", part_of="whole", qualifier=middle),
        pledge("part", part_of="middle", qualifier=part),
    )
    assert ds.total("CNY").high == (high and Money(high, "CNY"))


def test_rounded_parts_come_to_no_more_than_their_exact_whole() -> None:
    ds = dataset(
        pledge("whole"),
        pledge("a", "60 CNY", part_of="whole", qualifier="about"),
        pledge("b", "40 CNY", part_of="whole", qualifier="about"),
    )
    total = ds.total("CNY")
    assert (total.low, total.high) == (Money(100, "CNY"), Money(100, "CNY"))


def test_what_a_whole_leaves_over_goes_to_the_part_that_was_announced_first() -> None:
    ds = dataset(
        pledge("whole", "100 CNY"),
        pledge("late", "20 CNY", part_of="whole", high="90 CNY", announced="2021-03"),
        pledge("b", "20 CNY", part_of="whole", high="40 CNY", announced="2021-02"),
        pledge("a", "20 CNY", part_of="whole", high="35 CNY", announced="2021-02"),
    )
    lines = ds.counting.at_high.lines
    assert {id_: line.amount for id_, line in lines.items()} == {
        "a": 35, "b": 40, "late": 25, "whole": 0,
    }  # fmt: skip


def test_parts_that_exceed_their_whole_as_stated_grow_no_further() -> None:
    ds = dataset(
        pledge("whole", "10 CNY", qualifier="up_to"),
        pledge("a", "8 CNY", part_of="whole", high="20 CNY"),
        pledge("b", "7 CNY", part_of="whole", qualifier="at_least"),
    )
    total = ds.total("CNY")
    assert total.amount == total.high == Money(15, "CNY")


def test_part_grows_within_its_own_whole_without_taking_room_above() -> None:
    ds = dataset(
        pledge("whole", "100 CNY"),
        pledge("firm", "60 CNY", part_of="whole"),
        pledge("inside", "20 CNY", part_of="firm", qualifier="at_least"),
        pledge("last", "30 CNY", part_of="whole", qualifier="at_least", announced="2022"),
    )
    lines = ds.counting.at_high.lines
    assert {id_: line.amount for id_, line in lines.items()} == {
        "whole": 0, "firm": 0, "inside": 60, "last": 40,
    }  # fmt: skip


def test_part_in_another_currency_grows_in_the_ratio_of_its_own_figures() -> None:
    ds = dataset(
        pledge("whole", "100 CNY"),
        pledge("part", "10 USD", equivalents=["60 CNY"], qualifier="at_least", part_of="whole"),
    )
    lines = ds.counting.at_high.lines
    # 40 yuan more are 6.67 dollars more, and these are 40.02 of the yuan.
    assert (lines["part"].amount, lines["whole"].amount) == (Decimal("16.67"), Decimal(0))


@pytest.mark.parametrize("high", [None, "30 million USD"])
def test_about_follows_the_last_digit_of_an_equivalent(high: str | None) -> None:
    part = pledge(
        "part", "15 million USD", high=high, qualifier="about", part_of="whole",
        equivalents=["100 million CNY"],
    )  # fmt: skip
    ds = dataset(pledge("whole", "1 billion CNY"), part)
    left = ds.counting.at_high.lines["whole"].amount
    assert left == 10**9 - (205 if high else 105) * 10**6
    assert ds.counting.at_low.lines["whole"].amount == 10**9 - 95 * 10**6


def test_about_is_as_loose_at_a_worked_out_upper_end_as_the_equivalent_that_is_printed() -> None:
    part = pledge(
        "part", "15 million USD", high="20 million USD", qualifier="about", part_of="whole",
        equivalents=["100 million CNY"],
    )  # fmt: skip
    ds = dataset(pledge("whole", "1 billion CNY"), part)
    # 4/3 of 100 million are 133,333,333.33, and half of the last digit of 100 million is 5 million.
    assert ds.counting.at_high.lines["whole"].amount == Decimal("861666666.67")


def test_all_of_a_tree_may_be_endless() -> None:
    ds = dataset(
        pledge("whole", qualifier="at_least"),
        pledge("part", part_of="whole", qualifier="at_least"),
    )
    assert ds.total("CNY").high is None


def test_at_least_of_a_record_that_does_not_count_is_no_matter() -> None:
    ds = dataset(pledge("a"), pledge("b", restates="a", qualifier="at_least"))
    assert ds.total("CNY").high == Money(100, "CNY")


def test_equivalent_of_a_range_grows_with_the_range() -> None:
    ds = dataset(
        pledge("whole", "200 CNY"),
        pledge("part", "10 USD", high="20 USD", equivalents=["60 CNY"], part_of="whole"),
    )
    total = ds.total("USD", on="2021-01-04")
    rate = 1 / (Fraction("7.9484") / Fraction("1.2296"))
    # At its high the part is 20 dollars and worth 120 yuan of the whole's 200.
    assert total.high == Money.rounded(20 + 80 * rate, "USD")
    assert total.low == total.amount == Money.rounded(10 + 140 * rate, "USD")


def test_equivalent_of_a_range_from_nothing_stays_as_it_is() -> None:
    ds = dataset(
        pledge("whole"),
        pledge("part", "0 USD", high="20 USD", equivalents=["30 CNY"], part_of="whole"),
    )
    rate = Fraction("7.9484") / Fraction("1.2296")
    assert ds.total("CNY", on="2021-01-04").high == Money.rounded(70 + 20 * rate, "CNY")


@pytest.mark.parametrize(
    ("qualifier", "low", "high"), [("about", "69.5", "70.5"), ("up_to", "70", "70")]
)
def test_equivalent_is_as_loose_as_its_amount(qualifier: str, low: str, high: str) -> None:
    part = pledge(
        "part", "50 USD", qualifier=qualifier, equivalents=[Money("3E+1", "CNY")], part_of="whole"
    )
    total = dataset(pledge("whole"), part).total("CNY", on="2021-01-04")
    rate = Fraction("7.9484") / Fraction("1.2296")
    # Where less of the part counts, more is left over of the whole.
    lowest = Fraction("49.5") * rate + Fraction(high) if qualifier == "about" else Fraction(100)
    highest = (Fraction("50.5") if qualifier == "about" else 50) * rate + Fraction(low)
    assert total.low == min(total.amount, Money.rounded(lowest, "CNY"))
    assert total.high == max(total.amount, Money.rounded(highest, "CNY"))
