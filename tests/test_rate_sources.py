"""Rates of every kind: fixed, from a file, from the sources themselves, the first that knows."""

import copy
import pickle
import zipfile
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.rates.ecb import embedded_file

LONG = "date,base,quote,factor\n2021-09-01,USD,CNY,6.46\n2021-09-03,USD,CNY,6.45\n"
WIDE = "Date,USD,CNY,\n2021-09-03,1.2,7.8,\n2021-09-01,1.25,N/A,\n"


def csv_file(folder: Path, content: str) -> Path:
    path = folder / "rates.csv"
    path.write_text(content, encoding="utf-8")
    return path


class Table(cp.Rates):
    """A user's own source: one method."""

    provider = "my table"
    pivot = "USD"

    def published(self, base: str, quote: str, period: cp.Period) -> Mapping[date, Fraction]:
        known = {date(2021, 9, 1): Fraction(6), date(2021, 9, 2): Fraction(7)}
        if (base, quote) != ("USD", "CNY"):
            return {}
        return {day: factor for day, factor in known.items() if day in period}


def test_own_source_converts_crosses_inverts_and_means() -> None:
    rates = Table()
    assert rates.rate("USD", "CNY", "2021-09-02").factor == 7
    assert rates.rate("CNY", "USD", "2021-09-02").factor == Fraction(1, 7)
    assert rates.rate("USD", "CNY", "2021-09-01/2021-09-02").factor == Fraction(13, 2)
    assert rates.convert(cp.Money(13, "CNY"), "USD", "2021-09-01/2021-09-02") == cp.Money(2, "USD")
    with pytest.raises(cp.errors.RateNotFoundError, match="; my table has never published one"):
        rates.rate("EUR", "CNY", "2021-09-02")


def test_own_source_serves_totals() -> None:
    assert cp.load().total("USD", on="2021-09-02", rates=Table()).exact == Fraction(
        214_169_000_000, 7
    )


def test_fixed_rates_hold_on_every_day() -> None:
    rates = cp.rates.fixed({"USD/CNY": "6.4558"}, provider="the article")
    for on in ("0001-01-01", "2021-09-02", "2021", "9999-12-31", "1999/2050"):
        rate = rates.rate("USD", "CNY", on)
        assert (rate.factor, rate.provider) == (Fraction("6.4558"), "the article")
    assert rates.rate("CNY", "USD", "2021").factor == 1 / Fraction("6.4558")


def test_fixed_rates_go_the_shortest_way() -> None:
    rates = cp.rates.fixed({"EUR/USD": 2, "USD/CNY": "6", "CNY/JPY": 15, "EUR/CNY": "13"})
    assert rates.rate("EUR", "JPY", "2021").factor == 13 * 15
    assert rates.rate("USD", "JPY", "2021").factor == 6 * 15
    assert rates.rate("JPY", "USD", "2021").factor == Fraction(1, 90)
    assert [leg.base for leg in rates.rate("EUR", "JPY", "2021").legs] == ["EUR", "CNY"]


def test_fixed_rates_without_a_way_name_the_pair() -> None:
    rates = cp.rates.fixed({"USD/CNY": 6, "EUR/GBP": "0.8"}, provider="desk")
    with pytest.raises(cp.errors.RateNotFoundError) as error:
        rates.rate("USD", "GBP", "2021")
    assert str(error.value) == (
        "no USD/GBP rate on 2021; all that is fixed is USD/CNY, EUR/GBP (asked for USD to GBP)"
    )


@pytest.mark.parametrize("factor", ["0", "-1", "NaN", "Infinity", 6.4558, True, "6,5", ""])
def test_fixed_rate_that_is_no_number_above_0_is_refused(factor: str) -> None:
    with pytest.raises(cp.errors.AmountError):
        cp.rates.fixed({"USD/CNY": factor})


@pytest.mark.parametrize("pair", ["USD/RMB", "usd/CNY", "USD/", "/CNY"])
def test_fixed_pair_of_no_currencies_is_refused(pair: str) -> None:
    with pytest.raises(cp.errors.CurrencyError):
        cp.rates.fixed({pair: "6"})


@pytest.mark.parametrize("key", ["USD", "USDCNY", "USD/CNY/EUR", "", ("USD", "CNY"), None])
def test_fixed_key_that_is_no_pair_says_how_one_is_written(key: str) -> None:
    with pytest.raises(cp.errors.RecordError) as caught:
        cp.load().total("USD", rates={key: "6.4558"})
    assert str(caught.value) == (
        f'rates: {key!r} is no pair of currencies; write "USD/CNY" for the rate of one USD in CNY'
    )


@pytest.mark.parametrize("factors", ["USD/CNY", [("USD/CNY", "6.5")], None, 6])
def test_fixed_rates_are_a_table(factors: Any) -> None:
    with pytest.raises(cp.errors.RecordError, match=r"^rates: .* is no table of rates; write \{"):
        cp.rates.fixed(factors)


@given(st.sampled_from([("USD", "CNY"), ("CNY", "USD"), ("EUR", "JPY"), ("JPY", "USD")]), st.data())
def test_there_and_back_is_exact_in_every_source(
    pair: tuple[str, str], data: st.DataObject
) -> None:
    numbers = st.integers(1, 10**9).map(str)
    factors = {name: data.draw(numbers) for name in ("USD/CNY", "EUR/USD", "JPY/EUR")}
    rates = cp.rates.fixed(factors)
    there, back = rates.rate(*pair, "2021"), rates.rate(pair[1], pair[0], "2021")
    assert there.factor * back.factor == 1


def test_first_of_asks_one_source_after_the_other() -> None:
    rates = cp.rates.first_of(
        Table(), cp.rates.fixed({"USD/CNY": 6, "USD/KZT": 400}), cp.rates.ecb()
    )
    assert rates.rate("USD", "CNY", "2021-09-02").provider == "my table"
    assert rates.rate("USD", "CNY", "2020-09-02").provider == "fixed rate"
    assert rates.rate("USD", "KZT", "2021-09-02").factor == 400
    assert rates.rate("USD", "EUR", "2021-09-02").provider == "ECB"
    assert rates.provider == "my table or fixed rate or ECB"


def test_first_of_publishes_what_the_first_one_that_has_it_does() -> None:
    rates = cp.rates.first_of(Table(), cp.rates.ecb())
    day = cp.Period.parse("2021-09-02")
    assert rates.published("USD", "CNY", day) == {day.start: 7}
    assert rates.published("EUR", "CNY", day) == {day.start: Fraction("7.6503")}
    assert rates.published("EUR", "KZT", day) == {}


def test_rate_that_no_source_knows_names_them_all() -> None:
    rates = cp.rates.first_of(Table(), cp.rates.ecb())
    with pytest.raises(cp.errors.RateNotFoundError) as error:
        rates.rate("USD", "CNY", "1998-03-01")
    assert "; my table's are known from 2021-09-01 to 2021-09-02; the ECB's are known from" in str(
        error.value
    )
    assert error.value.nearest[0] == date(1999, 1, 4)
    assert error.value.currency == "CNY"


def refusal(rates: cp.Rates, base: str, quote: str, on: str) -> str:
    """Return what an error says that there is of a rate."""
    with pytest.raises(cp.errors.RateNotFoundError) as error:
        rates.rate(base, quote, on)
    assert str(error.value).endswith(f"; {error.value.known} (asked for {base} to {quote})")
    return error.value.known


@pytest.mark.parametrize(
    ("quote", "on", "known"),
    [
        ("KZT", "2021", "{} has never published one"),
        ("CNY", "2021-01-01", "{}'s are known from 2021-09-01 to 2021-09-30"),
        ("CNY", "2021-09-15", "{}'s nearest are of 2021-09-01 and 2021-09-30"),
    ],
)
def test_errors_name_who_publishes_rates_as_one_says_it(
    tmp_path: Path, quote: str, on: str, known: str
) -> None:
    class Unnamed(cp.Rates):
        def published(self, base: str, quote: str, period: cp.Period) -> Mapping[date, Fraction]:
            return cp.rates.from_csv(long).published(base, quote, period)

    long = csv_file(
        tmp_path, "date,base,quote,factor\n2021-09-01,EUR,CNY,7\n2021-09-30,EUR,CNY,7\n"
    )
    wide = tmp_path / "wide.csv"
    wide.write_text("Date,CNY,\n2021-09-30,7,\n2021-09-01,7,\n", encoding="ascii")
    for rates, name in (
        (cp.rates.ecb(wide), "the ECB"),
        (cp.rates.from_csv(long), "rates.csv"),
        (cp.rates.from_csv(long, provider="Bank of China"), "Bank of China"),
        (Unnamed(), "the unnamed source"),
    ):
        assert refusal(rates, "EUR", quote, on) == known.format(name)


def test_errors_of_fixed_rates_say_which_there_are() -> None:
    named = cp.rates.fixed({"USD/CNY": 6, "EUR/CNY": 7}, provider="the article")
    assert refusal(named, "USD", "JPY", "2021") == "all that is fixed is USD/CNY, EUR/CNY"
    assert refusal(cp.rates.fixed({"USD/CNY": 6}), "USD", "JPY", "2021") == (
        "all that is fixed is USD/CNY"
    )
    assert refusal(cp.rates.fixed({}), "USD", "JPY", "2021") == "nothing is fixed"


def test_errors_of_reported_rates_say_of_which_dates_there_are() -> None:
    told = ACME.extend(
        pledge("b", "13 USD", "66 CNY"), pledge("a", "65 CNY", "10 USD", "2021-04")
    ).rates_as_reported()
    assert refusal(told, "USD", "CNY", "2021-04-15") == (
        "the sources imply those of 2021-04, 2021-09-02"
    )
    assert refusal(told, "USD", "JPY", "2021-04") == "no source implies one"


def test_errors_of_several_sources_say_it_of_each() -> None:
    rates = cp.rates.first_of(Table(), cp.rates.ecb(), cp.rates.fixed({"USD/CNY": 6}))
    assert refusal(rates, "USD", "KZT", "2021") == (
        "my table has never published one; the ECB has never published one; "
        "all that is fixed is USD/CNY"
    )


def test_long_file_is_read(tmp_path: Path) -> None:
    rates = cp.rates.from_csv(csv_file(tmp_path, LONG))
    assert rates.rate("USD", "CNY", "2021-09-02").factor == Fraction("6.46")
    assert rates.rate("USD", "CNY", "2021-09-01/2021-09-03").factor == Fraction("6.455")
    assert rates.rate("USD", "CNY", "2021-09-03").provider == "rates.csv"
    with pytest.raises(cp.errors.RateNotFoundError, match="known from 2021-09-01 to 2021-09-03"):
        rates.rate("USD", "CNY", "2021-08-31")


def test_columns_of_a_long_file_may_be_in_any_order_and_case(tmp_path: Path) -> None:
    content = "Factor, Quote,BASE,note,date\n6.46,CNY,USD,x,2021-09-01\n\n"
    rates = cp.rates.from_csv(csv_file(tmp_path, content), provider="bank")
    rate = rates.rate("USD", "CNY", "2021-09-01")
    assert (rate.factor, rate.provider) == (Fraction("6.46"), "bank")


def test_wide_file_is_read_as_the_ecbs(tmp_path: Path) -> None:
    rates = cp.rates.from_csv(csv_file(tmp_path, "\ufeff" + WIDE))
    assert rates.rate("USD", "CNY", "2021-09-03").factor == Fraction("7.8") / Fraction("1.2")
    assert rates.rate("EUR", "USD", "2021-09-01").factor == Fraction("1.25")
    with pytest.raises(cp.errors.RateNotFoundError, match="no EUR/CNY rate"):
        rates.rate("EUR", "CNY", "2021-09-01")


def test_equal_lines_twice_are_one(tmp_path: Path) -> None:
    content = LONG + "2021-09-03,USD,CNY,6.450\n"
    assert cp.rates.from_csv(csv_file(tmp_path, content)).rate("USD", "CNY", "2021-09-03")


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        (LONG + "2021-09-04,USD,CNY,NaN\n", 4, "'NaN' is no amount"),
        (LONG + "2021-09-04,USD,CNY,0\n", 4, "'0' is no amount: a rate is above 0"),
        (LONG + "2021-09-04,USD,CNY,-6\n", 4, "'-6' is no amount: a rate is above 0"),
        (LONG + "2021-09-03,USD,CNY,6.5\n", 4, "two unequal factors for USD/CNY on 2021-09-03"),
        (LONG + "2021-09-04,USD,RMB,6.5\n", 4, "RMB is no currency code; did you mean CNY?"),
        (LONG + "2021-13-04,USD,CNY,6.5\n", 4, "'2021-13-04' is no period"),
        (LONG + "2021-09,USD,CNY,6.5\n", 4, "2021-09 is no day"),
        (LONG + "2021-09-04,USD,CNY\n", 4, "it has 3 cells, and the heading 4"),
        (LONG + "2021-09-04,USD,CNY,6,5\n", 4, "it has 5 cells, and the heading 4"),
        (WIDE + "2021-09-04,1,inf,\n", 4, "'inf' is no amount"),
        (WIDE + "2021-09-04,1\n", 4, "it has 2 cells, and the heading 4"),
        (WIDE + "2021-09-03,1.2,7.9,\n", 4, "two unequal factors for EUR/CNY on 2021-09-03"),
        ("Date,USD,XYZ\n", 1, "XYZ is no currency code"),
        (
            "day,base,quote,factor\n",
            1,
            "its heading is day, base, quote, factor; write date, base, quote",
        ),
        (
            "date,base,quote,rate\n2021-09-03,USD,CNY,6.5\n",
            1,
            "its heading is date, base, quote, rate; write date, base, quote, factor, or Date",
        ),
        ("Date,usd,cny\n", 1, "usd is no currency code; did you mean USD?"),
        (LONG + "5/6/2021,USD,CNY,6.5\n", 4, "'5/6/2021' is no period: it may be 2021-06-05 or"),
        ("Date\n", 1, "its heading is Date; write date, base, quote, factor, or Date and the"),
        ("", 0, "its heading is missing; write date, base, quote, factor"),
    ],
)
def test_file_with_a_wrong_line_is_refused_by_its_line(
    tmp_path: Path, content: str, line: int, problem: str
) -> None:
    path = csv_file(tmp_path, content)
    with pytest.raises(cp.errors.FileError) as error:
        cp.rates.from_csv(path)
    (fault,) = error.value.faults
    assert fault.place == f"{path}:{line}"
    assert fault.problem.startswith(problem)


def test_missing_rate_is_raised_without_an_error_of_ours_behind_it() -> None:
    with pytest.raises(cp.errors.RateNotFoundError) as error:
        cp.rates.ecb().rate("CNY", "USD", "1998-03-01")
    assert error.value.__context__ is None


def test_all_wrong_lines_are_told_at_once(tmp_path: Path) -> None:
    path = csv_file(tmp_path, LONG + "x,USD,CNY,6\n2021-09-04,USD,CNY,0\n")
    with pytest.raises(cp.errors.FileError) as error:
        cp.rates.from_csv(path)
    assert [fault.place for fault in error.value.faults] == [f"{path}:4", f"{path}:5"]


def test_file_that_is_not_there_or_not_text_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(cp.errors.FileError, match="No such file"):
        cp.rates.from_csv(tmp_path / "none.csv")
    (tmp_path / "odd.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(cp.errors.FileError, match="not in UTF-8"):
        cp.rates.from_csv(tmp_path / "odd.csv")


def test_ecb_reads_a_file_of_the_users_zipped_or_not(tmp_path: Path) -> None:
    plain = csv_file(tmp_path, WIDE)
    zipped = tmp_path / "rates.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.write(plain, "rates.csv")
    for path in (plain, str(zipped)):
        rate = cp.rates.ecb(path).rate("EUR", "CNY", "2021-09-03")
        assert (rate.factor, rate.provider) == (Fraction("7.8"), "ECB")


def test_the_whole_embedded_file_is_sound_and_reads_the_same_in_full() -> None:
    whole, quick = cp.rates.ecb(embedded_file()), cp.rates.ecb()
    for pair in (("USD", "CNY"), ("RUB", "EUR"), ("EUR", "TRL")):
        for on in ("2005-05-02", "2004", "2021-02"):
            assert answer(whole, *pair, on) == answer(quick, *pair, on)


def answer(rates: cp.Rates, base: str, quote: str, on: str) -> Fraction | tuple[date, ...]:
    try:
        return rates.rate(base, quote, on).factor
    except cp.errors.RateNotFoundError as missing:
        return missing.nearest


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"PK\x03\x04broken", "Datum\n".encode("utf-16")]
)
@pytest.mark.parametrize("ending", ["zip", "csv"])
def test_ecb_refuses_what_is_not_its_file(tmp_path: Path, content: bytes, ending: str) -> None:
    path = tmp_path / f"rates.{ending}"
    path.write_bytes(content)
    with pytest.raises(cp.errors.FileError, match=str(path)):
        cp.rates.ecb(path)


def pledge(id_: str, amount: str, equivalent: str, on: str = "2021-09-02") -> cp.Pledge:
    return cp.Pledge(id=id_, company="acme", amount=amount, equivalents=equivalent, announced=on)


ACME = cp.Dataset(companies=[cp.Company(id="acme", name="Acme")])


def test_article_implies_the_rate_of_its_first_equivalent() -> None:
    rates = cp.load().rates_as_reported()
    rate = rates.rate("CNY", "USD", "2021-09-02")
    assert rate.factor == Fraction("15.49") / 100
    assert (rate.days, rate.provider) == ((date(2021, 9, 2),), "sources' own equivalents")
    assert rates.rate("USD", "CNY", "2021-09-09").factor == 100 / Fraction("15.49")
    with pytest.raises(cp.errors.RateNotFoundError):
        rates.rate("USD", "CNY", "2021-09-10")


def test_reported_rates_serve_totals() -> None:
    total = cp.load().where(company="alibaba").total("USD", rates=cp.load().rates_as_reported())
    assert total.amount == cp.Money("15.49e9", "USD")


def test_rate_reported_for_a_longer_period_is_that_of_the_period() -> None:
    rates = ACME.extend(pledge("a", "65 CNY", "10 USD", "2021-04")).rates_as_reported()
    assert rates.rate("USD", "CNY", "2021-04").factor == Fraction("6.5")
    with pytest.raises(cp.errors.RateNotFoundError):
        rates.rate("USD", "CNY", "2021-04-15")


def test_same_rate_told_twice_in_either_direction_is_one() -> None:
    told = ACME.extend(
        pledge("a", "65 CNY", "10 USD"),
        pledge("b", "2 USD", "13 CNY"),
        pledge("c", "0 USD", "0 CNY"),
    )
    assert told.rates_as_reported().rate("USD", "CNY", "2021-09-02").factor == Fraction("6.5")


def test_two_rates_for_one_pair_and_day_name_both_pledges() -> None:
    told = ACME.extend(pledge("a", "65.0 CNY", "10.0 USD"), pledge("b", "10.0 USD", "67 CNY"))
    with pytest.raises(cp.errors.DatasetError) as error:
        told.rates_as_reported()
    assert str(error.value) == (
        "b: equivalents: it implies another CNY/USD rate on 2021-09-02 than a does"
    )


def test_rates_of_different_days_are_no_contradiction() -> None:
    told = ACME.extend(
        pledge("a", "65 CNY", "10 USD"), pledge("b", "66 CNY", "10 USD", "2021-09-01")
    )
    assert told.rates_as_reported().rate("USD", "CNY", "2021-09-01").factor == Fraction("6.6")


def test_error_of_a_source_without_its_pivot_is_about_the_pair_that_it_publishes() -> None:
    class Desk(cp.Rates):
        provider = "my desk"

        def published(self, base: str, quote: str, period: cp.Period) -> Mapping[date, Fraction]:
            day = date(2021, 9, 2)
            return {day: Fraction(28)} if (base, quote) == ("USD", "TWD") and day in period else {}

    assert Desk().rate("TWD", "USD", "2021-09-03").factor == Fraction(1, 28)
    for pair in (("USD", "TWD"), ("TWD", "USD")):
        with pytest.raises(cp.errors.RateNotFoundError) as missing:
            Desk().rate(*pair, "2021-10-01")
        assert "my desk's are known from 2021-09-02 to 2021-09-02" in str(missing.value)
        assert missing.value.nearest == (date(2021, 9, 2),)


class Careless(cp.Rates):
    """A source that gives more days than it is asked for, and whatever it is told."""

    def __init__(self, factor: object) -> None:
        self.factor = factor

    def published(self, base: str, quote: str, period: cp.Period) -> Mapping[date, Fraction]:  # noqa: ARG002
        known = {date(2021, 9, 1): self.factor, date(2022, 1, 1): Fraction(9)}
        return known if (base, quote) == ("EUR", "CNY") else {}  # type: ignore[return-value]


def test_later_day_is_never_used_even_when_a_source_gives_it() -> None:
    assert Careless(Fraction(7)).rate("EUR", "CNY", "2021-09-02").factor == 7
    assert Careless(Fraction(7)).rate("EUR", "CNY", "2021-09-01/2021-09-02").factor == 7
    assert Careless(Fraction(7)).rate("EUR", "CNY", "2021-09-01/2021-09-08").factor == 7
    with pytest.raises(cp.errors.RateNotFoundError):
        Careless(Fraction(7)).rate("EUR", "CNY", "2021-08-01/2021-09-02")


@pytest.mark.parametrize("factor", [7.0, 7, Fraction(0), Fraction(-7), "7"])
def test_source_that_gives_no_fraction_above_0_is_refused(factor: object) -> None:
    with pytest.raises(
        cp.errors.AmountError, match="a rate is a Fraction above 0, as the unnamed source's"
    ):
        Careless(factor).rate("EUR", "CNY", "2021-09-02")


def test_directions_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    assert (
        cp.rates.fixed({"USD/CNY": "8", "CNY/USD": "0.125"}).rate("USD", "CNY", "2021").factor == 8
    )
    with pytest.raises(cp.errors.AmountError, match="it contradicts USD/CNY; give one of them"):
        cp.rates.fixed({"USD/CNY": "6.00", "CNY/USD": "0.200"})
    path = csv_file(tmp_path, LONG + "2021-09-03,CNY,USD,0.20\n")
    with pytest.raises(
        cp.errors.FileError,
        match=r"4: CNY/USD is 0.2, but 0.155039 by USD/CNY: it contradicts USD/CNY",
    ):
        cp.rates.from_csv(path)


def test_currency_to_itself_is_1_or_refused() -> None:
    with pytest.raises(
        cp.errors.AmountError, match=r"^USD/USD is 2, but a currency is 1 of itself; leave it out"
    ):
        cp.rates.fixed({"USD/USD": "2"})


def test_copies_of_rates_are_equal() -> None:
    made = cp.rates.fixed({"USD/CNY": 6}), cp.load().rates_as_reported()
    for rates in (*made, cp.rates.first_of(*made)):
        assert copy.deepcopy(rates) == rates == pickle.loads(pickle.dumps(rates))  # noqa: S301


def test_missing_file_of_the_users_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        cp.errors.FileError, match=r"none.csv: it is not the ECB's file: No such file"
    ):
        cp.rates.ecb(tmp_path / "none.csv")


def test_rates_in_a_mapping_are_fixed_wherever_rates_are_taken() -> None:
    article, rates = cp.load(), {"USD/CNY": "5"}
    fixed = cp.rates.fixed(rates)
    assert article.total("USD", rates=rates).exact == article.total("USD", rates=fixed).exact
    totals = article.totals("USD", by="company", rates=rates)
    assert totals.grand.exact == Fraction(214_169_000_000, 5)
    assert article.progress(to="USD", rates=rates) == article.progress(to="USD", rates=fixed)
    assert article.check(rates) == article.check(fixed)
    assert cp.convert("10 CNY", "USD", on="2021", rates=rates) == cp.Money(2, "USD")
    mentions = cp.find_amounts("It gave 10 billion yuan.")
    assert mentions.table("USD", "2021", rates) == mentions.table("USD", "2021", fixed)


@pytest.mark.parametrize("rates", ["ecb", 5, cp.rates.ecb])
def test_what_is_no_source_of_rates_is_refused_with_one(rates: object) -> None:
    with pytest.raises(cp.errors.RecordError) as caught:
        cp.load().total("USD", rates=rates)  # type: ignore[arg-type]
    assert str(caught.value).endswith(
        'give rates.ecb(), rates.world(), {"USD/CNY": "6.4558"}, or another'
    )


def test_a_rate_shows_itself_on_one_line() -> None:
    rate = cp.rates.fixed({"USD/CNY": "5"}, provider="<note>").rate("USD", "CNY", "2021-09-02")
    assert rate._repr_markdown_() == "1 USD = 5 CNY on 2021-09-02, &lt;note&gt;"
    assert rate._repr_html_() == (
        '<span class="commonprosperity tex2jax_ignore mathjax_ignore">'
        "1 USD = 5 CNY on 2021-09-02, &lt;note&gt;</span>"
    )
    nameless = cp.Rate("USD", "CNY", Fraction(5), cp.Period.parse("2021"))
    assert nameless._repr_markdown_() == "1 USD = 5 CNY on 2021"
