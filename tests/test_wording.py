"""Amounts and currency codes are read and written exactly, and what is neither is refused."""

import re
from decimal import Context, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonprosperity.errors import AmountError, CurrencyError
from commonprosperity.wording import (
    currency_code,
    currency_codes,
    currency_digits,
    nearest,
    number,
    read_amount,
    write_amount,
    write_exactly,
)
from commonprosperity.wording.currencies import price_digits
from commonprosperity.wording.reading import read_wording
from strategies import CONTEXTS, codes, contexts, wide_amounts

NO_NUMBERS = [
    "", " ", "soon", ".", "-", "+", "e5", "1e", "1 ", " 1", "1\n", "\n1", "1.2.3", "--1", "1e+-5",
    "1_000", "1,000", "1 000", "0x10", "1/2", "1%", "½", "NaN", "nan", "sNaN", "Infinity", "-inf",
    "１００", "1０", "١٠٠", "百", "1e１", "−1", "1e999999999", "1e1000000",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("15.49", "15.49"),
        ("1.549E+10", "1.549E+10"),
        ("1.50", "1.50"),
        ("-7", "-7"),
        ("+7", "7"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1e5", "1E+5"),
        ("1E-05", "0.00001"),
        ("007", "7"),
        ("1e000060", "1E+60"),
        ("0.00", "0.00"),
    ],
)
def test_a_number_is_read_with_its_precision(text: str, written: str) -> None:
    assert str(number(text)) == written


@given(contexts, wide_amounts)
def test_a_number_is_taken_exactly_in_any_context(context: Context, amount: Decimal) -> None:
    text = str(amount)
    with localcontext(context):
        assert number(amount) == amount
        assert number(text) == amount


@given(contexts, st.integers(-(10**60) + 1, 10**60 - 1))
def test_an_integer_is_taken_exactly_in_any_context(context: Context, value: int) -> None:
    with localcontext(context):
        assert Fraction(number(value)) == value


@pytest.mark.parametrize("text", ["20 million", "-1.5billion", "2万", "1,000 thousand"])
def test_a_number_with_a_scale_is_written_with_an_exponent(text: str) -> None:
    with pytest.raises(AmountError, match=r"such as 15\.49, and a scale as an exponent: 2E\+7$"):
        number(text)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_a_text_of_anything_but_ascii_digits_is_no_number(text: str) -> None:
    with pytest.raises(AmountError, match=r"amount: write digits with .* as 15\.49$") as error:
        number(text)
    assert error.value.value == text


@pytest.mark.parametrize("value", [1.5, 0.0, 1e-7, 1e60])
def test_a_float_is_no_number_and_the_error_shows_its_text(value: float) -> None:
    with pytest.raises(AmountError, match=f"^{re.escape(str(value))} is no .*: a float is not"):
        number(value)
    assert number(str(value)) == Fraction(str(value))


@pytest.mark.parametrize("value", [True, False, None, b"1", Fraction(1, 2), 1j, [1],
                                   1e61, 1e-70, float("inf")])  # fmt: skip
def test_only_integers_decimals_and_texts_are_numbers(value: object) -> None:
    with pytest.raises(AmountError, match=r"amount: give an int, a Decimal or a text$") as error:
        number(value)
    assert error.value.value is value


@pytest.mark.parametrize("value", ["NaN", "-NaN", "sNaN", "Infinity", "-Infinity"])
def test_what_is_not_finite_is_no_number(value: str) -> None:
    with pytest.raises(AmountError, match=r"amount: it is not a finite number$") as error:
        number(Decimal(value))
    assert str(error.value.value) == value


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize(
    ("within", "beyond"),
    [
        ("9" * 60, "1" + "0" * 60),
        ("0." + "9" * 60, "0." + "9" * 61),
        ("1E60", "1E61"),
        ("1E-60", "1E-61"),
        ("0E60", "0E61"),
        ("0E-60", "0E-61"),
    ],
)
def test_a_number_has_sixty_digits_and_an_exponent_of_sixty_at_the_most(
    sign: str, within: str, beyond: str
) -> None:
    assert Fraction(number(sign + within)) == Fraction(sign + within)
    with pytest.raises(AmountError, match=r": it has more than 60 .* exponent beyond 60$") as error:
        number(sign + beyond)
    assert error.value.value == Decimal(sign + beyond)


def test_an_integer_has_sixty_digits_at_the_most() -> None:
    assert number(10**60 - 1) == 10**60 - 1
    for value in (10**60, -(10**60), 10**150, 10**155, 10**100_000, -(10**100_000)):
        with pytest.raises(AmountError, match="it has more than 60 digits") as error:
            number(value)
        assert len(str(error.value)) < 200


def test_a_huge_integer_is_refused_without_writing_its_digits() -> None:
    with pytest.raises(AmountError, match=r"^'an integer of 155 digits or more' is no amount"):
        number(10**100_000)


def test_a_text_has_two_hundred_characters_at_the_most() -> None:
    assert number(f"{'0' * 199}1") == 1
    assert read_amount(f"{'0' * 195}1 CNY")[0] == 1
    for text in (f"{'0' * 200}1", f"{'0' * 196}1 CNY", "9" * 10**6, f"1e{'9' * 10**6}"):
        for read in (number, read_amount):
            with pytest.raises(AmountError) as error:
                read(text)
            assert len(str(error.value)) < 200


@pytest.mark.parametrize("zero", ["-0", "-0.00", "-0E+5", Decimal("-0")])
def test_minus_zero_is_zero(zero: object) -> None:
    assert not number(zero).is_signed()


@pytest.mark.parametrize("code", ["CNY", "USD", "EUR", "HKD", "DEM", "FRF", "SUR", "BTN"])
def test_a_code_of_the_cldr_old_or_new_is_a_currency(code: str) -> None:
    assert currency_code(code) == code
    assert code in currency_codes()


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("RMB", "CNY"),
        ("rmb", "CNY"),
        ("NTD", "TWD"),
        ("STG", "GBP"),
        ("UKP", "GBP"),
        ("cny", "CNY"),
        ("Usd", "USD"),
    ],
)
def test_the_error_of_a_wrong_code_names_the_one_that_was_meant(code: str, meant: str) -> None:
    with pytest.raises(CurrencyError, match=f"^{code} is no .*; did you mean {meant}") as error:
        currency_code(code)
    assert (error.value.code, error.value.meant) == (code, meant)


@pytest.mark.parametrize("code", ["XTS", "XXX", "xxx", "ZZZ", "", "CN", "CNYY", "ＣＮＹ", None, 5])
def test_what_stands_for_no_money_is_no_currency(code: object) -> None:
    with pytest.raises(CurrencyError, match="use an ISO 4217 code such as CNY") as error:
        currency_code(code)
    assert (error.value.code, error.value.meant) == (code, None)
    assert code not in currency_codes()


# ISO 4217's list one of 2026-01-01: how many decimals each currency's minor unit is, two where no
# row names it, and no currency of a country where it says "N.A.".
ISO_DIGITS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
OTHER_THAN_TWO = {code: digits for digits, row in ISO_DIGITS.items() for code in row.split()}
# Withdrawn currencies that were counted whole; the others have two, as far as anybody says.
WHOLE_WHEN_WITHDRAWN = {"ADP", "BYR", "ESP", "ITL", "LUF", "MGF", "TRL"}


def test_a_currency_has_the_minor_unit_of_iso_4217() -> None:
    for code in currency_codes():
        whole = code in WHOLE_WHEN_WITHDRAWN
        assert currency_digits(code) == (0 if whole else OTHER_THAN_TWO.get(code, 2)), code


@pytest.mark.parametrize("code", ["IRR", "LBP", "ALL", "SLL"])
def test_a_price_has_fewer_decimals_than_its_ledger(code: str) -> None:
    assert (price_digits(code), currency_digits(code)) == (0, 2)


def test_only_iraq_has_prices_without_the_three_decimals_of_its_ledgers() -> None:
    apart = {code: (price_digits(code), currency_digits(code)) for code in currency_codes()}
    assert {code for code, (price, ledger) in apart.items() if (price, ledger) == (0, 3)} == {"IQD"}
    assert all(price in (ledger, 0) for price, ledger in apart.values())


@pytest.mark.parametrize(
    ("exact", "digits", "rounded"),
    [
        ("0.125", 2, "0.12"),
        ("0.375", 2, "0.38"),
        ("-0.125", 2, "-0.12"),
        ("-0.375", 2, "-0.38"),
        ("0.12500000001", 2, "0.13"),
        ("2.5", 0, "2"),
        ("1250", -2, "1.2E+3"),
        ("-0.001", 2, "0.00"),
        ("2/3", 3, "0.667"),
    ],
)
def test_an_exact_number_is_rounded_half_to_even(exact: str, digits: int, rounded: str) -> None:
    assert str(nearest(Fraction(exact), digits)) == rounded


@given(st.integers(-(10**30), 10**30), st.sampled_from([1, 2, 3, 7, 20, 4000]), st.integers(-5, 5))
def test_an_exact_number_is_rounded_as_python_rounds_fractions(
    numerator: int, denominator: int, digits: int
) -> None:
    exact = Fraction(numerator, denominator)
    assert Fraction(nearest(exact, digits)) == round(exact, digits)


@pytest.mark.parametrize("context", CONTEXTS)
def test_an_exact_number_is_rounded_alike_in_any_context(context: Context) -> None:
    with localcontext(context):
        assert nearest(Fraction(10**50, 3), 2).as_tuple() == (0, (3,) * 52, -2)


def test_a_rounded_number_has_sixty_digits_at_the_most() -> None:
    assert nearest(Fraction(10**58 - 1), 2) == 10**58 - 1
    assert nearest(Fraction(10**58), 2) == 10**58
    with pytest.raises(AmountError):
        nearest(Fraction(10**60 + 1, 100), 2)


@pytest.mark.parametrize(
    ("text", "amount", "code"),
    [
        ("15.49 billion USD", "1.549E+10", "USD"),
        ("100 billion CNY", "1.00E+11", "CNY"),
        ("4.169 trillion JPY", "4.169E+12", "JPY"),
        ("600 million CNY", "6.00E+8", "CNY"),
        ("3.50 thousand EUR", "3.50E+3", "EUR"),
        ("-2 billion CNY", "-2E+9", "CNY"),
        ("1,234,567.80 CNY", "1234567.80", "CNY"),
        ("12,345 million CNY", "1.2345E+10", "CNY"),
        ("123 CNY", "123", "CNY"),
        ("1234567 CNY", "1234567", "CNY"),
        ("0.5 CNY", "0.5", "CNY"),
        ("1.2345678 million CNY", "1234567.8", "CNY"),
        ("0 billion DEM", "0E+9", "DEM"),
    ],
)
def test_an_amount_is_read_with_its_precision(text: str, amount: str, code: str) -> None:
    value, currency = read_amount(text)
    assert (str(value), currency) == (amount, code)


@pytest.mark.parametrize(
    "text",
    [
        "", "CNY", "5", "5CNY", "5  CNY", " 5 CNY", "5 CNY ", "5 CNY\n", "5\nCNY", "CNY 5",
        "1,00 CNY", "1,0000 CNY", "1,000000 CNY", "1000,000 CNY", ",100 CNY", "1,000, CNY",
        "1.000,00 CNY", "5. CNY", ".5 CNY", "+5 CNY", "--5 CNY", "- 5 CNY", "1e5 CNY", "1_0 CNY",
        "5 Billion CNY", "5 billions CNY", "5billion CNY", "5 bn CNY", "5 billion  CNY",
        "5 billion", "5 billion million CNY", "5 hundred CNY", "NaN CNY", "Infinity CNY",
        "５ CNY", "5 ＣＮＹ", "٥ CNY", "5 CN", "5 CNYY", "5 C1Y", "$5", "5 元",
        "1" + ",000" * 66 + " CNY",
    ],
)  # fmt: skip
def test_what_is_not_written_as_an_amount_is_refused(text: str) -> None:
    with pytest.raises(AmountError, match=r": write a number, .*: 15\.49 billion USD$") as error:
        read_amount(text)
    assert error.value.value == text


@pytest.mark.parametrize("value", [None, 5, 5.0, b"5 CNY", Decimal(5)])
def test_an_amount_is_read_from_text_only(value: str) -> None:
    with pytest.raises(AmountError, match=r"15\.49 billion USD$") as error:
        read_amount(value)
    assert error.value.value == value


def test_the_currency_of_an_amount_is_checked() -> None:
    with pytest.raises(CurrencyError, match="did you mean CNY"):
        read_amount("5 billion RMB")


def test_an_amount_in_words_has_an_exponent_of_sixty_at_the_most() -> None:
    sixty = f"0.{'0' * 59}1"
    assert read_amount(f"{sixty} CNY")[0] == Decimal("1E-60")
    assert read_amount(f"{sixty} trillion CNY")[0] == Decimal("1E-48")
    assert read_amount(f"{'9' * 60} trillion CNY")[0] == int("9" * 60) * 10**12
    for beyond in (f"{sixty}0 CNY", f"{sixty}0 trillion CNY", f"{'1' * 61} CNY"):
        with pytest.raises(AmountError):
            read_amount(beyond)


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("1", "1 CNY"),
        ("999999", "999,999 CNY"),
        ("999999.5", "999,999.5 CNY"),
        ("5000", "5,000 CNY"),
        ("1000000", "1 million CNY"),
        ("1000000.00", "1 million CNY"),
        ("1E+6", "1 million CNY"),
        ("-1000000", "-1 million CNY"),
        ("1234000", "1.234 million CNY"),
        ("1234500", "1,234,500 CNY"),
        ("1000000.5", "1,000,000.5 CNY"),
        ("999999000", "999.999 million CNY"),
        ("999999999", "999,999,999 CNY"),
        ("1000000000", "1 billion CNY"),
        ("214169000000.00", "214.169 billion CNY"),
        ("1234500000", "1,234.5 million CNY"),
        ("15484381871.69", "15,484,381,871.69 CNY"),
        ("-15490000000", "-15.49 billion CNY"),
        ("1E+12", "1 trillion CNY"),
        ("1000500000000", "1,000.5 billion CNY"),
        ("1001000000000", "1.001 trillion CNY"),
        ("12345E+12", "12,345 trillion CNY"),
        ("0", "0 CNY"),
        ("0.00", "0.00 CNY"),
        ("0E+9", "0 CNY"),
        ("1.50", "1.50 CNY"),
        ("-0.5", "-0.5 CNY"),
    ],
)
def test_an_amount_is_written_in_words_where_three_decimals_say_it_all(
    amount: str, written: str
) -> None:
    assert write_amount(Decimal(amount), "CNY") == written


@given(contexts, wide_amounts, codes)
def test_what_is_written_is_the_whole_amount(context: Context, amount: Decimal, code: str) -> None:
    with localcontext(context):
        text = write_amount(amount, code)
    digits, *scale, currency = text.split(" ")
    power = {"million": 10**6, "billion": 10**9, "trillion": 10**12}
    exact = Fraction(digits.replace(",", ""))
    assert exact * (power[scale[0]] if scale else 1) == Fraction(amount)
    assert currency == code


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("15.49E9", "15.49 billion CNY"),
        ("100E9", "100 billion CNY"),
        ("1.500E6", "1.500 million CNY"),
        ("1.5000E6", "1.5000 million CNY"),
        ("1E+6", "1 million CNY"),
        ("9.99E+5", "999 thousand CNY"),
        ("9.9E+5", "0.99 million CNY"),
        ("3.1E+8", "0.31 billion CNY"),
        ("3E+8", "0.3 billion CNY"),
        ("1E+10", "0.01 trillion CNY"),
        ("1E+4", "0.01 million CNY"),
        ("2E+3", "2 thousand CNY"),
        ("9E+2", "9E+2 CNY"),
        ("1E+13", "1E+13 CNY"),
        ("0E+9", "0E+9 CNY"),
        ("2000.50", "2,000.50 CNY"),
        ("1E-7", "0.0000001 CNY"),
        ("123", "123 CNY"),
        ("-15.49E9", "-15.49 billion CNY"),
    ],
)
def test_an_amount_is_written_with_its_precision(amount: str, written: str) -> None:
    assert write_exactly(Decimal(amount), "CNY") == written
    assert read_amount(written)[0].as_tuple() == Decimal(amount).as_tuple()


@given(contexts, wide_amounts, codes)
def test_what_is_written_exactly_is_read_back_with_its_precision(
    context: Context, amount: Decimal, code: str
) -> None:
    with localcontext(context):
        written = write_exactly(amount, code)
        if len(written) < 200:
            value, currency = read_amount(written)
            assert (value.as_tuple(), currency) == (number(amount).as_tuple(), code)


def test_only_a_large_integer_is_told_by_its_digits_alone() -> None:
    for value in (2**512, -(2**512), 10**5000):
        with pytest.raises(AmountError, match=r"^'an integer of 155 digits or more' is no amount"):
            number(value)
    with pytest.raises(AmountError, match=r"134078.* is no amount: it has more than 60 digits"):
        number(2**512 - 1)


@pytest.mark.parametrize("blanks", [" ", "   ", "\r\n", " \r\n ", "\u3000\u3000"])
@pytest.mark.parametrize("money", ["5 million", "5{0}million", "US${0}5"])
def test_an_error_points_into_the_text_as_it_was_given(money: str, blanks: str) -> None:
    text = f"{money.format(blanks)}{blanks}percent"
    with pytest.raises(AmountError) as error:
        read_wording(text)
    assert error.value.at == text.index("percent")
