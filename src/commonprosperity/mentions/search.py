"""The mentions of a text: its amounts, with their places and equivalents."""

from collections.abc import Iterable, Iterator, Mapping

from commonprosperity.mentions.candidate import Candidate
from commonprosperity.mentions.equivalents import with_equivalents
from commonprosperity.mentions.lines import Lines
from commonprosperity.mentions.mention import Mention
from commonprosperity.mentions.scan import candidates
from commonprosperity.money import ParsedAmount
from commonprosperity.wording.characters import Characters
from commonprosperity.wording.reading import Meanings, ReadAmount
from commonprosperity.wording.runs import Words


def mentions(
    text: str, symbols: Mapping[str, str] | None, default: str | None, locale: str | None
) -> Iterable[Mention]:
    """Return every amount of a text, in its order."""
    meanings = Meanings.of(symbols, default)
    words = Words(Characters.of(text), locale)
    return with_equivalents(_mentions(candidates(words, meanings), words.characters, Lines(text)))


def _mentions(
    amounts: Iterator[Candidate], characters: Characters, lines: Lines
) -> Iterator[Mention]:
    for one in amounts:
        if one.reading is None:
            continue
        amount, high, currencies, _, qualifier = one.reading
        start, end = characters.place(one.start), characters.place(one.end - 1) + 1
        value = None
        if len(currencies) == 1:
            value = ParsedAmount.of(ReadAmount(amount, high, currencies[0], qualifier))
        yield Mention(
            lines.text[start:end], start, end, value, amount, high, qualifier, currencies,
            lines.line(start), lines.text, lines.sentence(start, end),
        )  # fmt: skip
