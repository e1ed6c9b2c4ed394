"""``find_amounts``: every amount of money in a running text."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from commonprosperity.deferred import deferred
from commonprosperity.errors import TextError
from commonprosperity.mentions.mentions import Mentions
from commonprosperity.sentence import Sentence

if TYPE_CHECKING:
    from commonprosperity.mentions import search
else:
    [search] = deferred("mentions.search")

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
    return Mentions(search.mentions(text, symbols, default, locale))
