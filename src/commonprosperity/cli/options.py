"""``Options``: several options of the command, given to all the commands that share them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import attrs

Command = Callable[..., None]


@attrs.frozen
class Options:
    """Options that several commands share, and what is made of their values.

    ``prepare`` takes the arguments of a command by their names, those of the options among them,
    and returns them as the command wants them.
    """

    options: tuple[Callable[[Command], Command], ...]
    prepare: Callable[..., dict[str, Any]]

    def then(self, others: "Options") -> "Options":
        """Return these options and others, prepared after these and listed before them."""
        return Options(
            (*others.options, *self.options),
            lambda **arguments: others.prepare(**self.prepare(**arguments)),
        )

    def __call__(self, command: Command) -> Command:
        """Give a command the options."""

        @wraps(command)
        def prepared(**arguments: Any) -> None:
            command(**self.prepare(**arguments))

        with_options: Command = prepared
        for option in reversed(self.options):
            with_options = option(with_options)
        return with_options
