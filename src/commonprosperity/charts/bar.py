"""``bar``: the totals of groups, the largest first."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from commonprosperity.charts.bars import Bar, Scale, Segment, draw
from commonprosperity.charts.captions import (
    compact,
    field,
    in_all,
    member,
    providers,
    source_line,
    stages,
)
from commonprosperity.charts.look import (
    WIDTH,
    Caption,
    check_largest,
    check_subject,
    check_width,
    empty,
)
from commonprosperity.messages import in_language
from commonprosperity.records import Stage
from commonprosperity.sentence import Say, Sentence
from commonprosperity.totals import Total, Totals
from commonprosperity.wording import percent

if TYPE_CHECKING:
    from altair import LayerChart

    from commonprosperity.money import Money

_HAIRS = 500  # a range is drawn when it is wider than this fraction of the total


def bar(
    totals: Totals[Total], *, largest: int = 20, locale: str = "en", width: int = WIDTH
) -> "LayerChart":
    """Draw the totals of groups as bars: the largest, and one for all the others together.

    A bar shows its stages apart; the thin line below it runs from the least to the most that the
    group may come to. Amounts at the bars have three decimals, and those beside the pointer all.
    ``width`` is that of the axis, in pixels; 330 fit a telephone.

    >>> from commonprosperity.data import load
    >>> chart = bar(load().totals("CNY", by="company"), locale="zh_CN")
    >>> chart.title.text
    '按公司划分的资金承诺'

    Raises `RecordError` for what is no `Totals`, `LocaleError` for an unknown locale, and
    `MissingExtraError` without Altair.
    """
    problem = Sentence('has no groups to draw: write bar(dataset.totals("CNY", by="company"))')
    check_subject(totals, Totals, problem)
    check_width(width)
    no_stages = Sentence("is a sum of rows without stages; read the pledges with frames.read")
    check_subject(totals.grand, Total, no_stages)
    say = in_language(locale)
    if not totals:
        return empty(
            _caption(totals, [], say), say("Nothing to show: no pledge is selected."), width
        )
    bars = _bars(totals, largest, locale, say)
    subtitle = [in_all(totals.grand.amount, totals.grand, locale, say)]
    if any(each.bounds for each in bars):
        line = say("Thin line: the least and the most it may come to; arrow: no upper end.")
        subtitle.append(line)
    labels = stages(say)
    amounts = [say("Name"), say("Amount"), say("Share")]
    facts = [*amounts, *labels.values(), say("At least"), say("At most")]
    scale = Scale(totals.grand.currency, locale)
    return draw(bars, scale, labels, facts, _caption(totals, subtitle, say), width)


def _caption(totals: Totals[Total], subtitle: list[str], say: Say) -> Caption:
    fields = say(" and ").join(field(name, say) for name in totals.by)
    title = say("Promises of money by {fields}").format(fields=fields)
    grand = totals.grand
    source = source_line(grand.pledges, totals.records, say, providers(grand, say))
    return Caption(title, subtitle, source)


def _bars(totals: Totals[Total], largest: int, locale: str, say: Say) -> list[Bar]:
    check_largest(largest)
    largest_first = sorted(totals, key=lambda group: -totals[group].exact)
    # One alone keeps its name.
    others = set(largest_first[largest:]) if len(totals) > largest + 1 else set()
    groups = [
        (_name(totals, group, locale, say), total)
        for group, total in totals.items()
        if group not in others
    ]
    if others:
        pledges = {pledge.id for group in others for pledge in totals[group].pledges}
        rest = totals.grand.split_by(lambda pledge: pledge.id in pledges)[True]
        groups.append((say("{count} others").format(count=len(others)), rest))
    return [_bar(name, total, totals.grand, locale, say) for name, total in groups]


def _name(totals: Totals[Total], group: Any, locale: str, say: Say) -> str:
    """Name a group; values of enumerations are said in the locale's language."""
    names = totals.names_of(group, locale)
    values = zip(totals.values_of(group), names, strict=True)
    return " – ".join(_value_name(field, value, name, say) for (field, value), name in values)


def _value_name(field: str, value: Any, name: str, say: Say) -> str:
    if value is None:
        return say("the companies themselves") if field == "funder" else say("not given")
    return member(value, say) or name


def _bar(name: str, total: Total, grand: Total, locale: str, say: Say) -> Bar:
    share = f"{percent(total.exact / grand.exact if grand.exact else Fraction(0))}%"
    label = f"{compact(total.exact, total.currency, locale)} ({share})"
    groups = total.split_by(lambda pledge: pledge.stage)
    stages = {stage.value: groups[stage] for stage in Stage if stage in groups}
    amounts = [total.amount, *(stages[each].amount if each in stages else None for each in Stage)]
    full = [money.format(locale) if money else "–" for money in amounts]
    least, most = (_bound_text(total, bound, locale, say) for bound in ("low", "high"))
    return Bar(
        name=name,
        label=label,
        segments=_end_to_end([(stage, part.exact) for stage, part in stages.items()]),
        facts=[name, full[0], share, *full[1:], least, most],
        bounds=_bounds(total, grand),
    )


def _bound_text(total: Total, bound: str, locale: str, say: Say) -> str:
    if bound in total.unknown_bounds:
        return say("not known")
    money: Money | None = getattr(total, bound)
    return money.format(locale) if money else say("no upper end")


def _bounds(total: Total, grand: Total) -> tuple[Fraction, Fraction | None] | None:
    """Return the bounds where both are known and their range is wide enough to see."""
    if total.unknown_bounds:
        return None
    low = Fraction(total.low.amount)
    high = Fraction(total.high.amount) if total.high else None
    is_wide = high is None or (high - low) * _HAIRS > abs(grand.exact)
    return (low, high) if is_wide else None


def _end_to_end(pieces: Sequence[tuple[str, Fraction]]) -> list[Segment]:
    """Put pieces side by side: those above zero to the right of it, those below to the left."""
    segments, ends = [], {True: Fraction(0), False: Fraction(0)}
    for kind, amount in pieces:
        start = ends[amount < 0]
        ends[amount < 0] = start + amount
        segments.append(Segment(start, start + amount, kind))
    return segments
