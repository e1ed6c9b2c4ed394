"""Click's messages about a wrong use of the command, as sentences that can be said in Chinese."""

import re
from collections.abc import Callable

import click

from commonprosperity.errors import CommonProsperityError
from commonprosperity.patterns import pattern
from commonprosperity.quoting import label, suggestion
from commonprosperity.sentence import NO_SENTENCE, Sentence


def click_sentence(error: click.ClickException, problem: Sentence | None = None) -> Sentence:
    """Return what an error of click says; a message that we do not know keeps click's words.

    ``problem`` takes the place of what is wrong with a value.
    """
    if isinstance(error, click.NoSuchOption):
        near = suggestion(error.option_name, error.possibilities or ())
        return Sentence(
            "there is no option {option}{near:say}", option=error.option_name, near=near
        )
    if name := getattr(error, "command_name", None):
        near = suggestion(name, getattr(error, "possibilities", None) or ())
        return Sentence("there is no command {name}{near:say}", name=label(name), near=near)
    if isinstance(error, click.MissingParameter):
        return Sentence("{parameter} is missing", parameter=_parameter(error))
    if not isinstance(error, click.BadParameter):
        return _sentence(error.message)
    cause = error.__cause__
    ours = cause.sentence if isinstance(cause, CommonProsperityError) else None
    problem = problem or ours or _sentence(error.message)
    if not _parameter(error):
        return problem
    return Sentence(
        "Invalid value for {parameter}: {problem:say}", parameter=_parameter(error), problem=problem
    )


def _parameter(error: click.BadParameter) -> str:
    """Return the name of the parameter that has a wrong value, or none."""
    if error.param_hint is not None:
        return str(error.param_hint)
    return error.param.get_error_hint(error.ctx) if error.param else ""


def _sentence(message: str) -> Sentence:
    if isinstance(message, Sentence):
        return message
    for wording, sentence in _OF_CLICK:
        if match := wording.match(message):
            return sentence(match)
    return Sentence("{problem}", problem=message)


_OF_CLICK: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Sentence]], ...] = (
    (
        pattern(r"No such command '(.*?)'\."),
        lambda match: Sentence(
            "there is no command {name}{near:say}", name=label(match[1]), near=NO_SENTENCE
        ),
    ),
    (
        pattern(r"Got unexpected extra arguments? \((.*)\)"),
        lambda match: Sentence("there are too many arguments: {names}", names=label(match[1])),
    ),
    (
        pattern(r"Option '(.*?)' requires an argument\."),
        lambda match: Sentence("option {option} needs a value", option=match[1]),
    ),
    (
        pattern(r"Option '(.*?)' does not take a value\."),
        lambda match: Sentence("option {option} takes no value", option=match[1]),
    ),
    (
        pattern(r"('.*') is not one of (.*)\."),
        lambda match: Sentence(
            "{value} is none of {values:list}",
            value=label(match[1]), values=[each.strip("'") for each in match[2].split(", ")],
        ),
    ),
)  # fmt: skip
"""Patterns of the commonest messages of click, each with our sentence for it."""
