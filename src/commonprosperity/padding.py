"""Texts of values in f-strings: padded to a width, and never cut short."""

import re

from commonprosperity.errors import FormatError
from commonprosperity.sentence import Sentence

_WIDTH = re.compile(r"(?:.?[<>^])?(?:[1-9][0-9]{0,3})?s?", re.DOTALL)


_FORMS = Sentence("a width, such as >24")


def padded(text: str, spec: str, forms: Sentence = _FORMS) -> str:
    """Pad a text as ``str`` does: to the left, to the right or on both sides.

    >>> padded("5 CNY", ">8"), padded("5 CNY", "*^9")
    ('   5 CNY', '**5 CNY**')

    Raises `FormatError`, with the right ``forms``, for every other specification: a precision would
    cut 1,234.5 CNY down to 1,2.
    """
    if not _WIDTH.fullmatch(spec):
        raise FormatError(spec, forms)
    return format(text, spec)
