"""Report how the table of amounts in print is read, by category, beside price-parser.

Run by hand, with price-parser installed: ``python tests/readings.py``. The result stands in
docs/amounts.md; ``test_amounts.py`` holds our own columns to it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal

from in_print import ROWS, Row, outcome

OUTCOMES = ("exact", "refused", "wrong")


def counts(read: Callable[[Row], str]) -> dict[str, list[int]]:
    """Count the outcomes of each category, and of all."""
    found = {category: Counter[str]() for category in dict.fromkeys(row.category for row in ROWS)}
    for row in ROWS:
        found[row.category][read(row)] += 1
    found["all"] = sum(found.values(), Counter())
    return {category: [counted[name] for name in OUTCOMES] for category, counted in found.items()}


def of_price_parser(row: Row) -> str:
    """Judge price-parser by the number alone: currency, qualifier and upper end are let off."""
    from price_parser import Price

    amount = Price.fromstring(row.text).amount
    if amount is None:
        return "exact" if row.refused else "refused"
    return "exact" if not row.refused and amount == Decimal(row.amount) else "wrong"


def lines() -> Iterator[str]:
    """Write the report as a Markdown table."""
    ours, theirs = counts(outcome), counts(of_price_parser)
    heading = ["category", *OUTCOMES, *(f"price-parser: {name}" for name in OUTCOMES)]
    yield f"| {' | '.join(heading)} |"
    yield f"| --- |{' ---: |' * 6}"
    for category, own in ours.items():
        yield f"| {' | '.join([category, *map(str, own + theirs[category])])} |"


if __name__ == "__main__":
    print("\n".join(lines()))  # noqa: T201 (it is a report)
