"""``pipeline``: what was pledged, committed and disbursed, and what became of the rest."""

from fractions import Fraction
from typing import TYPE_CHECKING

from commonprosperity.charts.captions import compact, in_all, providers, source_line
from commonprosperity.charts.look import Caption, empty
from commonprosperity.charts.rows import Row, Scale, Span, drawn
from commonprosperity.dataset import Dataset
from commonprosperity.messages import Say, in_language
from commonprosperity.money import Money
from commonprosperity.progress import Progress
from commonprosperity.rates import Rates

if TYPE_CHECKING:
    from altair import LayerChart


def pipeline(
    dataset: Dataset, to: str | None = None, *, rates: Rates | None = None, locale: str = "en"
) -> "LayerChart":
    """Draw how far the promises of a selection have come, as `Dataset.progress` tells it.

    ``to`` is the currency; it may be left out where all amounts are in one.

    >>> from commonprosperity.data import load
    >>> pipeline(load()).title.text
    'How far the promises have come'

    Raises `CurrencyMismatchError` where ``to`` is needed, `RateNotFoundError`, `LocaleError`, and
    `MissingExtraError` without Altair.
    """
    say = in_language(locale)
    title = say("How far the promises have come")
    if not dataset.pledges:
        caption = Caption(title, [], source_line([], dataset, say))
        return empty(caption, say("Nothing to show: no pledge is selected."))
    together = dataset.progress(by=lambda _: None, to=to, rates=rates)
    progress, total = together.grand, together.totals.grand
    source = source_line(dataset.pledges, dataset, say, providers(total, say))
    facts = [say("Step"), say("Amount"), say("Share")]
    caption = Caption(title, [in_all(total, locale, say)], source)
    rows = _rows(progress, locale, say)
    return drawn(rows, Scale(total.currency, locale), {}, facts, caption)


def _rows(progress: Progress, locale: str, say: Say) -> list[Row]:
    """Return a row for each step; what is disbursed, outstanding and unknown is end to end."""
    zero = Fraction(0)
    given = _exact(progress.disbursed)
    due = given + _exact(progress.outstanding)
    steps = [
        ("pledge", say("Promised in all"), zero, progress.pledged),
        ("commitment", say("Committed in writing, or farther"), zero, progress.committed),
        ("disbursement", say("Disbursed"), zero, progress.disbursed),
        ("rest", say("Still due where disbursing has begun"), given, progress.outstanding),
        ("rest", say("No disbursement known"), due, progress.unknown),
    ]
    return [
        _row(kind, name, start, money, progress.pledged, locale, say)
        for kind, name, start, money in steps
    ]


def _exact(money: Money | None) -> Fraction:
    return Fraction(money.amount) if money else Fraction(0)


def _row(  # noqa: PLR0913 (a step, and how to tell it)
    kind: str, name: str, start: Fraction, money: Money | None, whole: Money, locale: str, say: Say
) -> Row:
    if money is None:
        unknown = say("not known")
        return Row(name, unknown, [Span(start, start, kind)], [name, unknown, "–"])
    share = f"{float(money / whole if whole.amount else 0):.1%}"
    end = start + Fraction(money.amount)
    label = f"{compact(Fraction(money.amount), money.currency, locale)} ({share})"
    return Row(name, label, [Span(start, end, kind)], [name, money.format(locale), share])
