"""``Money``: an exact amount of one currency."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from decimal import Context, Decimal, Inexact, InvalidOperation, localcontext
from fractions import Fraction
from functools import total_ordering
from operator import index
from typing import TYPE_CHECKING, Self, overload

import attrs

from commonprosperity.deferred import deferred
from commonprosperity.errors import (
    AmbiguousAmountError,
    AmountError,
    CurrencyMismatchError,
    InexactAmountError,
    ZeroAmountError,
)
from commonprosperity.sentence import Sentence
from commonprosperity.text_display import TextDisplay, padded
from commonprosperity.wording import (
    BEYOND_BOUNDS,
    DIGITS_AT_MOST,
    EXACT,
    Qualifier,
    currency_code,
    currency_digits,
    format_money,
    format_range,
    is_plain,
    nearest,
    nearest_product,
    number,
    read_amount,
    write_amount,
    write_exactly,
)

if TYPE_CHECKING:
    from commonprosperity.wording import reading
else:
    [reading] = deferred("wording.reading")

# Sums of a billion amounts, the largest beside the smallest, have at the most 190 digits.
_SUMS = Context(
    prec=200, Emin=-999_999, Emax=999_999, rounding="ROUND_HALF_EVEN",
    capitals=1, clamp=0, flags=[], traps=[Inexact, InvalidOperation],
)  # fmt: skip
_BITS_AT_MOST = 1_024
_DECIMALS_AT_MOST = 1_000  # beyond which rounding leaves nothing of an amount


def summing() -> AbstractContextManager[Context]:
    """Compute exact sums and differences of amounts in this block, whatever the caller's context.

    >>> with summing():
    ...     Decimal("1E+60") - Decimal("1E-60") == Decimal("1E+60")
    False
    """
    return localcontext(_SUMS)


@total_ordering
@attrs.frozen(order=False, repr=False, weakref_slot=False)
class Money(TextDisplay):
    """An exact amount of one currency: a decimal number and a currency code of CLDR.

    The amount is an ``int``, a ``Decimal`` or a text of digits, and keeps the precision that it is
    written with. Equality and hash go by value; different currencies are unequal, and meet
    nowhere else without a rate.

    >>> Money("15490000000", "USD") == Money("1.549E+10", "USD")
    True
    >>> print(sum([Money(50, "CNY"), Money("0.5", "CNY")]))
    50.5 CNY
    >>> Money("0.10", "CNY") / Money("0.30", "CNY")
    Fraction(1, 3)
    >>> print(Money(100, "CNY") / 8)
    12.500 CNY

    Raises `AmountError` for a float, NaN, infinity, a bool, and what has more than 60 digits or an
    exponent beyond 60 either way; `CurrencyError` for an unknown code; `CurrencyMismatchError`
    where two currencies are added, subtracted, divided or put in order.
    """

    amount: Decimal = attrs.field(converter=number)
    currency: str = attrs.field(converter=currency_code)

    @staticmethod
    def parse(
        text: str,
        *,
        symbols: Mapping[str, str] | None = None,
        default: str | None = None,
        locale: str | None = None,
    ) -> "Money":
        """Read one exact amount as people write it, as `parse_amount` does.

        >>> Money.parse("15.49 billion USD"), Money.parse("1000亿元")
        (Money('1.549E+10', 'USD'), Money('1.000E+11', 'CNY'))

        Raises what `parse_amount` raises, and `InexactAmountError` for a range, and for an amount
        that is not exact, such as "up to 10 billion yuan".
        """
        parsed = parse_amount(text, symbols=symbols, default=default, locale=locale)
        if parsed.high is not None:
            raise InexactAmountError(text, "range")
        if parsed.qualifier != Qualifier.EXACT:
            raise InexactAmountError(text, str(parsed.qualifier))
        return parsed.money

    @classmethod
    def of(cls, value: "Money | str") -> "Money":
        """Return money unchanged, and parse a text that must name its currency itself."""
        if isinstance(value, Money):
            return value
        try:
            return cls.parse(value)
        except AmbiguousAmountError as error:
            raise attrs.evolve(error, takes_symbols=False) from None

    @classmethod
    def rounded(cls, exact: Fraction, currency: str) -> Self:
        """Round an exact number once, half to even, to the digits of its currency.

        >>> print(Money.rounded(Fraction(2, 3), "CNY"), Money.rounded(Fraction(5, 2), "JPY"))
        0.67 CNY 2 JPY
        """
        return cls(nearest(_fraction(exact), currency_digits(currency_code(currency))), currency)

    def at(self, factor: Fraction, currency: str) -> "Money":
        """Convert to another currency: one unit of this money's own is ``factor`` units of it.

        The result is rounded once, half to even, to the digits of that currency.

        >>> print(Money(3, "USD").at(Fraction("6.4558"), "CNY"))
        19.37 CNY
        """
        digits = currency_digits(currency_code(currency))
        return Money(nearest_product(self.amount, _fraction(factor), digits), currency)

    @property
    def half_last_digit(self) -> Decimal:
        """Half of the last written digit: the rounding of the source.

        >>> Money.parse("15.49 billion USD").half_last_digit
        Decimal('5E+6')
        """
        return Decimal((0, (5,), int(self.amount.as_tuple().exponent) - 1))

    def exact_text(self) -> str:
        """Return the text that `parse` reads back with the same precision.

        >>> Money("2000.50", "CNY").exact_text(), Money("1E+13", "CNY").exact_text()
        ('2,000.50 CNY', '1E+13 CNY')
        """
        return write_exactly(self.amount, self.currency)

    def words(self) -> str:
        """Return the amount in words where three decimals suffice: ``15.49 billion USD``."""
        return write_amount(self.amount, self.currency)

    def format(self, locale: str, style: str = "full") -> str:
        """Write the amount for readers of a locale, in full, compact or in words.

        >>> hundred = Money.parse("100 billion CNY")
        >>> hundred.format("en"), hundred.format("en", "compact"), hundred.format("en", "words")
        ('CN¥100,000,000,000', 'CN¥100B', '100 billion yuan')
        >>> hundred.format("zh_CN", "words"), hundred.format("en_GB", "compact")
        ('1000亿元', 'RMB 100bn')

        In full is exact; compact has three decimals at the most; what is in words is exact, and
        `parse` reads it back where the locale is English or Chinese. Raises `LocaleError`
        for an unknown locale, and `StyleError` for an unknown style.
        """
        return format_money(self.amount, self.currency, locale, style)

    def __str__(self) -> str:
        """Return the amount in digits, whatever the locale: ``15,490,000,000 USD``."""
        return f"{self.amount:,f} {self.currency}"

    def __format__(self, spec: str) -> str:
        """Pad the text to a width, in an f-string such as ``f"{money:>24}"``."""
        return padded(str(self), spec)

    def __repr__(self) -> str:
        return f"Money('{self.amount}', '{self.currency}')"

    def _notebook_text(self) -> str:
        words, digits = self.words(), str(self)
        return digits if words == digits else f"{words} ({digits})"

    def __add__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(
            _exactly(EXACT.add, self.amount, self._beside(Sentence("add"), other)), self.currency
        )

    def __radd__(self, other: int) -> "Money":
        # The builtin sum starts from the integer 0; no other number is an amount of a currency.
        return self if type(other) is int and other == 0 else NotImplemented

    def __sub__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        beside = self._beside(Sentence("subtract"), other)
        return Money(_exactly(EXACT.subtract, self.amount, beside), self.currency)

    def __mul__(self, other: "int | Decimal | Fraction") -> "Money":
        if isinstance(other, Money | str):
            return NotImplemented
        if isinstance(other, Fraction):
            return self._times(_within_bounds(other), f"* {other}", f"* {other!r}")
        return Money(_exactly(EXACT.multiply, self.amount, number(other)), self.currency)

    __rmul__ = __mul__

    @overload
    def __truediv__(self, other: "Money") -> Fraction: ...
    @overload
    def __truediv__(self, other: "int | Decimal | Fraction") -> "Money": ...
    def __truediv__(self, other: "Money | int | Decimal | Fraction") -> "Fraction | Money":
        if isinstance(other, str):
            return NotImplemented
        by = (
            self._beside(Sentence("divide"), other) if isinstance(other, Money) else _divisor(other)
        )
        divisor = Fraction(by)
        if not divisor:
            raise ZeroAmountError(str(self), Sentence("{zero}", zero=other))
        if isinstance(other, Money):
            return Fraction(self.amount) / divisor
        factor, whole = _within_bounds(1 / divisor), divisor.denominator == 1
        return self._times(factor, f"/ {other}", f"/ {divisor if whole else repr(divisor)}")

    def _times(self, factor: Fraction, operation: str, in_python: str) -> "Money":
        """Multiply exactly; an error names the operation, and says in Python how to round it."""
        try:
            return Money(_times_fraction(self.amount, factor), self.currency)
        except AmountError:
            exact = Fraction(self.amount) * factor
            operation_in_python = f'Fraction("{self.amount}") {in_python}'
            problem = _inexact_problem(exact, operation_in_python, self.currency)
            raise AmountError(f"{self} {operation}", problem) from None

    def __neg__(self) -> "Money":
        return Money(self.amount.copy_negate(), self.currency)

    def __pos__(self) -> "Money":
        return self

    def __abs__(self) -> "Money":
        return Money(self.amount.copy_abs(), self.currency)

    def __round__(self, digits: int | None = None) -> "Money":
        """Round half to even, to a number of decimals or to the digits of the currency.

        An amount with fewer decimals stays as it is: rounding adds no precision.

        >>> round(Money("2.345", "CNY")), round(Money("1E+9", "CNY"))
        (Money('2.34', 'CNY'), Money('1E+9', 'CNY'))
        """
        digits = currency_digits(self.currency) if digits is None else index(digits)
        digits = max(digits, -_DECIMALS_AT_MOST)
        if int(self.amount.as_tuple().exponent) >= -digits:
            return self
        return Money(nearest(Fraction(self.amount), digits), self.currency)

    def __lt__(self, other: "Money") -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.amount < self._beside(Sentence("compare"), other)

    def _beside(self, operation: Sentence, other: "Money") -> Decimal:
        if other.currency != self.currency:
            raise CurrencyMismatchError(operation, self.currency, other.currency)
        return other.amount


@attrs.frozen(repr=False)
class ParsedAmount(TextDisplay):
    """An amount as it was written: how firm it is, and the upper end if it is a range.

    >>> ParsedAmount(Money("5E+9", "USD"), Qualifier.UP_TO).money
    Money('5E+9', 'USD')
    >>> print(ParsedAmount(Money("5E+9", "USD"), Qualifier.ABOUT, Money("1E+10", "USD")))
    about 5 billion USD to 10 billion USD
    """

    money: Money
    qualifier: Qualifier = Qualifier.EXACT
    high: Money | None = None

    @classmethod
    def of(cls, read: "reading.ReadAmount") -> Self:
        """Make it of what the grammar read."""
        amount, high, currency, qualifier = read
        upper = None if high is None else Money(high, currency)
        return cls(Money(amount, currency), qualifier, upper)

    def format(self, locale: str, style: str = "words") -> str:
        """Write the amount as `Money.format` does, with its qualifier and both ends of a range.

        >>> up_to = parse_amount("up to RMB10bn")
        >>> up_to.format("en"), up_to.format("zh_CN"), parse_amount("RMB5-10bn").format("zh_CN")
        ('up to 10 billion yuan', '不超过100亿元', '50亿至100亿元')
        """
        high = None if self.high is None else self.high.amount
        money = self.money
        return format_range(money.amount, high, money.currency, self.qualifier, locale, style)

    def __str__(self) -> str:
        """Return words and currency codes that `parse_amount` reads back."""
        firm = "" if self.qualifier == Qualifier.EXACT else f"{self.qualifier.replace('_', ' ')} "
        high = "" if self.high is None else f" to {self.high.words()}"
        return f"{firm}{self.money.words()}{high}"

    def __format__(self, spec: str) -> str:
        """Pad the text to a width, as `Money` does."""
        return padded(str(self), spec)

    def __repr__(self) -> str:
        firm = "" if self.qualifier == Qualifier.EXACT else f", '{self.qualifier}'"
        high = "" if self.high is None else f", high={self.high!r}"
        return f"ParsedAmount({self.money!r}{firm}{high})"

    def _notebook_text(self) -> str:
        return str(self)


def parse_amount(
    text: str,
    *,
    symbols: Mapping[str, str] | None = None,
    default: str | None = None,
    locale: str | None = None,
) -> ParsedAmount:
    """Read an amount of money as English and Chinese newspapers write it.

    >>> parse_amount("up to RMB50bn")
    ParsedAmount(Money('5.0E+10', 'CNY'), 'up_to')
    >>> parse_amount("$5-10 billion", symbols={"$": "USD"}).high
    Money('1.0E+10', 'USD')

    ``symbols`` says what an ambiguous symbol means, in all its spellings: ``$`` is ``dollars`` too.
    ``default`` is the currency where none is named. ``locale`` says how its numbers are written:
    with ``de``, 1.234,5 is meant; without one, dot and comma are as in English and Chinese papers.

    Raises `AmbiguousAmountError` for a currency that is not certain, with its candidates: a bare
    ``$``, ``¥`` or ``kr``, 元 in traditional characters, none at all. Raises `AmountError` for what
    is not one amount, pointing at the character: a share, a rate, two amounts, a vague amount.
    """
    if locale is None and is_plain(text):
        return ParsedAmount(Money(*read_amount(text)))
    return ParsedAmount.of(reading.read_wording(text, symbols, default, locale))


def _divisor(value: int | Decimal | Fraction) -> Decimal | Fraction:
    return value if isinstance(value, Fraction) else number(value)


def _fraction(value: Fraction) -> Fraction:
    """Take a fraction, or a number that is exact: no float is."""
    return value if isinstance(value, Fraction) else Fraction(number(value))


def _within_bounds(factor: Fraction) -> Fraction:
    """Refuse a factor by which no amount is one: amounts end at 1E-60, and are below 1E+120."""
    if max(factor.numerator.bit_length(), factor.denominator.bit_length()) > _BITS_AT_MOST:
        raise AmountError("a fraction of 309 digits or more", BEYOND_BOUNDS)
    return factor


def _inexact_problem(exact: Fraction, in_python: str, currency: str) -> Sentence:
    """Say why a number is no amount, and how to round it where that works."""
    has_end = pow(10, exact.denominator.bit_length(), exact.denominator) == 0
    problem = BEYOND_BOUNDS if has_end else Sentence("it has no end")  # as of thirds
    try:
        Money.rounded(exact, currency)
    except AmountError:
        return problem
    return Sentence(
        '{problem:say}; Money.rounded({exact}, "{currency}") rounds it',
        problem=problem, exact=in_python, currency=currency,
    )  # fmt: skip


def _times_fraction(amount: Decimal, times: Fraction) -> Decimal:
    """Multiply exactly; the product is as precise as with the fraction's decimal: 1/2 is 0.5."""
    parts = Decimal(times.numerator), Decimal(times.denominator)
    try:
        decimal = _SUMS.divide(*parts)
    except Inexact:  # 1/3 is no decimal, but 1/3 of 3.00E+11 is 1.00E+11
        dividend = _exactly(_SUMS.multiply, amount, parts[0])
        return _exactly(_SUMS.divide, dividend, parts[1])
    return _exactly(EXACT.multiply, amount, decimal)


def _exactly(
    operation: Callable[[Decimal, Decimal], Decimal], left: Decimal, right: Decimal
) -> Decimal:
    try:
        return operation(left, right)
    except Inexact:
        problem = Sentence("the exact result has more than {most} digits", most=DIGITS_AT_MOST)
        raise AmountError(f"{left} with {right}", problem) from None
