"""``Sentence``: what the library says, as a template with facts in it.

The code has each sentence in English where it says it. `messages` says it in other languages.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, reduce
from string import Formatter
from typing import Any, Self

_SHOWN_AT_MOST = 300  # characters of one text
_ROOM_FOR_MORE = 30  # characters: what says how many more there are is as long

Say = Callable[[str], str]
"""Says an English sentence of the interface in a language."""

Forms = Mapping[str, Callable[[Any], str]]
"""How one language writes facts: money in words and in full, currencies, and lists."""


class Sentence(str):
    """A sentence of the interface with facts in it: an English text that can be said in Chinese.

    >>> from commonprosperity.messages import in_language
    >>> sentence = Sentence("{id} says no source", id="acme-1")
    >>> print(sentence, in_language("zh_CN")(sentence), sep="; ")
    acme-1 says no source; acme-1 未注明来源

    ``{fact}`` is inserted as a text, a long one shortened; ``{fact:words}`` is money in words,
    ``{fact:full}`` money with every digit, ``{fact:say}`` a sentence of its own, in the same
    language, ``{fact:currency}`` the code of a currency, which Chinese calls by its name, and
    ``{fact:date}`` a date or a period, which Chinese writes in words.
    ``{fact:heading}`` is the name of a field, as a table has it at the top.
    Several texts or sentences are ``{fact:list}`` with commas between them,
    ``{fact:semicolons}`` with semicolons, ``{fact:and}`` and
    ``{fact:or}`` with these words, and ``{fact:lines}`` on a line each.
    """

    __slots__ = ("facts", "template")
    template: str
    facts: dict[str, Any]

    def __new__(cls, template: str, **facts: Any) -> Self:
        """Put the facts in their places, in English."""
        self = super().__new__(cls, fill(template, facts, _ENGLISH, str))
        self.template, self.facts = template, facts
        return self

    def with_facts(self, **facts: Any) -> Self:
        """Return the sentence with other facts in the places of these.

        >>> Sentence("{id} says no source", id="acme-1").with_facts(id="acme-2")
        'acme-2 says no source'
        """
        return type(self)(self.template, **(self.facts | facts))

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.template,), self.facts


class Bilingual(str):
    """A text of a dataset, such as a name or a note, that has a Chinese form beside it.

    >>> from commonprosperity.messages import in_language
    >>> tencent = Bilingual("Tencent", "腾讯")
    >>> print(tencent, in_language("zh_CN")(tencent))
    Tencent 腾讯
    """

    __slots__ = ("chinese",)
    chinese: str

    def __new__(cls, text: str, chinese: str | None) -> Self:
        """Put both forms together; without a Chinese one, Chinese readers get the text itself."""
        self = super().__new__(cls, text)
        self.chinese = chinese or str(text)
        return self

    def __getnewargs_ex__(self) -> tuple[tuple[str, str], dict[str, Any]]:
        return (str(self), self.chinese), {}


_ENGLISH: Forms = {
    "words": lambda money: money.words(), "full": str, "currency": str, "date": str,
    "heading": str, "list": ", ".join, "semicolons": "; ".join,
    "and": " and ".join, "or": " or ".join, "lines": "\n".join,
}  # fmt: skip


def fill(template: str, facts: Mapping[str, Any], forms: Forms, say: Say) -> str:
    """Put facts in the places of a template, in one language."""
    texts = []
    for text, name, form in _pieces(template):
        texts.append(text)
        if name is not None:
            fact = facts[name]
            if form is not None and form in forms:
                texts.append(forms[form](fact))
            elif isinstance(fact, Sentence):
                texts.append(say(fact))
            else:
                whole = say(fact) if isinstance(fact, Bilingual) else str(fact)
                texts.append(shortened(whole, say))
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
    if more <= _ROOM_FOR_MORE:
        return text
    return text[:_SHOWN_AT_MOST] + say(Sentence("… and {count} more characters", count=f"{more:,}"))


NO_SENTENCE = Sentence("{nothing}", nothing="")
"""The empty sentence, for a part that says nothing."""


def together(sentences: Iterable[str]) -> Sentence:
    """Put sentences into one, with semicolons between them; of none, return the empty one.

    >>> together([Sentence("nothing is fixed"), Sentence("no source implies one")])
    'nothing is fixed; no source implies one'
    """
    return reduce(_and, filter(None, sentences), NO_SENTENCE)


def _and(one: Sentence, other: str) -> Sentence:
    if one:
        return Sentence("{known:say}; {other:say}", known=one, other=other)
    return other if isinstance(other, Sentence) else Sentence("{note}", note=other)
