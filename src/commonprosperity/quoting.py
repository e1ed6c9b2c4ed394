"""How a sentence quotes what is not ours: printable, cut short, and listed.

Ids, keys, names and numbers come from strangers' files. No sentence, finding or warning has them as
they are: a control character would act on the terminal, a line end would forge a second fault, and
a text of a megabyte would be the whole sentence.
"""

from collections.abc import Container, Iterable, Sequence
from datetime import date, time
from numbers import Number
from typing import Any, NamedTuple

from commonprosperity.patterns import pattern
from commonprosperity.sentence import NO_SENTENCE, Sentence

_VALUE_AT_MOST = 60  # characters: most of a line
_SENTENCE_AT_MOST = 900
_LISTED_AT_MOST = 20

_CONTROLS = "\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069"
UNSEEN = pattern(f"[{_CONTROLS}]")
"""Control characters, line ends, lone surrogates, and what reorders text on a screen."""

# Marks of direction have a place in Arabic and Hebrew texts, and none in what is quoted.
_ESCAPED = pattern(f"[{_CONTROLS}\u061c\u200e\u200f\ufeff]")
_SPACE = pattern("[\t-\r\x85\u2028\u2029]")


def printable(text: str) -> str:
    r"""Write each character that would act and not be seen as its escape.

    >>> print(printable("acme\x1b[31m\nforged.csv:1: all is well"))
    acme\x1b[31m\nforged.csv:1: all is well
    """
    return _ESCAPED.sub(lambda unseen: unseen[0].encode("unicode_escape").decode(), text)


def visible(text: str) -> str:
    r"""Put a text on one line, with a mark for each character that would act and not be seen.

    >>> visible("one\ntwo\x1b[2J")
    'one two\ufffd[2J'
    """
    return UNSEEN.sub("\N{REPLACEMENT CHARACTER}", _SPACE.sub(" ", text))


def one_line(text: str, at_most: int = _SENTENCE_AT_MOST) -> str:
    """Make a sentence or a path printable, on one line; a very long one loses its middle.

    Sentences quote values by `brief` and `label`, and are short: this is the net below them.

    >>> one_line("a/long/way/to/mine.csv:2", at_most=20)
    'a/long/ ... e.csv:2'
    """
    line = printable(text)
    half = at_most // 2 - 3
    return line if len(line) <= at_most else f"{line[:half]} ... {line[-half:]}"


def label(value: object) -> str:
    """Name an id, a key or a name in a sentence without quotes: printable, and cut short.

    >>> label("tencent"), len(label("t" * 1_000_000))
    ('tencent', 60)
    """
    if not isinstance(value, str):
        return brief(value)
    return _cut(printable(value[: _VALUE_AT_MOST + 1]))


def brief(value: object) -> str:
    """Quote a value in a sentence, cut short when it is long: a text in quotes, a number plain.

    >>> from decimal import Decimal
    >>> print(brief("15 billion"), brief(Decimal("0.1")), brief(None), brief("9" * 40_000)[-9:])
    '15 billion' 0.1 None 99999...'
    """
    if isinstance(value, str):
        quoted = repr(str(value[: _VALUE_AT_MOST + 1]))
        return f"{_cut(quoted[:-1], _VALUE_AT_MOST - 1)}{quoted[0]}"
    plain = isinstance(value, Number | date | time) and not isinstance(value, bool)
    try:
        return _cut(printable(str(value) if plain else repr(value)))
    except (ValueError, RecursionError):  # an integer of 5,000 digits, a list deep inside of itself
        return f"a value of the type {type(value).__name__}"


class AsWritten(NamedTuple):
    """A value of a TOML or JSON file, which a sentence quotes as the file writes it.

    >>> print(brief(AsWritten(True)), brief(AsWritten([None, "a"])), brief(AsWritten("a")))
    true [null, "a"] 'a'
    """

    value: Any

    def __repr__(self) -> str:
        return brief(self.value) if isinstance(self.value, str) else _written(self.value)


def _written(value: Any) -> str:
    import json  # noqa: PLC0415 (only an error needs it)

    if value is None or isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        pairs = (f"{_written(key)}: {_written(inside)}" for key, inside in value.items())
        return f"{{{', '.join(pairs)}}}"
    return f"[{', '.join(map(_written, value))}]" if isinstance(value, list) else str(value)


def listed(values: Sequence[object], at_most: int = _LISTED_AT_MOST) -> Sentence:
    """Write values as a list in a sentence: long values are cut, long lists end in "and N more".

    >>> listed(["alibaba", "tencent"]), listed(["a"] * 99)[-19:]
    ('alibaba, tencent', 'a, a, a and 79 more')
    """
    names = tuple(v if isinstance(v, Sentence) else label(v) for v in values[:at_most])
    more = len(values) - at_most
    if more > 0:
        return Sentence("{names:list} and {count} more", names=names, count=more)
    return Sentence("{names:list}", names=names)


def suggestion(wrong: object, known: Iterable[str], used: Container[str] = ()) -> Sentence:
    """Name the nearest of the known words, or nothing when none is near, or it is used already.

    >>> suggestion("tencnet", ["alibaba", "tencent"])
    '; did you mean tencent?'
    """
    near = nearest(wrong, known, used)
    return Sentence("; did you mean {near}?", near=near) if near else NO_SENTENCE


def nearest(wrong: object, known: Iterable[str], used: Container[str] = ()) -> str | None:
    """Return the nearest of the known words, or None when none is near, or it is used already.

    >>> nearest("tencnet", ["alibaba", "tencent"])
    'tencent'
    """
    if not isinstance(wrong, str) or len(wrong) > _VALUE_AT_MOST:  # the search takes its square
        return None
    from difflib import get_close_matches  # noqa: PLC0415 (as above)

    near = get_close_matches(wrong.casefold(), sorted(known), n=1)
    return label(near[0]) if near and near[0] not in used else None


def _cut(text: str, at_most: int = _VALUE_AT_MOST) -> str:
    return text if len(text) <= at_most else f"{text[: at_most - 3]}..."
