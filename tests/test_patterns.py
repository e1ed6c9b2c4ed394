"""Patterns are compiled when they are first used, and then do what Python's do."""

import copy
import pickle
import re
from importlib import import_module
from pkgutil import walk_packages

import pytest

import commonprosperity
from commonprosperity import patterns
from commonprosperity.patterns import pattern

MODULES = [
    module.name
    for module in walk_packages(commonprosperity.__path__, "commonprosperity.")
    if not module.name.endswith(("__main__", "charts.notebook"))
]


def test_a_pattern_matches_as_the_compiled_one_does() -> None:
    digits = pattern("([0-9]+) (billion|million)")
    text = "5 million and 10 BILLION"
    assert digits.findall(text) == [("5", "million")]
    assert digits.sub(r"\2", text) == "million and 10 BILLION"
    assert digits.fullmatch("5 million")
    assert not digits.fullmatch(text)
    assert digits.groups == 2


def test_a_pattern_keeps_its_flags() -> None:
    words = pattern("^billion.", re.IGNORECASE | re.DOTALL)
    assert words.search("BILLION\n")
    assert not words.search("5\nbillion")
    assert not pattern("^billion.").search("BILLION\n")


def test_a_pattern_is_compiled_at_its_first_use_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []

    class Counting:
        @staticmethod
        def compile(text: str, flags: int) -> re.Pattern[str]:
            compiled.append(text)
            return re.compile(text, flags)

    monkeypatch.setattr(patterns, "re", Counting)
    digits = pattern("[0-9]+")
    assert digits.pattern == "[0-9]+"
    assert not compiled
    assert [digits.match(text) is not None for text in ("5", "x", "6")] == [True, False, True]
    assert compiled == ["[0-9]+"]


@pytest.mark.parametrize("is_used", [False, True])
def test_a_copy_of_a_pattern_is_the_compiled_one(*, is_used: bool) -> None:
    words = pattern("billion", re.IGNORECASE)
    if is_used:
        assert words.match("Billion")
    compiled = re.compile("billion", re.IGNORECASE)
    assert copy.copy(words) == copy.deepcopy(words) == compiled
    assert pickle.loads(pickle.dumps(words)) == compiled  # noqa: S301


def test_a_pattern_without_sense_is_refused_where_it_is_used() -> None:
    brackets = pattern("(")
    with pytest.raises(re.error):
        brackets.match("(")


@pytest.mark.parametrize("name", MODULES)
def test_every_pattern_of_the_house_compiles(name: str) -> None:
    for value in vars(import_module(name)).values():
        if isinstance(value, type(pattern(""))):
            value.match("")  # raises an error where it has no sense
