"""Parameters of the commands, taken as the library takes them."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import click

from commonprosperity.data import datasets, load
from commonprosperity.dataset import Dataset
from commonprosperity.errors import AmountError, CommonProsperityError, CurrencyError
from commonprosperity.files import read
from commonprosperity.flat import heading
from commonprosperity.money import Money
from commonprosperity.quoting import brief, listed
from commonprosperity.records import PLEDGE_FIELDS
from commonprosperity.sentence import Sentence
from commonprosperity.wording import currency_code

Callback = Callable[[click.Context, click.Parameter, Any], Any]


def parsed_by(parse: Callable[[Any], Any]) -> Callback:
    """Read a parameter as the library does; what that refuses is a wrong use of the command."""

    def callback(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
        return None if value is None else parsed(parse, value, ctx=ctx, param=param)

    return callback


def parsed(parse: Callable[[Any], Any], value: Any, **parameter: Any) -> Any:
    """Read the value of a parameter, which click's error names if the library refuses it."""
    try:
        return parse(value)
    except CommonProsperityError as error:
        raise click.BadParameter(str(error), **parameter) from error


_TIMES = {"年": "year", "年份": "year", "月": "month", "月份": "month"}


def currency(code: str) -> str:
    """Take a currency code, in small letters too, or a Chinese name of one currency: 美元."""
    if not code.isascii():
        with suppress(AmountError, CurrencyError):
            return Money.parse(f"1 {code}").currency
    return currency_code(code.upper())


def field(name: str) -> str:
    """Take the name of a field as a table has it at the top, in Chinese too: 公司 is company."""
    column = heading(name)
    return column if column in PLEDGE_FIELDS else _TIMES.get(name.strip(), name.strip())


def dataset_named(name: str) -> Callable[..., Dataset]:
    """Find a dataset by its name or file.

    It is read later, since bad data exits with 1 and wrong use with 2.
    """
    if name in datasets():
        return partial(_load, name)
    if name and Path(name).exists():
        return lambda **options: read(name, **options)
    names = listed(datasets())
    problem = Sentence(
        "{name} is no file, and no dataset; there are {names}", name=brief(name), names=names
    )
    raise click.BadParameter(problem)


def _load(name: str, **options: Any) -> Dataset:
    if any(value is not None for value in options.values()):
        problem = Sentence(
            "{name} is no file; --layout, --symbol and the like say how a file is read", name=name
        )
        raise click.BadParameter(problem)
    return load(name)


def dataset_and_page(
    ctx: click.Context, _: click.Parameter, places: tuple[str, ...]
) -> Callable[..., Dataset]:
    """Take the page to write, which comes last, and the dataset before it, if one is named."""
    if not 1 <= len(places) <= 2:  # noqa: PLR2004 (as its usage line says)
        raise click.BadParameter(
            Sentence("{count} names; it takes a dataset, if any, and a file", count=len(places))
        )
    *dataset, ctx.params["out"] = places
    out = places[-1]
    if not out.lower().endswith((".html", ".htm")):
        raise click.BadParameter(
            Sentence("{file} is no page to write; its name ends in .html", file=brief(out))
        )
    return dataset_named(*dataset or ["article"])


def symbols_of(pairs: tuple[str, ...]) -> dict[str, str] | None:
    """Take symbols with the codes that they stand for: ``$=USD``; None where there are none."""
    codes = {}
    for pair in pairs:
        symbol, equals, code = pair.partition("=")
        if not symbol or not equals:
            raise click.BadParameter(
                Sentence("{pair} is no symbol with its code; write '$=USD'", pair=brief(pair))
            )
        codes[symbol] = currency(code)
    return codes or None


def file_named(path: str) -> str:
    """Take the name of a file to write, which no stream is: ``-``."""
    if path in {"", "-"}:
        raise click.BadParameter(
            Sentence("{file} is no file; write the name of one", file=brief(path))
        )
    return path
