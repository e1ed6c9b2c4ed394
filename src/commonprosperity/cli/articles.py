"""The commands that start from an article: ``scan`` finds its amounts, ``draft`` makes records."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from commonprosperity.cli.advice import in_options
from commonprosperity.cli.conversion import on_option, rate_options, to_option
from commonprosperity.cli.output import Output, output_options
from commonprosperity.cli.parameters import file_named, parsed_by
from commonprosperity.cli.spelling import spelling_options
from commonprosperity.cli.standard_error import tell
from commonprosperity.deferred import deferred
from commonprosperity.disk import named, put
from commonprosperity.files.text import read_text
from commonprosperity.period import Period
from commonprosperity.quoting import brief
from commonprosperity.rates import Rates
from commonprosperity.sentence import Sentence
from commonprosperity.table import Table

if TYPE_CHECKING:
    from commonprosperity import checks, mentions
else:
    checks, mentions = deferred("checks", "mentions")


def _text_of(name: str) -> Callable[[], str]:
    """Take a file, or ``-`` for the standard input; it is read later, as bad data exits with 1."""
    if name == "-":
        return lambda: read_text(sys.stdin.buffer)
    if name and Path(name).is_file():
        return lambda: read_text(name)
    raise click.BadParameter(
        Sentence("{name} is no file; - is the standard input", name=brief(name))
    )


_text_argument = click.argument("text", callback=parsed_by(_text_of), metavar="FILE")


@click.command()
@_text_argument
@on_option("The date of the text.")
@to_option("A currency to show all amounts in.")
@rate_options
@spelling_options
@output_options
def scan(  # noqa: PLR0913 (a parameter an option)
    text: Callable[[], str],
    on: Period | None,
    to: str | None,
    rates: Rates | None,
    spelling: Mapping[str, Any],
    output: Output,
) -> None:
    """Find every amount in FILE, which is plain text or Markdown; - is the standard input.

    With --on, sums that it states in two currencies are compared at the rate of that date. The
    exit status is 1 if one of them is a slip.
    """
    amounts = mentions.find_amounts(text(), **spelling)
    findings = checks.Findings(()) if on is None else amounts.check(on, rates)
    table = amounts.table(to, on, rates)
    note = in_options(output.say(table.note)) if table.note else ""
    _print(output, attrs.evolve(table, note=note), findings)
    if findings.at_fault:
        sys.exit(1)


def _print(output: Output, amounts: Table, findings: "checks.Findings") -> None:
    """Print both tables; JSON is one object, and a CSV has the amounts alone."""
    if output.form == "json":
        both = {"amounts": amounts, "findings": findings.table()}
        texts = {name: table.in_locale(output.locale).json() for name, table in both.items()}
        content = {name: json.loads(text) for name, text in texts.items()}
        output.text(json.dumps(content, ensure_ascii=False, indent=2))
        return
    if output.form == "csv":
        for finding in findings:
            tell(finding.sentence)
        output.table(amounts)
        return
    tables = [
        amounts,
        *([attrs.evolve(findings.table(), title=findings.title)] if findings else []),
    ]
    output.text("\n\n".join(map(output.text_of, tables)))


@click.command()
@_text_argument
@click.option("--source", metavar="TITLE", help="The title of the text, to be its source.")
@spelling_options
@click.option(
    "--out", type=click.Path(), callback=parsed_by(file_named), required=True, metavar="FILE",
    help="The TOML file to write.",
)  # fmt: skip
def draft(
    text: Callable[[], str], source: str | None, spelling: Mapping[str, Any], out: str
) -> None:
    """Write a pledge for each amount in FILE, as TOML in which what is not known is left open."""
    path = named(out)
    if path.exists():
        problem = Sentence(
            "{out} is there already; write to another file, or delete it", out=brief(out)
        )
        raise click.BadParameter(problem, param_hint="--out")
    put(path, mentions.find_amounts(text(), **spelling).draft(source).encode())
