"""Fetching the ECB's file, from a real server on this machine that misbehaves in every way."""

import io
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import commonprosperity as cp
from commonprosperity.rates.ecb import embedded_file, fetched_file, history, newest

Answer = Callable[[BaseHTTPRequestHandler], None]
Serve = Callable[[Answer], str]


def zipped(lines: list[str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("eurofxref-hist.csv", "\n".join(lines))
    return file.getvalue()


LINES = history(embedded_file())[:201]


@pytest.fixture(autouse=True)
def _own_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have a cache of its own, and a history at hand of 200 days, as 7,000 take seconds to read."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    at_hand = tmp_path / "at-hand.zip"
    at_hand.write_bytes(zipped(LINES))
    room = sys.modules["commonprosperity.rates.ecb"]  # `rates.ecb` is the function
    monkeypatch.setattr(room, "embedded_file", lambda: at_hand)
    newest.cache_clear()
    yield
    newest.cache_clear()


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers: list[ThreadingHTTPServer] = []

    def start(answer: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                answer(self)

            def log_message(self, *_: object) -> None: ...

        servers.append(ThreadingHTTPServer(("127.0.0.1", 0), Handler))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_port}/eurofxref-hist.zip"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


CURRENCIES = LINES[0].rstrip(",").split(",")[1:]
NEXT_DAY = "2031-01-02," + ",".join("9" if code == "CNY" else "3" for code in CURRENCIES) + ","
NEWER = zipped([LINES[0], NEXT_DAY, *LINES[1:]])


def send(handler: BaseHTTPRequestHandler, body: bytes, length: int | None = None) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(body) if length is None else length))
    handler.end_headers()
    handler.wfile.write(body)


def test_newer_history_is_taken_by_ecb(serve: Serve) -> None:
    with pytest.raises(cp.errors.RateNotFoundError):
        cp.rates.ecb().rate("USD", "CNY", "2031-01-02")
    path = cp.rates.download(serve(partial(send, body=NEWER)))
    assert path == fetched_file()
    assert cp.rates.ecb().rate("USD", "CNY", "2031-01-02").factor == 3
    assert [file.name for file in path.parent.iterdir()] == ["eurofxref-hist.zip"]


def test_length_need_not_be_announced(serve: Serve) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(NEWER)

    assert cp.rates.download(serve(answer)).exists()


def test_redirect_is_followed(serve: Serve) -> None:
    target = serve(partial(send, body=NEWER))

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", target)
        handler.end_headers()

    assert cp.rates.download(serve(answer)).exists()


def redirect_to(location: str, handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(302)
    handler.send_header("Location", location)
    handler.end_headers()


def stall(handler: BaseHTTPRequestHandler) -> None:
    send(handler, NEWER[:1000], len(NEWER))
    handler.wfile.flush()
    time.sleep(2)


def drip(handler: BaseHTTPRequestHandler) -> None:
    send(handler, b"", len(NEWER))
    for byte in NEWER[:40]:
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        time.sleep(0.05)


def fail(handler: BaseHTTPRequestHandler) -> None:
    handler.send_error(503)


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


WRONG = zipped([LINES[0], NEXT_DAY.replace("9", "NaN"), *LINES[1:]])


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (stall, "it did not come within 0.5 seconds"),
        (drip, "it did not come within 0.5 seconds"),
        (partial(send, body=NEWER[:1000], length=len(NEWER)), r"only 1,000 of [\d,]+ bytes came"),
        (partial(send, body=b"<html>Maintenance</html>"), "it is not the ECB's file"),
        (partial(send, body=b""), "it is not the ECB's file"),
        (partial(send, body=zipped(["<html>"])), "its heading is <html>"),
        (partial(send, body=zipped(LINES[:100])), "it has 99 days, fewer than the"),
        (partial(send, body=zipped([LINES[0], *LINES[2:], LINES[-1]])), "fewer than the"),
        (partial(send, body=WRONG), "'NaN' is no amount"),
        (partial(send, body=NEWER[:5000]), "it is not the ECB's file"),
        (partial(send, body=b"", length=60_000_000), "only 0 of 60,000,000 bytes came"),
        (partial(redirect_to, "file:///etc/passwd"), "Redirection to url 'file:///etc/passwd'"),
        (partial(redirect_to, "/eurofxref-hist.zip"), "redirect"),
        (fail, "Service Unavailable"),
        (hang_up, "Remote end closed connection"),
    ],
)
def test_what_is_not_the_history_in_time_is_refused_and_nothing_is_left(
    serve: Serve, answer: Answer, problem: str
) -> None:
    url = serve(answer)
    with pytest.raises(cp.errors.DownloadError, match=problem) as error:
        cp.rates.download(url, timeout=0.5)
    assert error.value.url == url
    assert not list(fetched_file().parent.iterdir())


def test_file_that_was_there_stays_when_a_download_fails(serve: Serve) -> None:
    path = cp.rates.download(serve(partial(send, body=NEWER)))
    with pytest.raises(cp.errors.DownloadError, match="fewer than the"):
        cp.rates.download(serve(partial(send, body=zipped(LINES))))
    assert path.read_bytes() == NEWER


def test_older_file_in_the_cache_is_passed_over() -> None:
    fetched_file().parent.mkdir(parents=True)
    fetched_file().write_bytes(zipped([LINES[0], *LINES[2:]]))
    assert newest().path.name == "at-hand.zip"


def test_file_in_the_cache_that_is_no_newer_is_passed_over() -> None:
    fetched_file().parent.mkdir(parents=True)
    fetched_file().write_bytes(zipped(LINES))
    assert newest().path.name == "at-hand.zip"


def test_size_has_a_limit(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    room = sys.modules["commonprosperity.rates.download"]  # `rates.download` is the function
    monkeypatch.setattr(room, "_SIZE_AT_MOST", 1000)
    with pytest.raises(cp.errors.DownloadError, match="far larger"):
        cp.rates.download(serve(partial(send, body=NEWER)))


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://localhost/x", "eurofxref.zip"])
def test_only_web_addresses_are_fetched(url: str) -> None:
    with pytest.raises(cp.errors.DownloadError, match="it is no web address"):
        cp.rates.download(url)


def test_server_that_is_not_there_is_an_error_of_ours() -> None:
    with pytest.raises(cp.errors.DownloadError, match="refused"):
        cp.rates.download("http://127.0.0.1:9/x.zip")


def test_bar_is_shown_in_a_terminal_only(serve: Serve, capsys: pytest.CaptureFixture[str]) -> None:
    cp.rates.download(serve(partial(send, body=NEWER)))
    assert capsys.readouterr().err == ""
