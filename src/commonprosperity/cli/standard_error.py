"""What the command says beside its output: notes, warnings, and what was written."""

import click

from commonprosperity.cli.advice import in_options
from commonprosperity.messages import in_language
from commonprosperity.quoting import one_line
from commonprosperity.sentence import Sentence


def tell(sentence: Sentence) -> None:
    """Say a sentence on the standard error, in the language of the readers.

    The standard output stays for programs.
    """
    click.echo(one_line(in_options(in_language(_locale())(sentence))), err=True)


def tell_warning(warning: Warning | str) -> None:
    """Say a warning of ours, or of another library in its own words."""
    text = warning.args[0] if isinstance(warning, Warning) else warning
    if not isinstance(text, Sentence):
        text = Sentence("{problem}", problem=text)
    tell(Sentence("Warning: {warning:say}", warning=text))


def _locale() -> str:
    """Return the locale that `Commands` has found in the arguments."""
    context = click.get_current_context(silent=True)
    return str(context.obj) if context and context.obj else "en"
