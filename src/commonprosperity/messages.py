"""The interface's own sentences, in English and in Chinese.

The sentences stand in the code in English, each where it is said: as ``say("...")``, or, with facts
in it, as ``Sentence("...")``. Babel extracts them (`babel.cfg`), and the catalogues of their
translations are in the folder ``locale``.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Self

from commonprosperity.wording import known_locale

_CATALOGUES = Path(__file__).parent / "locale"

Say = Callable[[str], str]
"""Says an English sentence of the interface in a language."""


class Sentence(str):
    """A sentence of the interface with facts in it: an English text that can be said in Chinese.

    >>> told = Sentence("{id} says no source", id="acme-1")
    >>> print(told, in_language("zh_CN")(told), sep="; ")
    acme-1 says no source; acme-1 未注明来源

    A fact is put in its place as a text; as money in words where its place is ``{...:words}``. One
    in a place ``{...:say}`` is said in the same language, if it is a sentence itself.
    """

    __slots__ = ("facts", "template")
    template: str
    facts: dict[str, Any]

    def __new__(cls, template: str, **facts: Any) -> Self:
        """Put the facts in their places, in English."""
        english = _Places(words=lambda money: money.words(), say=str)
        self = super().__new__(cls, english.vformat(template, (), facts))
        self.template, self.facts = template, facts
        return self

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.template,), self.facts


class _Places(Formatter):
    """Puts facts in the places of a template, in one language."""

    def __init__(self, words: Callable[[Any], str], say: Say) -> None:
        self._words, self._say = words, say

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "words":
            return self._words(value)
        return self._say(value) if isinstance(value, Sentence) else str(value)


def in_language(locale: str) -> Say:
    """Return what says the interface's sentences in the language of a locale.

    >>> say = in_language("zh_CN")
    >>> say("Total"), in_language("en_GB")("Total")
    ('合计', 'Total')

    Every Chinese locale is told in simplified characters; what is neither English nor Chinese is
    told in English. Raises `LocaleError` for an unknown locale, and ``KeyError`` for a sentence
    that the catalogue lacks.
    """
    if known_locale(locale).language != "zh":
        return str
    catalogue = _catalogue("zh_CN")

    def say(sentence: str) -> str:
        if isinstance(sentence, Sentence):
            return places.vformat(catalogue[sentence.template], (), sentence.facts)
        return catalogue[sentence]

    places = _Places(words=lambda money: money.format("zh_CN", "words"), say=say)
    return say


@cache
def _catalogue(name: str) -> dict[str, str]:
    """Return a catalogue's sentences; they are few, so that compiling them would save nothing."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 (only a Chinese page needs it)

    path = _CATALOGUES / name / "LC_MESSAGES" / "commonprosperity.po"
    with path.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}
