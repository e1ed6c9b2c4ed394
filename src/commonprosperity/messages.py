"""The interface's own sentences, in English and in Chinese.

The sentences stand in the code in English, each where it is said, as ``say("...")``. Babel extracts
them (`babel.cfg`), and the catalogues of their translations are in the folder ``locale``.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from commonprosperity.wording import known_locale

_CATALOGUES = Path(__file__).parent / "locale"

Say = Callable[[str], str]
"""Says an English sentence of the interface in a language."""


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
    return _catalogue("zh_CN").__getitem__


@cache
def _catalogue(name: str) -> dict[str, str]:
    """Return a catalogue's sentences; they are few, so that compiling them would save nothing."""
    from babel.messages.pofile import read_po  # noqa: PLC0415 (only a Chinese page needs it)

    path = _CATALOGUES / name / "LC_MESSAGES" / "commonprosperity.po"
    with path.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}
