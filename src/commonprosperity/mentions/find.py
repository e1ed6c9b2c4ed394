"""``find_amounts``: every amount of money in a running text."""

from collections.abc import Iterator, Mapping

from commonprosperity.errors import TextError
from commonprosperity.mentions.candidate import Candidate
from commonprosperity.mentions.equivalents import with_equivalents
from commonprosperity.mentions.lines import Lines
from commonprosperity.mentions.mention import Mention
from commonprosperity.mentions.mentions import Mentions
from commonprosperity.mentions.scan import candidates
from commonprosperity.money import ParsedAmount
from commonprosperity.sentence import Sentence
from commonprosperity.wording.characters import Characters
from commonprosperity.wording.reading import Meanings, ReadAmount
from commonprosperity.wording.runs import Words

TEXT_AT_MOST = 20_000_000
"""The characters of a text that are searched at once: two hundred novels."""


def find_amounts(
    text: str,
    *,
    symbols: Mapping[str, str] | None = None,
    default: str | None = None,
    locale: str | None = None,
) -> Mentions:
    """Find every amount of money in a text, English or Chinese or both.

    >>> text = "腾讯投入500亿元。Its rival gave up to RMB10bn, or 10% of profit."
    >>> for mention in find_amounts(text):
    ...     print(mention.line, mention.text, mention.stated, sep=" | ")
    1 | 500亿元 | 50 billion CNY
    1 | up to RMB10bn | up to 10 billion CNY

    It finds whatever `parse_amount` reads, wherever it stands and as long as it can be;
    ``symbols``, ``default`` and ``locale`` are those of `parse_amount`. It leaves out years,
    counts, shares, rates, exchange rates, names and vague amounts. It finds a number without a
    currency only with ``default``, and only if the number is large and counts nothing.

    Raises `TextError` for what is no text or has more than 20 million characters, and what
    `parse_amount` raises for wrong ``symbols``, ``default`` or ``locale``.
    """
    if not isinstance(text, str):
        raise TextError(text, Sentence("is no text; decode bytes first, as in content.decode()"))
    if len(text) > TEXT_AT_MOST:
        problem = Sentence(
            "has more than {most} characters; search it in parts, such as chapters",
            most=f"{TEXT_AT_MOST:,}",
        )
        raise TextError(text, problem)
    meanings = Meanings.of(symbols, default)
    words = Words(Characters.of(text), locale)
    mentions = _mentions(candidates(words, meanings), words.characters, Lines(text))
    return Mentions(with_equivalents(mentions))


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
