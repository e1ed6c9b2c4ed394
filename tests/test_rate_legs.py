"""Rates put together of several sources: which legs are taken, whose they are, and what is missing.

The oracle tries all ways with all choices of sources, by the rules alone.
"""

import copy
import pickle
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, permutations, product
from math import prod
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.rates.pairs import Pairs
from test_rate_ways import (
    CODES,
    START,
    Own,
    Pair,
    Pairs_,
    answer,
    days,
    direct,
    expected,
    factors,
    pairs_of_codes,
    periods,
)

Leg = tuple[int, str, str]
"""The number of a source, and a pair."""

tables = st.dictionaries(
    pairs_of_codes, st.dictionaries(days, factors, min_size=1, max_size=9), max_size=3
).map(lambda table: {pair: dict(sorted(column.items())) for pair, column in table.items()})
sources = st.lists(st.tuples(tables, st.booleans()), min_size=1, max_size=3)
"""The numbers of each source, and whether it is a class of a user's own."""
few_sources = st.lists(st.tuples(tables, st.booleans()), min_size=1, max_size=2)


def made(listed: Sequence[tuple[Pairs_, bool]]) -> cp.Rates:
    first, *others = [
        Own(table) if is_own else Pairs(table, f"desk {number}")
        for number, (table, is_own) in enumerate(listed)
    ]
    return cp.rates.first_of(first, *others)


def alone(table: Pairs_, base: str, quote: str, on: cp.Period, *, is_own: bool) -> Fraction | None:
    """Work out what a source answers alone."""
    if not is_own:
        return expected(table, base, quote, on)
    ways = [(base, quote), (base, "EUR", quote)]
    for way in ways:
        legs = [direct(table, *pair, on) for pair in pairwise(way) if len(set(pair)) == 2]
        if None not in legs:
            return prod((leg or Fraction(0) for leg in legs), start=Fraction(1))
    return None


def all_ways(base: str, quote: str, count: int) -> Iterator[list[Leg]]:
    """List all ways: the fewest legs first, then by the numbers of sources, then by the alphabet."""
    first, last = sorted((base, quote))
    others = [code for code in CODES if code not in {base, quote}]
    for length in range(len(others) + 1):
        for numbers in sorted(product(range(count), repeat=length + 1)):
            for between in sorted(permutations(others, length)):
                pairs = pairwise((first, *between, last))
                yield [(number, *pair) for number, pair in zip(numbers, pairs, strict=True)]


def answered(
    listed: Sequence[tuple[Pairs_, bool]], base: str, quote: str, on: cp.Period
) -> Fraction | None:
    """Work out a rate of several sources by trying everything."""
    for table, is_own in listed:
        factor = alone(table, base, quote, on, is_own=is_own)
        if factor is not None:
            return factor
    for way in all_ways(base, quote, len(listed)):
        legs = [direct(listed[number][0], one, other, on) for number, one, other in way]
        if None not in legs:
            factor = prod((leg or Fraction(0) for leg in legs), start=Fraction(1))
            return factor if way[0][1] == base else 1 / factor
    return None


@given(sources, pairs_of_codes, periods())
def test_the_first_source_answers_alone_and_else_the_first_of_all_ways(
    listed: list[tuple[Pairs_, bool]], pair: Pair, on: cp.Period
) -> None:
    assert answer(made(listed), *pair, on) == answered(listed, *pair, on)


@given(sources, pairs_of_codes, periods())
def test_there_and_back_is_exact_over_legs_of_several_sources(
    listed: list[tuple[Pairs_, bool]], pair: Pair, on: cp.Period
) -> None:
    rates = made(listed)
    there, back = answer(rates, *pair, on), answer(rates, *pair[::-1], on)
    assert (there is None) == (back is None)
    assert there is None or back is None or there * back == 1


@given(sources, pairs_of_codes, periods())
def test_a_rate_is_the_product_of_its_published_legs_each_of_one_provider(
    listed: list[tuple[Pairs_, bool]], pair: Pair, on: cp.Period
) -> None:
    try:
        rate = made(listed).rate(*pair, on)
    except cp.errors.RateNotFoundError:
        return
    at, factor = pair[0], Fraction(1)
    for leg in rate.published:
        assert not leg.legs
        factor *= leg.factor if leg.base == at else 1 / leg.factor
        at = leg.quote if leg.base == at else leg.base
    assert (at, factor) == (pair[1], rate.factor)
    assert {day for leg in rate.published for day in leg.days} == set(rate.days)


@given(sources, pairs_of_codes, periods())
def test_the_error_of_a_missing_rate_has_all_days_near_it_of_all_that_lack(
    listed: list[tuple[Pairs_, bool]], pair: Pair, on: cp.Period
) -> None:
    rates = made(listed)
    if answer(rates, *pair, on) is not None:
        return
    with pytest.raises(cp.errors.RateNotFoundError) as error:
        rates.rate(*pair, on)
    assert list(error.value.nearest) == sorted(set(error.value.nearest))
    for table, is_own in listed:
        with pytest.raises(cp.errors.RateNotFoundError) as one:
            (Own(table) if is_own else Pairs(table, "desk 0")).rate(*pair, on)
        assert set(one.value.nearest) <= set(error.value.nearest)


# By hand: the Taiwan dollar of a bank that knows dollars alone, beside the ECB

ON = "2016-01-15"


@pytest.fixture
def bank(tmp_path: Path) -> cp.Rates:
    path = tmp_path / "twd.csv"
    path.write_text("date,base,quote,factor\n2016-01-15,USD,TWD,32.5\n", encoding="utf-8")
    return cp.rates.from_csv(path, provider="CBC")


def test_a_dollar_rate_of_ones_own_leads_on_through_the_ecb(bank: cp.Rates) -> None:
    ecb = cp.rates.ecb()
    for rates in (cp.rates.first_of(ecb, bank), cp.rates.first_of(bank, ecb)):
        for quote in ("CNY", "EUR", "JPY"):
            rate = rates.rate("TWD", quote, ON)
            assert rate.factor == ecb.rate("USD", quote, ON).factor / Fraction("32.5")
            assert rates.rate(quote, "TWD", ON).factor * rate.factor == 1
        million = cp.convert("1 million TWD", "CNY", on=ON, rates=rates)
        assert million == cp.Money("202669.82", "CNY")


def test_each_leg_says_its_provider_and_its_day(bank: cp.Rates) -> None:
    rate = cp.rates.first_of(cp.rates.ecb(), bank).rate("TWD", "CNY", "2016-01-17")  # a Sunday
    assert [
        (leg.base, leg.quote, leg.provider, [*map(str, leg.days)]) for leg in rate.published
    ] == [
        ("USD", "TWD", "CBC", ["2016-01-15"]),
        ("EUR", "USD", "ECB", ["2016-01-15"]),
        ("EUR", "CNY", "ECB", ["2016-01-15"]),
    ]
    assert [leg.provider for leg in rate.legs] == ["CBC", "ECB", "ECB"]
    assert [leg.quote for leg in rate.legs] == ["USD", "EUR", "CNY"]
    assert rate.inverse().legs == (rate,)
    assert rate.inverse().published == rate.published
    assert rate.provider == "CBC, ECB"
    back = cp.rates.first_of(cp.rates.ecb(), bank).rate("CNY", "TWD", "2016-01-17")
    assert back.provider == "ECB, CBC"


def test_a_peg_leads_on_through_the_ecb_on_every_day() -> None:
    peg = cp.rates.fixed({"USD/AED": "3.6725"}, provider="peg")
    rates = cp.rates.first_of(cp.rates.ecb(), peg)
    million = cp.convert("1 million AED", "CNY", on="2020-05-19", rates=rates)
    assert million == cp.Money("1935053.51", "CNY")
    year = rates.rate("AED", "CNY", "2020")
    assert year.factor == cp.rates.ecb().rate("USD", "CNY", "2020").factor / Fraction("3.6725")
    assert year.is_mean


def test_a_source_that_answers_alone_comes_before_fewer_legs_of_several() -> None:
    long_way = cp.rates.fixed({"AUD/BRL": 2, "BRL/CNY": 3, "CNY/DKK": 5}, provider="long")
    one, two = (
        cp.rates.fixed({"AUD/EUR": 7}, provider="one"), cp.rates.fixed({"EUR/DKK": 11}, provider="two")
    )  # fmt: skip
    rate = cp.rates.first_of(one, two, long_way).rate("AUD", "DKK", "2021")
    assert (rate.factor, rate.provider) == (Fraction(30), "long")


def test_of_ways_as_short_the_earlier_source_comes_before_the_alphabet() -> None:
    late = cp.rates.fixed({"AUD/BRL": 2, "BRL/DKK": 1}, provider="late")
    early = cp.rates.fixed({"AUD/CNY": 5}, provider="early")
    middle = cp.rates.fixed({"CNY/DKK": 7, "EUR/DKK": 1}, provider="middle")
    without_one = cp.rates.fixed({"AUD/BRL": 2}, provider="late")
    other = cp.rates.fixed({"BRL/DKK": 3}, provider="other")
    assert cp.rates.first_of(early, middle, late).rate("AUD", "DKK", "2021").factor == 2  # alone
    rates = cp.rates.first_of(early, without_one, middle, other)
    assert rates.rate("AUD", "DKK", "2021").factor == 35
    assert rates.rate("DKK", "AUD", "2021").factor == Fraction(1, 35)
    turned = cp.rates.first_of(without_one, other, early, middle)
    assert turned.rate("AUD", "DKK", "2021").factor == 6


def test_of_the_same_pair_in_two_sources_the_earlier_ones_number_is_taken() -> None:
    one = cp.rates.fixed({"AUD/BRL": 2}, provider="one")
    two = cp.rates.fixed({"AUD/BRL": 3}, provider="two")
    end = cp.rates.fixed({"BRL/CNY": 5}, provider="end")
    assert cp.rates.first_of(one, two, end).rate("AUD", "CNY", "2021").factor == 10
    assert cp.rates.first_of(two, one, end).rate("AUD", "CNY", "2021").factor == 15


def test_a_stale_leg_never_hides_a_fresh_way_around_it(tmp_path: Path) -> None:
    def desk(name: str, rows: str) -> cp.Rates:
        path = tmp_path / f"{name}.csv"
        path.write_text(f"date,base,quote,factor\n{rows}", encoding="utf-8")
        return cp.rates.from_csv(path, provider=name)

    stale = desk("stale", "2015-03-02,AUD,BRL,2\n")
    fresh = desk("fresh", "2021-09-02,AUD,CNY,3\n")
    rest = desk("rest", "2015-03-02,BRL,DKK,5\n2021-09-02,BRL,DKK,5\n2021-09-02,CNY,DKK,7\n")
    rates = cp.rates.first_of(stale, fresh, rest)
    assert rates.rate("AUD", "DKK", "2021-09-03").factor == 21
    assert rates.rate("AUD", "DKK", "2015-03-03").factor == 10


def test_each_leg_reaches_as_far_as_its_own_source(tmp_path: Path) -> None:
    path = tmp_path / "monthly.csv"
    rows = "".join(f"2016-{month:02}-28,USD,TWD,{30 + month}\n" for month in range(1, 13))
    path.write_text(f"date,base,quote,factor\n{rows}", encoding="utf-8")
    for reach in (31, timedelta(31)):
        rates = cp.rates.first_of(cp.rates.ecb(), cp.rates.from_csv(path, reach=reach))
        rate = rates.rate("TWD", "EUR", "2016-03-20")
        assert [str(day) for leg in rate.published for day in leg.days] == [
            "2016-02-28",
            "2016-03-18",
        ]
        assert rates.rate("TWD", "EUR", "2016-02-28/2016-03-20").is_mean
        with pytest.raises(cp.errors.RateNotFoundError):
            rates.rate("TWD", "EUR", "2017-01-29")
    weekly = cp.rates.first_of(cp.rates.ecb(), cp.rates.from_csv(path))
    assert weekly.rate("TWD", "EUR", "2016-03-06").factor
    with pytest.raises(cp.errors.RateNotFoundError):
        weekly.rate("TWD", "EUR", "2016-03-07")


@pytest.mark.parametrize(
    "reach", [0, -1, True, 1.5, "7", None, timedelta(0), timedelta(hours=36), timedelta(-7), 10**10]
)
def test_a_reach_that_is_no_number_of_days_is_refused(tmp_path: Path, reach: object) -> None:
    with pytest.raises(cp.errors.AmountError, match="a reach is a number of whole days above 0"):
        cp.rates.from_csv(tmp_path / "none.csv", reach=reach)  # type: ignore[arg-type]


def test_a_reach_may_be_one_day_or_all_the_days_there_are(tmp_path: Path) -> None:
    path = tmp_path / "rates.csv"
    path.write_text("date,base,quote,factor\n2016-01-15,USD,TWD,32.5\n", encoding="utf-8")
    assert cp.rates.from_csv(path, reach=1).rate("USD", "TWD", "2016-01-16").factor
    with pytest.raises(cp.errors.RateNotFoundError):
        cp.rates.from_csv(path, reach=1).rate("USD", "TWD", "2016-01-17")
    for reach in (timedelta.max.days, timedelta(timedelta.max.days)):
        assert cp.rates.from_csv(path, reach=reach).rate("USD", "TWD", "9999").factor


def test_pairs_of_one_source_may_reach_differently_far() -> None:
    class Mixed(Own):
        def reach_of(self, one: str, other: str) -> timedelta:
            return timedelta(15 if "CNY" in {one, other} else 7)

    rates = Mixed({("EUR", code): {START: Fraction(2)} for code in ("CNY", "DKK")})
    assert rates.rate("EUR", "CNY", START + timedelta(15)).factor == 2
    assert rates.rate("DKK", "EUR", START + timedelta(7)).factor == Fraction(1, 2)
    for pair, late in (("EUR", "CNY"), 16), (("EUR", "DKK"), 8), (("CNY", "DKK"), 8):
        with pytest.raises(cp.errors.RateNotFoundError):
            rates.rate(*pair, START + timedelta(late))


@settings(max_examples=40)
@given(few_sources, few_sources, pairs_of_codes, periods())
def test_a_first_of_inside_another_answers_as_it_does_outside(
    some: list[tuple[Pairs_, bool]],
    others: list[tuple[Pairs_, bool]],
    pair: Pair,
    on: cp.Period,
) -> None:
    one, other = made(some), made(others)
    factor = answer(one, *pair, on) or answer(other, *pair, on)
    factor = factor or answered([*some, *others], *pair, on)
    assert answer(cp.rates.first_of(one, other), *pair, on) == factor


def test_a_peg_is_taken_before_a_later_source_that_has_the_whole_way() -> None:
    peg = cp.rates.fixed({"USD/AED": "3.6725"}, provider="the peg")
    dollar = cp.rates.fixed({"USD/CNY": "6.5"}, provider="dollars")
    bank = cp.rates.fixed({"AED/PLN": "1.1", "CNY/PLN": "0.6"}, provider="bank")
    flat = cp.rates.first_of(peg, dollar, bank)
    assert flat.rate("AED", "CNY", "2021").provider == "bank"
    mine = cp.rates.first_of(peg, dollar)
    for rates in mine, cp.rates.first_of(mine, bank), cp.rates.first_of(mine, flat):
        rate = rates.rate("AED", "CNY", "2021")
        assert (rate.factor, rate.provider) == (
            Fraction("6.5") / Fraction("3.6725"),
            "the peg, dollars",
        )
    assert cp.rates.first_of(mine, bank).rate("PLN", "CNY", "2021").provider == "bank"


def test_a_source_that_is_there_twice_is_named_once() -> None:
    peg = cp.rates.fixed({"USD/AED": "3.6725"}, provider="the peg")
    rates = cp.rates.first_of(cp.rates.first_of(peg, cp.rates.ecb()), cp.rates.ecb(), peg)
    assert rates.provider == "the peg or ECB"
    with pytest.raises(cp.errors.RateNotFoundError) as error:
        rates.rate("AED", "CNY", "1998")
    assert str(error.value).count("the ECB has never published one") == 1
    assert str(error.value).count("through USD, EUR: ") == 1


def test_legs_of_a_first_of_inside_another_lead_on_through_the_outer_ones() -> None:
    one, two, three = (
        cp.rates.fixed({pair: factor}, provider=pair)
        for pair, factor in {"AUD/BRL": 2, "BRL/CNY": 3, "CNY/DKK": 5}.items()
    )
    inner = cp.rates.first_of(cp.rates.first_of(one, two), three)
    assert inner == cp.rates.first_of(cp.rates.first_of(one, two), three)
    assert inner.rate("AUD", "DKK", "2021").factor == 30
    assert copy.deepcopy(inner) == inner == pickle.loads(pickle.dumps(inner))  # noqa: S301


def test_a_class_of_ones_own_without_its_pivot_has_its_part_in_a_way() -> None:
    class Desk(cp.Rates):
        provider = "my desk"

        def published(self, base: str, quote: str, period: cp.Period) -> Mapping[date, Fraction]:
            day = date(2016, 1, 15)
            return {day: Fraction(28)} if (base, quote) == ("USD", "TWD") and day in period else {}

    rates = cp.rates.first_of(Desk(), cp.rates.ecb())
    usd = cp.rates.ecb().rate("USD", "CNY", ON).factor
    assert rates.rate("TWD", "CNY", ON).factor == usd / 28
    assert rates.rate("CNY", "TWD", ON).factor == 28 / usd


# What is missing


def test_the_error_names_each_way_that_was_tried_and_what_it_lacks(bank: cp.Rates) -> None:
    rates = cp.rates.first_of(cp.rates.ecb(), bank)
    with pytest.raises(cp.errors.RateNotFoundError) as error:
        rates.rate("TWD", "CNY", "2018-01-16")
    assert str(error.value) == (
        "no TWD rate on 2018-01-16; the ECB has never published one; CBC has never published one; "
        "through USD, EUR: no TWD/USD, CBC's are known from 2016-01-15 to 2016-01-15 "
        "(asked for TWD to CNY)"
    )
    assert error.value.nearest == (date(2016, 1, 15),)


def test_each_leg_that_a_way_lacks_is_named_and_each_way(bank: cp.Rates, tmp_path: Path) -> None:
    path = tmp_path / "yen.csv"
    path.write_text("date,base,quote,factor\n2017-01-16,JPY,TWD,0.26\n", encoding="utf-8")
    yen = cp.rates.from_csv(path, provider="BOJ")
    with pytest.raises(cp.errors.RateNotFoundError) as error:
        cp.rates.first_of(cp.rates.ecb(), bank, yen).rate("CNY", "TWD", "1998-01-16")
    sentence = str(error.value)
    assert "through EUR, USD: no CNY/EUR, the ECB's are known from 2005-04-01" in sentence
    assert "no USD/TWD, CBC's are known from 2016-01-15 to 2016-01-15" in sentence
    assert date(2005, 4, 1) in error.value.nearest
    with pytest.raises(cp.errors.RateNotFoundError) as error:
        cp.rates.first_of(cp.rates.ecb(), bank, yen).rate("CNY", "TWD", "2018-01-16")
    assert "through EUR, USD: no USD/TWD, CBC's" in str(error.value)
    assert "; through EUR, JPY: no JPY/TWD, BOJ's" in str(error.value)


def test_only_the_first_five_ways_are_named() -> None:
    class OnceOnly(Own):
        provider = "once"

    codes = ("BRL", "CHF", "DKK", "GBP", "HKD", "NOK", "SEK")
    ends = OnceOnly({("AUD", code): {START: Fraction(2)} for code in codes})
    rest = cp.rates.fixed({f"{code}/CNY": 3 for code in codes})
    with pytest.raises(cp.errors.RateNotFoundError) as error:
        cp.rates.first_of(ends, rest).rate("AUD", "CNY", "2022")
    assert str(error.value).count("through ") == 5


def test_a_total_names_all_that_is_missing_of_all_currencies_at_once(bank: cp.Rates) -> None:
    ds = cp.Dataset().extend(
        cp.Company(id="acme", name="Acme"),
        cp.Pledge(id="a", company="acme", amount="1 TWD", announced="2018-01-16"),
        cp.Pledge(id="b", company="acme", amount="1 KWD", announced="2018-01-16"),
        cp.Pledge(id="c", company="acme", amount="1 USD", announced="2018-01-16"),
    )
    with pytest.raises(cp.errors.MissingRatesError) as error:
        ds.total("CNY", rates=cp.rates.first_of(cp.rates.ecb(), bank))
    sentence = str(error.value)
    assert "no TWD/USD, CBC's are known from 2016-01-15" in sentence
    assert "(asked for TWD to CNY by a)" in sentence
    assert "no KWD rate on 2018-01-16; the ECB has never published one" in sentence
    assert "(asked for KWD to CNY by b)" in sentence


# What is shown


@pytest.fixture
def pledges() -> cp.Dataset:
    return cp.Dataset().extend(
        cp.Company(id="acme", name="Acme"),
        cp.Pledge(id="a", company="acme", amount="1 million TWD", announced=ON),
        cp.Pledge(id="b", company="acme", amount="1 million USD", announced=ON),
        cp.Pledge(id="c", company="acme", amount="1 million CNY", announced=ON),
    )


def test_explain_shows_the_providers_unless_all_are_the_ecb(
    pledges: cp.Dataset, bank: cp.Rates
) -> None:
    rates = cp.rates.first_of(cp.rates.ecb(), bank)
    table = pledges.total("CNY", rates=rates).explain()
    assert [column.name for column in table.columns[-2:]] == ["rate by", "CNY"]
    assert [row[-2] for row in table.rows] == ["CBC, ECB", "ECB", None]
    assert table.totals[0][-2:] == (None, pledges.total("CNY", rates=rates).amount.amount)
    same = pledges.where(id=["b", "c"]).total("CNY", rates=rates).explain()
    assert [column.name for column in same.columns[-2:]] == ["rate of", "CNY"]
    assert not same.note


def test_explain_notes_the_one_provider_that_is_not_the_ecb(
    pledges: cp.Dataset, bank: cp.Rates
) -> None:
    table = pledges.where(id="a").total("USD", rates=bank).explain()
    assert [column.name for column in table.columns[-2:]] == ["rate of", "USD"]
    assert table.note == "all rates by CBC"
    assert "all rates by CBC" in str(table)


def test_the_page_shows_the_provider_and_the_day_of_each_leg(
    pledges: cp.Dataset, bank: cp.Rates, tmp_path: Path
) -> None:
    pytest.importorskip("vl_convert", reason="needs the extra `charts`")
    cp.report(
        pledges, tmp_path / "page.html", to="CNY", rates=cp.rates.first_of(cp.rates.ecb(), bank)
    )
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert '1 USD = 32.5 TWD (CBC, <span class="date">2016-01-15</span>)' in page
    assert '1 EUR = 1.0914 USD (ECB, <span class="date">2016-01-15</span>)' in page
    assert "reference rates of the European Central Bank" in page
    assert "Some rates (CBC) are as given" in page


def test_sources_may_be_mappings_and_what_is_none_is_refused() -> None:
    rates = cp.rates.first_of({"USD/AED": "3.6725"}, cp.rates.ecb())
    dollar = cp.rates.ecb().rate("USD", "CNY", "2020-05-19").factor
    assert rates.rate("AED", "CNY", "2020-05-19").factor == dollar / Fraction("3.6725")
    with pytest.raises(
        cp.errors.RecordError, match="rates: 'ecb' is no source of rates; give rates"
    ):
        cp.rates.first_of(cp.rates.ecb(), "ecb")  # type: ignore[arg-type]
