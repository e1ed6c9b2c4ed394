"""``Entry``: what rows of a group, a currency and a date come to, in our own words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from commonprosperity.frames.columns import AmountForm
from commonprosperity.frames.subtotals import Group, Subtotal
from commonprosperity.money import Money, summing
from commonprosperity.period import Period
from commonprosperity.sentence import Sentence
from commonprosperity.wording import currency_digits


class Entry(NamedTuple):
    """What rows of a group come to, and the date whose rate they are converted at."""

    group: Group
    money: Money
    date: Period


class Entries(NamedTuple):
    """What the rows of a ledger come to; ``units`` are the years and months among its groups.

    ``notes`` say what was left out.
    """

    entries: Sequence[Entry]
    units: frozenset[str]
    notes: tuple[Sentence, ...] = ()


def added_up(notes: Iterable[str]) -> tuple[Sentence, ...]:
    """Add up the counts of notes that are alike, as those of several files are.

    >>> several = [Sentence("dates read as {form}: {count}", form="d/m/y", count="9")] * 2
    >>> added_up(several)
    ('dates read as d/m/y: 18',)
    """
    counts: dict[tuple[str, frozenset[tuple[str, str]]], int] = defaultdict(int)
    for note in notes:
        template, facts = (note.template, note.facts) if isinstance(note, Sentence) else (note, {})
        others = frozenset((name, fact) for name, fact in facts.items() if name != "count")
        counts[template, others] += int(str(facts.get("count", 0)).replace(",", ""))
    return tuple(
        Sentence(template, **dict(others), count=f"{count:,}")
        for (template, others), count in counts.items()
    )


def money_of(subtotal: Subtotal, currency: str, form: AmountForm) -> Money:
    """Return what a subtotal with nothing wrong comes to in its currency."""
    with summing():
        decimals = currency_digits(currency) if form.minor_units else 0
        return Money(subtotal.added.scaleb((form.power or 0) - decimals), currency)
