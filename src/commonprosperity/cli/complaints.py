"""What the command says of an error, in English or in Chinese."""

from collections.abc import Sequence
from itertools import pairwise

import click

from commonprosperity.cli.advice import in_options
from commonprosperity.cli.click_sentences import click_sentence
from commonprosperity.errors import CommonProsperityError, DatasetError, LocaleError
from commonprosperity.messages import in_language, is_chinese
from commonprosperity.quoting import one_line
from commonprosperity.sentence import Sentence

_OPTION = "--locale"


def locale_of(arguments: Sequence[str]) -> str:
    """Return the locale that the arguments of the command name, before they are taken apart.

    >>> locale_of(["total", "--locale", "zh_CN"]), locale_of(["--locale=zh_TW"]), locale_of([])
    ('zh_CN', 'zh_TW', 'en')

    It is English where there is no such locale, which is an error of its own.
    """
    words = [word for argument in arguments for word in argument.split("=", 1)]
    name = dict(pairwise(words)).get(_OPTION, "en")
    try:
        is_chinese(name)
    except LocaleError:
        return "en"
    return name


def complaint(error: click.ClickException | CommonProsperityError, locale: str) -> str:
    """Say an error in the language of a locale, and its advice in the options of the command."""
    if is_chinese(locale) or isinstance(error.__cause__, DatasetError):
        say = in_language(locale)
        return in_options("\n".join(one_line(say(sentence)) for sentence in _sentences(error)))
    if isinstance(error, click.ClickException):
        return in_options(one_line(error.format_message()))
    return in_options(str(error))


def _sentences(error: click.ClickException | CommonProsperityError) -> list[Sentence]:
    """Return the sentences of an error, for a line each: those of a file's faults, or one."""
    if isinstance(error, click.ClickException):
        if not isinstance(error.__cause__, DatasetError):
            return [click_sentence(error)]
        first, *others = (fault.sentence for fault in error.__cause__.faults)
        return [click_sentence(error, first), *others]
    if isinstance(error, DatasetError):
        return [fault.sentence for fault in error.faults]
    return [error.sentence]
