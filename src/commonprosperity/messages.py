"""The interface's own sentences, in English and in Chinese.

The code has each sentence in English where it says it: as ``say("...")``, or with facts in it as
``Sentence("...")``. Babel extracts them (`babel.cfg`); their translations are in the folder
``locale``.
"""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Self

from commonprosperity.wording import known_locale

_CATALOGUES = Path(__file__).parent / "locale"

_SHOWN_AT_MOST = 300  # characters of one text
_SPARED = 30  # characters: what says how many more there are is as long

Say = Callable[[str], str]
"""Says an English sentence of the interface in a language."""


class Sentence(str):
    """A sentence of the interface with facts in it: an English text that can be said in Chinese.

    >>> sentence = Sentence("{id} says no source", id="acme-1")
    >>> print(sentence, in_language("zh_CN")(sentence), sep="; ")
    acme-1 says no source; acme-1 未注明来源

    ``{fact}`` is inserted as a text, a long one shortened; ``{fact:words}`` is money in words, and
    ``{fact:say}`` a sentence of its own, in the same language.
    """

    __slots__ = ("facts", "template")
    template: str
    facts: dict[str, Any]

    def __new__(cls, template: str, **facts: Any) -> Self:
        """Put the facts in their places, in English."""
        self = super().__new__(cls, _fill(template, facts, lambda money: money.words(), str))
        self.template, self.facts = template, facts
        return self

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.template,), self.facts


def _fill(template: str, facts: Mapping[str, Any], words: Callable[[Any], str], say: Say) -> str:
    """Put facts in the places of a template, in one language."""
    texts = []
    for text, name, form in _pieces(template):
        texts.append(text)
        if name is not None:
            fact = facts[name]
            if form == "words":
                texts.append(words(fact))
            elif isinstance(fact, Sentence):
                texts.append(say(fact))
            else:
                texts.append(shortened(str(fact), say))
    return "".join(texts)


@cache
def _pieces(template: str) -> list[tuple[str, str | None, str | None]]:
    """Parse a template once: each text, and the name and the form of the fact that follows."""
    return [(text, name, form) for text, name, form, _ in Formatter().parse(template)]


def shortened(text: str, say: Say = str) -> str:
    """Return the first few hundred characters of a text, and say how many more there are.

    >>> shortened("a" * 20_000)[-29:]
    'a… and 19,700 more characters'
    """
    more = len(text) - _SHOWN_AT_MOST
    if more <= _SPARED:
        return text
    return text[:_SHOWN_AT_MOST] + say(Sentence("… and {count} more characters", count=f"{more:,}"))


def in_language(locale: str) -> Say:
    """Return the function that says sentences in the language of a locale.

    >>> say = in_language("zh_CN")
    >>> say("Total"), in_language("en_GB")("Total")
    ('合计', 'Total')

    Every Chinese locale gets simplified Chinese; all others get English.

    Raises `LocaleError` for an unknown locale, and ``KeyError`` for a sentence that the catalogue
    lacks.
    """
    if known_locale(locale).language != "zh":
        return str
    catalogue = _catalogue("zh_CN")

    def words(money: Any) -> str:
        text: str = money.format("zh_CN", "words")
        return text

    def say(sentence: str) -> str:
        if isinstance(sentence, Sentence):
            return _fill(catalogue[sentence.template], sentence.facts, words, say)
        return catalogue[sentence]

    return say


@cache
def _catalogue(name: str) -> dict[str, str]:
    """Return a catalogue's sentences; they are few, so that compiling them would save nothing."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 (only a Chinese page needs it)

    path = _CATALOGUES / name / "LC_MESSAGES" / "commonprosperity.po"
    with path.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}
