"""The options that say how amounts are written, as in `parse_amount`."""

from typing import Any

import click

from commonprosperity.cli.options import Options
from commonprosperity.cli.parameters import currency, parsed_by, symbols_of
from commonprosperity.wording import known_locale


def _with_spelling(
    *, symbols: Any, default: str | None, numbers: str | None, **others: Any
) -> dict[str, Any]:
    return {**others, "spelling": {"symbols": symbols, "default": default, "locale": numbers}}


spelling_options = Options(
    (
        click.option(
            "--symbol", "symbols", multiple=True, callback=parsed_by(symbols_of),
            metavar="SYMBOL=CODE", help="What a symbol means: '$=USD'.",
        ),
        click.option(
            "--default", callback=parsed_by(currency), metavar="CODE",
            help="The currency where none is named.",
        ),
        click.option(
            "--numbers", callback=parsed_by(lambda name: str(known_locale(name))),
            metavar="LOCALE", help="How numbers are written: de for 1.234,5.",
        ),
    ),
    _with_spelling,
)  # fmt: skip
"""Give a command the options of how amounts are written, collected as ``spelling``."""
