"""Rates that sources imply: statements that agree within their own rounding are one rate."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.rates import Statement, reported

ON = cp.Period.parse("2021-09-02")


def statement(record: str, amount: str, equivalent: str, on: cp.Period = ON) -> Statement:
    return Statement(record, cp.Money.parse(amount), cp.Money.parse(equivalent), on)


def span(one: Decimal, other: Decimal) -> tuple[Fraction, Fraction]:
    """Return the least and the most that other / one may be before both were rounded."""
    halves = [Fraction(10) ** int(number.as_tuple().exponent) / 2 for number in (one, other)]
    low = (Fraction(other) - halves[1]) / (Fraction(one) + halves[0])
    return low, (Fraction(other) + halves[1]) / (Fraction(one) - halves[0])


digits = st.integers(1, 60)
figures = st.builds(
    lambda whole, exponent: Decimal((0, tuple(map(int, str(whole))), exponent)),
    digits,
    st.sampled_from([-1, 0, 1]),
)


@given(st.lists(st.tuples(figures, figures, st.booleans()), min_size=1, max_size=4))
def test_all_that_agree_are_one_rate_that_of_the_most_precise(
    told: list[tuple[Decimal, Decimal, bool]],
) -> None:
    statements = []
    for number, (dollars, yuan, is_turned) in enumerate(told):
        one, other = cp.Money(dollars, "USD"), cp.Money(yuan, "CNY")
        if is_turned:
            one, other = other, one
        statements.append(Statement(f"r{number}", one, other, ON))
    spans = [span(dollars, yuan) for dollars, yuan, _ in told]
    agree = all(
        max(one[0], other[0]) <= min(one[1], other[1]) for one, other in combinations(spans, 2)
    )
    if not agree:
        with pytest.raises(cp.errors.DatasetError, match="it implies another CNY/USD rate on 2021"):
            reported(statements)
        return
    widths = [high / low for low, high in spans]
    dollars, yuan, _ = told[widths.index(min(widths))]
    assert reported(statements).rate("USD", "CNY", ON).factor == Fraction(yuan) / Fraction(dollars)


def test_two_roundings_of_one_rate_are_the_more_precise_one() -> None:
    rates = reported([
        statement("a", "5,000,000 NOK", "582,276 USD"),
        statement("b", "21,500,000 NOK", "2,503,785 USD"),
        statement("c", "3,673 AED", "1,000 USD"),
    ])  # fmt: skip
    assert rates.rate("NOK", "USD", ON).factor == Fraction(2_503_785, 21_500_000)
    assert rates.rate("USD", "AED", ON).factor == Fraction("3.673")


def test_totals_use_the_rates_of_records_and_else_the_ecbs() -> None:
    def record(id_: str, amount: str, *equivalents: str) -> cp.Pledge:
        return cp.Pledge(
            id=id_, company="n", amount=amount, announced="2020-12-31", equivalents=equivalents
        )

    ds = cp.Dataset().extend(
        cp.Company(id="n", name="N"),
        record("a", "5,000,000 NOK", "582,276 USD"),
        record("b", "21,500,000 NOK", "2,503,785 USD"),
        record("c", "3,673 AED", "1,000 USD"),
        record("d", "100 CNY"),
    )
    rates = cp.rates.first_of(ds.rates_as_reported(), cp.rates.ecb())
    total = ds.total("USD", rates=rates)
    norwegian = Fraction(2_503_785, 21_500_000) * 26_500_000
    yuan = 100 * cp.rates.ecb().rate("CNY", "USD", "2020-12-31").factor
    assert total.exact == norwegian + 1000 + yuan
    for item, amount in zip(total.items[:3], (582_276, 2_503_785, 1_000), strict=True):
        assert round(item.converted) == amount
    assert [item.rate and item.rate.provider for item in total.items][2:] == [
        "sources' own equivalents",
        "ECB",
    ]


def test_each_currency_that_a_source_prints_implies_a_rate() -> None:
    ds = cp.Dataset().extend(
        cp.Company(id="n", name="N"),
        cp.Pledge(id="a", company="n", amount="100 CNY", announced="2021-09-02",
                  equivalents=["15.5 USD", "13.1 EUR", "15.49 USD", "13.05 EUR"]),
        cp.Pledge(id="b", company="n", amount="0 CNY", announced="2021-09-02", equivalents=["0 GBP"]),
        cp.Pledge(id="c", company="n", amount="1 CNY", announced="2021-09-02", equivalents=["0 GBP"]),
    )  # fmt: skip
    rates = cp.rates.first_of(ds.rates_as_reported(), cp.rates.ecb())
    for currency, amount in {"USD": "15.5", "EUR": "13.1"}.items():
        assert ds.where(id="a").total(currency, rates=rates).exact == Fraction(amount)
    assert rates.rate("CNY", "GBP", "2021-09-02").provider == "ECB"


def test_of_equally_precise_statements_the_first_is_the_rate() -> None:
    one, other = statement("a", "10.0 USD", "65.0 CNY"), statement("b", "65.0 CNY", "10.0 USD")
    near = statement("c", "10.0 USD", "65.1 CNY")
    assert reported([one, other, near]).rate("USD", "CNY", ON).factor != Fraction("6.5")
    assert reported([one, other]).rate("USD", "CNY", ON).factor == Fraction("6.5")


def test_spans_that_touch_agree_and_those_beside_each_other_do_not() -> None:
    # 1 CNY for 1 USD may be 1.5 / 0.5 = 3 at most, and 5 for 1 may be 4.5 / 1.5 = 3 at least.
    one = statement("a", "1 USD", "1 CNY")
    for statements in (
        [one, statement("b", "1 USD", "5 CNY")],
        [statement("b", "1 USD", "5 CNY"), one],
    ):
        assert reported(statements)
    with pytest.raises(cp.errors.DatasetError, match=r"b: equivalents: .* than a does"):
        reported([one, statement("b", "1 USD", "6 CNY")])


def test_each_statement_that_disagrees_is_told_and_with_which() -> None:
    with pytest.raises(cp.errors.DatasetError) as error:
        reported([
            statement("a", "10.0 USD", "65.0 CNY"),
            statement("b", "10.0 USD", "75.0 CNY"),
            statement("c", "10 USD", "65 CNY"),
            statement("d", "10.0 USD", "55.0 CNY"),
            statement("e", "10.0 USD", "7 JPY"),
        ])  # fmt: skip
    assert [fault.record for fault in error.value.faults] == ["b", "d"]
    assert all("than a does" in fault.problem for fault in error.value.faults)


def test_two_that_agree_with_a_third_and_not_with_each_other_are_refused() -> None:
    middle, low, high = (
        statement(record, "10 USD", yuan)
        for record, yuan in (("m", "64 CNY"), ("l", "58 CNY"), ("h", "70 CNY"))
    )
    assert reported([middle, low])
    assert reported([middle, high])
    with pytest.raises(cp.errors.DatasetError, match=r"h: equivalents: .* than l does"):
        reported([middle, low, high])


def test_corrections_below_zero_imply_a_rate_too() -> None:
    rates = reported([
        statement("a", "-65 CNY", "-10 USD"), statement("b", "650.0 CNY", "100.0 USD")
    ])  # fmt: skip
    assert rates.rate("USD", "CNY", ON).factor == Fraction("6.5")
    assert reported([statement("a", "-65 CNY", "-10 USD")]).rate("CNY", "USD", ON).factor > 0
