"""Finds the headings of a layout in somebody's table."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from commonprosperity.errors import Fault
from commonprosperity.flat import scale_in_heading, scale_power, stated_power
from commonprosperity.layout.layout import Layout
from commonprosperity.quoting import label, listed
from commonprosperity.sentence import NO_SENTENCE, Sentence


def used_headings(
    layout: Layout, texts: Sequence[str], place: str
) -> tuple[list[str | None], list[Fault]]:
    """Return each heading as the layout spells it, None for one that it ignores, and the faults.

    Case and spaces may differ. A fault is a missing column, two columns with the same heading, or
    a unit that contradicts the layout's.

    >>> layout = Layout(columns={"company": "Funder", "amount": "USD", "announced": "Date"})
    >>> used_headings(layout, ["funder ", "Notes", "USD", "Date"], "mine.csv:1")
    (['Funder', None, 'USD', 'Date'], [])
    """
    used: list[str | None] = [None] * len(texts)
    faults = []
    for heading in _wanted(layout):
        at = _places_of(heading, texts)
        if len(at) > 1:
            faults.append(Fault("", heading, _twice(heading, texts), place))
        elif at:
            used[at[0]] = heading
            faults += _wrong_unit(layout, heading, place)
        elif not layout.may_lack(heading):
            problem = Sentence("is no column of it{near:say}", near=_near(heading, texts))
            faults.append(Fault("", heading, problem, place))
    return used, faults


def headings_elsewhere(
    layout: Layout, lines: Iterable[str], used: int | None
) -> tuple[int, Sentence] | None:
    """Return the first line with all the headings that a layout needs, and what to do about it.

    None where there is none, or where it is the line that is ``used`` already.

    >>> layout = Layout(columns={"company": "Funder", "amount": "USD", "announced": "Date"})
    >>> headings_elsewhere(layout, ["Gifts of 2021", "", "Date;Funder;USD"], 1)
    (3, 'here are the headings of the layout; give headings_in_row=3')
    """
    needed = [_plain(each).casefold() for each in _wanted(layout) if not layout.may_lack(each)]
    for number, line in enumerate(lines, 1):
        if all(heading in _plain(line).casefold() for heading in needed):
            problem = Sentence(
                "here are the headings of the layout; give headings_in_row={number}", number=number
            )
            return None if number == used else (number, problem)
    return None


def _wanted(layout: Layout) -> dict[str, None]:
    """Return every heading that a layout names, once."""
    others = (each for several in layout.headings.values() for each in several)
    return dict.fromkeys([*layout.amounts, *others])


def _places_of(heading: str, texts: Sequence[str]) -> list[int]:
    """Return where a heading stands, in its own spelling or else in another case."""
    exact = [at for at, text in enumerate(texts) if _plain(text) == _plain(heading)]
    if exact:
        return exact
    loose = _plain(heading).casefold()
    return [at for at, text in enumerate(texts) if _plain(text).casefold() == loose]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _twice(heading: str, texts: Sequence[str]) -> Sentence:
    count = len(_places_of(heading, texts))
    number = Sentence("two") if count == 2 else str(count)  # noqa: PLR2004 (a word for it)
    return Sentence(
        "is the heading of {number:say} columns, and the layout uses it; rename one of them",
        number=number,
    )


def _near(heading: str, texts: Sequence[str]) -> Sentence:
    """Name the nearest heading as the table spells it, or else all of them."""
    from difflib import get_close_matches  # noqa: PLC0415 (only an error needs it)

    filled = [text.strip() for text in texts if text.strip()]
    spellings = {text.casefold(): text for text in filled}
    near = get_close_matches(heading.casefold(), spellings, n=1)
    if near:
        return Sentence("; did you mean {near}?", near=label(spellings[near[0]]))
    return Sentence("; there are {known:say}", known=listed(filled)) if filled else NO_SENTENCE


def _wrong_unit(layout: Layout, heading: str, place: str) -> Iterator[Fault]:
    """Yield what is wrong with the unit in the heading of amounts, beside the layout's scale."""
    others = (each for field in ("high", "equivalents") for each in layout.headings.get(field, ()))
    if heading not in {*layout.amounts, *others}:
        return
    power = stated_power(heading)
    if layout.scale is None:
        problem = scale_in_heading(heading)
        if problem:
            yield Fault("", heading, problem, place)
    elif power and scale_power(layout.scale) not in {0, power}:
        problem = Sentence(
            'contradicts scale="{scale}"; give the scale that its heading states',
            scale=layout.scale,
        )
        yield Fault("", heading, problem, place)
