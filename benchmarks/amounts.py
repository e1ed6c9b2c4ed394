"""What single amounts take: to convert, to refuse, and to keep."""

import tracemalloc
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from sys import getsizeof

import moneyed
from currency_converter import CurrencyConverter  # type: ignore[import-untyped]
from measuring import Ratio, seconds

from commonprosperity import Money, convert
from commonprosperity.errors import AmountError

_HUGE = "1e999999999"


def converting(rounds: int, size: int) -> list[Ratio]:
    """Compare `convert` with CurrencyConverter's, both after their rates are loaded."""
    theirs = CurrencyConverter(decimal=True)
    # The ECB published rates on every weekday of these months.
    days = [date(2021, 6, 1) + timedelta(days=number) for number in range(180)]
    weekdays = [day for day in days if day.isoweekday() <= 5]  # noqa: PLR2004 (Friday)
    currencies = ("CNY", "EUR", "GBP", "HKD", "JPY")
    each = [
        (Decimal(number), currencies[number % len(currencies)], weekdays[number % len(weekdays)])
        for number in range(1, size + 1)
    ]
    moneys = [(Money(amount, currency), day) for amount, currency, day in each]

    def ours_all() -> None:
        for money, day in moneys:
            convert(money, "USD", on=day)

    def theirs_all() -> None:
        for amount, currency, day in each:
            theirs.convert(amount, currency, "USD", day)

    ours_all()
    theirs_all()
    one, other = f"convert, {size} times", f"CurrencyConverter.convert, {size} times"
    taken = seconds(rounds, {one: lambda: ours_all, other: lambda: theirs_all})
    return [Ratio("convert / CurrencyConverter.convert", taken[one] / taken[other])]


def refusing(rounds: int, size: int) -> list[Ratio]:
    """Compare the refusal of a huge amount with the making of the Decimal."""

    def refuse() -> None:
        for _ in range(size):
            try:
                Money(_HUGE, "CNY")
            except AmountError:
                continue
            raise AssertionError(_HUGE)

    def make() -> None:
        for _ in range(size):
            Decimal(_HUGE)

    one, other = f'Money("{_HUGE}", "CNY") refused', f'Decimal("{_HUGE}")'
    subjects = {f"{one}, {size} times": lambda: refuse, f"{other}, {size} times": lambda: make}
    refused, made = seconds(rounds, subjects).values()
    return [Ratio(f"{one} / {other}", refused / made)]


def keeping(size: int) -> list[Ratio]:
    """Compare the memory of a Money, beyond that of its Decimal, with py-moneyed's."""
    decimals = [Decimal(number) for number in range(1, size + 1)]
    ours = _bytes_each(lambda amount: Money(amount, "CNY"), decimals)
    theirs = _bytes_each(lambda amount: moneyed.Money(amount, "CNY"), decimals)
    one, other = Money(1, "CNY"), moneyed.Money(1, "CNY")
    sizes = getsizeof(one), getsizeof(other) + getsizeof(vars(other))
    print(f"{ours:10.1f} bytes, getsizeof {sizes[0]}: Money, beyond its Decimal")
    print(f"{theirs:10.1f} bytes, getsizeof {sizes[1]}: py-moneyed's Money, beyond its Decimal")
    return [Ratio("memory of Money / py-moneyed's Money", ours / theirs, 1)]


def _bytes_each(make: Callable[[Decimal], object], decimals: list[Decimal]) -> float:
    make(decimals[0])  # what is cached at the first time is not of each
    tracemalloc.start()
    kept = [make(amount) for amount in decimals]
    taken = tracemalloc.get_traced_memory()[0] - getsizeof(kept)
    tracemalloc.stop()
    return taken / len(kept)
