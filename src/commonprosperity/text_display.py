"""``TextDisplay``: values that a notebook shows as one line of text."""

from abc import abstractmethod
from html import escape


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
