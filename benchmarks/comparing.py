"""What rates, quantities and checks take."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from importlib import import_module
from itertools import count
from random import Random
from time import perf_counter

from currency_converter import CurrencyConverter  # type: ignore[import-untyped]
from measuring import Ratio, Run, seconds

import commonprosperity as cp
from commonprosperity.rates.ecb import newest

nbp_rates = import_module("commonprosperity.rates.nbp")  # `rates.nbp` is the function


def looking_up(rounds: int) -> list[Ratio]:
    """Compare the first and the next look-ups of 120 rates with CurrencyConverter's.

    The means are of 20 years that nobody asked for before, of currencies that have been read.
    """
    theirs = CurrencyConverter(decimal=True)
    days = [date(2021, 6, 1) + timedelta(days=number) for number in range(168)]
    weekdays = [day for day in days if day.isoweekday() <= 5]  # noqa: PLR2004 (Friday)

    def with_file_read() -> cp.Rates:
        newest.cache_clear()
        rates = cp.rates.ecb()
        rates.rate("EUR", "JPY", "2020-06-01")
        return rates

    warm = with_file_read()
    with_means = with_file_read()
    with_means.rate("USD", "CNY", "2005-05/2025")
    starts = iter(date(2005, 6, 1) + timedelta(days=number) for number in count())

    def mean() -> Run:
        on = cp.Period(next(starts), date(2025, 6, 1))
        return lambda: with_means.rate("USD", "CNY", on)

    cold, next_, other = "rate, cold", "rate, warm", "CurrencyConverter.convert"
    span = "the mean of 20 years"
    subjects = {
        cold: lambda: _asking(with_file_read(), weekdays),
        next_: lambda: _asking(warm, weekdays),
        span: mean,
        other: lambda: lambda: [theirs.convert(1, "USD", "CNY", day) for day in weekdays],
    }
    taken = seconds(rounds, subjects)
    return [Ratio(f"{name} / {other}", taken[name] / taken[other]) for name in (cold, next_, span)]


def looking_up_the_world(rounds: int) -> list[Ratio]:
    """Compare first and next look-ups of the rates of the world with those of the ECB's alone."""
    nbp_rates.nbp()  # finds the package
    cold = {
        name: partial(_with_nothing_read, partial(_rate_of, source, currency))
        for name, source, currency in (
            ("ecb(), cold", cp.rates.ecb, "USD"),
            ("world(), a pair of the ECB's, cold", cp.rates.world, "USD"),
            ("world(), a pair of the NBP's, cold", cp.rates.world, "TWD"),
        )
    }
    ecb, world = cp.rates.ecb(), cp.rates.world()
    days = [date(2021, 6, 1) + timedelta(days=number) for number in range(100)]
    warm = {
        "ecb(), warm": lambda: _asking(ecb, days),
        "world(), a pair of the ECB's, warm": lambda: _asking(world, days),
    }
    taken = seconds(rounds, cold) | seconds(rounds, warm)
    return [
        Ratio(f"{name} / {beside}", taken[name] / taken[beside], aim)
        for beside, aim, names in (("ecb(), cold", 3, cold), ("ecb(), warm", None, warm))
        for name in names
        if name != beside
    ]


def _with_nothing_read(run: Run) -> Run:
    newest.cache_clear()
    nbp_rates.kept.cache_clear()
    return run


def _rate_of(source: Callable[[], cp.Rates], currency: str) -> cp.Rate:
    return source().rate(currency, "CNY", "2021-09-02")


def _asking(rates: cp.Rates, days: list[date]) -> Run:
    return lambda: [rates.rate("USD", "CNY", day) for day in days]


def quantities(rounds: int, size: int) -> list[Ratio]:
    """Compare the conversion of a quantity with that of money."""
    each = cp.quantity("12 USD/year/person")
    money = cp.Money(12, "USD")
    one, other = f"convert a quantity, {size} times", f"convert money, {size} times"

    def of_quantity() -> None:
        for _ in range(size):
            cp.convert(each, "CNY/month/person", on="2021-09-02")

    def of_money() -> None:
        for _ in range(size):
            cp.convert(money, "CNY", on="2021-09-02")

    taken = seconds(rounds, {one: lambda: of_quantity, other: lambda: of_money})
    return [Ratio(f"{one} / {other}", taken[one] / taken[other])]


def checking(sizes: tuple[int, ...]) -> list[Ratio]:
    """Compare the time a record of a check as the data grows; one equivalent in 30 is wrong."""
    each: dict[int, float] = {}
    for size in sizes:
        data = _told(size)
        start = perf_counter()
        findings = data.check()
        each[size] = (perf_counter() - start) / size
        print(f"{each[size] * 1e6:10.1f} us a record, {len(findings)} findings: check {size:,}")
    smallest, largest = sizes[0], sizes[-1]
    return [Ratio(f"a record of {largest:,} / of {smallest:,}", each[largest] / each[smallest])]


def _told(size: int) -> cp.Dataset:
    random = Random(2021)  # noqa: S311 (the same pledges each time)
    companies = [cp.Company(id=f"company-{n}", name=f"{n}") for n in range(max(1, size // 100))]
    rates, pledges = cp.rates.ecb(), []
    for number in range(size):
        announced = date(2021, 1, 4) + timedelta(days=random.randrange(350))
        amount = cp.Money(random.randrange(10**6, 10**11), random.choice(["CNY", "USD"]))
        stated = rates.convert(amount, "EUR", announced)
        wrong = number % 30 == 0
        pledge = cp.Pledge(
            id=f"pledge-{number}",
            company=random.choice(companies).id,
            amount=amount,
            announced=announced,
            equivalents=[stated * 2 if wrong else stated],
        )
        pledges.append(pledge)
    return cp.Dataset(companies=companies, pledges=pledges)
