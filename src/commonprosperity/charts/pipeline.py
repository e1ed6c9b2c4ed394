"""``pipeline``: what was pledged, committed and disbursed, and what became of the rest."""

from fractions import Fraction
from typing import TYPE_CHECKING

from commonprosperity.charts.bars import Bar, Scale, Segment, draw
from commonprosperity.charts.captions import compact, in_all, providers, source_line
from commonprosperity.charts.look import WIDTH, Caption, check_width, empty
from commonprosperity.errors import RecordError
from commonprosperity.messages import in_language
from commonprosperity.money import Money
from commonprosperity.progress import Progress
from commonprosperity.records import Stage
from commonprosperity.sentence import Say, Sentence
from commonprosperity.wording import percent

if TYPE_CHECKING:
    from altair import LayerChart


def pipeline(progress: Progress, *, locale: str = "en", width: int = WIDTH) -> "LayerChart":
    """Draw how far promises have come.

    >>> from commonprosperity.data import load
    >>> pipeline(load().progress()).title.text
    'How far the promises have come'

    Raises `RecordError` for what is no `Progress`, `LocaleError` for an unknown locale, and
    `MissingExtraError` without Altair.
    """
    if not isinstance(progress, Progress) or progress.total is None:
        problem = Sentence("is no progress of a total: write pipeline(dataset.progress())")
        raise RecordError("progress", progress, problem)
    check_width(width)
    say, total = in_language(locale), progress.total
    title = say("How far the promises have come")
    source = source_line(total.pledges, total.records, say, providers(total, say))
    if not total.pledges:
        sentence = say("Nothing to show: no pledge is selected.")
        return empty(Caption(title, [], source), sentence, width)
    drawn = in_all(progress.pledged, total, locale, say, by_promise=True)
    facts = [say("Step"), say("Amount"), say("Share")]
    caption = Caption(title, [drawn], source)
    bars, scale = _bars(progress, locale, say), Scale(total.currency, locale)
    return draw(bars, scale, {}, facts, caption, width)


def _bars(progress: Progress, locale: str, say: Say) -> list[Bar]:
    """Return a bar for each step; what is disbursed, outstanding and unknown is end to end."""
    given = _exact(progress.disbursed)
    due = given + _exact(progress.outstanding)
    starts = (Fraction(0), Fraction(0), Fraction(0), given, due)
    kinds = (*Stage, "rest", "rest")
    return [
        _bar(kind, say(name), start, money, progress.pledged, locale, say)
        for kind, (name, money), start in zip(kinds, progress.steps, starts, strict=True)
    ]


def _exact(money: Money | None) -> Fraction:
    return Fraction(money.amount) if money else Fraction(0)


def _bar(  # noqa: PLR0913 (a step, and how to write it)
    kind: str, name: str, start: Fraction, money: Money | None, whole: Money, locale: str, say: Say
) -> Bar:
    if money is None:
        unknown = say("not known")
        return Bar(name, unknown, [Segment(start, start, kind)], [name, unknown, "–"])
    share = f"{percent(money / whole if whole.amount else Fraction(0))}%"
    end = start + Fraction(money.amount)
    label = f"{compact(Fraction(money.amount), money.currency, locale)} ({share})"
    return Bar(name, label, [Segment(start, end, kind)], [name, money.format(locale), share])
