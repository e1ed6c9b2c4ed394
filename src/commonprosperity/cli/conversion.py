"""The options that say into which currency amounts are converted, by which rates and prices."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from commonprosperity.cli.options import Command, Options
from commonprosperity.cli.parameters import currency, parsed_by
from commonprosperity.dataset import Dataset
from commonprosperity.period import Period
from commonprosperity.prices import Prices
from commonprosperity.prices import from_csv as prices_from_csv
from commonprosperity.quoting import brief, suggestion
from commonprosperity.rates import Rates, ecb, first_of, from_csv, nbp, world
from commonprosperity.sentence import Sentence
from commonprosperity.totals import base_year


def _reported(dataset: Dataset | None) -> Rates:
    if dataset is None:
        problem = Sentence("reported rates are those of a dataset, and this command takes none")
        raise click.BadParameter(problem, param_hint="--rates")
    return dataset.rates_as_reported()


RATES: Mapping[str, Callable[[Dataset | None], Rates]] = {
    "ecb": lambda _: ecb(),
    "nbp": lambda _: nbp(),
    "world": lambda _: world(),
    "reported": _reported,
}
"""Each source of rates by the name that ``--rates`` gives it; to add one, put it in here."""


def _source(name: str) -> Callable[[Dataset | None], Rates]:
    """Find rates by their name or file, which is read later, as bad data exits with 1."""
    if name in RATES:
        return RATES[name]
    if name and Path(name).is_file():
        return lambda _: from_csv(name)
    near = suggestion(name, RATES) or Sentence("; those are: {known:list}", known=RATES)
    problem = Sentence(
        "{name} is no file, and no rates of the library{near:say}", name=brief(name), near=near
    )
    raise click.BadParameter(problem)


def _with_rates(
    *, rates: tuple[Callable[[Dataset | None], Rates], ...], **others: Any
) -> dict[str, Any]:
    sources = [source(others.get("dataset")) for source in rates]
    return {**others, "rates": first_of(*sources) if sources else None}


def rates_option(name: str, help_: str) -> Callable[[Command], Command]:
    """Return an option that names sources of rates."""
    return click.option(
        name, multiple=True, callback=parsed_by(lambda names: [*map(_source, names)]),
        metavar=f"{'|'.join(RATES)}|FILE.csv", help=help_,
    )  # fmt: skip


rate_options = Options(
    (
        rates_option(
            "--rates", "Whose rates; of several, those of the first that has one.  [default: ecb]"
        ),
    ),
    _with_rates,
)
"""Give a command the option that names its sources of rates."""


def to_option(help_: str = "The currency.", **settings: Any) -> Callable[[Command], Command]:
    """Return the option of the currency to convert into."""
    return click.option("--to", callback=parsed_by(currency), help=help_, **settings)


def on_option(help_: str, **settings: Any) -> Callable[[Command], Command]:
    """Return the option of the date of the rates."""
    return click.option("--on", callback=parsed_by(Period.of), help=help_, **settings)


def _prices_file(name: str) -> Callable[[], Prices]:
    """Find a file of prices, which is read later, as bad data exits with 1."""
    if not name or not Path(name).is_file():
        raise click.BadParameter(Sentence("{name} is no file", name=brief(name)))
    return lambda: prices_from_csv(name)


def _with_conversion(
    *, prices: Callable[[], Prices] | None, base: int | None, on: Period | None, **others: Any
) -> dict[str, Any]:
    if (prices is None) is not (base is None):
        problem = Sentence("--prices and --base go together: whose prices, and of which year")
        raise click.UsageError(problem)
    if prices and on:
        raise click.UsageError(Sentence("--prices goes by the year of each pledge; leave out --on"))
    of_prices = {"prices": prices and prices(), "base": base}
    return {**rate_options.prepare(**others), **of_prices, "on": on}


conversion_options = Options(
    (
        to_option(default="CNY", show_default=True),
        on_option("Convert all at this date, instead of each pledge at its own."),
        *rate_options.options,
        click.option(
            "--prices", callback=parsed_by(_prices_file), metavar="FILE.csv",
            help="In the prices of one year: an index or the World Bank's file.",
        ),
        click.option(
            "--base", callback=parsed_by(base_year), metavar="YEAR",
            help="The year whose prices count, with --prices.",
        ),
    ),
    _with_conversion,
)  # fmt: skip
"""Give a command that totals the options of its conversion.

They are ``to``, ``on``, ``rates``, ``prices`` and ``base``.
"""
