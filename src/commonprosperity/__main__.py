"""``python -m commonprosperity``: the command."""

from commonprosperity.cli import main

main(prog_name="commonprosperity")
