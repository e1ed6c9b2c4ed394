"""Money is exact whatever surrounds it, refuses what is inexact, and never mixes currencies."""

import copy
import operator
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import commonprosperity as cp
from commonprosperity.errors import (
    AmountError,
    CurrencyError,
    CurrencyMismatchError,
    FormatError,
    ZeroAmountError,
)
from commonprosperity.money import Money, ParsedAmount, summing
from commonprosperity.wording import Qualifier
from strategies import CONTEXTS, amounts, codes, contexts, moneys, wide_amounts

NINES = "9" * 60

Operation = Callable[[Any, Any], Any]


def yuan(amount: object) -> Money:
    return Money(amount, "CNY")


def holds(exact: Fraction) -> bool:
    """Tell whether 60 digits with an exponent within 60 can write a number."""
    units = exact * 10**60
    digits = str(abs(units.numerator))
    zeros = len(digits) - len(digits.rstrip("0"))
    return units.denominator == 1 and len(digits) - min(zeros, 120) <= 60


def everything() -> list[object]:
    """Do everything that money can do, with amounts of more digits than most contexts have."""
    one, other = Money.parse("123456.789012 million CNY"), yuan("0.0000000003")
    return [
        str(yuan(10**40 + 1)),
        str(one),
        one.words(),
        one.half_last_digit.as_tuple(),
        str(one + other),
        str(one - other),
        str(one * 7),
        str(one * Decimal("1.000001")),
        str(one * Fraction(1, 8)),
        one / other,
        str(-one),
        str(abs(-one)),
        str(+one),
        str(round(one * Fraction(1, 8))),
        str(Money.rounded(Fraction(10**13, 3), "CNY")),
        one > other,
        one == one + other - other,
        hash(one) == hash(one + other - other),
        str(sum([one, other])),
    ]


EVERYTHING = [
    "10,000,000,000,000,000,000,000,000,000,000,000,000,001 CNY",
    "123,456,789,012 CNY",
    "123,456,789,012 CNY",
    (0, (5,), -1),
    "123,456,789,012.0000000003 CNY",
    "123,456,789,011.9999999997 CNY",
    "864,197,523,084 CNY",
    "123,456,912,468.789012 CNY",
    "15,432,098,626.500 CNY",
    Fraction(123456789012 * 10**10, 3),
    "-123,456,789,012 CNY",
    "123,456,789,012 CNY",
    "123,456,789,012 CNY",
    "15,432,098,626.50 CNY",
    "3,333,333,333,333.33 CNY",
    True,
    True,
    True,
    "123,456,789,012.0000000003 CNY",
]


@pytest.mark.parametrize("context", CONTEXTS)
def test_everything_is_exact_in_any_context_of_the_caller(context: Context) -> None:
    with localcontext(context):
        assert everything() == EVERYTHING


def test_everything_is_exact_in_eight_threads_at_once() -> None:
    def in_context(context: Context) -> list[object]:
        with localcontext(context):
            return everything()

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(in_context, CONTEXTS * 4)) == [EVERYTHING] * len(CONTEXTS) * 4


def test_nothing_changes_the_context_of_the_caller() -> None:
    with localcontext(Context(prec=3, flags=[])) as context:
        everything()
        with summing():
            pass
        assert context.prec == 3
        assert not any(context.flags.values())


@pytest.mark.parametrize("operation", [operator.add, operator.sub])
@given(contexts, wide_amounts, wide_amounts)
def test_sums_and_differences_are_exact_or_refused(
    operation: Operation, context: Context, left: Decimal, right: Decimal
) -> None:
    exact = operation(Fraction(left), Fraction(right))
    with localcontext(context):
        if holds(exact):
            assert Fraction(operation(yuan(left), yuan(right)).amount) == exact
        else:
            with pytest.raises(AmountError):
                operation(yuan(left), yuan(right))


@given(contexts, moneys, amounts)
def test_products_are_exact(context: Context, money: Money, times: Decimal) -> None:
    exact = Fraction(money.amount) * Fraction(times)
    with localcontext(context):
        assert Fraction((money * times).amount) == exact
        assert Fraction((times * money).amount) == exact
        assert Fraction((money * int(times)).amount) == Fraction(money.amount) * int(times)


@given(contexts, moneys, st.integers(-(10**9), 10**9), st.integers(0, 9), st.integers(0, 9))
def test_a_product_with_a_fraction_is_exact(
    context: Context, money: Money, numerator: int, twos: int, fives: int
) -> None:
    times = Fraction(numerator, 2**twos * 5**fives)
    with localcontext(context):
        assert Fraction((money * times).amount) == Fraction(money.amount) * times
        assert times * money == money * times


def test_a_product_without_end_is_refused() -> None:
    with pytest.raises(AmountError) as caught:
        yuan(1) * Fraction(1, 3)
    way_out = 'Money.rounded(Fraction("1") * Fraction(1, 3), "CNY")'
    problem = f"it has no end; {way_out} rounds it"
    assert str(caught.value) == f"'1 CNY * 1/3' is no amount: {problem}"
    assert eval(way_out) == yuan("0.33")  # noqa: S307 (our own sentence)


@given(contexts, wide_amounts, wide_amounts)
def test_a_quotient_of_money_is_an_exact_fraction(
    context: Context, left: Decimal, right: Decimal
) -> None:
    assume(right)
    exact = Fraction(left) / Fraction(right)
    with localcontext(context):
        quotient = yuan(left) / yuan(right)
    assert type(quotient) is Fraction
    assert quotient == exact


def test_a_quotient_by_nothing_is_refused() -> None:
    with pytest.raises(ZeroAmountError, match=r"^cannot divide 5 CNY by 0\.00 CNY$") as error:
        yuan(5) / yuan("0.00")
    assert (error.value.value, error.value.problem) == ("5 CNY", "0.00 CNY")
    assert isinstance(error.value, ZeroDivisionError)


@given(contexts, wide_amounts, wide_amounts)
def test_order_and_equality_are_those_of_the_numbers(
    context: Context, left: Decimal, right: Decimal
) -> None:
    exact = Fraction(left), Fraction(right)
    with localcontext(context):
        mine = yuan(left), yuan(right)
        assert (mine[0] < mine[1]) == (exact[0] < exact[1])
        assert (mine[0] <= mine[1]) == (exact[0] <= exact[1])
        assert (mine[0] > mine[1]) == (exact[0] > exact[1])
        assert (mine[0] >= mine[1]) == (exact[0] >= exact[1])
        assert (mine[0] == mine[1]) == (exact[0] == exact[1])
        assert max(mine).amount == max(exact)


@pytest.mark.parametrize("same", ["15490000000", "1.549E+10", "15490000000.00", "+1549e7"])
def test_precision_does_not_matter_to_equality_and_hash(same: str) -> None:
    assert yuan(same) == yuan(15490000000)
    assert hash(yuan(same)) == hash(yuan(15490000000))
    assert yuan(same) != Money(same, "USD")
    assert yuan(same) != Decimal(same)


@given(wide_amounts)
def test_signs_are_kept_exactly(amount: Decimal) -> None:
    assert (-yuan(amount)).amount == Fraction(amount) * -1
    assert abs(yuan(amount)).amount == abs(Fraction(amount))
    assert +yuan(amount) == yuan(amount)
    assert yuan(amount) + -yuan(amount) == yuan(0)


@pytest.mark.parametrize(
    "zero",
    [
        yuan("-0"),
        yuan(Decimal("-0.00")),
        -yuan(0),
        yuan(0) * -1,
        round(yuan("-0.001")),
        Money.rounded(Fraction(-1, 1000), "CNY"),
        Money.parse("-0 CNY"),
    ],
)
def test_minus_zero_is_zero(zero: Money) -> None:
    assert not zero.amount.is_signed()
    assert str(zero).startswith("0")


@pytest.mark.parametrize("amount", ["1.50", "15.49E+9", "0.00", "-7"])
def test_the_precision_that_an_amount_is_written_with_is_kept(amount: str) -> None:
    assert yuan(amount).amount.as_tuple() == Decimal(amount).as_tuple()


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("15.49 billion USD", "5E+6"),
        ("15.5 billion USD", "5E+7"),
        ("10 billion CNY", "5E+8"),
        ("4,169,000,000 CNY", "0.5"),
        ("-0.10 CNY", "0.005"),
    ],
)
def test_half_of_the_last_digit_is_the_rounding_of_the_source(text: str, half: str) -> None:
    assert Money.parse(text).half_last_digit == Decimal(half)


@given(wide_amounts, st.integers(-9, 9))
def test_rounding_is_half_even_and_adds_no_precision(amount: Decimal, digits: int) -> None:
    rounded = round(yuan(amount), digits).amount
    last = max(int(amount.as_tuple().exponent), -digits)
    unit = Decimal((0, (1,), last))
    assert rounded == amount.quantize(unit, context=Context(200, ROUND_HALF_EVEN))
    assert rounded.as_tuple().exponent == last


@pytest.mark.parametrize(
    ("amount", "code", "rounded"),
    [
        ("2.345", "CNY", "2.34"),
        ("2.355", "CNY", "2.36"),
        ("-2.345", "CNY", "-2.34"),
        ("2.5", "JPY", "2"),
        ("3.5", "JPY", "4"),
        ("1.0005", "KWD", "1.000"),
        ("1.0015", "KWD", "1.002"),
        ("1E+9", "CNY", "1E+9"),
        ("1.5", "CNY", "1.5"),
        ("7", "KWD", "7"),
    ],
)
def test_rounding_is_to_the_digits_of_the_currency(amount: str, code: str, rounded: str) -> None:
    assert repr(round(Money(amount, code))) == f"Money('{rounded}', '{code}')"


def test_rounding_to_no_decimals_differs_from_rounding_to_those_of_the_currency() -> None:
    assert repr(round(yuan("2.5"), 0)) == "Money('2', 'CNY')"
    assert repr(round(yuan("2.5"))) == "Money('2.5', 'CNY')"


@given(st.fractions(), st.sampled_from([("JPY", 0), ("CNY", 2), ("KWD", 3)]))
def test_an_exact_number_becomes_money_at_the_nearest_even_digit(
    exact: Fraction, currency: tuple[str, int]
) -> None:
    code, digits = currency
    assume(abs(exact) < 10**50)
    money = Money.rounded(exact, code)
    assert money.currency == code
    assert money.amount.as_tuple().exponent == -digits
    off = abs(Fraction(money.amount) - exact) * 10**digits
    assert off <= Fraction(1, 2)
    assert off < Fraction(1, 2) or int(money.amount.scaleb(digits, Context(100))) % 2 == 0


@given(moneys, st.fractions(min_value=-(10**6), max_value=10**6), codes)
def test_money_at_a_factor_is_the_exact_product_rounded_once(
    money: Money, factor: Fraction, code: str
) -> None:
    assert money.at(factor, code) == Money.rounded(Fraction(money.amount) * factor, code)


@given(st.lists(amounts, min_size=1), codes)
def test_the_builtin_sum_adds_up_from_nothing(listed: list[Decimal], code: str) -> None:
    total = sum(Money(amount, code) for amount in listed)
    assert isinstance(total, Money)
    assert Fraction(total.amount) == sum(map(Fraction, listed))
    assert total.currency == code


@pytest.mark.parametrize("start", [1, -1, 0.0, False, Decimal(0), Fraction(0), "0", None])
def test_zero_alone_is_the_start_of_a_sum(start: object) -> None:
    assert operator.add(0, yuan(5)) == yuan(5)
    with pytest.raises(TypeError):
        operator.add(start, yuan(5))


@pytest.mark.parametrize("operation", [operator.add, operator.sub, operator.lt])
@pytest.mark.parametrize("other", [0, 2, 2.0, Decimal(2), "2 CNY", None])
def test_money_meets_nothing_but_money(operation: Operation, other: object) -> None:
    with pytest.raises(TypeError):
        operation(yuan(1), other)


@given(moneys, st.integers(1, 40), st.integers(0, 5), st.integers(0, 5))
def test_quotients_are_exact_and_as_precise_as_products(
    money: Money, numerator: int, twos: int, fives: int
) -> None:
    by = Fraction(2**twos * 5**fives, numerator)
    assert (money / by) * by == money / 1 == money
    assert repr(money / (2**twos)) == repr(money * Fraction(1, 2**twos))
    assert money / Decimal("0.5") == money * 2


@pytest.mark.parametrize(
    ("by", "way_out"),
    [
        (3, 'Money.rounded(Fraction("100") / 3, "CNY")'),
        (Decimal(3), 'Money.rounded(Fraction("100") / 3, "CNY")'),
        (Decimal("0.3"), 'Money.rounded(Fraction("100") / Fraction(3, 10), "CNY")'),
        (Fraction(7, 3), 'Money.rounded(Fraction("100") / Fraction(7, 3), "CNY")'),
    ],
)
def test_quotient_without_an_end_is_refused_with_a_way_to_round_it(
    by: "int | Decimal | Fraction", way_out: str
) -> None:
    with pytest.raises(AmountError) as caught:
        yuan(100) / by
    assert str(caught.value) == f"'100 CNY / {by}' is no amount: it has no end; {way_out} rounds it"
    rounded = eval(way_out)  # noqa: S307 (our own sentence)
    assert rounded == Money.rounded(Fraction(100) / Fraction(by), "CNY")


@pytest.mark.parametrize("by", [2**70, Decimal(2**70), Fraction(2**70, 3), Fraction(10**70)])
def test_quotient_with_more_digits_than_an_amount_is_not_said_to_have_no_end(by: Fraction) -> None:
    with pytest.raises(AmountError) as caught:
        yuan(7) / by
    digits = "it has more than 60 digits or an exponent beyond 60"
    assert f"is no amount: {digits}; Money.rounded(Fraction" in str(caught.value)
    way_out = str(caught.value).partition("; ")[2].removesuffix(" rounds it")
    assert eval(way_out) == yuan(0)  # noqa: S307 (our own sentence)


def test_no_rounding_is_advised_where_it_does_not_help() -> None:
    too_large: list[Callable[[], Money]] = [
        lambda: yuan("1E+60") * Fraction(10**70),
        lambda: yuan("1E+60") / Fraction(1, 10**70),
        lambda: yuan("3E+60") * Fraction(10**60, 7),
    ]
    for compute in too_large:
        with pytest.raises(AmountError) as caught:
            compute()
        assert "rounds it" not in str(caught.value)


@pytest.mark.parametrize("power", [1024, 20_000])
def test_a_fraction_too_large_to_write_is_refused(power: int) -> None:
    """Python itself refuses to write an integer of more than 4,300 digits."""
    huge = Fraction(2**power)
    attempts: list[Callable[[], Money]] = [
        lambda: yuan(1) * huge, lambda: yuan(1) / huge, lambda: yuan(1) * (1 / huge)
    ]  # fmt: skip
    for compute in attempts:
        with pytest.raises(AmountError, match=r"^'a fraction of 309 digits or more' is no amount"):
            compute()
    with pytest.raises(AmountError, match=r"^'1 CNY \* 8988465674311579538646"):
        yuan(1) * Fraction(2**1023)


def test_the_largest_factors_of_amounts_are_taken() -> None:
    """Below 2**1024 a product may be an amount; the limit is a hair beyond what any can need."""
    largest = Fraction(10**60 - 1) * 10**60
    assert yuan("1E-60") * (largest * 10**60) == yuan("9" * 60 + "E+60")
    assert yuan("9" * 60 + "E+60") / (largest * 10**60) == yuan("1E-60")


def test_rounded_and_at_take_no_float() -> None:
    """The float 2.675 is below 2.675, and would round to 2.67."""
    assert Money.rounded(Decimal("2.675"), "CNY") == yuan("2.68")  # type: ignore[arg-type]
    assert yuan(1).at(7, "USD") == Money(7, "USD")  # type: ignore[arg-type]
    inexact: Any = 2.675
    attempts: list[Callable[[], Money]] = [
        lambda: Money.rounded(inexact, "CNY"), lambda: yuan(1).at(inexact, "USD")
    ]  # fmt: skip
    for take in attempts:
        with pytest.raises(AmountError, match="a float is not exact; write it as text"):
            take()


def test_rounding_takes_an_integer_of_any_kind_and_size() -> None:
    numpy = pytest.importorskip("numpy")
    assert repr(round(yuan("1.55"), numpy.int64(1))) == "Money('1.6', 'CNY')"
    with pytest.raises(TypeError, match="cannot be interpreted as an integer"):
        round(yuan("1.55"), 1.0)  # type: ignore[call-overload]
    with pytest.raises(AmountError, match="an exponent beyond 60"):  # at once
        round(yuan("9.5"), -(10**9))
    assert round(yuan("9.5"), 10**9) == yuan("9.5")


def test_money_is_divided_by_no_text_no_float_and_not_by_0() -> None:
    with pytest.raises(TypeError):
        operator.truediv(yuan(1), "2")
    with pytest.raises(TypeError):
        operator.truediv(2, yuan(1))
    with pytest.raises(AmountError):
        operator.truediv(yuan(1), 0.5)
    for nothing in (0, Decimal("0.0"), Fraction(0), yuan(0)):
        with pytest.raises(ZeroDivisionError, match="cannot divide 1 CNY by 0"):
            operator.truediv(yuan(1), nothing)


@pytest.mark.parametrize("other", [yuan(2), "2", "CNY"])
def test_money_is_not_multiplied_by_money_or_text(other: object) -> None:
    with pytest.raises(TypeError):
        operator.mul(yuan(1), other)
    with pytest.raises(TypeError):
        operator.mul(other, yuan(1))


@pytest.mark.parametrize("other", [1.5, True, float("nan"), Decimal("NaN"), Decimal("Infinity")])
def test_money_is_not_multiplied_by_what_is_no_exact_number(other: object) -> None:
    with pytest.raises(AmountError):
        operator.mul(yuan(1), other)
    with pytest.raises(AmountError):
        operator.mul(other, yuan(1))


@pytest.mark.parametrize(
    ("operation", "name"),
    [
        (operator.add, "add"),
        (operator.sub, "subtract"),
        (operator.truediv, "divide"),
        (operator.lt, "compare"),
        (operator.le, "compare"),
        (operator.gt, "compare"),
        (operator.ge, "compare"),
    ],
)
def test_currencies_never_meet_without_a_rate(operation: Operation, name: str) -> None:
    with pytest.raises(CurrencyMismatchError) as error:
        operation(yuan(1), Money(1, "USD"))
    assert (error.value.operation, error.value.left, error.value.right) == (name, "CNY", "USD")


@pytest.mark.parametrize("function", [max, min, sum, sorted])
def test_currencies_never_meet_in_builtins(function: Callable[[list[Money]], object]) -> None:
    with pytest.raises(CurrencyMismatchError):
        function([yuan(1), Money(1, "USD")])


def test_no_amount_of_two_currencies_is_equal_not_even_nothing() -> None:
    assert yuan(0) != Money(0, "USD")


@pytest.mark.parametrize("amount", [NINES, f"-{NINES}E60", f"{NINES}E-60", "1E60", "-1E-60"])
def test_amounts_reach_to_sixty_digits_and_an_exponent_of_sixty(amount: str) -> None:
    assert yuan(amount).amount == yuan(Decimal(amount)).amount == Fraction(amount)


@given(
    st.sampled_from([0, 1]),
    st.integers(0, 10**62) | st.integers(-3, 3).map(lambda more: 10**60 + more),
    st.integers(0, 3),
    st.integers(-63, 63) | st.integers(-(10**6), 10**6),
)
def test_an_amount_is_kept_as_it_is_written_or_refused(
    sign: int, digits: int, zeros: int, exponent: int
) -> None:
    written = f"{digits}{'0' * zeros}"
    amount = Decimal((sign, tuple(map(int, written)), exponent))
    if len(written.lstrip("0")) <= 60 and abs(exponent) <= 60:
        kept = yuan(amount).amount
        assert kept.as_tuple()[1:] == amount.as_tuple()[1:]
        assert kept.is_signed() == (sign == 1 and digits > 0)
    else:
        with pytest.raises(AmountError, match="more than 60 digits or an exponent beyond 60"):
            yuan(amount)


@pytest.mark.parametrize("amount", [f"{NINES}9", "1E61", "1E-61", f"1{'0' * 60}", "0E61"])
def test_amounts_beyond_are_refused(amount: str) -> None:
    for form in (amount, Decimal(amount)):
        with pytest.raises(AmountError, match="more than 60 digits or an exponent beyond 60"):
            yuan(form)


@pytest.mark.parametrize(
    ("operation", "left", "right"),
    [
        (operator.add, f"{NINES}", "1E60"),
        (operator.add, f"{NINES}E60", "1E60"),
        (operator.sub, "1E60", "1E-60"),
        (operator.sub, "-1", "1E-60"),
    ],
)
def test_results_beyond_are_refused(operation: Operation, left: str, right: str) -> None:
    with pytest.raises(AmountError):
        operation(yuan(left), yuan(right))


def test_results_at_the_edge_are_exact() -> None:
    assert yuan(f"{NINES}E60") - yuan("1E60") == yuan(f"{'9' * 59}8E60")
    assert yuan(NINES) + yuan(1) == yuan("1E60")
    assert yuan("1E-30") * Decimal("1E-30") == yuan("1E-60")
    assert yuan("1E30") * Decimal("1E30") == yuan("1E60")


@pytest.mark.parametrize("times", ["1E61", "1E-61", f"{NINES}9"])
def test_a_product_beyond_is_refused(times: str) -> None:
    with pytest.raises(AmountError):
        yuan(1) * Decimal(times)
    with pytest.raises(AmountError):
        yuan(NINES) * Decimal(NINES)


@pytest.mark.parametrize("code", ["RMB", "cny", "XTS", "XXX", "", "CNYY", None, 156, ["CNY"]])
def test_a_currency_is_a_code_of_the_cldr(code: str) -> None:
    with pytest.raises(CurrencyError):
        Money(1, code)
    with pytest.raises(CurrencyError):
        Money.rounded(Fraction(1), code)


@given(wide_amounts, codes)
def test_text_and_words_say_the_whole_amount(amount: Decimal, code: str) -> None:
    money = Money(amount, code)
    assume(len(f"{amount:f}".lstrip("-0.").replace(".", "")) <= 60)
    assert Money.parse(str(money)) == money
    assert Money.parse(money.words()) == money
    assert Money.of(str(money)) == money


@given(wide_amounts, codes)
def test_the_repr_writes_the_same_money(amount: Decimal, code: str) -> None:
    money = Money(amount, code)
    again = eval(repr(money))  # noqa: S307 (that is what a repr is for)
    assert again == money
    assert again.half_last_digit == money.half_last_digit


def test_money_is_taken_as_it_is_and_text_is_read() -> None:
    money = yuan("1.50")
    assert Money.of(money) is money
    assert Money.of("1.50 CNY") == money
    assert repr(Money.parse("1.5 billion CNY")) == "Money('1.5E+9', 'CNY')"


@given(wide_amounts, codes)
def test_copies_are_equal_and_as_precise(amount: Decimal, code: str) -> None:
    money = Money(amount, code)
    for twin in (pickle.loads(pickle.dumps(money)), copy.deepcopy(money)):  # noqa: S301 (ours)
        assert twin == money
        assert twin.half_last_digit == money.half_last_digit


def test_money_does_not_change() -> None:
    with pytest.raises(AttributeError):
        yuan(1).amount = Decimal(2)  # type: ignore[misc]


@pytest.mark.parametrize("sign", [1, -1])
def test_a_billion_of_the_largest_beside_the_smallest_sum_exactly(sign: int) -> None:
    largest, smallest = yuan(f"{NINES}E60").amount, sign * yuan("1E-60").amount
    with summing():
        total = sum([largest * 10**9, smallest])
        assert Fraction(total) == Fraction(NINES) * 10**69 + sign * Fraction(1, 10**60)
        assert Fraction(total - smallest) == Fraction(NINES) * 10**69


def test_a_sum_beyond_is_never_rounded() -> None:
    with summing(), pytest.raises(Inexact):
        Decimal("1E+200") + Decimal("1E-60")


def test_product_with_a_fraction_is_refused_only_when_its_exact_result_is() -> None:
    assert Money("4" + "0" * 58 + "4", "CNY") * Fraction(3, 4) == Money("3" + "0" * 58 + "3", "CNY")
    assert Money("1E+60", "CNY") * Fraction(1, 10**60) == Money(1, "CNY")
    with pytest.raises(AmountError):
        Money(1, "CNY") * Fraction(1, 3)


@pytest.mark.parametrize("value", [yuan("1234.5"), ParsedAmount(yuan(5), Qualifier.UP_TO)])
@pytest.mark.parametrize(
    "spec", ["", "24", ">24", "<24", "^24", "*^25", "0>24", "s", ">24s", ">", "3"]
)
def test_an_amount_is_padded_as_its_text_is(value: object, spec: str) -> None:
    assert format(value, spec) == format(str(value), spec)


@pytest.mark.parametrize("value", [yuan("1234.5"), ParsedAmount(yuan(5), Qualifier.UP_TO)])
@pytest.mark.parametrize(
    "spec",
    [".3", ".3s", "d", ",", ".2f", "nonsense", "024", "=24", "+", ">10000", "> 24", "-5", ">24\n"],
)
def test_a_format_specification_that_is_no_width_is_refused(value: object, spec: str) -> None:
    with pytest.raises(
        FormatError, match=r" is no format specification; give a width, such as >24$"
    ):
        format(value, spec)


@pytest.mark.parametrize(
    ("amount", "times", "product"),
    [
        ("1.00E+11", Fraction(1, 2), "5.00E+10"),
        ("3.00E+11", Fraction(1, 3), "1.00E+11"),
        ("3.00E+11", Fraction(2, 3), "2.00E+11"),
        ("1.00", Fraction(2), "2.00"),
        ("1E+60", Fraction(1), "1E+60"),
        ("1E+60", Fraction(-1, 4), "-2.5E+59"),
        ("3E+60", Fraction(1, 3), "1E+60"),
        ("0.00", Fraction(1, 3), "0.00"),
    ],
)
def test_a_product_with_a_fraction_keeps_the_precision_of_the_amount(
    amount: str, times: Fraction, product: str
) -> None:
    assert repr(yuan(amount) * times) == repr(yuan(product))


@given(moneys, amounts)
def test_a_fraction_that_is_a_decimal_multiplies_as_the_decimal(
    money: Money, times: Decimal
) -> None:
    shortest = Decimal(f"{times.normalize():f}")
    assert repr(money * Fraction(times)) == repr(money * shortest)


def test_a_product_of_many_digits_is_exact_where_it_ends_within_sixty() -> None:
    assert yuan(2**100) * Fraction(1, 2**100) == yuan(1)
    assert yuan("1E-60") * Fraction(10**60) == yuan(1)
    with pytest.raises(AmountError, match="it has more than 60 digits"):
        yuan(1) * Fraction(1, 2**100)


@pytest.mark.parametrize(
    ("money", "shown"),
    [
        (Money.parse("15.49 billion USD"), "15.49 billion USD (15,490,000,000 USD)"),
        (Money("12.50", "CNY"), "12.50 CNY"),
        (Money("-3E+9", "CNY"), "-3 billion CNY (-3,000,000,000 CNY)"),
    ],
)
def test_a_notebook_shows_an_amount_in_words_beside_its_digits(money: Money, shown: str) -> None:
    assert money._repr_markdown_() == shown
    assert shown in money._repr_html_()
    assert money._repr_html_().startswith("<span class=")


@pytest.mark.parametrize(("text", "code"), [("5 million", "CNY"), ("$5", "USD")])
def test_where_no_symbols_are_taken_none_are_advised(text: str, code: str) -> None:
    sentence = f"'{text}' does not say which currency it is in; write its code, such as {code}"
    for refused in (
        lambda: cp.convert(text, "EUR", on="2021"),
        lambda: cp.Pledge(id="a", company="acme", amount=text, announced="2021"),
    ):
        with pytest.raises(cp.errors.AmbiguousAmountError) as caught:
            refused()
        assert str(caught.value) == sentence
    with pytest.raises(cp.errors.AmbiguousAmountError, match=r"give (default|symbols)="):
        Money.parse(text)


@pytest.mark.parametrize("digits", ["1" + "0" * 60, "-25" + "0" * 72, "9" * 60 + "0" * 60])
def test_a_number_written_out_may_have_more_zeros_than_an_amount_has_digits(digits: str) -> None:
    assert Money.parse(f"{digits} CNY").amount == Decimal(digits)
    assert Money.parse(f"{int(digits):,} CNY").amount == Decimal(digits)


@pytest.mark.parametrize(
    "digits", ["1" * 61, "1" + "0" * 121, "1" * 60 + "0" * 61, "0." + "0" * 61]
)
def test_other_numbers_of_more_digits_are_refused(digits: str) -> None:
    with pytest.raises(AmountError, match="60 digits"):
        Money.parse(f"{digits} CNY")
