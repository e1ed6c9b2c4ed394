"""``find_amounts``: every amount of money in a running text."""

from collections.abc import Iterator, Mapping
from typing import Any

from commonprosperity.errors import AmbiguousAmountError, TextError
from commonprosperity.mentions.candidate import Candidate
from commonprosperity.mentions.equivalents import with_equivalents
from commonprosperity.mentions.lines import Lines
from commonprosperity.mentions.mention import Mention
from commonprosperity.mentions.mentions import Mentions
from commonprosperity.mentions.scan import candidates
from commonprosperity.money import ParsedAmount, parse_amount
from commonprosperity.wording.reading import Meanings, ReadAmount
from commonprosperity.wording.runs import Words
from commonprosperity.wording.terms import TokenKind
from commonprosperity.wording.tokens import Token

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

    What `parse_amount` reads is found wherever it stands, as long as it can be; ``symbols``,
    ``default`` and ``locale`` are those of `parse_amount`. Years, counts, shares, rates, exchange
    rates, names and vague amounts are left out. A number without a currency is found only with
    ``default``, if it has a scale, such as 10 billion, and counts nothing.

    Raises `TextError` for what is no text or has more than 20 million characters, and what
    `parse_amount` raises for wrong ``symbols``, ``default`` or ``locale``.
    """
    if not isinstance(text, str):
        raise TextError(text, "is no text; decode bytes first, as in content.decode()")
    if len(text) > TEXT_AT_MOST:
        problem = f"has more than {TEXT_AT_MOST:,} characters; search it in parts, such as chapters"
        raise TextError(text, problem)
    meanings = Meanings.of(symbols, default)
    lines = Lines(text)
    found = candidates(Words(text, locale), meanings)
    settings = {"symbols": symbols, "default": default, "locale": locale}
    return Mentions(with_equivalents(_mentions(found, lines, settings)))


def _mentions(
    found: Iterator[Candidate], lines: Lines, settings: dict[str, Any]
) -> Iterator[Mention]:
    for one in found:
        reading = one.reading
        stated = _stated(one, settings)
        if reading is None or (stated is None) is (len(reading.currencies) == 1):
            continue  # the words around it give it another sense, as traditional characters do
        yield Mention(
            one.text, one.start, one.end, stated, reading.amount, reading.high, reading.qualifier,
            reading.currencies, lines.line(one.start), lines.text,
            lines.sentence(one.start, one.end),
        )  # fmt: skip


def _stated(one: Candidate, settings: dict[str, Any]) -> ParsedAmount | None:
    """Return what `parse_amount` reads in an amount, which is what the grammar has read already.

    Traditional characters around 元 make it ambiguous, and where they are cut off it is the yuan.
    """
    reading = one.reading
    if reading is not None and len(reading.currencies) == 1:
        amount, high, (currency,), _, qualifier = reading
        return ParsedAmount.of(ReadAmount(amount, high, currency, qualifier))
    if not any(map(_is_yuan, one.names)):
        return None
    try:
        return parse_amount(one.text, **settings)
    except AmbiguousAmountError:
        return None


def _is_yuan(name: Token) -> bool:
    term = name.of(TokenKind.NAME)
    return term is not None and term.value.spelling == "元"
