"""``timeline``: when each pledge was announced, and when its money is to be spent."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs

from commonprosperity.charts.captions import (
    compact,
    distinct_names,
    in_all,
    pledge_name,
    providers,
    source_line,
    stages,
)
from commonprosperity.charts.facts import fact_fields, tooltips
from commonprosperity.charts.look import (
    INK,
    LINE,
    REST,
    WIDTH,
    Caption,
    altair,
    axis,
    check_largest,
    check_subject,
    check_width,
    colours,
    data,
    empty,
    frame,
    names_in_lines,
    text,
)
from commonprosperity.messages import in_language
from commonprosperity.money import Money
from commonprosperity.period import Period
from commonprosperity.records import format_amount
from commonprosperity.sentence import Say, Sentence
from commonprosperity.totals import Item, Total

if TYPE_CHECKING:
    from altair import LayerChart

_STEP = 60  # pixels a row
_NAME, _MARKS = -19, 8  # pixels from the middle of the row
_CIRCLE = 1_400  # square pixels, of the largest amount
_DOT = 7  # square pixels, of the smallest: none is too small to be seen
_AMOUNT = 130  # pixels, at the right of the name
_BETWEEN_TICKS = 90  # pixels, at the least
_ROOM = 32  # pixels at both ends, for half of the largest circle
_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200)  # from tick to tick


def timeline(
    total: Total, *, largest: int = 20, locale: str = "en", width: int = WIDTH
) -> "LayerChart":
    """Draw when each pledge was announced and is to be spent; a circle's area is its amount.

    It has the pledges that count in the total, each with what it counts for, in the order of their
    announcement; of many, the largest.

    >>> from commonprosperity.data import load
    >>> timeline(load().total("USD")).title.text
    'Promises of money over time'

    Raises `RecordError` for what is no `Total`, `LocaleError` for an unknown locale, and
    `MissingExtraError` without Altair.
    """
    problem = Sentence('has no pledges to draw: write timeline(dataset.total("CNY"))')
    check_subject(total, Total, problem)
    check_width(width)
    say = in_language(locale)
    counted = [item for item in total.items if item.converted]
    caption = Caption(
        say("Promises of money over time"),
        [in_all(total.amount, total, locale, say)],
        source_line(total.pledges, total.records, say, providers(total, say)),
    )
    if not counted:
        caption = attrs.evolve(caption, subtitle=[])
        return empty(caption, say("Nothing to show: no pledge counts for anything."), width)
    check_largest(largest)
    items = sorted(sorted(counted, key=_size)[:largest], key=_age)
    subtitle = [*caption.subtitle, " ".join(_legend(items, say))]
    if len(items) < len(counted):
        note = say("The {count} largest of {all}.")
        subtitle.append(note.format(count=len(items), all=len(counted)))
    caption = attrs.evolve(caption, subtitle=subtitle)
    return _draw(items, _rows(items, total, locale, say), caption, say, width)


def _size(item: Item) -> tuple[Fraction, str]:
    return -abs(item.converted), item.pledge.id


def _age(item: Item) -> tuple[Period, str]:
    return item.pledge.announced, item.pledge.id


def _legend(items: Sequence[Item], say: Say) -> Iterator[str]:
    """Explain the marks that are drawn."""
    yield say("Circle: announced; its area is the amount.")
    if any(item.converted < 0 for item in items):
        yield say("Ring: money taken back.")
    if any(not item.pledge.announced.is_day for item in items):
        yield say("Dark line: announced at some time in it.")
    if any(item.pledge.spend for item in items):
        yield say("Broad line: the time in which the money is to be spent.")


def _rows(items: Sequence[Item], total: Total, locale: str, say: Say) -> list[dict[str, Any]]:
    """Return the data of each pledge, without its times."""
    rows: list[dict[str, Any]] = []
    pledges = [item.pledge for item in items]
    names = [pledge_name(pledge, total.records, locale, say) for pledge in pledges]
    names = distinct_names(names, pledges, locale, say)
    for at, (item, pledge, name) in enumerate(zip(items, pledges, names, strict=True)):
        counts = Money.rounded(item.converted, total.currency).format(locale)
        spend = str(pledge.spend) if pledge.spend else say("not given")
        stated = format_amount(pledge, locale)
        facts = [name, counts, stated, str(pledge.announced), spend, pledge.id]
        label, amount = compact(item.converted, total.currency, locale), float(item.converted)
        row = {
            "row": at,
            "name": name,
            "label": label,
            "kind": pledge.stage.value,
            "amount": abs(amount),
            "below": amount < 0,
        }
        rows.append(row | fact_fields(facts))
    return rows


def _draw(
    items: Sequence[Item], rows: Sequence[dict[str, Any]], caption: Caption, say: Say, width: int
) -> "LayerChart":
    alt = altair()
    folded, more = names_in_lines([row["name"] for row in rows], width - _AMOUNT)
    rows = [row | {"name": lines} for row, lines in zip(rows, folded, strict=True)]
    facts = [
        say("Name"), say("Counts for"), say("As announced"), say("Announced"), say("To be spent"),
        say("Record"),
    ]  # fmt: skip
    times = [(item.pledge.announced, item.pledge.spend) for item in items]
    first = min(announced.start for announced, _ in times)
    last = max((spend or announced).end for announced, spend in times)
    x = alt.X(
        "start:T", scale=_time_scale(first, last, width), axis=_time_axis(first, last, say, width)
    )
    y = alt.Y("row:O", axis=None, scale=alt.Scale(type="band", padding=0))
    colour = colours(stages(say), {row["kind"] for row in rows}, width)
    names, amounts = _texts(rows, more, width)
    layers = [
        *(mark.encode(x=x) for mark in _marks(rows, times, _MARKS + more / 2, colour)),
        names.encode(x=alt.value(0)),
        amounts.encode(x=alt.value("width")),
    ]
    layers = [layer.encode(y=y, tooltip=tooltips(facts)) for layer in layers]
    return frame(layers, (_STEP + more) * len(rows), caption, width)


def _marks(
    rows: Sequence[dict[str, Any]],
    times: Sequence[tuple[Period, Period | None]],
    offset: float,
    colour: Any,
) -> list[Any]:
    """Draw bars for spending, lines for longer announcements, and circles; rings below zero."""
    alt = altair()
    spending, ranges, announcements = _at_their_times(rows, times)
    above, below = (
        [row for row in announcements if row["below"] is is_below] for is_below in (False, True)
    )
    area = alt.Scale(domain=[0, max(row["amount"] for row in rows)], range=[_DOT, _CIRCLE])
    size = alt.Size("amount:Q", scale=area, legend=None)
    bars = alt.Chart(data(spending)).mark_bar(height=8, color=REST, yOffset=offset)
    lines = alt.Chart(data(ranges)).mark_rule(size=1.2, color=INK, yOffset=offset)
    circles = alt.Chart(data(above)).mark_circle(opacity=1, yOffset=offset)
    rings = alt.Chart(data(below)).mark_point(
        filled=False, opacity=1, strokeWidth=2.5, yOffset=offset
    )
    return [
        *(mark.encode(x2="end:T") for mark in (bars, lines)),
        *(mark.encode(size=size, color=colour) for mark in (circles, rings)),
    ]


def _texts(rows: Sequence[dict[str, Any]], more: int, width: int) -> tuple[Any, Any]:
    """Write the name of each row at its left, and its amount at its right."""
    names = text(
        rows, "name", dy=_NAME - more / 2, lineHeight=LINE, fontSize=13, fontWeight="bold",
        limit=width - _AMOUNT,
    )  # fmt: skip
    amounts = text(
        rows, "label", dy=_NAME + more / 2, fontSize=12.5, align="right", limit=_AMOUNT - 10
    )
    return names, amounts


def _at_their_times(
    rows: Sequence[dict[str, Any]], times: Sequence[tuple[Period, Period | None]]
) -> tuple[list[dict[str, Any]], ...]:
    """Put rows at their times of spending, times of announcement if not a day, and its middle."""
    spending, ranges, announcements = [], [], []
    for row, (announced, spend) in zip(rows, times, strict=True):
        if spend:
            spending.append(row | _ends(spend.start, spend.end))
        if not announced.is_day:
            ranges.append(row | _ends(announced.start, announced.end))
        middle = announced.start + (announced.end - announced.start) / 2
        announcements.append(row | _ends(middle, middle))
    return spending, ranges, announcements


def _ends(start: date, end: date) -> dict[str, str]:
    return {"start": start.isoformat(), "end": end.isoformat()}


def _time_scale(first: date, last: date, width: int) -> Any:
    """Leave room at both ends for half of the largest circle."""
    room = max(timedelta(days=20), (last - first) * _ROOM / width)
    return altair().Scale(type="utc", domain=[_moment(first, -room), _moment(last, room)])


def _moment(day: date, room: timedelta) -> int:
    """Return a time as browsers count them: in milliseconds from 1970 on."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    with suppress(OverflowError):  # before the year 1 and after 9999 there is no room
        moment += room
    return round(moment.timestamp()) * 1000


def _time_axis(first: date, last: date, say: Say, width: int) -> Any:
    """Name months where there are few, else years."""
    months = (last - first).days / 30
    step = next((step for step in _MONTHS if months / step <= width // _BETWEEN_TICKS), _MONTHS[-1])
    interval, count = ("month", step) if step < 12 else ("year", step // 12)  # noqa: PLR2004 (a year)
    form = say("%b %Y") if interval == "month" else say("%Y")
    tick_count = altair().TimeIntervalStep(interval=interval, step=count)
    return axis(tickCount=tick_count, labelExpr=f"utcFormat(datum.value, '{form}')")
