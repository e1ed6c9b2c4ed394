"""Every sentence of the interface is in the Chinese catalogue, and nothing else is."""

import ast
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import commonprosperity as cp
from commonprosperity.errors import LocaleError
from commonprosperity.errors.python import python_sentence
from commonprosperity.messages import in_language
from commonprosperity.sentence import Sentence

HOUSE = Path(cp.__file__).parent
CATALOGUE = HOUSE / "locale" / "zh_CN" / "LC_MESSAGES" / "commonprosperity.po"


def said() -> set[str]:
    """Return the sentences that the code says, as Babel extracts them."""
    methods = [("**.py", "python"), ("**.jinja", "jinja2")]
    found = extract_from_dir(
        HOUSE, methods, keywords={"say": None, "Sentence": None, "Column": None}
    )
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
        assert {*places(english)} == {*places(chinese)}, english


def places(sentence: str) -> list[tuple[str, str | None]]:
    from string import Formatter

    return [(name, spec) for _, name, spec, _ in Formatter().parse(sentence) if name is not None]


@pytest.mark.parametrize("locale", ["zh", "zh_CN", "zh_TW", "zh-Hans"])
def test_chinese_locales_are_told_in_chinese(locale: str) -> None:
    assert in_language(locale)("Total") == "合计"


@pytest.mark.parametrize("locale", ["en", "en_GB", "de", "fr_FR"])
def test_all_others_are_told_in_english(locale: str) -> None:
    assert in_language(locale)("Total") == "Total"


def test_a_sentence_is_said_with_its_facts_in_the_language() -> None:
    hundred = cp.Money.parse("100 billion CNY")
    told = Sentence("{id} says no source", id="acme-1")
    assert told == "acme-1 says no source" == in_language("en")(told)
    nested = Sentence(
        "{message:say}; the rate of {day:date} would give it", message=told, day="2021-09-02"
    )
    assert nested == "acme-1 says no source; the rate of 2021-09-02 would give it"
    assert in_language("zh_CN")(nested) == "acme-1 未注明来源；若按2021年9月2日汇率则相符"
    parts = "the parts of {id} come to {sum:words}, more than its {amount:words}"
    exceeding = Sentence(parts, id="acme-1", sum=hundred, amount=hundred)
    assert exceeding == "the parts of acme-1 come to 100 billion CNY, more than its 100 billion CNY"
    assert "1000亿元" in in_language("zh_CN")(exceeding)


def test_facts_are_never_taken_for_sentences_or_places() -> None:
    told = Sentence("{id} says no source", id="{id} says no source")
    assert told == "{id} says no source says no source"
    assert in_language("zh_CN")(told) == "{id} says no source 未注明来源"
    stated = Sentence("{known:say}; {other:say}", known="Total", other=told)
    assert in_language("zh_CN")(stated) == "Total；{id} says no source 未注明来源"


def test_a_sentence_survives_pickling() -> None:
    told = pickle.loads(pickle.dumps(Sentence("{id} says no source", id="a")))  # noqa: S301 (ours)
    assert in_language("zh")(told) == "a 未注明来源"


def test_every_sentence_is_written_out_where_it_is_said() -> None:
    """Babel finds no sentence that is put together first, and Chinese would not have it."""
    paths = [path for path in HOUSE.rglob("*.py") for _ in put_together(path)]
    # The names of fields and of kinds, and the notes of rows: what they may be is written out.
    assert sorted(path.name for path in paths) == [
        "effect.py", "entry.py", "facts.py", "facts.py", "python.py",
    ]  # fmt: skip


@pytest.mark.parametrize("text", [
    "Cannot declare ('x',) twice", "Duplicate inline table key 'x'", "Expected '='",
    "Illegal character '\\x00'", "Found invalid character '\\x00'",
    "Invalid control character '\\x00' at", "Invalid value (at end of document)",
    "Expected '=' (at line 12, column 30)",
])  # fmt: skip
def test_what_a_parser_says_is_chinese_but_for_its_facts(text: str) -> None:
    sentence = python_sentence(text)
    chinese = in_language("zh_CN")(sentence)
    assert sentence == text
    assert re.findall(r"'.*'|[0-9]+", chinese) == re.findall(r"'.*'|[0-9]+", text)
    assert not re.search("[A-Za-z]{2}", chinese)


def put_together(path: Path) -> Iterator[ast.Call]:
    """Yield each sentence whose template is no text in quotes."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or ast.unparse(node.func) != "Sentence":
            continue
        if not (node.args and isinstance(node.args[0], ast.Constant)):
            yield node


def test_several_texts_are_said_with_words_between_them() -> None:
    days, kinds = ["2021-09-05", "2021-05-09"], [Sentence("a company"), Sentence("a pledge")]
    template = "it may be {meanings:or}{no_year:say}; {write:say}{give:say}"
    none = Sentence("{nothing}", nothing="")
    said = Sentence(
        template, meanings=days, no_year=none, write=Sentence("write one of them"), give=none
    )
    assert said == "it may be 2021-09-05 or 2021-05-09; write one of them"
    assert in_language("zh")(said) == "可能是 2021-09-05 或 2021-05-09；请写明其中之一"
    other = Sentence("{end} is {kind:say}, not {kinds:or}", end="a", kind=kinds[0], kinds=kinds)
    assert other == "a is a company, not a company or a pledge"
    assert in_language("zh")(other) == "a 是公司，不是公司或承诺"
    commas = Sentence(
        "its headings have {several:and} between them; use commas alone",
        several=[Sentence("commas"), Sentence("tabs")],
    )
    assert commas == "its headings have commas and tabs between them; use commas alone"
    assert in_language("zh")(commas) == "标题之间兼有逗号和制表符；请只用逗号"
    assert in_language("zh")(Sentence("{names:list}", names=["a", "b"])) == "a、b"
    lines = Sentence("{faults:lines}", faults=[Sentence("is missing"), Sentence("is no text")])
    assert (lines, in_language("zh")(lines)) == ("is missing\nis no text", "未填写\n不是文本")


def test_an_unknown_locale_or_sentence_is_an_error() -> None:
    with pytest.raises(LocaleError):
        in_language("xx")
    with pytest.raises(KeyError):
        in_language("zh_CN")("a sentence that nobody says")
