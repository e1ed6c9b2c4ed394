"""The commands, each a few lines above the library's own functions."""

import re
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from commonprosperity.cli.articles import draft, scan
from commonprosperity.cli.comparison import comparison_options
from commonprosperity.cli.conversion import conversion_options, on_option, rate_options, to_option
from commonprosperity.cli.group import AmountCommand, Commands
from commonprosperity.cli.output import Output, json_options, locale_option, output_options
from commonprosperity.cli.parameters import (
    dataset_and_page,
    dataset_named,
    field,
    file_named,
    parsed,
    parsed_by,
)
from commonprosperity.cli.selection import reading_options, selection_options
from commonprosperity.cli.spelling import spelling_options
from commonprosperity.cli.standard_error import tell, tell_warning
from commonprosperity.data import datasets, load
from commonprosperity.dataset import Dataset
from commonprosperity.deferred import deferred
from commonprosperity.errors import CommonProsperityError, DatasetError, FieldError
from commonprosperity.files import schema, write, write_template
from commonprosperity.layout import layout_schema
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.quoting import one_line
from commonprosperity.rates import Rates
from commonprosperity.records import in_two_languages
from commonprosperity.sentence import Sentence
from commonprosperity.table import Column, Kind, Table, TableDisplay
from commonprosperity.totals import Total
from commonprosperity.units import convert
from commonprosperity.wording import known_locale

if TYPE_CHECKING:
    from commonprosperity import page
else:
    [page] = deferred("page")

_dataset_argument = click.argument(
    "dataset", callback=parsed_by(dataset_named), default="article", metavar="[DATASET]"
)


def _names(texts: Sequence[str]) -> tuple[str, ...]:
    """Take names of fields, several of them in one text or each in its own."""
    return tuple(field(name) for text in texts for name in re.split("[,，、]", text))


_by_option = click.option(
    "--by", multiple=True, callback=parsed_by(_names), metavar="FIELD",
    help="A field of the pledges to add up by, or several: company,year.",
)  # fmt: skip


def _by_fields(by: tuple[str, ...], make: Callable[..., TableDisplay]) -> Table:
    """Return the table of what is made by one field or several, which click's error names."""
    try:
        return make(by=by[0] if len(by) == 1 else by).table()
    except FieldError as error:
        raise click.BadParameter(str(error), param_hint="--by") from error


def _say_written(dataset: Dataset, out: str) -> None:
    """Say on the standard error what a file holds; the standard output stays for programs."""
    if len(dataset) == 1:
        tell(Sentence("Wrote {file}: 1 pledge.", file=one_line(out)))
    else:
        tell(
            Sentence(
                "Wrote {file}: {count} pledges.", file=one_line(out), count=f"{len(dataset):,}"
            )
        )


@click.group(cls=Commands, invoke_without_command=True)
@click.version_option(package_name="commonprosperity")
@click.pass_context
@output_options
def main(ctx: click.Context, output: Output) -> None:
    """Add up public promises of money, every yuan counted once.

    Without a command: the totals of the built-in article. A DATASET is a built-in one, by its
    name, or a file.
    """
    ctx.with_resource(warnings.catch_warnings(action="always"))
    warnings.showwarning = lambda warning, *_: tell_warning(warning)
    main.refuse_options_of_commands(ctx)
    if ctx.invoked_subcommand is None:
        _article(output)


def _article(output: Output) -> None:
    article = load()
    (source,) = article.sources
    yuan, dollars = (article.totals(currency, by="company") for currency in ("CNY", "USD"))
    title = Sentence(
        "{name} ({value})", name=in_two_languages(source, "title"), value=source.publisher
    )
    table = attrs.evolve(yuan.table(dollars), title=title)
    text = output.text_of(table)
    if output.form == "text":
        text = "\n".join([text, "", *map(output.say, _summary(yuan.grand, dollars.grand))])
    output.text(text)


def _summary(yuan: Total, dollars: Total) -> list[Sentence]:
    """Say below a table what a total is in two currencies, and what it is at the least."""
    total = Sentence(
        "Total: {yuan:full}, or {dollars:full}", yuan=yuan.amount, dollars=dollars.amount
    )
    rates = Sentence("with each pledge at the ECB's reference rate of its own date.")
    if yuan.high == yuan.low:
        return [total, rates]
    least = Sentence("At least {low:words}, as some of it is promised as a ceiling.", low=yuan.low)
    return [total, rates, least]


@main.command("total")
@_dataset_argument
@selection_options.then(conversion_options)
@_by_option
@output_options
def total_(dataset: Dataset, by: tuple[str, ...], output: Output, **conversion: Any) -> None:
    """Add up what counts, apart by company, initiative, stage, year, or another field."""
    if by:
        output.table(_by_fields(by, partial(dataset.totals, **conversion)))
    else:
        output.table(dataset.total(**conversion).table())


@main.command()
@comparison_options
@_by_option
@output_options
def compare(
    old: Dataset, new: Dataset, by: tuple[str, ...], output: Output, **conversion: Any
) -> None:
    """Show why the total of OLD became that of NEW: effects that add up exactly.

    The two may be one file, of two days or at two sources of rates.
    """
    effects = partial(new.compare, old, **conversion)
    output.table(_by_fields(by, effects) if by else effects().table())


@main.command()
@_dataset_argument
@selection_options.then(conversion_options)
@output_options
def explain(dataset: Dataset, output: Output, **conversion: Any) -> None:
    """Show what of each pledge counts and why, at which rate and of which date."""
    output.table(dataset.total(**conversion).explain())


@main.command()
@click.argument("id_", metavar="ID")
@_dataset_argument
@reading_options
@output_options
def show(id_: str, dataset: Dataset, output: Output) -> None:
    """Show every fact of the record with an ID."""
    try:
        record = dataset[id_]
    except KeyError:
        if id_ not in datasets() and not Path(id_).exists():
            raise
        problem = Sentence(
            "{name} is a dataset; write the id of a record before it: show ID {name} (explain "
            "{name} lists the ids of its pledges)",
            name=one_line(id_),
        )
        raise click.BadParameter(problem, param_hint="ID") from None
    output.table(record.table())


@main.command()
@_dataset_argument
@selection_options.then(rate_options)
@output_options
def check(dataset: Dataset, rates: Rates | None, output: Output) -> None:
    """Find what does not add up; the exit status is 1 if there is an error or a warning."""
    findings = dataset.check(rates)
    output.table(findings.table())
    if findings.at_fault:
        sys.exit(1)


@main.command("convert", cls=AmountCommand)
@click.argument("text", metavar="AMOUNT")
@to_option(required=True)
@on_option("The date of the rate.", required=True)
@rate_options
@spelling_options
@output_options
def convert_(  # noqa: PLR0913 (a parameter an option)
    text: str, to: str, on: Period, rates: Rates | None, spelling: Mapping[str, Any], output: Output
) -> None:
    """Convert an AMOUNT, such as "100 billion CNY", at the ECB's rate of a date."""
    amount = parsed(partial(Money.parse, **spelling), text, param_hint="'AMOUNT'")
    converted = convert(amount, to, on=on, rates=rates)
    if output.form == "text":
        output.text(output.say(Sentence("{amount:full}", amount=converted)))
        return
    columns = [Column("amount", Kind.AMOUNT), Column("currency"), Column("on"),
               Column("converted", Kind.AMOUNT), Column("to")]  # fmt: skip
    codes = [Sentence("{code:currency}", code=one.currency) for one in (amount, converted)]
    row = (amount.amount, codes[0], on, converted.amount, codes[1])
    output.table(Table(columns, [row]))


@main.command("datasets")
@output_options
def datasets_(output: Output) -> None:
    """List the built-in datasets, and those that installed packages offer."""
    columns = [Column("dataset"), Column("source"), Column("pledges")]
    output.table(Table(columns, [_line_of(name) for name in datasets()]))


def _line_of(name: str) -> tuple[str, Sentence | str, str]:
    """Describe a dataset, or say what is wrong with it: a broken package hides no other."""
    try:
        dataset = load(name)
    except CommonProsperityError as error:
        return name, _first_of(error), ""
    titles = [source.title for source in dataset.sources]
    source: Sentence | str = "".join(titles)
    if len(titles) > 1:
        source = Sentence("{count} reports", count=len(titles))
    return name, source, str(len(dataset))


def _first_of(error: CommonProsperityError) -> Sentence:
    return error.faults[0].sentence if isinstance(error, DatasetError) else error.sentence


@main.command()
@click.argument("dataset", callback=parsed_by(dataset_named), metavar="IN")
@click.argument("out", type=click.Path(), callback=parsed_by(file_named))
@selection_options
@click.option(
    "--locale", callback=parsed_by(lambda name: str(known_locale(name))),
    help="For which readers: the headings of an .xlsx, and messages.",
)  # fmt: skip
def export(dataset: Dataset, out: str, locale: str | None) -> None:
    """Write the dataset IN to the file OUT, in the form of its ending.

    Of pledges that --where or --as-of select, what they link to is written, too.

    The endings are .toml, .json, .csv, .xlsx and .zip; without one it is the folder of a Data
    Package.
    """
    has_headings = out.lower().endswith(".xlsx")  # other forms have no language
    subset = dataset.extract() if dataset.is_narrowed else dataset
    write(subset, out, locale=locale if has_headings else None)
    _say_written(dataset, out)


@main.command()
@click.argument("dataset", nargs=-1, callback=dataset_and_page, metavar="[DATASET] OUT.html")
@selection_options.then(conversion_options)
@locale_option
@click.option("--written", callback=parsed_by(Period.of), help="The date of writing, to print.")
@click.option("--title", default="", help="What the page is called.")
@click.option("--byline", default="", help="Who wrote it.")
@click.option("--intro", default="", help="What it is about, before the total.")
def report(dataset: Dataset, out: str, **options: Any) -> None:
    """Write a page to publish: the total, every pledge, the rates, findings and sources.

    It is one HTML file, in English or Chinese, that asks nothing of any other place.
    """
    page.report(dataset, out, **options)
    _say_written(dataset, out)


@main.command("template")
@click.argument("out", type=click.Path(), callback=parsed_by(file_named), metavar="OUT.xlsx")
@locale_option
def template_(out: str, locale: str) -> None:
    """Write an empty workbook to fill in: a table of pledges, with two rows for examples.

    A second sheet explains the columns.
    """
    write_template(out, locale=locale)


@main.command("schema")
@click.option("--layout", is_flag=True, help="Of the TOML files of layouts instead.")
@json_options
def schema_(layout: bool, output: Output) -> None:  # noqa: FBT001 (as click gives it)
    """Print the JSON Schema of the TOML and JSON forms, to be put beside a file."""
    output.text((layout_schema() if layout else schema()).rstrip("\n"))


main.add_command(scan)
main.add_command(draft)
