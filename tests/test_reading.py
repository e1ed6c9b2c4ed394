"""One amount is read as it is written, with its precision and its qualifier, and nothing is guessed."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonprosperity import CommonProsperityError, Money, ParsedAmount, Qualifier, parse_amount
from commonprosperity.errors import (
    AmbiguousAmountError,
    AmountError,
    CurrencyError,
    InexactAmountError,
    LocaleError,
)
from commonprosperity.wording.names import names
from commonprosperity.wording.numerals import power_of, value_of
from commonprosperity.wording.terms import TokenKind, terms


def read(text: str, **settings: Any) -> str:
    """Read a text, and write what was read on one line."""
    parsed = parse_amount(text, **settings)
    high = f" to {parsed.high.amount}" if parsed.high else ""
    said = "" if parsed.qualifier is Qualifier.EXACT else f"{parsed.qualifier} "
    return f"{said}{parsed.money.amount}{high} {parsed.money.currency}"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("100 billion yuan", "1.00E+11 CNY"),
        ("RMB50bn", "5.0E+10 CNY"),
        ("US$15.49 billion", "1.549E+10 USD"),
        ("HK$1.2 billion", "1.2E+9 HKD"),
        ("CN¥3.569bn", "3.569E+9 CNY"),
        ("1000亿元", "1.000E+11 CNY"),
        ("人民币500亿元", "5.00E+10 CNY"),
        ("500億港元", "5.00E+10 HKD"),
        ("一百亿元", "1.00E+10 CNY"),
        ("2.4亿美元", "2.4E+8 USD"),
        ("10bn-yuan", "1.0E+10 CNY"),
        ("€1.5bn", "1.5E+9 EUR"),
        ("5 million pounds sterling", "5E+6 GBP"),
        ("GBP 562m", "5.62E+8 GBP"),
        ("100元5角", "100.5 CNY"),
        ("1.5万亿美元", "1.5E+12 USD"),
        ("１００億円", "1.00E+10 JPY"),
        ("US$\u00a015.49\u2009billion", "1.549E+10 USD"),
        ("￡5 million", "5E+6 GBP"),
        ("￦5 million", "5E+6 KRW"),
        ("10bn\u2010yuan", "1.0E+10 CNY"),
        ("5\u201110 yuan", "5 to 10 CNY"),
        ("US$five million", "5E+6 USD"),
        ("ＵＳ＄５　ｂｉｌｌｉｏｎ", "5E+9 USD"),
        ("up to 10 billion yuan", "up_to 1.0E+10 CNY"),
        ("不超过100亿元", "up_to 1.00E+10 CNY"),
        ("at least RMB 5m", "at_least 5E+6 CNY"),
        ("超过100亿元", "at_least 1.00E+10 CNY"),
        ("人民币约5亿元", "about 5E+8 CNY"),
        ("nearly £2.3bn", "about 2.3E+9 GBP"),
        ("US$5-10 billion", "5E+9 to 1.0E+10 USD"),
        ("50亿至100亿元", "5.0E+9 to 1.00E+10 CNY"),
    ],
)
def test_what_papers_print_is_read(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "amount", "candidates"),
    [
        ("$15.49 billion", "1.549E+10", ["USD", "HKD", "TWD", "AUD"]),
        ("5 million dollars", "5E+6", ["USD", "HKD", "TWD", "AUD"]),
        ("¥100", "100", ["CNY", "JPY"]),
        ("￥100亿", "1.00E+10", ["CNY", "JPY"]),
        ("¥100億元", "1.00E+10", ["CNY", "JPY"]),
        ("5 kr", "5", ["SEK", "DKK", "ISK", "NOK"]),
        ("100億元", "1.00E+10", ["CNY", "HKD", "TWD", "MOP"]),
        ("至少五萬圓", "5E+4", ["CNY", "HKD", "TWD", "MOP"]),
        ("$100万元", "1.00E+6", ["USD", "HKD", "TWD", "AUD"]),
        ("5 million pounds", "5E+6", ["GBP", "EGP", "FKP", "GIP"]),
        ("Rs 500", "500", ["INR", "LKR", "MUR", "NPR"]),
        ("100 billion", "1.00E+11", []),
        ("up to 5亿", "5E+8", []),
    ],
)
def test_what_may_be_several_currencies_is_ambiguous(
    text: str, amount: str, candidates: list[str]
) -> None:
    with pytest.raises(AmbiguousAmountError) as error:
        parse_amount(text)
    assert str(error.value.amount) == amount
    assert list(error.value.candidates[:4]) == candidates
    assert bool(error.value.symbol) is bool(candidates)
    assert isinstance(error.value, AmountError)


def test_an_ambiguous_amount_says_the_way_out() -> None:
    with pytest.raises(AmbiguousAmountError) as error:
        parse_amount("$2.3bn")
    assert str(error.value) == (
        "'$2.3bn' is ambiguous: $ is USD, HKD, TWD, AUD or one of 25 others; "
        'give symbols={"$": "USD"} if that is meant'
    )
    with pytest.raises(AmbiguousAmountError) as error:
        parse_amount("5 kr")
    assert str(error.value).startswith("'5 kr' is ambiguous: kr is SEK, DKK, ISK, NOK; give")
    with pytest.raises(AmbiguousAmountError) as error:
        parse_amount("5 million")
    assert (
        str(error.value) == "'5 million' names no currency; give default=\"CNY\" if that is meant"
    )


@pytest.mark.parametrize(
    "text", ["$5", "US$5", "5 dollars", "1 dollar", "＄5", "﹩5", "5 dollars US$"]
)
def test_a_symbol_is_settled_in_all_its_spellings(text: str) -> None:
    assert parse_amount(text, symbols={"$": "USD"}).money.currency == "USD"
    assert parse_amount("HK$5", symbols={"$": "USD"}).money.currency == "HKD"


@pytest.mark.parametrize(
    ("symbol", "code", "text"),
    [
        ("¥", "JPY", "￥5"),
        ("￥", "JPY", "¥5"),
        ("dollars", "AUD", "$5"),
        ("kr", "NOK", "5 kr."),
        ("元", "TWD", "5億圓"),
        ("pounds", "EGP", "5 pounds"),
        ("Rs", "PKR", "5 rupees"),
    ],
)
def test_any_spelling_settles_the_others(symbol: str, code: str, text: str) -> None:
    assert parse_amount(text, symbols={symbol: code}).money.currency == code


def test_what_is_named_beside_a_settled_symbol_stands() -> None:
    assert read("$5 HKD", symbols={"$": "USD"}) == "5 HKD"
    assert read("人民币5元", symbols={"元": "HKD"}) == "5 CNY"
    with pytest.raises(AmbiguousAmountError):
        parse_amount("¥100亿元", symbols={"¥": "JPY"})


@pytest.mark.parametrize("symbol", ["", "x", "5", "up to", "$5", "$ $", "5 "])
def test_only_what_is_written_with_amounts_is_a_symbol(symbol: str) -> None:
    with pytest.raises(AmountError, match=r": as a symbol, give one that is .*, such as \$ or kr$"):
        parse_amount("$5", symbols={symbol: "USD"})


def test_the_codes_of_the_settings_are_checked() -> None:
    with pytest.raises(CurrencyError, match="did you mean CNY"):
        parse_amount("$5", symbols={"$": "RMB"})
    with pytest.raises(CurrencyError, match="did you mean CNY"):
        parse_amount("US$5", default="RMB")
    for code in ("USD", "usd", "DEM"):
        with pytest.raises(
            AmountError, match=f"^'{code}' is .* as a symbol, give one that is no cur"
        ):
            parse_amount("20 usd", symbols={code: "CAD"})


def test_a_symbol_has_one_meaning_in_all_its_spellings() -> None:
    same = {"$": "CAD", "dollars": "CAD", "dollar": "CAD"}
    assert parse_amount("$5", symbols=same) == parse_amount("C$5")
    with pytest.raises(AmountError) as error:
        parse_amount("$5", symbols={"$": "USD", "dollars": "CAD"})
    problem = "as a symbol, it is $, which means USD already"
    assert (error.value.value, error.value.problem) == ("dollars", problem)


def test_the_default_is_for_a_missing_currency_only() -> None:
    assert read("5 million", default="CNY") == "5E+6 CNY"
    assert read("US$5", default="CNY") == "5 USD"
    for text in ("$5", "¥5", "5億元"):
        with pytest.raises(AmbiguousAmountError):
            parse_amount(text, default="CNY")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("RMB 5 million yuan", "5E+6 CNY"),
        ("¥100亿元", "1.00E+10 CNY"),
        ("港币5亿元", "5E+8 HKD"),
        ("美金3000萬元", "3.000E+7 USD"),
        ("5元人民币", "5 CNY"),
        ("HKD$5", "5 HKD"),
        ("US$5 dollars", "5 USD"),
        ("新台幣5億圓整", "5E+8 TWD"),
    ],
)
def test_two_names_of_one_currency_are_one(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    ("text", "locale", "meant"),
    [
        ("EUR 1.234,5", "de", "1234.5 EUR"),
        ("EUR 1.234", "de", "1234 EUR"),
        ("EUR 1,5", "de", "1.5 EUR"),
        ("EUR 1.234", None, "1.234 EUR"),
        ("EUR 1,234", None, "1234 EUR"),
        ("EUR 1 234,5", "fr", "1234.5 EUR"),
        ("EUR 1\u202f234,5", "fr_FR", "1234.5 EUR"),
        ("CHF 1'234.5", "de-CH", "1234.5 CHF"),
        ("CHF 1’234.5", "de_CH", "1234.5 CHF"),
        ("CHF 1'234'567", None, "1234567 CHF"),
        ("INR 12,34,567", "en_IN", "1234567 INR"),
        ("EUR 2 500 000", None, "2500000 EUR"),
        ("EUR 2\u00a0500", None, "2500 EUR"),
        ("USD .5 billion", None, "5E+8 USD"),
    ],
)
def test_numbers_are_read_as_their_locale_writes_them(
    text: str, locale: str | None, meant: str
) -> None:
    assert read(text, locale=locale) == meant


def test_several_spaces_are_one_space_of_the_kind_of_the_first() -> None:
    assert read("EUR 2\u00a0 500") == "2500 EUR"
    with pytest.raises(AmountError):
        parse_amount("EUR 2 \u00a0500")


@pytest.mark.parametrize(
    "noun",
    ["cfa", "escudos", "florin", "gold", "guilder", "guilders", "lati", "sol", "som", "soms"],
)
def test_a_noun_that_others_had_or_that_is_no_money_names_no_currency(noun: str) -> None:
    with pytest.raises((AmountError, CurrencyError)):
        parse_amount(f"5 million {noun}", default="CNY")


@pytest.mark.parametrize(
    "number",
    ["1,23,4", "1,2345", "12,34", ",5", "1,,000", "1,000,00", "0,123", "1 000,000", "1,000 000",
     "1.2.3", "1..2", "2021 500", "1'00", "1000,000", "12,34,567", "1.234,5"],
)  # fmt: skip
def test_marks_in_the_wrong_places_are_refused(number: str) -> None:
    with pytest.raises(AmountError):
        parse_amount(f"{number} yuan")


def test_what_another_locale_would_read_says_so() -> None:
    with pytest.raises(AmountError) as error:
        parse_amount("about 1.234,5 yuan")
    assert error.value.at == 6
    assert str(error.value) == (
        "'about 1.234,5 yuan' is no amount: at character 7, '1.234,5 yuan': 1.234,5 has its marks "
        'in the wrong places; write 1234.5 or give locale="de"'
    )
    with pytest.raises(
        AmountError, match=r'wrong places; write digits alone, with "\." before the'
    ):
        parse_amount("1,23,4 yuan")


@pytest.mark.parametrize("locale", ["xx", "", "german", "de-XX-YY-ZZ-0", 5, "../de", "de_"])
def test_a_locale_is_one_of_cldr(locale: str) -> None:
    with pytest.raises(LocaleError, match=r" is no locale; write one such as en, zh_CN or de$"):
        parse_amount("5 yuan", locale=locale)
    with pytest.raises(LocaleError):
        Money(5, "CNY").format(locale)


def test_a_capital_t_alone_is_a_trillion() -> None:
    assert {read(text) for text in ("5T元", "5 T yuan", "RMB5T", "CNY 5 T")} == {"5E+12 CNY"}


@pytest.mark.parametrize(
    ("text", "at", "problem"),
    [
        ("5 million yuan a year", 15, "it is a rate and no single amount"),
        ("5 yuan/person", 6, "it is a rate and no single amount"),
        ("每年5亿元", 0, "it is a rate and no single amount"),
        ("10%", 2, "it is a share and no amount of money"),
        ("百分之五", 0, "it is a share and no amount of money"),
        ("tens of billions of yuan", 0, "it is too vague for a number"),
        ("数十亿元", 0, "it is too vague for a number"),
        ("十几亿元", 1, "it is too vague for a number"),
        ("百亿元", 0, "it is too vague without a digit before it"),
        ("5 million yuan 6", 15, "a second number begins here; give one amount at a time"),
        ("5 6 yuan", 2, "a second number begins here; give one amount at a time"),
        ("100多亿5000万元", 5, "a second number begins here; give one amount at a time"),
        ("ten twenty yuan", 4, "'twenty' is not understood here"),
        ("5千 million yuan", 3, "'million' is not understood here"),
        ("5三亿元", 1, "this numeral has no single meaning"),
        ("5三十亿元", 1, "this numeral has no single meaning"),
        ("5+3 CNY", 2, "a second number begins here; give one amount at a time"),
        ("5 million yaun", 10, "'yaun' is not understood here; did you mean yuan?"),
        ("5*3 CNY", 1, "'*' is not understood here"),
        ("US$5 Tx", 5, "'Tx' is not understood here"),
        ("US$5 Tigers", 5, "'Tigers' is not understood here"),
        ("RMB5t", 4, "'t' is not understood here"),
        ("RMB 5bn (US$1bn)", 8, "'(' is not understood here"),
        ("100亿²元", 4, "'²' is not understood here"),
        ("①00元", 0, "'①' is not understood here"),
        ("٣ CNY", 0, "'٣' is not understood here"),
        ("5\u200b0 CNY", 1, r"'\u200b' is not understood here"),
        ("NaN CNY", 0, "'NaN' is not understood here"),
        ("1e5 CNY", 1, "'e' is not understood here"),
        ("5 million\n\nyuan", 9, "'¶' is not understood here"),
        ("5 million \r\n\r\n yuan", 9, "'¶' is not understood here"),
        ("100\n200\n300 yuan", 4, "a second number begins here; give one amount at a time"),
        ("两万五元", 2, "this numeral has no single meaning"),
        ("1万5元", 2, "this numeral has no single meaning"),
        ("二百五元", 0, "this numeral has no single meaning"),
        ("三四亿元", 0, "this numeral has no single meaning"),
        ("一二百万元", 0, "this numeral has no single meaning"),
        ("一万零三四元", 2, "this numeral has no single meaning"),
        ("1万3角", 2, "this numeral has no single meaning"),
        ("5 bn bn yuan", 5, "one scale has been said already"),
        ("5 million billion yuan", 10, "one scale has been said already"),
        ("3亿50000万元", 2, "it is as large as what is before it"),
        ("1亿0000元", 2, "it is as large as what is before it"),
        ("1万10000元", 2, "it is as large as what is before it"),
        ("one million one million yuan", 12, "it is as large as what is before it"),
        ("twenty ten yuan", 7, "'ten' is not understood here"),
        ("a half yuan", 0, "a number is expected here"),
        ("5元三", 2, "a second number begins here; give one amount at a time"),
        ("5 3角", 2, "a second number begins here; give one amount at a time"),
        ("5元角", 2, "'角' is not understood here"),
        ("- 5 yuan", 0, "'-' is not understood here"),
        ("人民币100亿 2021", 8, "a second number begins here; give one amount at a time"),
        ("1.5亿 5000万元", 5, "a second number begins here; give one amount at a time"),
        ("10.5万5千元", 5, "a second number begins here; give one amount at a time"),
        ("一亿五千元", 2, "this numeral has no single meaning"),
        ("3亿5000元", 2, "this numeral has no single meaning"),
        ("1万亿5000万元", 3, "this numeral has no single meaning"),
        ("9 100亿元", 0, '9 100 has its marks in the wrong places; write 9100 or give locale="fr"'),
        ("2 100 million yuan", 0, '2 100 has its marks in the wrong places; write 2100 or give locale="fr"'),
        ("3元10角", 2, "it is as large as what is before it"),
        ("3元100分", 2, "it is as large as what is before it"),
        ("3元2角10分", 4, "it is as large as what is before it"),
        ("3元2角5角", 4, "it is as large as what is before it"),
        ("3元20角", 2, "it is as large as what is before it"),
        ("3元2分5角", 4, "it is as large as what is before it"),
        ("two thousand three million yuan", 13, "it is as large as what is before it"),
        ("two and a million yuan", 10, "a half is expected here"),
        ("a yuan", 0, "a number is expected here"),
        ("half yuan", 0, "a number is expected here"),
    ],
)  # fmt: skip
def test_an_error_points_at_the_character(text: str, at: int, problem: str) -> None:
    with pytest.raises(AmountError) as error:
        parse_amount(text)
    assert (error.value.at, error.value.problem) == (at, problem)
    assert f"at character {at + 1}, {text[at:]!r}" in str(error.value)


@pytest.mark.parametrize("text", ["", " ", "yuan", "$", "up to", "5 yuan to", "between 5 yuan"])
def test_an_amount_that_stops_too_soon_is_refused(text: str) -> None:
    with pytest.raises(AmountError) as error:
        parse_amount(text)
    ends = "a range has two ends" if "between" in text else "a number is expected here"
    assert (error.value.at, error.value.problem) == (len(text), f"{ends}, where it ends")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("5 million USD HKD", "it names two currencies, USD and HKD"),
        ("RMB5m–HK$10m", "it names two currencies, CNY and HKD"),
        ("RMB 5 million USD", "it names two currencies, CNY and USD"),
        ("RMB ¥5 million yuan pounds", "it names two currencies, CNY and pounds"),
        ("人民币5亿美元", "it names two currencies, CNY and USD"),
        ("5亿港元美元", "it names two currencies, HKD and USD"),
        ("up to at least 5 yuan", "it says both at_least and up_to; give one of them"),
        ("10-5 million yuan", "its upper end is below its lower end"),
        ("$5 to $10 million", "say the scale at both of its ends, as in 5 million to 10 million"),
        ("三到五十亿元", "say the scale at both of its ends, as in 5 million to 10 million"),
        ("3千至5千万元", "say the scale at both of its ends, as in 5 million to 10 million"),
        ("1万至2万亿元", "say the scale at both of its ends, as in 5 million to 10 million"),
        (
            "1 lakh to 2 lakh crore INR",
            "say the scale at both of its ends, as in 5 million to 10 million",
        ),
        ("5亿元至10亿美元", "it names two currencies, CNY and USD"),
        ("$5m-HK$10m", "it names two currencies, USD and HKD"),
        ("5万至10元", "say the scale at both of its ends, as in 5 million to 10 million"),
    ],
)
def test_what_does_not_fit_together_is_refused(text: str, problem: str) -> None:
    with pytest.raises(AmountError) as error:
        parse_amount(text, symbols={"$": "USD"})
    assert error.value.problem == problem


@pytest.mark.parametrize("text", ["5 million xyz", "5 million Cny", "XYZ 5"])
def test_an_unknown_code_beside_a_number_is_a_currency_error(text: str) -> None:
    with pytest.raises(CurrencyError):
        parse_amount(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("5 to 10 million yuan", "5E+6 to 1.0E+7 CNY"),
        ("between 5 and 10 million yuan", "5E+6 to 1.0E+7 CNY"),
        ("from 5 million to 10 million yuan", "5E+6 to 1.0E+7 CNY"),
        ("US$5m-US$10m", "5E+6 to 1.0E+7 USD"),
        ("US$500,000 to US$1 million", "500000 to 1E+6 USD"),
        ("US$10,000 to US$1 million", "10000 to 1E+6 USD"),
        ("约5亿至约10亿元", "about 5E+8 to 1.0E+9 CNY"),
        ("5000元至1万元", "5000 to 1E+4 CNY"),
        ("3千元至5千万元", "3E+3 to 5E+7 CNY"),
        ("3千万至5千万元", "3E+7 to 5E+7 CNY"),
        ("5万至1千万元", "5E+4 to 1E+7 CNY"),
        ("one-hundred to two-hundred million yuan", "1.00E+8 to 2.00E+8 CNY"),
        ("US$5m-$10m", "5E+6 to 1.0E+7 USD"),
        ("5-10 yuan", "5 to 10 CNY"),
        ("五到八亿元", "5E+8 to 8E+8 CNY"),
        ("二十到三十亿元", "2.0E+9 to 3.0E+9 CNY"),
        ("3-5千万元", "3E+7 to 5E+7 CNY"),
        ("介于5亿和10亿元之间", "5E+8 to 1.0E+9 CNY"),
        ("five to ten billion yuan", "5E+9 to 1.0E+10 CNY"),
        ("between two hundred and 300 yuan", "200 to 300 CNY"),
        ("五到十亿元", "5E+8 to 1.0E+9 CNY"),
        ("two hundred to three hundred million yuan", "2.00E+8 to 3.00E+8 CNY"),
        ("约5-10亿元", "about 5E+8 to 1.0E+9 CNY"),
        ("5~6 yuan", "5 to 6 CNY"),
        ("two million to three million yuan", "2E+6 to 3E+6 CNY"),
        ("between two million and 3 million yuan", "2E+6 to 3E+6 CNY"),
        ("5-5 yuan", "5 to 5 CNY"),
    ],
)
def test_a_range_has_both_its_ends(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize("text", ["two to three hundred million yuan", "US$5 to US$10 million",
                                  "5 -million yuan",
        "20,000 to US$1 million",
        "US$20,000 to 1 million",
        "US$9,999 to US$1 million", "3到五千万元", "5 to 10亿5000万元",
                                  "5 yuan to up to 6 yuan", "-5 to 5 yuan", "between 5 yuan 6",
                                  "5 million to 10 yuan", "5 and 10 yuan"])  # fmt: skip
def test_a_range_whose_ends_are_unclear_is_refused(text: str) -> None:
    with pytest.raises(AmountError):
        parse_amount(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("3亿5000万元", "3.5000E+8 CNY"),
        ("一亿二千万元", "1.2000E+8 CNY"),
        ("1万5千元", "1.5E+4 CNY"),
        ("一万零五元", "10005 CNY"),
        ("2亿零500元", "200000500 CNY"),
        ("5亿零3万元", "5.0003E+8 CNY"),
        ("一亿零五千元", "100005000 CNY"),
        ("1万亿2000亿元", "1.2000E+12 CNY"),
        ("1万5000元", "15000 CNY"),
        ("one-hundred million yuan", "1.00E+8 CNY"),
        ("5 million baht", "5E+6 THB"),
        ("5 million German marks", "5E+6 DEM"),
        ("5百亿元", "5E+10 CNY"),
        ("3千万元", "3E+7 CNY"),
        ("1.5个亿元", "1.5E+8 CNY"),
        ("三点五亿元", "3.5E+8 CNY"),
        ("叁仟万元整", "3.000E+7 CNY"),
        ("近百亿元", "about 1.00E+10 CNY"),
        ("逾亿元", "at_least 1E+8 CNY"),
        ("100多亿元", "at_least 1.00E+10 CNY"),
        ("100亿多元", "at_least 1.00E+10 CNY"),
        ("百余亿元", "at_least 1.00E+10 CNY"),
        ("5角", "0.5 CNY"),
        ("3元2角整", "3.2 CNY"),
        ("3元0角5分", "3.05 CNY"),
        ("3元99分", "3.99 CNY"),
        ("3元2角5分", "3.25 CNY"),
        ("2角5分", "0.25 CNY"),
        ("1元5分", "1.05 CNY"),
        ("5分", "0.05 CNY"),
        ("3 thousand crore INR", "3E+10 INR"),
        ("5 hundred million yuan", "5E+8 CNY"),
        ("5-hundred-million yuan", "5E+8 CNY"),
        ("five-billion-yuan", "5E+9 CNY"),
        ("half a billion yuan", "5E+8 CNY"),
        ("half-a-billion yuan", "5E+8 CNY"),
        ("a half-billion yuan", "5E+8 CNY"),
        ("one and a half billion yuan", "1.5E+9 CNY"),
        ("a hundred million yuan", "1.00E+8 CNY"),
        ("a hundred yuan", "100 CNY"),
        ("one and a half yuan", "1.5 CNY"),
        ("two hundred and fifty-nine thousand, nine hundred and fifty yuan", "259950 CNY"),
        ("US$20+ billion", "at_least 2.0E+10 USD"),
        ("5bn+ yuan", "at_least 5E+9 CNY"),
        ("5bn-plus-yuan", "at_least 5E+9 CNY"),
        ("5 yuan-plus", "at_least 5 CNY"),
        ("US$5T", "5E+12 USD"),
        ("-US$5m", "-5E+6 USD"),
        ("−5 yuan", "-5 CNY"),
    ],
)
def test_numbers_and_scales_are_put_together(text: str, meant: str) -> None:
    assert read(text) == meant


def test_what_is_no_text_is_refused() -> None:
    wrong: Any = ["$"]
    with pytest.raises(AmountError, match=r'such as \{"\$": "USD"\}$'):
        parse_amount("$5", symbols=wrong)
    values: list[Any] = [None, 5, b"5 yuan"]
    for value in values:
        with pytest.raises(AmountError, match=r": give a text such as 15\.49 billion USD$"):
            parse_amount(value)


def test_more_digits_than_an_amount_holds_are_refused() -> None:
    for text in (
        f"{'9' * 60}亿1万元",
        f"{'9' * 300} CNY",
        f"{'9' * 61} yuan",
        f"{'9' * 300} yuan",
        f"1.{'0' * 60}1亿零1万元",
        "1" * 10**5,
    ):
        for read_ in (parse_amount, Money.parse):
            with pytest.raises(AmountError):
                read_(text)
    assert parse_amount(f"{'9' * 60} billion yuan").money.amount == int("9" * 60) * 10**9


def test_money_is_parsed_when_it_is_one_exact_amount() -> None:
    assert Money.parse("¥5", symbols={"¥": "JPY"}) == Money(5, "JPY")
    assert Money.parse("5", default="CNY") == Money(5, "CNY")
    assert str(Money.parse("EUR 1.234,5", locale="de").amount) == "1234.5"
    assert Money.parse("1.234 EUR", locale="de") == Money(1234, "EUR")
    for text, form, place in (
        ("5-10 yuan", "a range", "its upper end in high"),
        ("up to 10 yuan", "not exact but up_to", "up_to as its qualifier"),
    ):
        with pytest.raises(InexactAmountError) as error:
            Money.parse(text)
        assert str(error.value) == (
            f"'{text}' is no exact amount: it is {form}; parse_amount keeps that, "
            f"and a pledge has {place}"
        )


def test_a_plain_amount_is_read_alike_by_both_grammars() -> None:
    for text in ("15.49 billion USD", "-5 CNY", "1,234.50 CNY", "100 thousand EUR", "0 CNY"):
        assert parse_amount(text) == ParsedAmount(Money.parse(text))
        assert str(parse_amount(text).money.amount) == str(Money.parse(text).amount)


SCALES = {"": 0, " thousand": 3, "k": 3, "m": 6, " million": 6, "bn": 9, " billion": 9, "tn": 12}
MYRIADS = {"": 0, "万": 4, "亿": 8, "万亿": 12}


@given(
    digits=st.integers(0, 10**12),
    decimals=st.integers(0, 3),
    scale=st.sampled_from(sorted(SCALES)),
    grouped=st.booleans(),
)
def test_english_digits_are_worth_what_they_say(
    digits: int, decimals: int, scale: str, *, grouped: bool
) -> None:
    value = Decimal(digits).scaleb(-decimals)
    text = f"RMB{value:,f}{scale}" if grouped else f"{value:f}{scale} yuan"
    read_ = parse_amount(text).money
    assert Fraction(read_.amount) == Fraction(digits, 10**decimals) * 10 ** SCALES[scale]
    assert read_.amount.as_tuple().exponent == SCALES[scale] - decimals


@given(
    parts=st.lists(st.integers(1, 9999), min_size=1, max_size=3),
    scales=st.sampled_from([("万亿", "亿", "万"), ("亿", "万", ""), ("万", "", "")]),
    in_words=st.booleans(),
)
def test_chinese_scales_are_worth_what_they_say(
    parts: list[int], scales: tuple[str, ...], *, in_words: bool
) -> None:
    said = [(part, scale) for part, scale in zip(parts, scales, strict=False) if scale or part > 9]
    text = "".join(f"{chinese(n) if in_words else n}{scale}" for n, scale in said)
    worth = sum(n * 10 ** MYRIADS[scale] for n, scale in said)
    if said and said[-1][1] in {"", "万"} and len({scale for _, scale in said}) == len(said):
        assert parse_amount(f"{text}元").money.amount == worth


def chinese(number: int) -> str:
    """Write a number below 10,000 in Chinese, by the textbook."""
    digits = "零一二三四五六七八九"
    text, gap = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += "零" * (gap and bool(text)) + digits[digit] + unit
        gap = not digit
    return text or "零"


@given(st.integers(1, 9999))
def test_a_chinese_numeral_says_its_number(number: int) -> None:
    assert value_of(chinese(number)) == number
    formal = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
    assert value_of(chinese(number).translate(formal)) == number


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("十", 10), ("十五", 15), ("百", 100), ("零", 0), ("两千", 2000), ("三点一四", "3.14"),
     ("十四點四一", "14.41"), ("零点五", "0.5"), ("一千零十五", 1015)],
)  # fmt: skip
def test_short_numerals_and_decimals(numeral: str, value: int | str) -> None:
    assert value_of(numeral) == Decimal(value)


@pytest.mark.parametrize("numeral", ["", "一百二千", "一千二千", "三四", "二百五", "一百一", "一百百", "十百", "千百", "点五",
                                     "三点", "三点十", "三点五点六", "二〇二一", "零五", "一零",
                                     "百一", "三千五"])  # fmt: skip
def test_what_is_said_by_ear_is_no_number(numeral: str) -> None:
    assert value_of(numeral) is None


def test_a_unit_alone_has_a_power() -> None:
    assert [power_of(unit) for unit in ("十", "百", "千", "一千", "五")] == [1, 2, 3, None, None]


SMALL = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
         "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
         "nineteen"]  # fmt: skip
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def english(number: int) -> str:
    """Write a number below 1,000 in English."""
    hundreds, rest = divmod(number, 100)
    below = (
        SMALL[rest] if rest < 20 else "-".join(filter(None, (TENS[rest // 10], SMALL[rest % 10])))
    )
    return " and ".join(filter(None, (f"{SMALL[hundreds]} hundred" if hundreds else "", below)))


@given(st.integers(1, 999), st.integers(0, 999))
def test_english_number_words_say_their_number(high: int, low: int) -> None:
    text = f"{english(high)} million" + (f" {english(low)} thousand" if low else "")
    assert parse_amount(f"{text} yuan").money.amount == high * 10**6 + low * 10**3
    assert parse_amount(f"{english(high)} yuan").money.amount == high


def sentence_or(read_: Callable[[str], object], text: str) -> object:
    """Return what is read, or the sentence of our own error; any other error is not caught."""
    try:
        return read_(text)
    except CommonProsperityError as error:
        return str(error)


@given(st.lists(st.sampled_from([*sorted(terms()), "5", "1.5", "10", "三", "百", " ", " ", "US$"]),
                max_size=8))  # fmt: skip
def test_any_words_are_read_or_refused_with_a_sentence(words: list[str]) -> None:
    text = "".join(words)
    parsed = sentence_or(parse_amount, text)
    if isinstance(parsed, ParsedAmount):
        assert any(c.isalnum() for c in text)
        assert parsed.high is None or parsed.high >= parsed.money


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    for read_ in (parse_amount, Money.parse):
        assert sentence_or(read_, text)


def test_every_name_means_currencies_and_no_name_is_lost() -> None:
    assert len(names()) > 900
    for spelling, name in names().items():
        assert name.alone, spelling
        assert name.beside.issuperset(name.alone), spelling
        assert spelling == spelling.lower()
    assert {spelling for spelling, term in terms().items() if TokenKind.NAME in term} == {*names()}


@pytest.mark.parametrize(
    ("text", "character", "problem"),
    [
        ("USD xyz 1,2345", 5, "'xyz' is not understood here"),
        ("USD per 1,2345", 5, "it is a rate and no single amount"),
        ("to 1,2345 USD", 1, "'to' is not understood here"),
        ("USD 1,2345 xyz", 5, "1,2345 has its marks in the wrong places; write 12345 or 1.2345"),
        ("USD 1 1,2345", 7, "1,2345 has its marks in the wrong places; write 12345 or 1.2345"),
        ("USD  1 to  1,2345", 12, "1,2345 has its marks in the wrong places"),
    ],
)
def test_first_problem_of_a_text_is_told_before_wrong_marks_behind_it(
    text: str, character: int, problem: str
) -> None:
    with pytest.raises(AmountError) as error:
        parse_amount(text)
    assert (error.value.at, error.value.problem[: len(problem)]) == (character - 1, problem)


def test_number_whose_marks_mean_nothing_is_refused_without_a_guess() -> None:
    with pytest.raises(AmountError, match="wrong places; write digits alone"):
        parse_amount("1,23,4.5 EUR")
