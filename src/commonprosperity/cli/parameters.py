"""Parameters of the commands, taken as the library takes them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import click

from commonprosperity.data import datasets, load
from commonprosperity.dataset import Dataset
from commonprosperity.errors import AmbiguousAmountError, CommonProsperityError
from commonprosperity.files import read
from commonprosperity.quoting import brief
from commonprosperity.wording import currency_code

Callback = Callable[[click.Context, click.Parameter, Any], Any]


def parsed_by(parse: Callable[[Any], Any]) -> Callback:
    """Read a parameter as the library does; what that refuses is a wrong use of the command."""

    def callback(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
        try:
            return None if value is None else parse(value)
        except AmbiguousAmountError as error:
            raise click.BadParameter(f"{brief(value)} {error.problem}", ctx, param) from None
        except CommonProsperityError as error:
            raise click.BadParameter(str(error), ctx, param) from None

    return callback


def dataset_named(name: str) -> Callable[..., Dataset]:
    """Find a dataset by its name or file.

    It is read later, since bad data exits with 1 and wrong use with 2.
    """
    if name in datasets():
        return partial(_built_in, name)
    if name and Path(name).exists():
        return lambda **options: read(name, **options)
    raise click.BadParameter(
        f"{brief(name)} is no file, and no built-in dataset; those are: {', '.join(datasets())}"
    )


def _built_in(name: str, **options: Any) -> Dataset:
    if options.get("layout") is not None:
        raise click.BadParameter(f"{name} is a built-in dataset, and a layout is for a table")
    return load(name)


def dataset_and_page(places: tuple[str, ...]) -> tuple[Callable[..., Dataset], str]:
    """Take the page to write, which comes last, and the dataset before it, if one is named."""
    if not 1 <= len(places) <= 2:  # noqa: PLR2004 (as its usage line says)
        raise click.BadParameter(f"{len(places)} names; it takes a dataset, if any, and a file")
    *dataset, out = places
    if not out.lower().endswith((".html", ".htm")):
        raise click.BadParameter(f"{brief(out)} is no page to write; its name ends in .html")
    return dataset_named(*dataset or ["article"]), out


def symbols_of(pairs: tuple[str, ...]) -> dict[str, str]:
    """Take symbols with the codes that they stand for: ``$=USD``."""
    codes = {}
    for pair in pairs:
        symbol, equals, code = pair.partition("=")
        if not symbol or not equals:
            raise click.BadParameter(f"{brief(pair)} is no symbol with its code; write '$=USD'")
        codes[symbol] = currency_code(code)
    return codes


def file_named(path: str) -> str:
    """Take the name of a file to write, which no stream is: ``-``."""
    if path in {"", "-"}:
        raise click.BadParameter(f"{brief(path)} is no file; write the name of one")
    return path
