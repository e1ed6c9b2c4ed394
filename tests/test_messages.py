"""Every sentence of the interface is in the Chinese catalogue, and nothing else is."""

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import commonprosperity
from commonprosperity.errors import LocaleError
from commonprosperity.messages import in_language

HOUSE = Path(commonprosperity.__file__).parent
CATALOGUE = HOUSE / "locale" / "zh_CN" / "LC_MESSAGES" / "commonprosperity.po"


def said() -> set[str]:
    """Return the sentences that the code says, as Babel extracts them."""
    found = extract_from_dir(HOUSE, [("**.py", "python")], keywords={"say": None})
    return {str(message) for _, _, message, *_ in found}


def translated() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def test_every_sentence_that_is_said_is_translated() -> None:
    assert said()
    assert said() <= set(translated())


def test_no_sentence_is_translated_that_is_not_said() -> None:
    assert set(translated()) <= said()


def test_a_translation_has_the_same_places_to_fill() -> None:
    for english, chinese in translated().items():
        assert chinese
        assert chinese != english or not english.isascii() or not english.isalpha()
        assert sorted(places(english)) == sorted(places(chinese)), english


def places(sentence: str) -> list[str]:
    from string import Formatter

    return [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]


@pytest.mark.parametrize("locale", ["zh", "zh_CN", "zh_TW", "zh-Hans"])
def test_chinese_locales_are_told_in_chinese(locale: str) -> None:
    assert in_language(locale)("Total") == "合计"


@pytest.mark.parametrize("locale", ["en", "en_GB", "de", "fr_FR"])
def test_all_others_are_told_in_english(locale: str) -> None:
    assert in_language(locale)("Total") == "Total"


def test_an_unknown_locale_or_sentence_is_an_error() -> None:
    with pytest.raises(LocaleError):
        in_language("xx")
    with pytest.raises(KeyError):
        in_language("zh_CN")("a sentence that nobody says")
