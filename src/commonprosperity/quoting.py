"""How a sentence quotes what is not ours: cleaned, cut short, and listed.

Ids, keys, names and numbers come from strangers' files. No sentence, finding or warning has them as
they are: a control character would act on the terminal, a line end would forge a second fault, and
a text of a megabyte would be the whole sentence.
"""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

_CUT_AT = 60  # characters: most of a line
_LISTED_AT_MOST = 20

# Control characters, line ends, lone surrogates, and what reorders text on a screen.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)


def printable(text: str) -> str:
    r"""Write each character that would act and not be seen as its escape.

    >>> print(printable("acme\x1b[31m\nforged.csv:1: all is well"))
    acme\x1b[31m\nforged.csv:1: all is well
    """
    return _UNSEEN.sub(lambda unseen: unseen[0].encode("unicode_escape").decode(), text)


def label(text: str) -> str:
    """Name an id, a key or a place in a sentence without quotes: printable, and cut short.

    >>> label("tencent"), len(label("t" * 1_000_000))
    ('tencent', 60)
    """
    return printable(_cut(text))


def brief(value: object) -> str:
    """Quote a value in a sentence, cut short when it is long."""
    return printable(_cut(repr(value)))


def listed(values: Sequence[str]) -> str:
    """Write values as a list in a sentence: long values are cut, long lists end in "and N more".

    >>> listed(["alibaba", "tencent"]), listed(["a"] * 99)[-19:]
    ('alibaba, tencent', 'a, a, a and 79 more')
    """
    labels = ", ".join(map(label, values[:_LISTED_AT_MOST]))
    more = len(values) - _LISTED_AT_MOST
    return f"{labels} and {more} more" if more > 0 else labels


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """Name the nearest of the known words, or nothing when none is near.

    >>> suggestion("tencnet", ["alibaba", "tencent"])
    '; did you mean tencent?'
    """
    near = get_close_matches(wrong.casefold(), sorted(known), n=1)
    return f"; did you mean {label(near[0])}?" if near else ""


def _cut(text: str) -> str:
    return text if len(text) <= _CUT_AT else f"{text[: _CUT_AT - 3]}..."
