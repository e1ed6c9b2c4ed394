import operator
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.units import words
from strategies import CURRENCIES, contexts, moneys

ARTICLE = cp.load()
ON = "2021-09-02"


def test_each_donor_gave_at_most_51_yuan_95() -> None:
    donors = ARTICLE["giving-day-2021-donors"]
    raised = ARTICLE["giving-day-2021-public"]
    assert isinstance(raised, cp.Pledge)
    each = cp.quantity(raised.amount) / cp.quantity(donors)
    assert each.magnitude == Fraction(3_569_000_000, 68_700_000)
    assert words(each) == "51.95 CNY/person"


def test_quarters_of_profit_to_reach_the_ceiling() -> None:
    profit = ARTICLE["pinduoduo-net-profit"]
    ceiling = ARTICLE["pinduoduo-agricultural-research"]
    assert isinstance(ceiling, cp.Pledge)
    assert isinstance(profit, cp.Figure)
    quarters = cp.quantity(ceiling.amount) / (profit.quantity / cp.quantity(1, "quarter"))
    assert quarters.to("quarter").magnitude == Fraction(25, 6)
    assert words(quarters) == "4.17 quarter"


def test_pledge_is_spread_over_the_time_that_it_is_to_be_spent_in() -> None:
    pledge = ARTICLE["alibaba-ten-actions"]
    assert isinstance(pledge, cp.Pledge)

    assert pledge.per("day").magnitude == Fraction(100_000_000_000, 121 + 3 * 365 + 1)
    assert pledge.per("year").magnitude == pledge.per("day").magnitude * Fraction("365.25")
    assert pledge.per("month").magnitude * 12 == pledge.per("year").magnitude


@pytest.mark.parametrize(
    ("spend", "unit", "share"),
    [
        ("2022/2024", "year", "1/3"),
        ("2022/2024", "years", "1/3"),
        ("2022/2024", "quarter", "1/12"),
        ("2022/2024", "month", "1/36"),
        ("2022/2024", "day", "1/1096"),
        ("2022/2024", "week", "7/1096"),
        ("2024", "month", "1/12"),
        ("2022-04/2023-03", "year", "1"),
        ("2022-Q1", "month", "1/3"),
        ("2022-Q1", "year", "4"),
        ("2024-02", "month", "1"),
        ("2023-12/2024-01", "month", "1/2"),
        ("2022-01-02/2022-12-31", "year", "365.25/364"),
        ("2022-01-01/2022-12-30", "month", "365.25/364/12"),
        ("9999-12", "month", "1"),
    ],
)
def test_whole_calendar_months_are_divided_by_their_number(
    spend: str, unit: str, share: str
) -> None:
    pledge = cp.Pledge(id="p", company="c", amount="1 CNY", announced="2021", spend=spend)
    first, *divisors = map(Fraction, share.split("/"))
    for divisor in divisors:
        first /= divisor
    assert pledge.per(unit).magnitude == first


def test_pledge_without_a_time_is_not_spread() -> None:
    pledge = ARTICLE["tencent-common-wealth"]
    assert isinstance(pledge, cp.Pledge)
    with pytest.raises(cp.errors.RecordError, match="spend: None is not given"):
        pledge.per("year")


@pytest.mark.parametrize("unit", ["person", "CNY", "year*year"])
def test_pledge_is_spread_over_units_of_time_only(unit: str) -> None:
    pledge = ARTICLE["alibaba-ten-actions"]
    assert isinstance(pledge, cp.Pledge)
    with pytest.raises(cp.errors.UnitError, match="it is no number of"):
        pledge.per(unit)


@pytest.mark.parametrize(
    ("made", "magnitude", "unit"),
    [
        (lambda: cp.quantity(cp.Money("1.5", "CNY")), Fraction(3, 2), "CNY"),
        (lambda: cp.quantity("3.569 billion CNY"), Fraction(3_569_000_000), "CNY"),
        (lambda: cp.quantity("12.5 USD/person"), Fraction(25, 2), "USD/person"),
        (lambda: cp.quantity(5), Fraction(5), ""),
        (lambda: cp.quantity("5"), Fraction(5), ""),
        (lambda: cp.quantity("89", "percent"), Fraction(89), "percent"),
        (lambda: cp.quantity("89 %"), Fraction(89), "percent"),
        (lambda: cp.quantity(Decimal("0.1"), "day"), Fraction(1, 10), "day"),
        (lambda: cp.quantity(Fraction(1, 3), "USD / year"), Fraction(1, 3), "USD/year"),
        (lambda: cp.quantity("7 day"), Fraction(7), "day"),
    ],
)
def test_quantity_is_made_of_money_numbers_and_texts(
    made: object, magnitude: Fraction, unit: str
) -> None:
    assert callable(made)
    quantity = made()
    assert quantity.magnitude == magnitude
    assert isinstance(quantity.magnitude, Fraction)
    assert words(quantity).partition(" ")[2] == unit


def test_figure_without_a_unit_is_a_plain_number() -> None:
    figure = cp.Figure(id="f", about="acme", value="12")
    assert words(figure.quantity) == "12.00"


@pytest.mark.parametrize("value", [0.5, True, float("nan"), None, "x", "1_000 CNY", "NaN CNY"])
def test_what_is_no_exact_number_is_refused(value: object) -> None:
    with pytest.raises(cp.errors.AmountError):
        cp.quantity(value)


@pytest.mark.parametrize(
    ("unit", "problem"),
    [
        ("RMB", "no unit RMB;"),
        ("CNY/foo*bar", "no unit"),
        ("2*CNY", "write units with"),
        ("CNY+USD", "write units with"),
        ("m**9**9**9**9", "write units with"),
        ("__import__('os').system('true')", "write units with"),
        ("CNY\n", "write units with"),
    ],
)
def test_what_is_no_unit_is_refused(unit: str, problem: str) -> None:
    with pytest.raises(cp.errors.UnitError, match=problem):
        cp.quantity(5, unit)


def test_currencies_never_mix_without_a_rate() -> None:
    from pint import DimensionalityError

    with pytest.raises(DimensionalityError):
        cp.quantity("5 CNY") + cp.quantity("5 USD")
    with pytest.raises(DimensionalityError):
        cp.quantity("5 CNY").to("USD")


def test_registry_is_one_and_private() -> None:
    import pint

    assert cp.units.registry() is cp.units.registry()
    assert cp.units.registry() is not pint.application_registry.get()  # type: ignore[no-untyped-call]
    units = cp.units.registry()
    assert units.Quantity(Fraction(3), "month").to("quarter").magnitude == 1
    assert units.Quantity(Fraction(4), "quarter").to("year").magnitude == 1


def test_every_currency_is_a_dimension_of_its_own() -> None:
    from commonprosperity.wording import currency_codes

    units = cp.units.registry()
    dimensions = {str(units.Quantity(1, code).dimensionality) for code in currency_codes()}
    assert len(dimensions) == len(currency_codes())


def rate(base: str, quote: str) -> Fraction:
    return cp.rates.ecb().rate(base, quote, ON).factor


@pytest.mark.parametrize(
    ("value", "to", "expected"),
    [
        ("12 USD/year/person", "CNY/month/person", lambda: rate("USD", "CNY")),
        ("12 person*USD", "CNY*person", lambda: 12 * rate("USD", "CNY")),
        ("5 CNY/USD", "CNY/EUR", lambda: 5 * rate("EUR", "USD")),
        ("5 CNY/USD", "1", lambda: 5 * rate("CNY", "USD")),
        ("5 person/USD", "person/CNY", lambda: 5 / rate("USD", "CNY")),
        ("5 USD^2", "CNY*EUR", lambda: 5 * rate("USD", "CNY") * rate("USD", "EUR")),
        ("5 CNY/year", "CNY/month", lambda: Fraction(5, 12)),
        ("50 percent", "1", lambda: Fraction(1, 2)),
    ],
)
def test_quantity_of_any_shape_is_converted_exactly(value: str, to: str, expected: object) -> None:
    assert callable(expected)
    assert cp.convert(cp.quantity(value), to, on=ON).magnitude == expected()


def test_quantity_of_one_currency_needs_no_rate() -> None:
    assert cp.convert(cp.quantity("12 KZT/year"), "KZT/month", on="1800").magnitude == 1


@pytest.mark.parametrize(
    ("value", "to"), [("5 USD/year", "CNY"), ("5 USD", "CNY^2"), ("5 USD", "day")]
)
def test_quantity_of_another_kind_is_refused(value: str, to: str) -> None:
    with pytest.raises(cp.errors.UnitError, match="it is no number of"):
        cp.convert(cp.quantity(value), to, on=ON)


def test_money_is_converted_to_money() -> None:
    assert cp.convert("5 USD", "CNY", on=ON) == cp.rates.ecb().convert(
        cp.Money(5, "USD"), "CNY", ON
    )
    fixed = cp.rates.fixed({"USD/CNY": "6.4558"})
    assert cp.convert(cp.Money(5, "USD"), "CNY", on="1800", rates=fixed) == cp.Money("32.28", "CNY")


@given(moneys, st.sampled_from(CURRENCIES))
def test_quantity_there_and_back_is_the_same(money: cp.Money, other: str) -> None:
    there = cp.convert(cp.quantity(money), other, on=ON)
    assert cp.convert(there, money.currency, on=ON).magnitude == Fraction(money.amount)
    assert cp.Money.rounded(there.magnitude, other) == cp.convert(money, other, on=ON) or (
        money.currency == other
    )


def test_conversion_in_threads_is_the_same_as_alone() -> None:
    shapes = [(f"{n} {code}/year/person", code) for n in range(1, 40) for code in CURRENCIES]

    def one(shape: tuple[str, str]) -> Fraction:
        return Fraction(cp.convert(cp.quantity(shape[0]), "CNY/month/person", on=ON).magnitude)

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(one, shapes))
    assert together == [
        Fraction(int(text.split()[0]), 12) * cp.rates.ecb().rate(code, "CNY", ON).factor
        for text, code in shapes
    ]


@pytest.mark.parametrize(
    ("made", "text"),
    [
        ("1000 CNY", "1,000.00 CNY"),
        ("0.005 CNY/person", "0.00 CNY/person"),
        ("0.015 USD", "0.02 USD"),
        ("1 USD/year/person", "1.00 USD/year/person"),
        ("2 person*day", "2.00 person*day"),
    ],
)
def test_words_are_rounded_and_plain(made: str, text: str) -> None:
    assert words(cp.quantity(made)) == text


def test_words_have_a_one_above_what_is_only_below() -> None:
    assert words(1 / cp.quantity("4 year^2")) == "0.25 1/year^2"


def test_unit_that_is_missing_can_be_defined() -> None:
    with pytest.raises(cp.errors.UnitError, match=r"no unit furlong; units.registry\(\).define"):
        cp.quantity(5, "furlong")
    cp.units.registry().define("furlong = [length]")
    assert words(cp.quantity("5 CNY/furlong")) == "5.00 CNY/furlong"


def test_quantity_shows_itself_whatever_its_powers() -> None:
    rate = cp.quantity("5 CNY/year") / cp.quantity("2 year")
    assert repr(rate) == "<Quantity(5/2, 'CNY/year^2')>"
    assert f"{rate}" == str(rate) == "2.50 CNY/year^2"


@pytest.mark.parametrize("value", [cp.Money(5, "CNY"), ARTICLE["giving-day-2021-donors"]])
def test_unit_beside_what_has_one_is_refused(value: object) -> None:
    with pytest.raises(cp.errors.UnitError, match="has a unit of its own"):
        cp.quantity(value, "USD")


def test_figure_is_converted_as_its_quantity() -> None:
    profit = ARTICLE["pinduoduo-net-profit"]
    assert cp.convert(profit, "USD", on=ON).magnitude == rate("CNY", "USD") * 2_400_000_000  # type: ignore[call-overload]


def test_threads_that_ask_first_share_one_registry() -> None:
    code = """
import sys, threading
import commonprosperity as cp
sys.setswitchinterval(1e-5)
start, seen = threading.Barrier(8), []
def ask():
    start.wait()
    seen.append(id(cp.quantity(cp.Money(5, "CNY"))._REGISTRY))
threads = [threading.Thread(target=ask) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(len(set(seen)))
"""
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "1"


@pytest.mark.parametrize(
    ("spec", "text"),
    [
        ("", "0.00 CNY/person"),
        (".6f", "0.001429 CNY/person"),
        (".2e", "1.43e-03 CNY/person"),
        (".3E", "1.429E-03 CNY/person"),
        ("+.6f", "+0.001429 CNY/person"),
        (">18", "   0.00 CNY/person"),
        ("18", "0.00 CNY/person   "),
        ("*^22.4f", "**0.0014 CNY/person***"),
    ],
)
def test_a_format_specification_is_applied(spec: str, text: str) -> None:
    each = cp.quantity("2 million CNY") / cp.quantity("1400000000", "person")
    assert format(each, spec) == text


def test_a_comma_groups_the_digits_of_a_quantity() -> None:
    assert f"{cp.quantity('1234567.891 CNY'):,.2f}" == "1,234,567.89 CNY"
    assert f"{cp.quantity('1234567.891 CNY'):.0f}" == "1234568 CNY"


@pytest.mark.parametrize(
    "spec", ["nonsense", ".2f~P", "~P", "D", ".2", ".3g", "f", "5%", ".2%", "n", "010", "=9", "s.2f",
             "0>9999999999999", ".999f", "_.2f", "=+9.2f", "z.2f"],
)  # fmt: skip
def test_any_other_format_specification_is_refused(spec: str) -> None:
    with pytest.raises(
        cp.errors.FormatError, match=r"; give decimals, a width or both, such as \.2f"
    ):
        format(cp.quantity("5 CNY"), spec)


@given(st.fractions(), st.integers(0, 20), contexts)
def test_a_formatted_quantity_is_rounded_once_in_any_context(
    exact: Fraction, digits: int, context: Context
) -> None:
    with localcontext(context):
        text = format(cp.quantity(exact, "CNY"), f".{digits}f")
    number = Fraction(text.removesuffix(" CNY"))
    assert number == Fraction(round(exact * 10**digits), 10**digits)
    assert text.startswith("-") is (number < 0)


@given(st.fractions().filter(bool), st.integers(0, 20))
def test_a_quantity_with_an_exponent_is_rounded_once(exact: Fraction, digits: int) -> None:
    mantissa, _, exponent = format(cp.quantity(exact, "CNY"), f".{digits}e")[:-4].partition("e")
    unit = Fraction(10) ** int(exponent) / 10**digits
    assert Fraction(mantissa) * Fraction(10) ** int(exponent) == round(exact / unit) * unit
    assert 1 <= abs(Fraction(mantissa)) < 10


def test_a_quantity_just_above_a_half_is_rounded_up() -> None:
    assert f"{cp.quantity(Fraction(1, 2) + Fraction(1, 10**40), 'CNY'):.0f}" == "1 CNY"
    assert f"{cp.quantity(Fraction(5, 2), 'CNY'):.0f}" == "2 CNY"
    assert f"{cp.quantity(Fraction(-1, 1000), 'CNY'):.2f}" == "0.00 CNY"


FLOATS: list[Callable[[Any], object]] = [
    lambda quantity: quantity * 0.5,
    lambda quantity: 0.5 * quantity,
    lambda quantity: quantity / 0.5,
    lambda quantity: 0.5 / quantity,
    lambda quantity: quantity**0.5,
    lambda quantity: quantity * float("nan"),
    lambda quantity: operator.imul(quantity, 0.5),  # type: ignore[no-untyped-call]
    lambda quantity: operator.itruediv(quantity, 0.5),  # type: ignore[no-untyped-call]
    lambda quantity: (quantity / quantity) + 0.5,
    lambda quantity: (quantity / quantity) - 0.5,
    lambda _: cp.units.registry().Quantity(0.5, "CNY"),
    lambda _: cp.units.registry().CNY * 0.5,
]


@pytest.mark.parametrize("with_float", FLOATS)
def test_no_float_gets_into_a_quantity(with_float: Callable[[Any], object]) -> None:
    with pytest.raises(
        cp.errors.AmountError, match=r'takes no float; .* such as Fraction\("0\.5"\)$'
    ):
        with_float(cp.quantity("90071992547409931 CNY"))


def test_fractions_and_integers_keep_a_quantity_exact() -> None:
    half = cp.quantity("90071992547409931 CNY") * Fraction("0.5")
    assert half.magnitude == Fraction("45035996273704965.5")
    exact: list[Any] = [half * 3, 3 * half, half / 3, 1 / half, half**2, half // half, -half,
                        abs(half), half + half, half - half, half % half, round(half)]  # fmt: skip
    assert all(isinstance(quantity.magnitude, Fraction) for quantity in exact)
    units = cp.units.registry()
    assert isinstance(units.Quantity(5, "CNY").magnitude, Fraction)
    assert units.Quantity(Decimal("0.1"), "CNY").magnitude == Fraction(1, 10)
    assert units.Quantity("0.1 CNY").magnitude == Fraction(1, 10)


@pytest.mark.parametrize(
    ("to", "unit"), [("person", "person"), ("CNY/day", "CNY/day"), ("", "nothing")]
)
def test_the_unit_that_a_quantity_has_no_value_in_is_named(to: str, unit: str) -> None:
    with pytest.raises(cp.errors.UnitError) as error:
        cp.convert(cp.quantity("5 CNY") / cp.quantity(1, "person"), to, on="2021-09-02")
    assert str(error.value) == f"'5.00 CNY/person': it is no number of {unit}"


def test_number_without_a_unit_is_asked_for_one() -> None:
    with pytest.raises(cp.errors.UnitError, match="it has no unit; write one beside the number"):
        cp.convert(cp.quantity(100), "USD", on=ON)
