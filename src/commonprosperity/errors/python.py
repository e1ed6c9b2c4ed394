"""Messages of the operating system and Python's parsers, as sentences that can be in Chinese."""

import re
from collections.abc import Callable

from commonprosperity.sentence import Sentence


def python_sentence(text: str) -> Sentence:
    """Return what Python says is wrong; a message that we do not know keeps Python's words.

    >>> from commonprosperity.messages import in_language
    >>> sentence = python_sentence("Invalid value (at line 2, column 9)")
    >>> print(sentence, in_language("zh_CN")(sentence), sep="; ")
    Invalid value (at line 2, column 9); 值无效（第2行第9列）
    """  # noqa: RUF002 (as Chinese writes it)
    if text in _KNOWN:
        return _KNOWN[text]
    for pattern, sentence in _WITH_FACTS:
        if match := pattern.fullmatch(text):
            return sentence(match)
    return Sentence("{problem}", problem=text)


_KNOWN = {
    str(sentence): sentence
    for sentence in (
        # The operating system
        Sentence("No such file or directory"),
        Sentence("Permission denied"),
        Sentence("Is a directory"),
        Sentence("Not a directory"),
        Sentence("File exists"),
        Sentence("File name too long"),
        Sentence("No space left on device"),
        Sentence("Read-only file system"),
        # tomllib
        Sentence("Cannot overwrite a value"),
        Sentence("Expected '=' after a key in a key/value pair"),
        Sentence("Expected ']' at the end of a table declaration"),
        Sentence("Expected ']]' at the end of an array declaration"),
        Sentence("Expected newline or end of document after a statement"),
        Sentence("Invalid date or datetime"),
        Sentence("Invalid initial character for a key part"),
        Sentence("Invalid statement"),
        Sentence("Invalid value"),
        Sentence("Unclosed array"),
        Sentence("Unclosed inline table"),
        Sentence("Unescaped '\\' in a string"),
        Sentence("Unterminated string"),
        # json
        Sentence("Expecting ',' delimiter"),
        Sentence("Expecting ':' delimiter"),
        Sentence("Expecting property name enclosed in double quotes"),
        Sentence("Expecting value"),
        Sentence("Extra data"),
        Sentence("Invalid control character at"),
        Sentence("Unterminated string starting at"),
        # expat
        Sentence("mismatched tag"),
        Sentence("undefined entity"),
        Sentence("junk after document element"),
        Sentence("duplicate attribute"),
    )
}

_WITH_FACTS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Sentence]], ...] = (
    (
        re.compile(r"(.*) \(at line ([0-9]+), column ([0-9]+)\)", re.DOTALL),
        lambda match: Sentence(
            "{problem:say} (at line {line}, column {column})",
            problem=python_sentence(match[1]), line=match[2], column=match[3],
        ),
    ),
    (
        re.compile(r"(.*) \(at end of document\)", re.DOTALL),
        lambda match: Sentence(
            "{problem:say} (at end of document)", problem=python_sentence(match[1])
        ),
    ),
    (
        re.compile(r"Cannot declare (.*) twice", re.DOTALL),
        lambda match: Sentence("Cannot declare {key} twice", key=match[1]),
    ),
    (
        re.compile(r"Duplicate inline table key (.*)", re.DOTALL),
        lambda match: Sentence("Duplicate inline table key {key}", key=match[1]),
    ),
    (
        re.compile(r"Expected (['\"].*)", re.DOTALL),
        lambda match: Sentence("Expected {text}", text=match[1]),
    ),
    (
        re.compile(r"Illegal character (.*)", re.DOTALL),
        lambda match: Sentence("Illegal character {character}", character=match[1]),
    ),
    (
        re.compile(r"Found invalid character (.*)", re.DOTALL),
        lambda match: Sentence("Found invalid character {character}", character=match[1]),
    ),
    (
        re.compile(r"Invalid control character (.*) at", re.DOTALL),
        lambda match: Sentence("Invalid control character {character} at", character=match[1]),
    ),
)  # fmt: skip
"""Patterns of messages with facts in them, each with our sentence for it."""
