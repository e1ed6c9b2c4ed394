"""What a refusal advises is accepted when it is done, and means what was meant."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.errors import (
    AmbiguousAmountError,
    AmountError,
    CommonProsperityError,
    CurrencyError,
    CurrencyMismatchError,
    FormatError,
    InexactAmountError,
    LocaleError,
    PeriodError,
    StyleError,
    UnitError,
)
from commonprosperity.wording import currency_codes
from commonprosperity.wording.names import names

PLACES = re.compile(r"^(.*) has its marks in the wrong places; write (.*)$")
LOCALE = re.compile(r' or give locale="(\w+)"$')
MISSPELLED = re.compile(r"'(.*)' is not understood here; did you mean (.*)\?$")
SYMBOLS = re.compile(r'give symbols=\{"(.*)": "([A-Z]{3})"\} if that is meant$')


def advised(
    text: str, settings: dict[str, Any], error: CommonProsperityError
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Go through the texts and settings that an error says to give in the place of the others."""
    sentence = str(error)
    if symbols := SYMBOLS.search(sentence):
        yield text, settings | {"symbols": {symbols[1]: symbols[2]}}
    elif 'give default="CNY"' in sentence:
        yield text, settings | {"default": "CNY"}
    elif isinstance(error, CurrencyError) and error.meant:
        yield text.replace(str(error.code), error.meant), settings
    elif isinstance(error, AmountError) and error.at is not None:
        before, after = text[: error.at], text[error.at :]
        if misspelled := MISSPELLED.search(error.problem):
            yield before + after.replace(misspelled[1], misspelled[2], 1), settings
        if places := PLACES.search(error.problem):
            proposed = LOCALE.sub("", places[2])
            if not proposed.startswith("digits alone"):
                for number in proposed.split(" or "):
                    yield before + number + after[len(places[1]) :], settings
            if locale := LOCALE.search(places[2]):
                yield text, settings | {"locale": locale[1]}


def readings(text: str, **settings: Any) -> list[cp.ParsedAmount]:
    """Follow every piece of advice of a refusal, and return what is read then."""
    with pytest.raises(CommonProsperityError) as refusal:
        cp.parse_amount(text, **settings)
    return [cp.parse_amount(t, **s) for t, s in advised(text, settings, refusal.value)]


@pytest.mark.parametrize(
    ("text", "locale", "meant"),
    [
        ("1.234,5 EUR", None, ["1234.5"] * 2),
        ("about 1.234.567 yuan", None, ["1234567"] * 2),
        ("EUR 1,5", None, ["1.5"] * 2),
        ("0,123 EUR", None, ["0.123"] * 2),
        ("12,34 EUR", None, ["12.34"] * 2),
        ("₹5,00,000", None, ["500000"] * 2),
        ("INR 1,00,000.50", None, ["100000.50"] * 2),
        ("9 100 EUR", None, ["9100"] * 2),
        ("1 234,5 EUR", None, ["1234.5"] * 2),
        ("1,234.5 EUR", "de", ["1234.5"] * 2),
        ("258555.0 EUR", "fr", ["258555.0"] * 2),
        ("1,5 CHF", "de_CH", ["1.5"] * 2),
        ("EUR 1,234", "de_CH", ["1234", "1.234"]),
        ("1.234 EUR", "fr", ["1234", "1.234"]),
        ("1,0000亿元", None, ["10000E8", "1.0000E8"]),
        ("1000,000 EUR", None, ["1000000", "1000.000"]),
        ("1234,567 EUR", None, ["1234567", "1234.567"]),
        ("1,23,4 yuan", None, []),
        ("1,000,00 yuan", None, []),
        ("1'00 yuan", None, []),
        ("2021 500 yuan", None, []),
    ],
)
def test_a_number_is_told_what_it_may_mean(text: str, locale: str | None, meant: list[str]) -> None:
    read = readings(text, locale=locale)
    assert [parsed.money.amount for parsed in read] == [*map(Decimal, meant)]


def test_a_number_of_more_than_forty_characters_is_not_written_out() -> None:
    forty = f"{'1' * 37},50 EUR"
    assert [parsed.money for parsed in readings(forty)] == [cp.Money(f"{'1' * 37}.50", "EUR")] * 2
    assert readings(f"1{forty}") == []


@pytest.mark.parametrize(
    "text", ["INR 100,000", "INR 1,00,000", "INR 1,000,000.5", "INR 12,34,567"]
)
@pytest.mark.parametrize("locale", ["en_IN", "hi"])
def test_indian_papers_have_groups_of_both_kinds(text: str, locale: str) -> None:
    plain = text.removeprefix("INR ").replace(",", "")
    assert cp.parse_amount(text, locale=locale).money == cp.Money(plain, "INR")


@pytest.mark.parametrize("text", ["INR 10,0,000", "INR 1,00,00", "INR 1,00,000,00"])
def test_groups_of_no_kind_are_refused_in_india_too(text: str) -> None:
    assert readings(text, locale="en_IN") == []


@pytest.mark.parametrize("group", [" ", "\u202f", "'", "’"])
@pytest.mark.parametrize("number", ["12{}345.67", "12{}345,67", "9{}876{}543,2"])
def test_swiss_french_is_read_with_the_marks_of_amounts_and_of_numbers(
    number: str, group: str
) -> None:
    plain = number.replace("{}", "").replace(",", ".")
    text = number.replace("{}", group)
    assert cp.parse_amount(f"{text} CHF", locale="fr_CH").money == cp.Money(plain, "CHF")


WRITERS = ("en", "de", "fr", "de_CH", "en_IN", "pt_PT", "sv")
READERS = (None, *WRITERS, "fr_CH", "hi", "zh_CN")


@given(
    st.decimals(0, 10**13, allow_nan=False, places=2) | st.integers(0, 10**13).map(Decimal),
    st.sampled_from(WRITERS),
    st.sampled_from(READERS),
)
def test_advice_of_a_number_has_the_one_that_its_writer_meant(
    amount: Decimal, writer: str, reader: str | None
) -> None:
    written = cp.Money(amount, "CHF").format(writer)
    (number,) = re.findall(r"[0-9][0-9.,’'\s]*[0-9]|[0-9]", written)
    try:
        cp.parse_amount(f"{number} CHF", locale=reader)
    except AmountError:
        read = readings(f"{number} CHF", locale=reader)
        assert not read or amount in {parsed.money.amount for parsed in read}
        if len(read) == 1 or read[:1] == read[1:]:
            assert read[0].money.amount == amount


LETTERS = st.sampled_from("abcdeilmnorstu")


@st.composite
def misspellings(draw: st.DrawFn) -> str:
    """Draw a word of amounts with a letter too many, too few, or another one."""
    scales = ["million", "billion", "trillion", "thousand", "crore"]
    word = draw(st.sampled_from(sorted(names()) + scales * 40))
    at = draw(st.integers(0, len(word) - 1))
    letter = draw(LETTERS)
    return draw(st.sampled_from([
        word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :],
    ]))  # fmt: skip


@given(misspellings(), st.sampled_from(["5 million {}", "{} 5 million", "5 {} yuan", "up to 5 {}"]))
def test_a_word_that_is_proposed_makes_an_amount(word: str, form: str) -> None:
    text = form.format(word)
    try:
        cp.parse_amount(text)
    except CommonProsperityError as refusal:
        assume("did you mean" in str(refusal))
        assert len(readings(text)) == 1


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("5 million yaun", "5E+6 CNY"),
        ("5 milion yuan", "5E+6 CNY"),
        ("5 hong koong dollars", "5 HKD"),
        ("5 million swiss frncs", "5E+6 CHF"),
        ("aproximately 5 yuan", "5 CNY"),
        ("RMB 5 bilion", "5E+9 CNY"),
        ("5 rnb", None),
        ("5 million dolars", None),  # "dollars" would be refused, as it is ambiguous
        ("5 zebras yuan", None),
    ],
)
def test_a_word_is_proposed_only_where_that_is_read(text: str, meant: str | None) -> None:
    expected = [] if meant is None else [cp.Money(*meant.split())]
    assert [parsed.money for parsed in readings(text)] == expected


def test_a_word_is_proposed_with_the_meaning_that_was_given() -> None:
    (read,) = readings("5 million dolars", symbols={"$": "USD"})
    assert read.money == cp.Money("5E+6", "USD")


@given(
    st.sampled_from(sorted(names())), st.sampled_from(["5 {}", "{} 5 million", "about {}5-10 bn"])
)
def test_an_ambiguous_name_is_settled_as_its_refusal_says(name: str, form: str) -> None:
    text = form.format(name)
    try:
        cp.parse_amount(text)
    except AmbiguousAmountError as refusal:
        code = refusal.candidates[0]
    else:
        return
    (read,) = readings(text)
    assert read.money.currency == code
    assert cp.parse_amount(form.format(f"{code} ")).money == read.money


def test_an_amount_without_a_currency_takes_the_default_as_its_refusal_says() -> None:
    (read,) = readings("2.3 billion")
    assert read.money == cp.Money("2.3E+9", "CNY")


def test_a_code_that_is_proposed_is_read() -> None:
    for code in sorted(currency_codes()):
        for text in (f"5 {code.lower()}", f"{code.title()} 5"):
            try:
                read = [cp.parse_amount(text)]
            except CurrencyError:
                read = readings(text)
            except AmountError:  # try, top, all and the like are words
                continue
            assert [parsed.money for parsed in read] in ([], [cp.Money(5, code)])


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_is_written_as_the_text_that_its_refusal_gives(value: float) -> None:
    with pytest.raises(AmountError) as refusal:
        cp.Money(value, "CNY")
    text = re.search(r'write it as text, such as "(.*)"$', str(refusal.value))
    assert text or "give an int, a Decimal or a text" in str(refusal.value)
    if text:
        assert float(cp.Money(text[1], "CNY").amount) == value
    else:
        assert not 1e-30 < abs(value) < 1e30


def test_a_float_of_numpy_is_written_as_a_text_too() -> None:
    numpy = pytest.importorskip("numpy")
    with pytest.raises(AmountError, match=r'write it as text, such as "0\.1"$'):
        cp.Money(numpy.float64(0.1), "CNY")


def test_an_inexact_amount_is_kept_by_the_function_that_its_refusal_names() -> None:
    for text in ("up to 5 yuan", "RMB 5-10bn"):
        with pytest.raises(InexactAmountError, match="parse_amount keeps that"):
            cp.Money.parse(text)
        assert cp.parse_amount(text).money.currency == "CNY"


def test_an_inexact_amount_of_a_pledge_is_kept_in_the_fields_that_its_refusal_names() -> None:
    acme: dict[str, Any] = {"id": "a", "company": "acme", "announced": "2021"}
    with pytest.raises(InexactAmountError, match="a pledge has up_to as its qualifier"):
        cp.Pledge(**acme, amount="up to 5 yuan")
    with pytest.raises(InexactAmountError, match="a pledge has its upper end in high"):
        cp.Pledge(**acme, amount="RMB 5-10bn")
    ceiling = cp.Pledge(**acme, amount="5 yuan", qualifier="up_to")
    span = cp.Pledge(**acme, amount="RMB 5bn", high="RMB 10bn")
    assert (ceiling.stated, span.stated) == (
        cp.parse_amount("up to 5 yuan"), cp.parse_amount("RMB 5-10bn"),
    )  # fmt: skip


@pytest.mark.parametrize("text", ["02/29/2021", "soon", "2021/13", ""])
def test_a_period_is_read_in_each_form_that_its_refusal_gives(text: str) -> None:
    with pytest.raises(PeriodError) as refusal:
        cp.Period.parse(text)
    forms = re.findall(r"[0-9][0-9Q/-]+", str(refusal.value).partition(" is no period: ")[2])
    assert len(forms) == 5
    assert [cp.Period.parse(form).start.year for form in forms] == [2021] * 5


def test_a_style_and_a_locale_are_those_that_their_refusals_name() -> None:
    with pytest.raises(StyleError) as style:
        cp.Money(5, "CNY").format("en", "long")
    for known in str(style.value).partition("there are ")[2].split(", "):
        assert cp.Money(5, "CNY").format("en", known)
    with pytest.raises(LocaleError) as locale:
        cp.Money(5, "CNY").format("english")
    for known in re.findall(
        r"\w+", str(locale.value).partition("such as ")[2].replace(" or ", ",")
    ):
        assert cp.Money(5, "CNY").format(known)


def test_a_format_specification_is_one_that_its_refusal_names() -> None:
    for value in (cp.Money(5, "CNY"), cp.quantity("5 CNY"), cp.Period.parse("2021")):
        with pytest.raises(FormatError) as refusal:
            format(value, "nonsense")
        specs = re.findall(r"[>.][0-9.f]+", str(refusal.value))
        assert specs
        assert all(format(value, spec).strip() for spec in specs)


@pytest.mark.parametrize(
    ("unit", "meant"), [("RMB", "CNY"), ("cny/person", "CNY/person"), ("usd", "USD")]
)
def test_a_code_that_is_proposed_for_a_unit_is_one(unit: str, meant: str) -> None:
    with pytest.raises(UnitError) as refusal:
        cp.quantity(5, unit)
    wrong, right = re.findall(r"no unit (\w+); did you mean (\w+)\?", str(refusal.value))[0]
    assert unit.replace(wrong, right) == meant
    assert cp.quantity(5, meant).magnitude == 5


def test_two_currencies_are_converted_as_their_refusal_says() -> None:
    left, right = cp.Money(5, "CNY"), cp.Money(5, "USD")
    with pytest.raises(CurrencyMismatchError, match=r"convert\(money, 'CNY', on=\.\.\.\)"):
        left + right
    assert left + cp.convert(right, "CNY", on="2021-09-02") > left


def test_a_float_in_a_quantity_becomes_the_fraction_that_its_refusal_shows() -> None:
    with pytest.raises(AmountError, match=r'such as Fraction\("0\.5"\)$'):
        cp.quantity("5 CNY") * 0.5
    assert (cp.quantity("5 CNY") * Fraction("0.5")).magnitude == Fraction(5, 2)
