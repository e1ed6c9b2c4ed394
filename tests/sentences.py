"""The tables of sentences with their amounts, and how a search of them turned out.

In a sentence ``[[...]]`` stands around each amount. Its column has the currency (``?`` where the text
leaves it open), the amount or both ends of a range, and the qualifier; ``=`` before it says that it
is the sum of the amount before it in another currency.

``python tests/sentences.py`` reports the outcomes, beside quantulum3 where that is installed.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from commonprosperity.mentions import Mention, find_amounts

OUTCOMES = ("found", "missed", "invented", "wrong")
_MARKED = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)


class Expected(NamedTuple):
    start: int
    end: int
    currency: str
    amount: Decimal
    high: Decimal | None
    qualifier: str
    restates: bool


class Row(NamedTuple):
    language: str
    text: str
    amounts: tuple[Expected, ...]


def rows(name: str) -> Iterator[Row]:
    path = Path(__file__).with_name(name)
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        language, marked, amounts = line.split("\t")
        marked = marked.replace(r"\r\n", "\r\n").replace(r"\n", "\n")
        text, places = _unmarked(marked)
        meant = filter(None, amounts.split("; "))
        yield Row(language, text, tuple(_expected(*one) for one in zip(places, meant, strict=True)))


def _unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    text, places, end = "", [], 0
    for amount in _MARKED.finditer(marked):
        text += marked[end : amount.start()]
        places.append((len(text), len(text) + len(amount[1])))
        text, end = text + amount[1], amount.end()
    return text + marked[end:], places


def _expected(place: tuple[int, int], meant: str) -> Expected:
    currency, amount, *qualifier = meant.removeprefix("=").split(" ")
    low, _, high = amount.partition("..")
    return Expected(
        *place, currency, Decimal(low), Decimal(high) if high else None,
        qualifier[0] if qualifier else "exact", meant.startswith("="),
    )  # fmt: skip


SEEN = tuple(rows("mentions.tsv"))
UNSEEN = tuple(rows("mentions_unseen.tsv"))


def says(mention: Mention, expected: Expected) -> bool:
    """Whether a mention says what is meant, and stands where that stands."""
    certain = mention.stated is not None
    return (
        (mention.start, mention.end) == expected[:2]
        and (mention.amount, mention.high) == (expected.amount, expected.high)
        and mention.qualifier == expected.qualifier
        and certain is (expected.currency != "?")
        and (not certain or mention.candidates == (expected.currency,))
    )


def outcome(row: Row) -> Counter[str]:
    """Count the amounts of a sentence that are found, missed and wrong, and those that are none."""
    left = list(find_amounts(row.text))
    counts = Counter[str]()
    for expected in row.amounts:
        there = [one for one in left if one.start < expected.end and expected.start < one.end]
        left = [one for one in left if one not in there]
        right = len(there) == 1 and says(there[0], expected)
        counts["found" if right else "wrong" if there else "missed"] += 1
    counts["invented"] += len(left)
    return counts


def of_quantulum3(row: Row) -> Counter[str]:
    """Judge quantulum3 by the number and by the unit being a currency; the rest is let off."""
    from quantulum3 import parser

    counts = Counter[str]()
    left = [q for q in parser.parse(row.text) if q.unit.entity.name == "currency"]
    for expected in row.amounts:
        there = [q for q in left if q.span[0] < expected.end and expected.start < q.span[1]]
        left = [q for q in left if q not in there]
        right = any(_close(q.value, expected) for q in there)
        counts["found" if right else "wrong" if there else "missed"] += 1
    counts["invented"] += len(left)
    return counts


def _close(value: float, expected: Expected) -> bool:
    return any(
        end is not None and abs(value - float(end)) <= 1e-9 * abs(float(end))
        for end in (expected.amount, expected.high)
    )


def counts(table: tuple[Row, ...], judge: Callable[[Row], Counter[str]]) -> list[int]:
    total = sum(map(judge, table), Counter[str]())
    return [total[name] for name in OUTCOMES]


def lines(judge: Callable[[Row], Counter[str]]) -> Iterator[str]:
    for name, table in (("tuned with", SEEN), ("unseen", UNSEEN)):
        for language in ("en", "zh", "mixed"):
            some = tuple(row for row in table if row.language == language)
            yield f"| {' | '.join([name, language, str(len(some)), *map(str, counts(some, judge))])} |"


if __name__ == "__main__":
    print("\n".join(lines(outcome)))  # noqa: T201 (it is a report)
    print("\n".join(lines(of_quantulum3)))  # noqa: T201 (as above)
