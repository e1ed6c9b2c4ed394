"""``Output``: where a command prints, and in which form."""

import json
import sys
from collections.abc import Callable
from functools import wraps
from shutil import get_terminal_size
from typing import Any

import attrs
import click

from commonprosperity.cli.parameters import file_named, parsed_by
from commonprosperity.disk import named, put
from commonprosperity.messages import in_language
from commonprosperity.sentence import Sentence, together
from commonprosperity.table import Table
from commonprosperity.wording import known_locale


@attrs.frozen
class Output:
    """A form (``text``, ``markdown``, ``json`` or ``csv``), and a file, if it is not printed.

    ``locale`` is that of the readers.
    """

    form: str
    file: str | None
    locale: str = "en"

    def say(self, sentence: str) -> str:
        """Say a sentence of ours in the language of the readers."""
        return in_language(self.locale)(sentence)

    def table(self, table: Table) -> None:
        """Print a table in the form."""
        self.text(self.text_of(table))

    def text_of(self, table: Table) -> str:
        """Write a table in the form and the language; for a terminal, as wide as that is."""
        table = table.in_locale(self.locale)
        terminal = self.file is None and sys.stdout is not None and sys.stdout.isatty()
        width = get_terminal_size().columns if terminal else None
        write: dict[str, Callable[[], str]] = {
            "text": lambda: table.text(width),
            "markdown": table.markdown,
            "json": table.json,
            "csv": table.csv,
        }
        return write[self.form]()

    def text(self, text: str) -> None:
        """Print a text of the form, or put it into the file, in UTF-8.

        Raises `FileError` where the file cannot be written, and click's own error where the output
        has no encoding for the text.
        """
        if self.file is not None:
            put(named(self.file), f"{text}\n".encode())
        elif sys.stdout is None:
            problem = Sentence("there is no output to print to")
            raise click.ClickException(together([problem, _WAY_OUT]))
        else:
            click.echo(self._encodable(text))

    def _encodable(self, text: str) -> str:
        """Return a text that the output's encoding can hold, with the same meaning."""
        encoding = sys.stdout.encoding or "utf-8"
        try:
            text.encode(encoding)
        except UnicodeEncodeError as error:
            if self.form == "json":
                return json.dumps(json.loads(text), indent=2)  # in ASCII, with \u817e for 腾
            if sys.stdout.isatty():
                return text.encode(encoding, "replace").decode(encoding)  # a "?" for who reads it
            # In a file two names would become one: ??.
            problem = Sentence(
                "the output is in {encoding}, which has no {character}",
                encoding=encoding, character=text[error.start],
            )  # fmt: skip
            raise click.ClickException(together([problem, _WAY_OUT])) from None
        return text


Command = Callable[..., None]

_WAY_OUT = Sentence("write to a file in UTF-8 with --out FILE")


_form_option = click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json", "csv"]), default="text",
    help="How to print tables.", show_default=True,
)  # fmt: skip
_file_option = click.option(
    "--out", "file", type=click.Path(), callback=parsed_by(file_named), metavar="FILE",
    help="Write to a file, in UTF-8, instead of printing.",
)  # fmt: skip


locale_option = click.option(
    "--locale", callback=parsed_by(lambda name: str(known_locale(name))), default="en",
    metavar="LOCALE", help="For which readers: en or zh_CN.", show_default=True,
)  # fmt: skip
"""The option that says in which language a command writes."""


def output_options(command: Command) -> Command:
    """Give a command that prints tables the options of its output, and an `Output` made of them."""
    return _form_option(locale_option(_file_option(_with_output(command))))


def json_options(command: Command) -> Command:
    """Give a command that prints JSON the option of a file, and an `Output` made of it."""
    return _file_option(_with_output(command))


def _with_output(command: Command) -> Command:
    @wraps(command)
    def with_output(
        *arguments: Any,
        file: str | None,
        form: str = "json",
        locale: str = "en",
        **options: Any,
    ) -> None:
        command(*arguments, output=Output(form, file, locale), **options)

    return with_output
