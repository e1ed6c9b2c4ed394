"""Forms of amounts that papers print and the textbook leaves out: each is read, or refused, as meant."""

from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commonprosperity.errors import AmountError, CurrencyError
from commonprosperity.money import parse_amount
from commonprosperity.wording import currency_codes
from commonprosperity.wording.characters import Characters

DOLLARS = {"$": "USD"}


def read(text: str, **settings: str | Mapping[str, str]) -> str:
    return str(parse_amount(text, **settings))  # type: ignore[arg-type]


def chinese(number: int) -> str:
    """Write a number below 10,000 in Chinese, by the textbook."""
    text, gap = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += "零" * (gap and bool(text)) + "零一二三四五六七八九"[digit] + unit
        gap = not digit
    return text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("两到三千澳元", "2,000 AUD to 3,000 AUD"),
        ("一到两千欧元", "1,000 EUR to 2,000 EUR"),
        ("两至三百美元", "200 USD to 300 USD"),
        ("兩至三百美元", "200 USD to 300 USD"),
        ("两到三千万元", "20 million CNY to 30 million CNY"),
        ("三到五百亿元", "30 billion CNY to 50 billion CNY"),
        ("八到九佰元", "800 CNY to 900 CNY"),
        ("十八至三十万日元", "180,000 JPY to 300,000 JPY"),
        ("二百至三百五十万元", "2 million CNY to 3.5 million CNY"),
        ("15至三十万元", "150,000 CNY to 300,000 CNY"),
        ("五到二十元", "5 CNY to 20 CNY"),
        ("五到五百元", "5 CNY to 500 CNY"),
        ("零到五百元", "0 CNY to 500 CNY"),
        ("五到十五元", "5 CNY to 15 CNY"),
        ("二到三点五亿元", "200 million CNY to 350 million CNY"),
        ("两元到三千元", "2 CNY to 3,000 CNY"),
        ("8500到3万港元", "8,500 HKD to 30,000 HKD"),
        ("1000到1万元", "1,000 CNY to 10,000 CNY"),
        ("9,500 to 3 million yuan", "9,500 CNY to 3 million CNY"),
        ("2000至3000万元", "20 million CNY to 30 million CNY"),
        ("3000至3000万元", "30 million CNY to 30 million CNY"),
    ],
)
def test_the_lower_end_takes_the_unit_that_the_upper_end_lends(text: str, meant: str) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    "text",
    ["三到五十元", "三到五十亿元", "三到五十五元", "两到三千五百元", "2到三千元", "3到五千万元", "two to three hundred yuan",
     "one to two hundred million yuan", "US$20,000 to 1 million"],
)  # fmt: skip
def test_a_lower_end_that_may_be_two_numbers_is_refused(text: str) -> None:
    with pytest.raises(AmountError, match="say the scale at both of its ends"):
        parse_amount(text)


def test_three_digits_or_fewer_take_the_scale_even_above_the_upper_end() -> None:
    with pytest.raises(AmountError, match="its upper end is below its lower end"):
        parse_amount("999到3万元")


@given(st.integers(1, 9999), st.integers(1, 9999))
@example(1, 500)
@example(1, 5)
@example(20, 500)
@example(9999, 9999)
def test_ten_thousands_of_hundred_millions_are_read(tens: int, rest: int) -> None:
    zero = "零" if rest < 1000 else ""
    worth = (tens * 10**4 + rest) * 10**8
    for text in (f"{chinese(tens)}万{zero}{chinese(rest)}亿元", f"{tens}万{zero}{rest}亿元"):
        assert parse_amount(text).money.amount == worth
    assert parse_amount(f"{chinese(tens)}万{zero}{chinese(rest)}亿零五万元").money.amount == (
        worth + 50_000
    )


@pytest.mark.parametrize(
    "text",
    ["一万五亿元", "1万5亿元", "一万一万亿元", "5亿3万2千亿元", "1万10000亿元", "1.5万500亿元"],
)
def test_what_is_no_ten_thousands_of_hundred_millions_is_refused(text: str) -> None:
    with pytest.raises(AmountError):
        parse_amount(text)


@pytest.mark.parametrize("code", ["usd", "cny", "hkd", "eur", "jpy", "gbp", "sek", "aud"])
def test_a_code_may_be_in_small_letters(code: str) -> None:
    meant = f"20 {code.upper()}"
    assert read(f"{code} 20") == read(f"20 {code}") == read(f"20{code}") == meant
    assert read(f"up to {code}20m") == f"up to 20 million {code.upper()}"
    with pytest.raises(CurrencyError, match=f"did you mean {code.upper()}"):
        parse_amount(f"20 {code.title()}")


@pytest.mark.parametrize("word", ["all", "try", "top", "cup", "mop", "pen", "cop", "mad", "bob"])
def test_a_code_that_is_a_word_is_written_in_capitals(word: str) -> None:
    assert word.upper() in currency_codes()
    for text in (f"{word} 20", f"20 {word}"):
        with pytest.raises(CurrencyError, match=f"did you mean {word.upper()}"):
            parse_amount(text)


def test_a_code_of_old_money_is_written_in_capitals() -> None:
    with pytest.raises(CurrencyError, match="did you mean DEM"):
        parse_amount("20 dem")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("$728 mil", "728 million USD"),
        ("$728 mil.", "728 million USD"),
        ("5 bil yuan", "5 billion CNY"),
        ("$5 bil.", "5 billion USD"),
        ("5 Mrd EUR", "5 billion EUR"),
        ("EUR 5 Mrd.", "5 billion EUR"),
        ("50万元（含）以上", "at least 500,000 CNY"),
        ("50万元(含)以下", "up to 500,000 CNY"),
        ("50万元（含本数）", "500,000 CNY"),
        ("1万元--5万元", "10,000 CNY to 50,000 CNY"),
        ("1万元——5万元", "10,000 CNY to 50,000 CNY"),
        ("must not exceed 5 million yuan"[5:], "up to 5 million CNY"),
        ("cannot exceed 5 million yuan", "up to 5 million CNY"),
        ("does not exceed 5 million yuan", "up to 5 million CNY"),
        ("exceeding 5 million yuan", "at least 5 million CNY"),
        ("exceeded 5 million yuan", "at least 5 million CNY"),
        ("不得超过5亿元", "up to 500 million CNY"),
        ("不會超過5億港元", "up to 500 million HKD"),
        ("最高可达5亿元", "up to 500 million CNY"),
        ("不得低于5亿元", "at least 500 million CNY"),
        ("高达5亿元", "500 million CNY"),
    ],
)
def test_short_forms_of_papers_are_read(text: str, meant: str) -> None:
    assert read(text, symbols=DOLLARS) == meant


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", " \n ", "\n\u3000"])
def test_a_line_end_is_a_space_between_words(end: str) -> None:
    assert read(f"up{end}to 100{end}billion{end}yuan") == "up to 100 billion CNY"
    assert read(f"5 million Hong{end}Kong dollars") == "5 million HKD"
    assert read(f"人民币{end}5亿{end}元") == "500 million CNY"


@pytest.mark.parametrize(
    "between", ["\n\n", "\r\n\r\n", "\n \n", "\r\r", "\t", "\v", "\x85", "\u2028"]
)
def test_an_empty_line_ends_an_amount(between: str) -> None:
    with pytest.raises(AmountError):
        parse_amount(f"100{between}billion yuan")


def test_a_line_end_joins_no_digits() -> None:
    assert read("EUR 2 500 000") == "2.5 million EUR"
    for text in ("EUR 2\n500\n000", "EUR 2\r\n500 000", "100\n200\n300 yuan"):
        with pytest.raises(AmountError):
            parse_amount(text)


BLANKS = " \u3000\u00a0\n\r¶"


@given(st.text(alphabet=" \u3000\u00a0\n\r\t5a元Ａ＄İ", max_size=30))
def test_every_character_that_is_read_stands_where_it_says(text: str) -> None:
    characters = Characters.of(text)
    places = [characters.place(at) for at in range(len(characters.narrow))]
    assert places == sorted(set(places))
    for character, place in zip(characters.narrow, places, strict=True):
        if character not in BLANKS:
            assert character == Characters.of(text[place]).narrow
    assert len(characters.lower) == len(characters.narrow)
    assert sum(c not in BLANKS for c in characters.narrow) == sum(c not in BLANKS for c in text)


def test_blanks_are_one_blank_a_line_end_or_an_empty_line() -> None:
    blanks = {" \u3000": " ", "\u00a0 ": "\u00a0", " \n ": "\n", "\r": "\n", "\r\n": "\n", "\n\n": "¶",
              "\r\n \r": "¶", "\t": "\t", "\n": "\n"}  # fmt: skip
    for blank, one in blanks.items():
        assert Characters.of(f"a{blank}b").narrow == f"a{one}b"
    assert Characters.of("A\u00a0B\nC  D").lower == "a b c d"


@pytest.mark.parametrize("locale", ["en", "en_GB", "zh_CN", "ja", "fr"])
def test_brackets_are_a_minus_where_a_locale_says_so(locale: str) -> None:
    assert read("(99)", default="USD", locale=locale) == "-99 USD"
    assert read("（US$99）", locale=locale) == "-99 USD"
    for text in ("(99 million) USD", "US$ (99) million", "(US$99 million)", "US$(99 million)"):
        assert read(text, locale=locale) == "-99 million USD"
    assert read("约RMB(12)亿", locale=locale) == "about -1.2 billion CNY"
    assert read("50万元(含)", locale=locale) == "500,000 CNY"


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("(99)", {}),
        ("(99)", {"locale": "de"}),
        ("(5-10)", {"locale": "en"}),
        ("(-99)", {"locale": "en"}),
        ("(99", {"locale": "en"}),
        ("99)", {"locale": "en"}),
        ("((99))", {"locale": "en"}),
        (")99(", {"locale": "en"}),
        ("99 (million)", {"locale": "en"}),
        ("99 (2021)", {"locale": "en"}),
        ("(five) 5", {"locale": "en"}),
        ("(5) to 10", {"locale": "en"}),
        ("5 (USD)", {"locale": "en"}),
    ],
)
def test_brackets_are_no_minus_otherwise(text: str, settings: dict[str, str]) -> None:
    with pytest.raises(AmountError):
        parse_amount(text, default="USD", **settings)  # type: ignore[arg-type]
