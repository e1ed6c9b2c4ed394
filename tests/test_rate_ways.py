"""Rates of any pairs: one series for both directions, one way there and back, no contradictions.

The oracles know the rules alone: a period is a text of dots (nothing published) and crosses, and
ways and circles are all tried.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.rates.contradiction import refuse_contradiction
from commonprosperity.rates.pairs import Pairs

CODES = ("AUD", "BRL", "CNY", "DKK", "EUR")
START = date(2021, 1, 1)
Pair = tuple[str, str]
Pairs_ = dict[Pair, dict[date, Fraction]]

pairs_of_codes = st.permutations(CODES).map(lambda codes: (codes[0], codes[1]))
factors = st.fractions(Fraction(1, 9), 9, max_denominator=20)
days = st.integers(0, 40).map(lambda number: START + timedelta(number))
tables = st.dictionaries(
    pairs_of_codes, st.dictionaries(days, factors, min_size=1, max_size=12), max_size=6
).map(lambda table: {pair: dict(sorted(column.items())) for pair, column in table.items()})
nearly_daily = st.dictionaries(
    pairs_of_codes,
    st.builds(
        lambda missing, first: {
            START + timedelta(number): Fraction(number % 7 + first, 4)
            for number in range(41)
            if number not in missing
        },
        st.sets(st.integers(0, 40)),
        st.integers(1, 9),
    ),
    max_size=4,
)


@st.composite
def periods(draw: st.DrawFn) -> cp.Period:
    start = draw(days)
    return cp.Period(start, start + timedelta(draw(st.sampled_from([0, 0, 1, 2, 3, 8, 15, 30]))))


def series(table: Pairs_, one: str, other: str) -> dict[date, Fraction]:
    """Put both directions of a pair into one, in alphabetical direction."""
    base, quote = sorted((one, other))
    inverted = {day: 1 / factor for day, factor in table.get((quote, base), {}).items()}
    return {**inverted, **table.get((base, quote), {})}


def direct(table: Pairs_, one: str, other: str, on: cp.Period) -> Fraction | None:
    """Work out the rate of a pair by the rules, or None where it has none."""
    numbers = series(table, one, other)
    length = (on.end - on.start).days + 1
    all_days = [on.start + timedelta(number) for number in range(length)]
    line = "".join("x" if day in numbers else "." for day in all_days)
    if "x" in line:
        if re.search(r"^\.{8}|x\.{7,}x|\.{8}$", line):
            return None
        used = [day for day in all_days if day in numbers]
    else:
        before = [on.end - timedelta(number) for number in range(8)]
        used = [day for day in before if day in numbers][:1]
    if not used:
        return None
    base, quote = sorted((one, other))
    if any(day in table.get((base, quote), {}) for day in used):
        mean = sum((numbers[day] for day in used), Fraction(0)) / len(used)
    else:
        mean = len(used) / sum((1 / numbers[day] for day in used), Fraction(0))
    return mean if one == base else 1 / mean


def ways(base: str, quote: str) -> Iterator[tuple[str, ...]]:
    """List all ways between two currencies: the fewest legs first, then by the alphabet."""
    first, last = sorted((base, quote))
    others = [code for code in CODES if code not in {base, quote}]
    for length in range(len(others) + 1):
        for between in sorted(permutations(others, length)):
            yield (first, *between, last)


def expected(table: Pairs_, base: str, quote: str, on: cp.Period) -> Fraction | None:
    """Work out a rate by trying all ways."""
    for way in ways(base, quote):
        legs = [direct(table, one, other, on) for one, other in pairwise(way)]
        if None not in legs:
            product = Fraction(1)
            for leg in legs:
                product *= leg or 0
            return product if way[0] == base else 1 / product
    return None


def answer(rates: cp.Rates, base: str, quote: str, on: cp.Period) -> Fraction | None:
    try:
        return rates.rate(base, quote, on).factor
    except cp.errors.RateNotFoundError:
        return None


class Own(cp.Rates):
    """A user's own source: one method."""

    provider = "mine"
    pivot = "EUR"

    def __init__(self, table: Pairs_) -> None:
        self.table = table

    def published(self, base: str, quote: str, period: cp.Period) -> Mapping[date, Fraction]:
        column = self.table.get((base, quote), {})
        return {day: column[day] for day in reversed(column) if day in period}


@given(tables | nearly_daily, pairs_of_codes, periods())
def test_a_rate_goes_the_first_way_of_which_every_leg_has_a_number(
    table: Pairs_, pair: Pair, on: cp.Period
) -> None:
    rates = Pairs(table, "desk")
    assert answer(rates, *pair, on) == expected(table, *pair, on)


@given(tables | nearly_daily, pairs_of_codes, periods())
def test_an_own_source_goes_directly_or_through_its_pivot(
    table: Pairs_, pair: Pair, on: cp.Period
) -> None:
    base, quote = pair
    through = direct(table, base, "EUR", on) if base != "EUR" else None
    back = direct(table, "EUR", quote, on) if quote != "EUR" else None
    crossed = through * back if through and back else None
    factor = direct(table, base, quote, on)
    assert answer(Own(table), base, quote, on) == (crossed if factor is None else factor)


@given(tables | nearly_daily, pairs_of_codes, periods())
def test_there_and_back_is_exact_by_any_way(table: Pairs_, pair: Pair, on: cp.Period) -> None:
    for rates in (Pairs(table, "desk"), Own(table)):
        there, back = answer(rates, *pair, on), answer(rates, *pair[::-1], on)
        assert (there is None) == (back is None)
        assert there is None or back is None or there * back == 1


@given(tables, pairs_of_codes, periods())
def test_every_leg_is_near_enough(table: Pairs_, pair: Pair, on: cp.Period) -> None:
    try:
        rate = Pairs(table, "desk").rate(*pair, on)
    except cp.errors.RateNotFoundError:
        return
    assert all(on.end - timedelta(7) <= day or on.start <= day for day in rate.days)
    assert all(day <= on.end for day in rate.days)


def desk(folder: Path, rows: str) -> cp.Rates:
    path = folder / "desk.csv"
    path.write_text("date,base,quote,factor\n" + rows, encoding="utf-8")
    return cp.rates.from_csv(path)


def test_a_day_takes_its_own_number_in_either_direction(tmp_path: Path) -> None:
    rates = desk(tmp_path, "2021-09-01,CNY,USD,0.16\n2021-09-03,USD,CNY,6.45\n")
    for on, factor in (("2021-09-02", Fraction("6.25")), ("2021-09-03", Fraction("6.45"))):
        assert rates.rate("USD", "CNY", on).factor == factor
        assert rates.rate("CNY", "USD", on).factor == 1 / factor
    published = rates.rate("USD", "CNY", "2021-09-03")
    assert (published.legs, published.days) == ((), (date(2021, 9, 3),))


def test_a_mean_counts_the_days_of_both_directions_in_alphabetical_direction(
    tmp_path: Path,
) -> None:
    rows = "".join(f"2021-01-{day:02},CNY,USD,0.2\n" for day in (1, 2, 31))
    rows += "".join(f"2021-01-{day:02},USD,CNY,6.5\n" for day in range(3, 31))
    rate = desk(tmp_path, rows).rate("CNY", "USD", "2021-01")
    assert rate.factor == (3 * Fraction("0.2") + 28 / Fraction("6.5")) / 31
    assert len(rate.days) == 31
    assert desk(tmp_path, rows).rate("USD", "CNY", "2021-01").factor == 1 / rate.factor


def test_a_mean_is_of_the_numbers_as_they_are_published_where_one_direction_has_all(
    tmp_path: Path,
) -> None:
    rates = desk(tmp_path, "2021-09-01,USD,CNY,6\n2021-09-02,USD,CNY,7\n2021-01-04,CNY,USD,0.2\n")
    assert rates.rate("USD", "CNY", "2021-09-01/2021-09-02").factor == Fraction("6.5")


def test_of_both_directions_on_one_day_the_alphabetical_one_counts(tmp_path: Path) -> None:
    rates = desk(tmp_path, "2021-09-01,USD,CNY,6.45\n2021-09-01,CNY,USD,0.155\n")
    assert rates.rate("CNY", "USD", "2021-09-01").factor == Fraction("0.155")
    own = Own({("USD", "CNY"): {START: Fraction(6)}, ("CNY", "USD"): {START: Fraction(2)}})
    assert own.rate("USD", "CNY", START).factor == Fraction(1, 2)


@pytest.mark.parametrize("factor", [0, Fraction(0), Fraction(-7), 7.5, "7"])
def test_a_number_the_other_way_must_be_a_fraction_above_0_too(factor: object) -> None:
    own = Own({
        ("CNY", "USD"): {START: Fraction(1, 6)},
        ("USD", "CNY"): {START + timedelta(1): factor},  # type: ignore[dict-item]
    })  # fmt: skip
    with pytest.raises(cp.errors.AmountError, match="a rate is a Fraction above 0, as mine's must"):
        own.rate("USD", "CNY", cp.Period(START, START + timedelta(1)))


def test_a_stale_pair_gives_way_to_a_fresh_way_around_it(tmp_path: Path) -> None:
    rates = desk(
        tmp_path,
        "2015-03-02,USD,CNY,6.27\n2021-09-02,EUR,USD,1.1846\n2021-09-02,EUR,CNY,7.6503\n",
    )
    rate = rates.rate("USD", "CNY", "2021-09-02")
    assert rate.factor == Fraction("7.6503") / Fraction("1.1846")
    assert [(leg.base, leg.quote) for leg in rate.legs] == [("USD", "EUR"), ("EUR", "CNY")]
    assert rates.rate("USD", "CNY", "2015-03-09").factor == Fraction("6.27")
    with pytest.raises(cp.errors.RateNotFoundError, match="known from 2015-03-02"):
        rates.rate("USD", "CNY", "2018")


def test_a_way_of_two_legs_is_taken_before_one_of_three() -> None:
    rates = cp.rates.fixed({"AUD/BRL": "2", "BRL/CNY": "3", "AUD/EUR": "1.5", "EUR/DKK": "2",
                            "DKK/CNY": "2.0"})  # fmt: skip
    assert rates.rate("AUD", "CNY", "2021").factor == 6
    assert rates.rate("CNY", "AUD", "2021").factor == Fraction(1, 6)
    assert [leg.quote for leg in rates.rate("CNY", "AUD", "2021").legs] == ["BRL", "AUD"]


def test_of_two_ways_as_short_the_first_in_the_alphabet_goes_both_ways() -> None:
    rates = cp.rates.fixed({"AUD/BRL": "4", "BRL/ZAR": "3", "ZAR/USD": "0.06",
                            "AUD/CAD": "0.9", "CAD/CHF": "0.7", "CHF/USD": "1.1"})  # fmt: skip
    there, back = rates.rate("AUD", "USD", "2021"), rates.rate("USD", "AUD", "2021")
    assert (there.factor, back.factor) == (Fraction("0.72"), 1 / Fraction("0.72"))
    million = cp.Money(1_000_000, "AUD")
    assert rates.convert(rates.convert(million, "USD", "2021"), "AUD", "2021") == million


def test_an_own_source_may_reach_farther() -> None:
    class Monthly(Own):
        reach = timedelta(31)

    month_ends = {date(2021, month, 28): Fraction(month) for month in range(1, 13)}
    rates = Monthly({("EUR", "CNY"): month_ends})
    assert rates.rate("EUR", "CNY", "2021").factor == Fraction(13, 2)
    assert rates.rate("EUR", "CNY", "2021-12-15").factor == 11
    assert rates.rate("EUR", "CNY", "2022-01-28").factor == 12
    with pytest.raises(cp.errors.RateNotFoundError):
        rates.rate("EUR", "CNY", "2022-01-29")


def test_fixed_rates_know_no_gap() -> None:
    rates = cp.rates.fixed({"USD/CNY": "6"})
    for on in ("0001", "1999/2050", "9999-12-31", "0001/9999"):
        assert rates.rate("CNY", "USD", on).factor == Fraction(1, 6)


def test_a_rate_reported_for_a_day_is_no_mean_of_the_month_around_it() -> None:
    acme = cp.Company(id="acme", name="Acme")
    pledge = cp.Pledge(
        id="a", company="acme", amount="65 CNY", equivalents="10 USD", announced="2021-09-03"
    )
    rates = cp.Dataset().extend(acme, pledge).rates_as_reported()
    assert rates.rate("USD", "CNY", "2021-09-04/2021-09-05").factor == Fraction("6.5")
    with pytest.raises(cp.errors.RateNotFoundError):
        rates.rate("USD", "CNY", "2021-09")


# Contradictions


def spans(stated: Mapping[Pair, Decimal]) -> dict[Pair, tuple[Fraction, Fraction]]:
    """List the least and the most that each factor may be, in both directions."""
    both: dict[Pair, tuple[Fraction, Fraction]] = {}
    for (base, quote), factor in stated.items():
        _, _, exponent = factor.as_tuple()
        half = Fraction(10) ** int(exponent) / 2
        low, high = Fraction(factor) - half, Fraction(factor) + half
        for pair, (least, most) in (
            ((base, quote), (low, high)), ((quote, base), (1 / high, 1 / low))
        ):  # fmt: skip
            known = both.get(pair, (Fraction(0), most))
            both[pair] = max(known[0], least), min(known[1], most)
    return both


def is_contradictory(stated: Mapping[Pair, Decimal]) -> bool:
    """Whether the spans of some circle of pairs leave no room for 1, or those of one pair none."""
    both = spans(stated)
    if any(least > most for least, most in both.values()):
        return True
    for length in range(2, len(CODES) + 1):
        for circle in permutations(CODES, length):
            legs = list(pairwise((*circle, circle[0])))
            if all(leg in both for leg in legs):
                most = Fraction(1)
                for leg in legs:
                    most *= both[leg][1]
                if most < 1:
                    return True
    return False


written = st.builds(
    lambda digits, exponent: Decimal(digits).scaleb(exponent),
    st.integers(1, 99),
    st.sampled_from([-2, -1, 0]),
)


@given(st.dictionaries(pairs_of_codes, written, max_size=7))
def test_pairs_are_refused_where_the_spans_of_a_circle_do_not_meet(
    stated: dict[Pair, Decimal],
) -> None:
    texts = {"/".join(pair): str(factor) for pair, factor in stated.items()}
    if is_contradictory(stated):
        with pytest.raises(cp.errors.AmountError, match=r"give one of them|leave one"):
            cp.rates.fixed(texts)
    else:
        cp.rates.fixed(texts)


@given(st.dictionaries(pairs_of_codes, written, max_size=7))
def test_leaving_out_the_pair_at_fault_until_none_is_leads_to_rates(
    stated: dict[Pair, Decimal],
) -> None:
    left = dict(stated)
    for _ in stated:
        try:
            refuse_contradiction(left)
        except cp.errors.AmountError as error:
            del left[error.value[:3], error.value[4:]]  # type: ignore[index]
    cp.rates.fixed({"/".join(pair): factor for pair, factor in left.items()})


@pytest.mark.parametrize(
    ("stated", "sentence"),
    [
        (
            {"USD/CNY": "6", "EUR/USD": "1.2", "EUR/CNY": "80"},
            "EUR/CNY is 80, but 7.2 through EUR/USD and USD/CNY; leave one of them out",
        ),
        (
            {"EUR/CNY": "80", "USD/CNY": "6", "EUR/USD": "1.2"},
            "EUR/USD is 1.2, but 13.3333 through EUR/CNY and USD/CNY; leave one of them out",
        ),
        (
            {"CNY/AUD": "2", "AUD/DKK": "3", "DKK/USD": "5", "CNY/CAD": "7", "CAD/CHF": "11",
             "CHF/USD": "13"},
            "CHF/USD is 13, but 0.38961 through CAD/CHF, CNY/CAD, CNY/AUD, AUD/DKK and DKK/USD; "
            "leave one of them out",
        ),
        (
            {"USD/CNY": "6.4558", "CNY/USD": "0.16"},
            "CNY/USD is 0.16, but 0.154899 by USD/CNY: it contradicts USD/CNY; give one of them",
        ),
        (
            {"EUR/CNY": "1E+60", "CNY/JPY": "1E+60", "JPY/USD": "1E+60", "USD/AUD": "1E+60",
             "AUD/NOK": "1E+60", "NOK/SEK": "1E+60", "EUR/SEK": "2"},
            "EUR/SEK is 2, but 1e+360 through EUR/CNY, CNY/JPY, JPY/USD, USD/AUD, AUD/NOK and NOK/SEK; "
            "leave one of them out",
        ),
    ],
)  # fmt: skip
def test_a_contradiction_names_both_ways(stated: dict[str, str], sentence: str) -> None:
    with pytest.raises(cp.errors.AmountError) as error:
        cp.rates.fixed(stated)
    assert str(error.value) == sentence


@pytest.mark.parametrize(
    "stated",
    [
        {"USD/CNY": "6.4558", "CNY/USD": "0.1549"},
        {"USD/CNY": "6.4558", "CNY/USD": "0.15"},
        {"EUR/USD": "1.2", "USD/CNY": "6", "EUR/CNY": "7.6"},
        {"EUR/USD": "1.1846", "USD/CNY": "6.4581", "EUR/CNY": "7.6503", "CNY/JPY": "17.04",
         "USD/JPY": "110.05", "JPY/EUR": "0.00767"},
        {"USD/CNY": "2", "CNY/USD": "1"},  # 1 / 1.5 and 1 * 1.5 meet at 1.5 alone
    ],
)  # fmt: skip
def test_pairs_that_agree_within_their_rounding_are_taken(stated: dict[str, str]) -> None:
    for pair, factor in stated.items():
        base, quote = pair.split("/")
        rate = cp.rates.fixed(stated).rate(base, quote, "2021").factor
        assert rate == Fraction(factor) or f"{quote}/{base}" in stated


def test_a_whole_table_of_crosses_is_checked_at_once() -> None:
    codes = [
        "AUD", "BGN", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "GBP", "HKD", "HUF", "IDR", "ILS",
        "INR", "ISK", "JPY", "KRW", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "RON", "SEK", "SGD",
    ]  # fmt: skip
    on = "2021-09-02"
    crosses = {
        f"{base}/{quote}": f"{float(cp.rates.ecb().rate(base, quote, on).factor):.6f}"
        for base in codes
        for quote in codes
        if base < quote
    }
    assert len(crosses) == 325
    rate = cp.rates.fixed(crosses).rate("SGD", "AUD", on).factor
    assert 1 / rate == Fraction(crosses["AUD/SGD"])
    wrong = crosses | {"SEK/SGD": "1.16"}
    with pytest.raises(cp.errors.AmountError, match=r"^SEK/SGD is 1.16, but 0.15"):
        cp.rates.fixed(wrong)


def test_directions_of_a_file_contradict_each_other_beyond_their_rounding_alone(
    tmp_path: Path,
) -> None:
    rows = "2021-09-03,USD,CNY,6.45\n2021-09-03,CNY,USD,{}\n2021-09-04,CNY,USD,0.5\n"
    for factor in ("0.155", "0.16", "0.2", "0.1550", "0.1549", "0.15503"):
        assert desk(tmp_path, rows.format(factor))
    for factor in ("0.154", "0.15485", "0.3", "0.15517"):
        with pytest.raises(cp.errors.FileError, match=r":3: .*it contradicts USD/CNY; give one"):
            desk(tmp_path, rows.format(factor))


def test_rates_far_from_any_float_are_written() -> None:
    factors = {"EUR/CNY": "1E+60", "CNY/JPY": "1E+60", "JPY/USD": "1E+60", "USD/AUD": "1E+60",
               "AUD/NOK": "1E+60", "NOK/SEK": "1E+60"}  # fmt: skip
    rates = cp.rates.fixed(factors)
    assert str(rates.rate("EUR", "SEK", "2021")) == "1 EUR = 1e+360 SEK on 2021"
    assert str(rates.rate("SEK", "EUR", "2021")) == "1 SEK = 1e-360 EUR on 2021"
    for factor, text in (
        ("0.0001", "0.0001"), ("0.00001", "1e-05"), ("999999", "999999"), ("1234567", "1.23457e+06"),
        ("100", "100"), ("6.4500", "6.45"),
    ):  # fmt: skip
        rate = cp.rates.fixed({"USD/CNY": factor}).rate("USD", "CNY", "2021")
        assert str(rate) == f"1 USD = {text} CNY on 2021"
