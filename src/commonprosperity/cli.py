"""The command ``commonprosperity``: totals, their explanation, records and conversions.

Errors are sentences on the standard error. The exit status is 2 for a wrong use of the command,
and 1 for data that is at fault.
"""

import os
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import Any

import attrs
import click

from commonprosperity.data import datasets, load
from commonprosperity.dataset import Dataset
from commonprosperity.errors import AmbiguousAmountError, CommonProsperityError, FieldError
from commonprosperity.files import read, schema, write
from commonprosperity.flat import scale_power
from commonprosperity.money import Money
from commonprosperity.page import report
from commonprosperity.period import Period
from commonprosperity.quoting import brief, one_line
from commonprosperity.table import Column, Kind, Table
from commonprosperity.units import convert
from commonprosperity.wording import currency_code, known_locale


class _Sentences(click.Group):
    """A group whose errors are sentences, without a traceback or the list of options."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002 (the signature is click's)
        **extra: Any,
    ) -> Any:
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        try:
            done = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
            sys.exit(done or 0)
        except click.ClickException as error:
            _complain(one_line(error.format_message()), error.exit_code)
        except CommonProsperityError as error:
            _complain(str(error), 1)
        except click.Abort:
            _complain("interrupted", 1)
        except BrokenPipeError:
            # The reader has gone, as with `| head`: what is left in the buffer goes nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        except OSError as error:
            problem = error.strerror or str(error)
            _complain(one_line(f"{error.filename}: {problem}" if error.filename else problem), 1)


def _complain(sentence: str, status: int) -> None:
    click.echo(f"commonprosperity: {sentence}", err=True)
    sys.exit(status)


def _taken(take: Callable[[Any], Any]) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """Take a parameter as the library does; what that refuses is a wrong use of the command."""

    def callback(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
        try:
            return None if value is None else take(value)
        except AmbiguousAmountError as error:
            raise click.BadParameter(f"{brief(value)} {error.problem}", ctx, param) from None
        except CommonProsperityError as error:
            raise click.BadParameter(str(error), ctx, param) from None

    return callback


def _dataset(name: str) -> Callable[..., Dataset]:
    """Find a dataset by its name or file; it is read later, as its faults are no wrong use."""
    if name in datasets():
        return lambda **_: load(name)
    if name and Path(name).exists():
        return lambda **options: read(name, **options)
    raise click.BadParameter(
        f"{brief(name)} is no file, and no built-in dataset; those are: {', '.join(datasets())}"
    )


def _symbols(pairs: tuple[str, ...]) -> dict[str, str]:
    symbols = {}
    for pair in pairs:
        symbol, equals, code = pair.partition("=")
        if not symbol or not equals:
            raise click.BadParameter(f"{brief(pair)} is no symbol with its code; write '$=USD'")
        symbols[symbol] = currency_code(code)
    return symbols


_format = click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json", "csv"]), default="text",
    help="How to print tables.", show_default=True,
)  # fmt: skip
_from = click.argument("dataset", callback=_taken(_dataset), default="article", metavar="[DATASET]")
_to = click.option(
    "--to", callback=_taken(currency_code), default="CNY", help="The currency.", show_default=True
)
_on = click.option(
    "--on",
    callback=_taken(Period.parse),
    help="Convert all at this date, instead of each pledge at its own.",
)


def _print(table: Table, form: str) -> None:
    width = get_terminal_size().columns if sys.stdout and sys.stdout.isatty() else None
    shown = {
        "text": lambda: table.text(width),
        "markdown": table.markdown,
        "json": table.json,
        "csv": table.csv,
    }
    click.echo(shown[form]())


@click.group(cls=_Sentences, invoke_without_command=True)
@click.version_option(package_name="commonprosperity")
@_format
@click.pass_context
def main(ctx: click.Context, form: str) -> None:
    """Add up public promises of money, every yuan counted once.

    Without a command: the totals of the built-in article. A DATASET is a built-in one, by its
    name, or a file.
    """
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")  # a terminal that has no Chinese shows "?"
    ctx.with_resource(warnings.catch_warnings(action="always"))
    warnings.showwarning = lambda message, *_: click.echo(f"Warning: {message}", err=True)
    if ctx.invoked_subcommand is None:
        _article(form)


def _article(form: str) -> None:
    article = load()
    (source,) = article.sources
    yuan, dollars = (article.totals(currency, by="company") for currency in ("CNY", "USD"))
    table = attrs.evolve(yuan.table(dollars), title=f"{source.title} ({source.publisher})")
    _print(table, form)
    if form == "text":
        total = yuan.grand
        click.echo(f"\nTotal: {total.amount}, or {dollars.grand.amount}")
        click.echo("with each pledge at the ECB's reference rate of its own date.")
        if total.high != total.low:
            click.echo(f"At least {total.low.words()}, as some of it is promised as a ceiling.")


@main.command("total")
@_from
@_to
@click.option("--by", multiple=True, help="A field of the pledges to add up by, or several.")
@_on
@_format
def total_(
    dataset: Callable[[], Dataset], to: str, by: tuple[str, ...], on: Period | None, form: str
) -> None:
    """Add up what counts, apart by company, initiative, stage, year, or another field."""
    if not by:
        _print(dataset().total(to, on=on).table(), form)
        return
    try:
        totals = dataset().totals(to, by=by[0] if len(by) == 1 else by, on=on)
    except FieldError as error:
        raise click.BadParameter(str(error), param_hint="--by") from None
    _print(totals.table(), form)


@main.command()
@_from
@_to
@_on
@_format
def explain(dataset: Callable[[], Dataset], to: str, on: Period | None, form: str) -> None:
    """Show what of each pledge counts and why, at which rate and of which date."""
    _print(dataset().total(to, on=on).explain(), form)


@main.command()
@click.argument("id_", metavar="ID")
@_from
@_format
def show(id_: str, dataset: Callable[[], Dataset], form: str) -> None:
    """Show every fact of the record with an ID."""
    _print(dataset()[id_].table(), form)


@main.command()
@_from
@_format
def check(dataset: Callable[[], Dataset], form: str) -> None:
    """Find what does not add up; the exit status is 1 if there is an error or a warning."""
    findings = dataset().check()
    _print(findings.table(), form)
    if findings.at_fault:
        sys.exit(1)


@main.command("convert")
@click.argument("amount", callback=_taken(Money.parse))
@click.option("--to", callback=_taken(currency_code), required=True, help="The currency.")
@click.option("--on", callback=_taken(Period.parse), required=True, help="The date of the rate.")
@_format
def convert_(amount: Money, to: str, on: Period, form: str) -> None:
    """Convert an AMOUNT, such as "100 billion CNY", at the ECB's rate of a date."""
    converted = convert(amount, to, on=on)
    if form == "text":
        click.echo(converted)
        return
    columns = [Column("amount", Kind.AMOUNT), Column("currency"), Column("on"),
               Column("converted", Kind.AMOUNT), Column("to")]  # fmt: skip
    row = (amount.amount, amount.currency, on, converted.amount, converted.currency)
    _print(Table(columns, [row]), form)


@main.command("datasets")
@_format
def datasets_(form: str) -> None:
    """List the built-in datasets."""
    rows = [
        (name, ", ".join(source.title for source in load(name).sources), str(len(load(name))))
        for name in datasets()
    ]
    _print(Table([Column("dataset"), Column("source"), Column("pledges")], rows), form)


@main.command()
@click.argument("dataset", callback=_taken(_dataset), metavar="IN")
@click.argument("out", type=click.Path())
@click.option(
    "--symbol", "symbols", multiple=True, callback=_taken(_symbols), metavar="SYMBOL=CODE",
    help="What a symbol means in the amounts of a flat CSV: '$=USD'.",
)  # fmt: skip
@click.option("--default", callback=_taken(currency_code), help="Their currency, if none is named.")
@click.option("--locale", help="How their numbers are written: de for 1.234,5.")
@click.option(
    "--scale", callback=_taken(lambda scale: 10 ** scale_power(scale)),
    help="What their numbers are multiplied by: million, 万, 1 for what is in full.",
)  # fmt: skip
def export(dataset: Callable[..., Dataset], out: str, **amounts: Any) -> None:
    """Write the dataset IN to the file OUT, in the form of its ending.

    The endings are .toml, .json, .csv and .zip; without one it is the folder of a Data Package.
    """
    if out in {"", "-"}:
        raise click.BadParameter(
            f"{brief(out)} is no file; write to one with an ending", param_hint="OUT"
        )
    write(dataset(**amounts), out)


def _dataset_and_out(places: tuple[str, ...]) -> tuple[Callable[..., Dataset], str]:
    """Take the file to write, which comes last, and the dataset before it, if one is named."""
    if not 1 <= len(places) <= 2:  # noqa: PLR2004 (as its usage line says)
        raise click.BadParameter(f"{len(places)} names; it takes a dataset, if any, and a file")
    *dataset, out = places
    if not out.lower().endswith((".html", ".htm")):
        raise click.BadParameter(f"{brief(out)} is no page to write; its name ends in .html")
    return _dataset(*dataset or ["article"]), out


@main.command("report")
@click.argument("places", nargs=-1, callback=_taken(_dataset_and_out), metavar="[DATASET] OUT.html")
@_to
@click.option(
    "--locale", callback=_taken(lambda name: str(known_locale(name))), default="en",
    help="For which readers: en or zh_CN.", show_default=True,
)  # fmt: skip
@click.option("--written", callback=_taken(Period.parse), help="The date of writing, to print.")
@_on
def report_(
    places: tuple[Callable[[], Dataset], str],
    to: str,
    locale: str,
    written: Period | None,
    on: Period | None,
) -> None:
    """Write a page to publish: the total, every pledge, the rates, findings and sources.

    It is one HTML file, in English or Chinese, that asks nothing of any other place.
    """
    dataset, out = places
    report(dataset(), out, to=to, locale=locale, written=written, on=on)


@main.command("schema")
def schema_() -> None:
    """Print the JSON Schema of the TOML and JSON forms, to be put beside a file."""
    click.echo(schema(), nl=False)
