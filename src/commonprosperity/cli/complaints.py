"""What the command says of an error, in English or in Chinese."""

from collections.abc import Sequence
from itertools import pairwise

import click

from commonprosperity.cli.advice import in_options
from commonprosperity.error_sentences import error_sentence
from commonprosperity.errors import CommonProsperityError, LocaleError
from commonprosperity.messages import Sentence, in_language, is_chinese
from commonprosperity.quoting import one_line

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
    if not is_chinese(locale):
        if isinstance(error, click.ClickException):
            return in_options(one_line(error.format_message()))
        return in_options(str(error))
    sentence = _sentence(error)
    said = in_language(locale)(sentence) if isinstance(sentence, Sentence) else sentence
    # The errors of a file stand each on a line of its own.
    return in_options("\n".join(map(one_line, said.splitlines())))


def _sentence(error: click.ClickException | CommonProsperityError) -> str:
    if isinstance(error, CommonProsperityError):
        return error_sentence(error)
    if isinstance(error, click.NoSuchOption):
        return Sentence("there is no option {option}", option=error.option_name)
    if isinstance(error, click.MissingParameter):
        return Sentence("{parameter} is missing", parameter=_parameter(error))
    if not isinstance(error, click.BadParameter):
        return error.message if isinstance(error.message, Sentence) else error.format_message()
    cause = error.__cause__
    problem = error_sentence(cause) if isinstance(cause, CommonProsperityError) else error.message
    return Sentence(
        "Invalid value for {parameter}: {problem:say}",
        parameter=_parameter(error), problem=problem,
    )  # fmt: skip


def _parameter(error: click.BadParameter) -> str:
    """Name the parameter that an error is of."""
    if error.param_hint is not None:
        return str(error.param_hint)
    return error.param.get_error_hint(error.ctx) if error.param else ""
