"""The commands, each a few lines above the library's own functions."""

import sys
import warnings
from collections.abc import Callable
from typing import Any

import attrs
import click

from commonprosperity.cli.articles import draft, scan
from commonprosperity.cli.group import AmountCommand, Commands
from commonprosperity.cli.output import Output, printing, printing_json
from commonprosperity.cli.parameters import (
    dataset_and_page,
    dataset_named,
    file_named,
    parsed_by,
    symbols_of,
)
from commonprosperity.data import datasets, load
from commonprosperity.dataset import Dataset
from commonprosperity.errors import FieldError
from commonprosperity.files import schema, write
from commonprosperity.flat import scale_power
from commonprosperity.layout import Layout, layout_schema
from commonprosperity.money import Money
from commonprosperity.page import report
from commonprosperity.period import Period
from commonprosperity.quoting import one_line
from commonprosperity.table import Column, Kind, Table
from commonprosperity.units import convert
from commonprosperity.wording import currency_code, known_locale

_dataset_argument = click.argument(
    "dataset", callback=parsed_by(dataset_named), default="article", metavar="[DATASET]"
)
_to_option = click.option(
    "--to", callback=parsed_by(currency_code), default="CNY", help="The currency.",
    show_default=True,
)  # fmt: skip
_on_option = click.option(
    "--on", callback=parsed_by(Period.parse),
    help="Convert all at this date, instead of each pledge at its own.",
)  # fmt: skip

_layout_option = click.option(
    "--layout", callback=parsed_by(Layout.of), metavar="FILE|NAME",
    help="How somebody's table says what a pledge says: a TOML file, or 360giving, ...",
)  # fmt: skip


@click.group(cls=Commands, invoke_without_command=True)
@click.version_option(package_name="commonprosperity")
@click.pass_context
@printing
def main(ctx: click.Context, output: Output) -> None:
    """Add up public promises of money, every yuan counted once.

    Without a command: the totals of the built-in article. A DATASET is a built-in one, by its
    name, or a file.
    """
    ctx.with_resource(warnings.catch_warnings(action="always"))
    warnings.showwarning = lambda message, *_: click.echo(
        f"Warning: {one_line(str(message))}", err=True
    )
    main.refuse_options_of_commands(ctx)
    if ctx.invoked_subcommand is None:
        _article(output)


def _article(output: Output) -> None:
    article = load()
    (source,) = article.sources
    yuan, dollars = (article.totals(currency, by="company") for currency in ("CNY", "USD"))
    table = attrs.evolve(yuan.table(dollars), title=f"{source.title} ({source.publisher})")
    text = output.text_of(table)
    if output.form == "text":
        total = yuan.grand
        text += f"\n\nTotal: {total.amount}, or {dollars.grand.amount}"
        text += "\nwith each pledge at the ECB's reference rate of its own date."
        if total.high != total.low:
            text += f"\nAt least {total.low.words()}, as some of it is promised as a ceiling."
    output.text(text)


@main.command("total")
@_dataset_argument
@_layout_option
@_to_option
@click.option("--by", multiple=True, help="A field of the pledges to add up by, or several.")
@_on_option
@printing
def total_(  # noqa: PLR0913 (a parameter an option)
    dataset: Callable[..., Dataset],
    layout: Layout | None,
    to: str,
    by: tuple[str, ...],
    on: Period | None,
    output: Output,
) -> None:
    """Add up what counts, apart by company, initiative, stage, year, or another field."""
    if not by:
        output.table(dataset(layout=layout).total(to, on=on).table())
        return
    try:
        totals = dataset(layout=layout).totals(to, by=by[0] if len(by) == 1 else by, on=on)
    except FieldError as error:
        raise click.BadParameter(str(error), param_hint="--by") from None
    output.table(totals.table())


@main.command()
@_dataset_argument
@_layout_option
@_to_option
@_on_option
@printing
def explain(
    dataset: Callable[..., Dataset],
    layout: Layout | None,
    to: str,
    on: Period | None,
    output: Output,
) -> None:
    """Show what of each pledge counts and why, at which rate and of which date."""
    output.table(dataset(layout=layout).total(to, on=on).explain())


@main.command()
@click.argument("id_", metavar="ID")
@_dataset_argument
@_layout_option
@printing
def show(id_: str, dataset: Callable[..., Dataset], layout: Layout | None, output: Output) -> None:
    """Show every fact of the record with an ID."""
    output.table(dataset(layout=layout)[id_].table())


@main.command()
@_dataset_argument
@_layout_option
@printing
def check(dataset: Callable[..., Dataset], layout: Layout | None, output: Output) -> None:
    """Find what does not add up; the exit status is 1 if there is an error or a warning."""
    findings = dataset(layout=layout).check()
    output.table(findings.table())
    if findings.at_fault:
        sys.exit(1)


@main.command("convert", cls=AmountCommand)
@click.argument("amount", callback=parsed_by(Money.parse))
@click.option("--to", callback=parsed_by(currency_code), required=True, help="The currency.")
@click.option("--on", callback=parsed_by(Period.parse), required=True, help="The date of the rate.")
@printing
def convert_(amount: Money, to: str, on: Period, output: Output) -> None:
    """Convert an AMOUNT, such as "100 billion CNY", at the ECB's rate of a date."""
    converted = convert(amount, to, on=on)
    if output.form == "text":
        output.text(str(converted))
        return
    columns = [Column("amount", Kind.AMOUNT), Column("currency"), Column("on"),
               Column("converted", Kind.AMOUNT), Column("to")]  # fmt: skip
    row = (amount.amount, amount.currency, on, converted.amount, converted.currency)
    output.table(Table(columns, [row]))


@main.command("datasets")
@printing
def datasets_(output: Output) -> None:
    """List the built-in datasets."""
    rows = [
        (name, ", ".join(source.title for source in load(name).sources), str(len(load(name))))
        for name in datasets()
    ]
    output.table(Table([Column("dataset"), Column("source"), Column("pledges")], rows))


@main.command()
@click.argument("dataset", callback=parsed_by(dataset_named), metavar="IN")
@click.argument("out", type=click.Path(), callback=parsed_by(file_named))
@_layout_option
@click.option(
    "--symbol", "symbols", multiple=True, callback=parsed_by(symbols_of), metavar="SYMBOL=CODE",
    help="What a symbol means in the amounts of a flat CSV: '$=USD'.",
)  # fmt: skip
@click.option(
    "--default", callback=parsed_by(currency_code), help="Their currency, if none is named."
)
@click.option("--locale", help="How their numbers are written: de for 1.234,5.")
@click.option(
    "--scale", callback=parsed_by(lambda scale: 10 ** scale_power(scale)),
    help="What their numbers are multiplied by: million, 万, 1 for what is in full.",
)  # fmt: skip
def export(dataset: Callable[..., Dataset], out: str, **amounts: Any) -> None:
    """Write the dataset IN to the file OUT, in the form of its ending.

    The endings are .toml, .json, .csv and .zip; without one it is the folder of a Data Package.
    """
    write(dataset(**amounts), out)


@main.command("report")
@click.argument(
    "places", nargs=-1, callback=parsed_by(dataset_and_page), metavar="[DATASET] OUT.html"
)
@_layout_option
@_to_option
@click.option(
    "--locale", callback=parsed_by(lambda name: str(known_locale(name))), default="en",
    help="For which readers: en or zh_CN.", show_default=True,
)  # fmt: skip
@click.option("--written", callback=parsed_by(Period.parse), help="The date of writing, to print.")
@_on_option
def report_(  # noqa: PLR0913 (a parameter an option)
    places: tuple[Callable[..., Dataset], str],
    layout: Layout | None,
    to: str,
    locale: str,
    written: Period | None,
    on: Period | None,
) -> None:
    """Write a page to publish: the total, every pledge, the rates, findings and sources.

    It is one HTML file, in English or Chinese, that asks nothing of any other place.
    """
    dataset, out = places
    report(dataset(layout=layout), out, to=to, locale=locale, written=written, on=on)


@main.command("schema")
@click.option("--layout", is_flag=True, help="Of the TOML files of layouts instead.")
@printing_json
def schema_(layout: bool, output: Output) -> None:  # noqa: FBT001 (as click gives it)
    """Print the JSON Schema of the TOML and JSON forms, to be put beside a file."""
    output.text((layout_schema() if layout else schema()).rstrip("\n"))


main.add_command(scan)
main.add_command(draft)
