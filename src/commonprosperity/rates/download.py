"""Fetching the ECB's current rates: the one thing in the library that uses the network."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING

from commonprosperity.bar import tqdm_disabled
from commonprosperity.errors import CellError, DownloadError, FileError
from commonprosperity.errors.base import sentence_of
from commonprosperity.rates.csv_file import read_lines
from commonprosperity.rates.ecb import fetched_file, history, newest
from commonprosperity.sentence import Sentence

if TYPE_CHECKING:
    from http.client import HTTPResponse

URL = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip"

_SIZE_AT_MOST = 50_000_000  # bytes; the file has 650,000 after 28 years
_CHUNK = 65_536


def download(url: str = URL, *, timeout: float = 60, bar: bool = True) -> Path:
    """Fetch the ECB's current history into the user's cache, from where `ecb` takes it.

    The file replaces an older one only if it arrives whole, every number in it is valid, and it is
    no shorter than the history at hand. ``timeout`` is in seconds, for all of it.
    ``bar`` shows progress in a terminal and a notebook.

    Raises `DownloadError` when the file does not come in time or whole, or is not that history.
    """
    from tempfile import NamedTemporaryFile  # noqa: PLC0415 (with the network's, 40 ms to import)

    target = fetched_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, suffix=".zip", delete=False) as file:
        fetched = Path(file.name)
        try:
            _fetch(url, file, timeout, bar=bar)
            file.close()
            _check(url, fetched)
            fetched.replace(target)
        finally:
            fetched.unlink(missing_ok=True)
    newest.cache_clear()
    return target


def _fetch(url: str, file: IO[bytes], timeout: float, *, bar: bool) -> None:
    # Imported here, as they take 40 ms that only a download needs.
    from http.client import HTTPException  # noqa: PLC0415
    from urllib.error import HTTPError  # noqa: PLC0415
    from urllib.request import Request, urlopen  # noqa: PLC0415

    from tqdm import tqdm  # noqa: PLC0415

    if not url.startswith(("https://", "http://")):
        raise DownloadError(url, Sentence("it is no web address"))
    deadline = time.monotonic() + timeout
    request = Request(url, headers={"User-Agent": "commonprosperity"})  # noqa: S310 (checked above)
    try:
        with urlopen(request, timeout=timeout) as response:  # noqa: S310
            size = int(response.headers.get("Content-Length") or 0)
            disable = tqdm_disabled(bar=bar)
            with tqdm(total=size or None, unit="B", unit_scale=True, disable=disable) as received:
                _copy(response, file, deadline, received.update)
    except TimeoutError:
        raise DownloadError(
            url, Sentence("it did not come within {timeout} seconds", timeout=f"{timeout:g}")
        ) from None
    except HTTPError as error:
        with error:  # it holds the connection
            raise DownloadError(url, Sentence("{problem}", problem=error)) from None
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        problem = (
            sentence_of(reason)
            if isinstance(reason, Exception)
            else Sentence("{problem}", problem=reason)
        )
        raise DownloadError(url, problem) from None
    if size and file.tell() != size:
        problem = Sentence(
            "only {count} of {size} bytes came", count=f"{file.tell():,}", size=f"{size:,}"
        )
        raise DownloadError(url, problem)


def _copy(
    response: "HTTPResponse", file: IO[bytes], deadline: float, report: Callable[[int], object]
) -> None:
    """Write the response piece by piece, so that a slow trickle is timed out too."""
    while chunk := response.read1(_CHUNK):
        report(file.write(chunk))
        if time.monotonic() > deadline:
            raise TimeoutError
        if file.tell() > _SIZE_AT_MOST:
            raise CellError(Sentence("it is far larger than the ECB's history"))


def _check(url: str, path: Path) -> None:
    """Refuse what is not the ECB's history, or has fewer days than the one at hand."""
    try:
        lines = history(path)
        read_lines(lines, url, "ECB")
    except FileError as error:
        raise DownloadError(url, error.faults[0].problem) from None
    at_hand = newest().lines
    if len(lines) - 1 < len(at_hand) or max(lines[1:])[:10] < at_hand[-1][:10]:
        problem = Sentence(
            "it has {count} days, fewer than the {known} at hand",
            count=f"{len(lines) - 1:,}", known=f"{len(at_hand):,}",
        )  # fmt: skip
        raise DownloadError(url, problem)
