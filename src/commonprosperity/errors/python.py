"""Messages of the operating system and Python's parsers, as sentences that can be in Chinese."""

import re

from commonprosperity.patterns import pattern
from commonprosperity.sentence import Sentence


def python_sentence(text: str) -> Sentence:
    """Return what Python says is wrong; a message that we do not know keeps Python's words.

    >>> from commonprosperity.messages import in_language
    >>> sentence = python_sentence("Invalid value (at line 2, column 9)")
    >>> print(sentence, in_language("zh_CN")(sentence), sep="; ")
    Invalid value (at line 2, column 9); 值无效（第2行第9列）
    """  # noqa: RUF002 (as Chinese writes it)
    if text in _WITHOUT_FACTS:
        return _WITHOUT_FACTS[text]
    for wording, template in _WITH_FACTS.items():
        if match := wording.fullmatch(text):
            facts = match.groupdict()
            if "problem" in facts:
                facts["problem"] = python_sentence(facts["problem"])
            return Sentence(template, **facts)
    return Sentence("{problem}", problem=text)


_WITHOUT_FACTS = {
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


def _pattern(template: str) -> re.Pattern[str]:
    """Make a pattern of a template: of ``twice {key}`` it is ``twice (?P<key>.*)``."""
    groups = re.sub(r"\\{(\w+)(:say)?\\}", r"(?P<\1>.*)", re.escape(template))
    return pattern(groups, re.DOTALL)


_WITH_FACTS = {
    _pattern(sentence.template): sentence.template
    for sentence in (
        Sentence("{problem:say} (at line {line}, column {column})", problem="", line="", column=""),
        Sentence("{problem:say} (at end of document)", problem=""),
        Sentence("Cannot declare {key} twice", key=""),
        Sentence("Duplicate inline table key {key}", key=""),
        Sentence("Expected {text}", text=""),
        Sentence("Illegal character {character}", character=""),
        Sentence("Found invalid character {character}", character=""),
        Sentence("Invalid control character {character} at", character=""),
    )
}
"""The templates of messages with facts in them, each by the pattern that finds the facts."""
