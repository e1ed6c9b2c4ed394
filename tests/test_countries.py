"""Countries by their codes, and the currency that each had in a year."""

import pytest
from babel import Locale
from babel.core import get_global

import commonprosperity as cp
from commonprosperity.countries import country_code, country_codes, country_of, currency_of
from commonprosperity.errors import CommonProsperityError, CountryError


def test_countries_are_those_of_iso_3166_and_kosovo() -> None:
    assert len(country_codes()) == 249 + 1
    assert {"CN", "HK", "TW", "US", "XK", "AQ"} <= country_codes()
    assert not country_codes() & {"EU", "EZ", "UN", "UK", "XA", "ZZ", "CHN", "001", ""}


def test_countries_are_the_territories_that_cldr_names() -> None:
    others = ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"]
    named = {code for code in map(str, Locale("en").territories) if len(code) == 2}
    assert country_codes() == named.difference(others)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("cn", "CN"), ("CHN", "CN"), (" chn ", "CN"), ("UK", "GB"), ("china", "CN"), ("Türkiye", "TR"),
        ("XKX", "XK"), ("EU", None), ("YUG", None), ("WLD", None), ("", None), ("European Union", None),
    ],
)  # fmt: skip
def test_other_text_is_refused_with_the_code_that_it_stands_for(
    text: str, meant: str | None
) -> None:
    with pytest.raises(CountryError) as error:
        country_code(text)
    assert error.value.meant == meant
    assert isinstance(error.value, CommonProsperityError | ValueError)
    way_out = f"did you mean {meant}?" if meant else "use a code of ISO 3166 such as CN"
    assert str(error.value) == f"{text!r} is no country code of two letters; {way_out}"


@pytest.mark.parametrize("value", [None, 156, b"CN", ["CN"]])
def test_what_is_no_text_is_no_country(value: object) -> None:
    with pytest.raises(CountryError, match="use a code of ISO 3166 such as CN"):
        country_code(value)


def test_a_code_of_three_letters_is_that_of_its_country_by_cldr() -> None:
    for code, others in get_global("territory_aliases").items():
        if len(code) == 3 and code.isalpha() and len(others) == 1 and others[0] in country_codes():
            assert country_of(code) == others[0]
    assert country_of("ANT") is None, "the Netherlands Antilles became three"
    assert country_of("EUU") is None


@pytest.mark.parametrize(
    ("country", "year", "currency"),
    [
        ("CN", 2021, "CNY"), ("US", 2021, "USD"), ("HK", 2021, "HKD"), ("TW", 2021, "TWD"),
        ("HR", 2022, "HRK"), ("HR", 2023, "EUR"),  # the kuna lasted two weeks into 2023
        ("DE", 1998, "DEM"), ("DE", 1999, "EUR"), ("DE", 2001, "EUR"),  # marks until February 2002
        ("TR", 2004, "TRL"), ("TR", 2005, "TRY"),  # both were in use throughout 2005
        ("SV", 2000, "SVC"), ("SV", 2001, "USD"),
        ("HT", 2021, "HTG"), ("LS", 2021, "LSL"), ("BT", 2021, "BTN"),  # beside USD, ZAR, INR
        ("CU", 2010, "CUP"),  # beside CUC, which went in 2021
        ("XK", 2021, "EUR"), ("AQ", 2021, None),
    ],
)  # fmt: skip
def test_currency_of_a_country_at_the_end_of_a_year(
    country: str, year: int, currency: str | None
) -> None:
    assert currency_of(country, year) == currency


def test_company_takes_a_country_and_refuses_what_is_none() -> None:
    assert cp.Company(id="acme", name="Acme", country="CN").country == "CN"
    assert cp.Company(id="acme", name="Acme").country is None
    with pytest.raises(CountryError, match="did you mean CN"):
        cp.Company(id="acme", name="Acme", country="CHN")
    with pytest.raises(cp.errors.RecordError, match="country"):
        cp.Company(id="acme", name="Acme", country=" ")


def test_companies_of_the_article_are_chinese() -> None:
    assert {company.country for company in cp.load().companies} == {"CN"}
