"""Packages that only some functions need, imported when one of those is called."""

from importlib import import_module
from typing import Any

from commonprosperity.errors import MissingExtraError


def needed(package: str, extra: str | None = None) -> Any:
    """Import a package that an extra brings, or without an extra one that users bring themselves.

    >>> needed("narwhales", extra="frames")
    Traceback (most recent call last):
        ...
    commonprosperity.errors.MissingExtraError: narwhales is not installed; run: pip install "commonprosperity[frames]"

    Raises `MissingExtraError` where it is not installed; one that is broken says so itself.
    """  # noqa: E501 (the sentence stands on one line)
    try:
        return import_module(package)
    except ModuleNotFoundError as error:
        if error.name not in {package, package.partition(".")[0]}:
            raise
        raise MissingExtraError(package, extra) from None
