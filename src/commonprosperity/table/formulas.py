"""Texts that a spreadsheet would run as a formula: made harmless, and restored.

A spreadsheet runs a cell that starts with ``=``, ``+``, ``-`` or ``@``, or their full-width forms,
also after a tab. An apostrophe in front keeps it a text.
"""

from commonprosperity.patterns import pattern

_FORMULA = pattern("'*[=+\\-@\t\r＝＋－＠]")
_NUMBER = pattern(r"-?[0-9.]+(?:[eE][+-]?[0-9]+)?")


def neutral(text: str) -> str:
    """Put an apostrophe in front of a text that a spreadsheet would run, unless it is a number.

    >>> neutral("=1+1"), neutral("'=1+1"), neutral("-5.5"), neutral("it's")
    ("'=1+1", "''=1+1", '-5.5', "it's")
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def original(text: str) -> str:
    """Remove the apostrophe that `neutral` puts in front of a text.

    >>> original("'=1+1"), original("''=1+1"), original("-5.5"), original("'tis")
    ('=1+1', "'=1+1", '-5.5', "'tis")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
