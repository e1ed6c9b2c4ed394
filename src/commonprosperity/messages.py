"""The interface's own sentences, in English and in Chinese.

Babel extracts them from the code (`babel.cfg`): each ``say("...")`` and ``Sentence("...")``. Their
translations are in the folder ``locale``.
"""

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from commonprosperity.dates import chinese_date
from commonprosperity.sentence import Bilingual, Forms, Say, Sentence, fill
from commonprosperity.wording import EXACT, Qualifier, currency_name, format_range, known_locale

_CATALOGUES = Path(__file__).parent / "locale"

_CHINESE: Forms = {
    "words": lambda money: format_range(
        money.amount, None, money.currency, Qualifier.EXACT, "zh_CN", "words"
    ),
    "full": lambda money: _in_full(money) if hasattr(money, "amount") else money.format("zh_CN"),
    "currency": lambda code: currency_name(code, "zh_CN"),
    "date": chinese_date,
    "heading": lambda name: heading_in(name, "zh_CN"),
    "list": lambda several: "、".join(map(_fact_in_chinese, several)),
    "semicolons": "；".join,
    "and": lambda several: _joined("和", several),
    "or": lambda several: _joined("或", several),
    "lines": lambda several: "\n".join(map(_fact_in_chinese, several)),
}


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


def _in_full(money: Any) -> str:
    """Write every digit, with the unit that amounts in words have: 15,484,360,090.45美元."""
    unit = format_range(Decimal(1), None, money.currency, Qualifier.EXACT, "zh_CN", "words")[1:]
    return f"{money.amount.normalize(EXACT):,f}{unit}"


def _joined(word: str, several: Iterable[str]) -> str:
    """Put a word between texts, with spaces unless they are Chinese: 2021-09-05 或 2021-05-09."""
    texts = [*map(_fact_in_chinese, several)]
    return (f" {word} " if any(map(str.isascii, texts)) else word).join(texts)


def _fact_in_chinese(fact: str) -> str:
    return _say_in_chinese(fact) if isinstance(fact, Sentence | Bilingual) else fact


def _say_in_chinese(text: str) -> str:
    if isinstance(text, Bilingual):
        return text.chinese
    catalogue = _catalogue("zh_CN")
    if isinstance(text, Sentence):
        return fill(catalogue[text.template], text.facts, _CHINESE, _say_in_chinese)
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


@cache
def _catalogue(name: str) -> dict[str, str]:
    """Return a catalogue's sentences; they are few, so that compiling them would save nothing."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 (only a Chinese page needs it)

    path = _CATALOGUES / name / "LC_MESSAGES" / "commonprosperity.po"
    with path.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}
