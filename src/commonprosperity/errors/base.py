"""The base of all errors, and what no room has for itself."""

import attrs

from commonprosperity.errors.python import python_sentence
from commonprosperity.quoting import one_line
from commonprosperity.sentence import Sentence


class CommonProsperityError(Exception):
    """The base of every error that this library raises."""

    def __str__(self) -> str:
        """Return the sentence: one line, without a character that would act on the terminal."""
        return one_line(self.sentence)

    @property
    def sentence(self) -> Sentence:
        """What the error says: a text in English, which the command says in Chinese too."""
        return self._sentence()

    def _sentence(self) -> Sentence:
        raise NotImplementedError


def sentence_of(error: Exception) -> Sentence:
    """Return what an error says, be it ours or Python's."""
    if isinstance(error, CommonProsperityError):
        return error.sentence
    return python_sentence(getattr(error, "strerror", None) or str(error))


class DoubleCountWarning(UserWarning):
    """Perhaps one sum is counted twice.

    One initiative has separate pledges of different stages, or one recipient is promised and paid
    as much; or two companies go by one name.
    """


@attrs.define(slots=False)
class MissingExtraError(CommonProsperityError, ImportError):
    """A package that a function needs is not installed.

    ``extra`` is the extra of this library that brings it, or None where users bring their own.
    """

    package: str
    extra: str | None = None

    @property
    def command(self) -> str:
        """The command that installs it."""
        requirement = f'"commonprosperity[{self.extra}]"' if self.extra else self.package
        return f"pip install {requirement}"

    def _sentence(self) -> Sentence:
        return Sentence(
            "{package} is not installed; run: {command}", package=self.package, command=self.command
        )
