"""The options of a command that compares two datasets: the shared ones, for each of the two."""

from typing import Any

import click

from commonprosperity.cli.conversion import converting, rates_option
from commonprosperity.cli.options import Options
from commonprosperity.cli.parameters import dataset_named, parsed_by
from commonprosperity.cli.selection import selecting
from commonprosperity.period import Period

_shared = selecting.then(converting)


def _compared(
    *, old: Any, new: Any, old_as_of: Period | None, old_rates: Any, **shared: Any
) -> dict[str, Any]:
    """Read both datasets; an option that is for the old one stands in the place of the other."""
    apart = {"as_of": old_as_of, "rates": old_rates}
    instead = {name: value for name, value in apart.items() if value}
    before = _shared.prepare(dataset=old, **{**shared, **instead})
    after = _shared.prepare(dataset=new, **shared)
    new_dataset = after.pop("dataset")
    return {**after, "old": before["dataset"], "new": new_dataset, "old_rates": before["rates"]}


comparing = Options(
    (
        click.argument("old", callback=parsed_by(dataset_named)),
        click.argument("new", callback=parsed_by(dataset_named)),
        *_shared.options,
        click.option(
            "--old-as-of", callback=parsed_by(Period.parse), metavar="DAY",
            help="What was known of OLD at the end of a day, instead of --as-of.",
        ),
        rates_option("--old-rates", "Whose rates OLD has, instead of --rates."),
    ),
    _compared,
)  # fmt: skip
"""Give a command two datasets, the currency, the rates of each, and which pledges are meant."""
