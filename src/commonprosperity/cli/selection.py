"""The options that say how a dataset is read, and which of its pledges are meant."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from commonprosperity.cli.options import Options
from commonprosperity.cli.parameters import field, parsed, parsed_by
from commonprosperity.cli.spelling import spelling_options
from commonprosperity.cli.standard_error import tell
from commonprosperity.dataset import Dataset
from commonprosperity.flat import scale_power, values_of
from commonprosperity.layout import Layout
from commonprosperity.period import Period
from commonprosperity.quoting import brief
from commonprosperity.sentence import Sentence


def _with_dataset(  # noqa: PLR0913 (a parameter an option)
    *,
    dataset: Callable[..., Dataset],
    spelling: Mapping[str, Any],
    layout: Layout | None,
    scale: int | None,
    encoding: str | None,
    sheet: str | None,
    **others: Any,
) -> dict[str, Any]:
    whole = dataset(layout=layout, scale=scale, encoding=encoding, sheet=sheet, **spelling)
    for note in whole.notes:
        tell(Sentence("commonprosperity: {note:say}", note=note))
    return {**others, "dataset": whole}


_file_options = Options(
    (
        click.option(
            "--layout", callback=parsed_by(Layout.of), metavar="FILE|NAME",
            help="How somebody's table says what a pledge says: a TOML file, or 360giving, ...",
        ),
        click.option(
            "--scale", callback=parsed_by(lambda scale: 10 ** scale_power(scale)),
            help="What its numbers are multiplied by: million, 万, 1 for what is in full.",
        ),
        click.option("--encoding", help="That of a file which is not in UTF-8: gbk."),
        click.option("--sheet", metavar="NAME", help="The sheet of a workbook that has the table."),
    ),
    _with_dataset,
)  # fmt: skip

reading_options = spelling_options.then(_file_options)
"""Give a command a dataset, and the options that say how its file is read."""


Where = Mapping[str, Sequence[str | None]]
"""The values of fields that select pledges; None is no value."""


def _conditions(pairs: Sequence[str]) -> dict[str, list[str | None]]:
    """Take conditions: any of those of one field, and all fields, must hold.

    >>> _conditions(["stage=pledge", "company=tencent", "company=alibaba", "funder="])
    {'stage': ['pledge'], 'company': ['tencent', 'alibaba'], 'funder': [None]}
    >>> _conditions(["公司=腾讯", "阶段=承诺"])
    {'company': ['腾讯'], 'stage': ['pledge']}
    """
    conditions: dict[str, list[str | None]] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not name or not equals:
            problem = Sentence(
                "{pair} is no condition; write a field and a value: company=tencent",
                pair=brief(pair),
            )
            raise click.BadParameter(problem)
        if name == "tags" and value:
            raise click.BadParameter(
                Sentence("tags have keys; write one of them: tags.country=Kenya")
            )
        column = field(name)
        meant = values_of({column: value}).get(column, value)
        conditions.setdefault(column, []).append(meant or None)
    return conditions


def _with_selection(
    *,
    dataset: Dataset,
    where: Where,
    as_of: Period | None,
    **others: Any,
) -> dict[str, Any]:
    selected = parsed(lambda fields: dataset.where(**fields), where, param_hint="--where")
    return {**others, "dataset": selected if as_of is None else selected.as_of(as_of)}


narrowing_options = Options(
    (
        click.option(
            "--where", multiple=True, callback=parsed_by(_conditions), metavar="FIELD=VALUE",
            help="Which pledges: company=tencent; 'funder=' is those without one.",
        ),
        click.option(
            "--as-of", callback=parsed_by(Period.of), metavar="DAY",
            help="What was known at the end of a day.",
        ),
    ),
    _with_selection,
)  # fmt: skip

selection_options = reading_options.then(narrowing_options)
"""Give a command a dataset, and the options that select its pledges."""
