"""The interface's own sentences, in English and in Chinese.

The code has each sentence in English where it says it: as ``say("...")``, or with facts in it as
``Sentence("...")``. Babel extracts them (`babel.cfg`); their translations are in the folder
``locale``.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, reduce
from pathlib import Path
from string import Formatter
from typing import Any, Self

from commonprosperity.wording import Qualifier, currency_name, format_range, known_locale

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

    ``{fact}`` is inserted as a text, a long one shortened; ``{fact:words}`` is money in words,
    ``{fact:full}`` money with every digit, ``{fact:say}`` a sentence of its own, in the same
    language, and ``{fact:currency}`` the code of a currency, which Chinese calls by its name.
    """

    __slots__ = ("facts", "template")
    template: str
    facts: dict[str, Any]

    def __new__(cls, template: str, **facts: Any) -> Self:
        """Put the facts in their places, in English."""
        self = super().__new__(cls, _fill(template, facts, _ENGLISH, str))
        self.template, self.facts = template, facts
        return self

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.template,), self.facts


class Bilingual(str):
    """A text of a dataset, such as a name or a note, that has a Chinese form beside it.

    >>> tencent = Bilingual("Tencent", "腾讯")
    >>> print(tencent, in_language("zh_CN")(tencent))
    Tencent 腾讯
    """

    __slots__ = ("chinese",)
    chinese: str

    def __new__(cls, text: str, chinese: str | None) -> Self:
        """Put both forms together; without a Chinese one, the text is said in Chinese too."""
        self = super().__new__(cls, text)
        self.chinese = chinese or str(text)
        return self

    def __getnewargs_ex__(self) -> tuple[tuple[str, str], dict[str, Any]]:
        return (str(self), self.chinese), {}


_Forms = Mapping[str, Callable[[Any], str]]
_ENGLISH: _Forms = {"words": lambda money: money.words(), "full": str, "currency": str}
_CHINESE: _Forms = {
    "words": lambda money: format_range(
        money.amount, None, money.currency, Qualifier.EXACT, "zh_CN", "words"
    ),
    "full": lambda money: str(money.format("zh_CN")),
    "currency": lambda code: currency_name(code, "zh_CN"),
}


def _fill(template: str, facts: Mapping[str, Any], forms: _Forms, say: Say) -> str:
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
    return _say_in_chinese if is_chinese(locale) else str


def is_chinese(locale: str) -> bool:
    """Whether the readers of a locale get Chinese; raises `LocaleError` for an unknown one."""
    return bool(known_locale(locale).language == "zh")


def _say_in_chinese(text: str) -> str:
    if isinstance(text, Bilingual):
        return text.chinese
    catalogue = _catalogue("zh_CN")
    if isinstance(text, Sentence):
        return _fill(catalogue[text.template], text.facts, _CHINESE, _say_in_chinese)
    return catalogue[text]


def heading_in(name: str, locale: str) -> str:
    """Say the name of a column in the language of a locale; a name that is not ours stays.

    >>> heading_in("company", "zh_CN"), heading_in("tags.country", "zh_CN")
    ('公司', 'tags.country')
    """
    if not is_chinese(locale):
        return name
    is_ours = isinstance(name, Sentence | Bilingual) or name in _catalogue("zh_CN")
    return _say_in_chinese(name) if is_ours else name


def together(sentences: Iterable[str]) -> str:
    """Put sentences into one, with semicolons between them; none is an empty text.

    >>> together(["nothing is fixed", "no source implies one"])
    'nothing is fixed; no source implies one'
    """
    return reduce(_and, filter(None, sentences), "")


def _and(one: str, other: str) -> str:
    return Sentence("{known:say}; {other:say}", known=one, other=other) if one else other


@cache
def _catalogue(name: str) -> dict[str, str]:
    """Return a catalogue's sentences; they are few, so that compiling them would save nothing."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 (only a Chinese page needs it)

    path = _CATALOGUES / name / "LC_MESSAGES" / "commonprosperity.po"
    with path.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}
