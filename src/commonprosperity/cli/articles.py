"""The commands that start from an article: ``scan`` finds its amounts, ``draft`` makes records."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import click

from commonprosperity.checks import Findings
from commonprosperity.cli.output import Output, printing
from commonprosperity.cli.parameters import file_named, parsed_by, symbols_of
from commonprosperity.disk import named, put
from commonprosperity.files.text import read_text
from commonprosperity.mentions import find_amounts
from commonprosperity.period import Period
from commonprosperity.quoting import brief
from commonprosperity.table import Table
from commonprosperity.wording import currency_code


def _text_of(name: str) -> Callable[[], str]:
    """Take a file, or ``-`` for the standard input; it is read later, as bad data exits with 1."""
    if name == "-":
        return lambda: read_text(sys.stdin.buffer)
    if name and Path(name).is_file():
        return lambda: read_text(name)
    raise click.BadParameter(f"{brief(name)} is no file; - is the standard input")


_text_argument = click.argument("text", callback=parsed_by(_text_of), metavar="FILE")
_symbol_option = click.option(
    "--symbol", "symbols", multiple=True, callback=parsed_by(symbols_of), metavar="SYMBOL=CODE",
    help="What a symbol means: '$=USD'.",
)  # fmt: skip
_default_option = click.option(
    "--default", callback=parsed_by(currency_code), help="The currency where none is named."
)
_locale_option = click.option("--locale", help="How its numbers are written: de for 1.234,5.")


@click.command()
@_text_argument
@click.option("--on", callback=parsed_by(Period.parse), help="The date of the text.")
@click.option("--to", callback=parsed_by(currency_code), help="A currency to show all amounts in.")
@_symbol_option
@_default_option
@_locale_option
@printing
def scan(
    text: Callable[[], str], on: Period | None, to: str | None, output: Output, **spelling: Any
) -> None:
    """Find every amount in FILE, which is plain text or Markdown; - is the standard input.

    With --on, sums that it states in two currencies are compared at the rate of that date. The
    exit status is 1 if one of them is a slip.
    """
    mentions = find_amounts(text(), **spelling)
    findings = Findings(()) if on is None else mentions.check(on)
    _print(output, mentions.table(to, on), findings)
    if findings.at_fault:
        sys.exit(1)


def _print(output: Output, amounts: Table, findings: Findings) -> None:
    """Print both tables; JSON is one object, and a CSV has the amounts alone."""
    if output.form == "json":
        both = {"amounts": amounts, "findings": findings.table()}
        content = {name: json.loads(table.json()) for name, table in both.items()}
        output.text(json.dumps(content, ensure_ascii=False, indent=2))
        return
    if output.form == "csv":
        for finding in findings:
            click.echo(f"{finding.severity}: {finding.message}", err=True)
        output.table(amounts)
        return
    tables = [
        amounts,
        *([attrs.evolve(findings.table(), title=repr(findings))] if findings else []),
    ]
    output.text("\n\n".join(map(output.text_of, tables)))


@click.command()
@_text_argument
@click.option("--source", metavar="TITLE", help="The title of the text, to be its source.")
@_symbol_option
@_default_option
@_locale_option
@click.option(
    "--out", type=click.Path(), callback=parsed_by(file_named), required=True, metavar="FILE",
    help="The TOML file to write.",
)  # fmt: skip
def draft(text: Callable[[], str], source: str | None, out: str, **spelling: Any) -> None:
    """Write a pledge for each amount in FILE, as TOML in which what is not known is left open."""
    path = named(out)
    if path.exists():
        problem = f"{brief(out)} is there already; write to another file, or delete it"
        raise click.BadParameter(problem, param_hint="--out")
    put(path, find_amounts(text(), **spelling).draft(source).encode())
