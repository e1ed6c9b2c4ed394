"""The command ``commonprosperity``: totals, their explanation, records, conversions, articles.

Errors are sentences on the standard error. The exit status is 2 for a wrong use of the command,
and 1 for data that is at fault.
"""

from commonprosperity.cli.commands import main

__all__ = ["main"]
