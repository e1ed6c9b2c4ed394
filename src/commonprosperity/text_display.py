"""Values shown as one line of text: in a notebook, and padded in an f-string."""

import re
from abc import abstractmethod
from html import escape

from commonprosperity.errors import FormatError
from commonprosperity.patterns import pattern
from commonprosperity.sentence import Sentence

_WIDTH = pattern(r"(?:.?[<>^])?(?:[1-9][0-9]{0,3})?s?", re.DOTALL)
_FORMS = Sentence("a width, such as >24")


class TextDisplay:
    """A value that a notebook shows as one line of text, never as HTML or as a formula."""

    __slots__ = ()

    @abstractmethod
    def _notebook_text(self) -> str:
        """Return the line."""

    def _repr_html_(self) -> str:
        text = escape(self._notebook_text())
        return f'<span class="commonprosperity tex2jax_ignore mathjax_ignore">{text}</span>'

    def _repr_markdown_(self) -> str:
        return escape(self._notebook_text())


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
