"""The group of all commands, whose errors are sentences, and a command that takes amounts."""

import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from commonprosperity.cli.complaints import complaint, locale_of
from commonprosperity.disk import problem_of
from commonprosperity.errors import CommonProsperityError
from commonprosperity.messages import in_language
from commonprosperity.quoting import one_line
from commonprosperity.sentence import Sentence


class Commands(click.Group):
    """A group whose errors are sentences, without a traceback or the list of options."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002 (the signature is click's)
        **extra: Any,
    ) -> Any:
        """Run the command; ``standalone_mode`` ends the process with its exit status."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        locale = locale_of(sys.argv[1:] if args is None else args)
        extra.setdefault("obj", locale)  # for `tell`
        try:
            status = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
            sys.exit(status or 0)
        except click.ClickException as error:
            _complain(complaint(error, locale), error.exit_code)
        except CommonProsperityError as error:
            _complain(complaint(error, locale), 1)
        except click.Abort:
            _complain(in_language(locale)(Sentence("interrupted")), 1)
        except BrokenPipeError:
            # The reader has gone, as with `| head`: what is left in the buffer goes nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        except OSError as error:
            sentence = problem_of(error)
            if error.filename:
                sentence = Sentence("{part:say}: {rest:say}", part=error.filename, rest=sentence)
            _complain(one_line(in_language(locale)(sentence)), 1)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the options before a command; refuse one that stands after it, with its place."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            for name, command in self.commands.items():
                if takes(command, error.option_name):
                    raise _misplaced(name, error.option_name) from None
            raise

    def refuse_options_of_commands(self, ctx: click.Context) -> None:
        """Refuse an option that was given before a command, which would not get it."""
        name = ctx.invoked_subcommand
        for parameter in self.params:
            source = ctx.get_parameter_source(str(parameter.name))
            if name and source is click.core.ParameterSource.COMMANDLINE:
                option = parameter.opts[0]
                if takes(self.commands[name], option):
                    raise _misplaced(name, option)
                raise click.UsageError(
                    Sentence("{name} has no option {option}", name=name, option=option)
                )


class AmountCommand(click.Command):
    """A command whose argument is an amount, which may be below zero: ``-5 CNY``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put amounts below zero behind ``--``; options begin with two hyphens."""
        below_zero = [word for word in args if word[:1] == "-" != word[1:2]]
        if below_zero and "--" not in args:
            args = [*(word for word in args if word not in below_zero), "--", *below_zero]
        return super().parse_args(ctx, args)


def takes(command: click.Command, option: str) -> bool:
    """Whether a command has an option."""
    return any(option in parameter.opts for parameter in command.params)


def _misplaced(command: str, option: str) -> click.UsageError:
    problem = Sentence(
        "{option} stands after its command: commonprosperity {command} {option} ...",
        option=option, command=command,
    )  # fmt: skip
    return click.UsageError(problem)


def _complain(sentence: str, status: int) -> NoReturn:
    click.echo(f"commonprosperity: {sentence}", err=True)
    sys.exit(status)
