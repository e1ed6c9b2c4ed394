"""Whatever a stranger's file says: nothing of it runs, and nothing is asked of the network.

Every string is put in every text of the records that take it, and in every text of a table. All
that they show is written to one page, which a browser opens.
"""

import shutil
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest

import commonprosperity as cp
from commonprosperity.table import STYLE, Column, Kind, Link, Table, TableDisplay

RUN = "document.title='ran'"
AWAY = "http://127.0.0.1:PORT/asked"

MARKUP = [
    f"<script>{RUN}</script>",
    f"<ScRiPt src={AWAY}></sCrIpT>",
    f"</td></tr></table><script>{RUN}</script>",
    f"</caption><img src={AWAY} onerror={RUN}>",
    f'"><img src=x onerror="{RUN}">',
    f"'><img src=x onerror='{RUN}'>",
    f'" onmouseover="{RUN}" autofocus onfocus="{RUN}" x="',
    f"' onclick='{RUN}' style='background:url({AWAY})",
    f"` onerror=`{RUN}`",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x dur=1s>",
    f"<math><mtext><script>{RUN}</script></mtext></math>",
    f"<body onload={RUN}>",
    f"<details open ontoggle={RUN}>",
    f"<video autoplay><source onerror={RUN} src={AWAY}>",
    f'<iframe src="javascript:parent.{RUN}"></iframe>',
    f'<iframe srcdoc="<script>parent.{RUN}</script>">',
    f"<object data={AWAY}></object><embed src={AWAY}>",
    f'<meta http-equiv=refresh content="0;url={AWAY}">',
    f"<base href={AWAY}/>",
    f"<link rel=stylesheet href={AWAY}>",
    f"<style>@import url({AWAY});</style>",
    f"</style><script>{RUN}</script>",
    f"</textarea></title></noscript><script>{RUN}</script>",
    f"<form action={AWAY}><button autofocus onfocus={RUN}>",
    f'<a href="javascript:{RUN}">here</a>',
    f"<template><script>{RUN}</script></template>",
    f"<!-- --><script>{RUN}</script><!--",
    f"<!--><script>{RUN}</script>-->",
    f"<![CDATA[<script>{RUN}</script>]]>",
    f"<?php ?><script>{RUN}</script>",
    "<img src=x onerror=",
    "<b><i><u>never closed",
    f"{'A' * 10_000}<script>{RUN}</script>",
    f"+ADw-script+AD4-{RUN}+ADw-/script+AD4-",
    f"＜script＞{RUN}＜/script＞",
    f"%3Cscript%3E{RUN}%3C/script%3E",
]  # fmt: skip
ENTITIES = [
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"&#60;script&#62;{RUN}&#60;/script&#62;",
    f"&#x3C;img src=x onerror={RUN}&#x3E;",
    "&quot; onload=&quot;x",
    "&amp;lt;b&amp;gt; &nbsp; &copy &notin; &",
]
ADDRESSES = [
    f"javascript:{RUN}",
    f"JaVaScRiPt:{RUN}",
    f"data:text/html,<script>{RUN}</script>",
    "data:text/html;base64,PHNjcmlwdD5kb2N1bWVudC50aXRsZT0ncmFuJzwvc2NyaXB0Pg==",
    f"vbscript:{RUN}",
    "//127.0.0.1:PORT/asked",
    "file:///etc/passwd",
    f'https://a.org/"onmouseover="{RUN}',
    f"https://a.org/'><script>{RUN}</script>",
    f"http://javascript:{RUN}",
    "https://a.org/)](<b>)|`$x$&lt;",
]  # fmt: skip
MARKDOWN = [
    f"[here](javascript:{RUN})",
    f"![]({AWAY})",
    f"<{AWAY}>",
    f"[a]: {AWAY}",
    f"![a][b] [b]: {AWAY}",
    f"| a | b | <script>{RUN}</script> |",
    f"\\<script>{RUN}</script>",
    f"`<script>{RUN}</script>",
    f"``` ~~~ <script>{RUN}</script>",
    "# heading", "- item", "1. item", "---", "> quote", "**bold** __bold__ ~~gone~~ *a* _b_",
]  # fmt: skip
FORMULAS = [
    r"$\href{javascript:alert(1)}{x}$",
    rf"\(\unicode{{<img src=x onerror={RUN}>}}\)",
    r"$$\require{html}\style{x}{y}$$ \[x\] \begin{x}y\end{x}",
    f'{{{{constructor.constructor("{RUN}")()}}}}',
    f"${{{RUN}}} #{{{RUN}}} <%= {RUN} %> {{% x %}}",
    f'=HYPERLINK("{AWAY}")',
]  # fmt: skip
UNSEEN = [
    f"\x00<script>{RUN}</script>",
    f"<scr\x00ipt>{RUN}</scr\x00ipt>",
    "\x1b]8;;http://a.org\x07here\x1b]8;;\x07 \x1b[2J",
    "\u202etpircs\u202c \u2066\u2069",
    "\ud800 alone",
    "\x85\x9b31m",
]  # fmt: skip
LINES = [
    f"java\tscript:{RUN}",
    f"java\nscript:{RUN}",
    f"https://a.org/\r\n<script>{RUN}</script>",
    f"line\n\n<script>{RUN}</script>\n\n# heading",
    f"separated\u2028<script>{RUN}</script>\u2029",
]
# Without the first two: by its name, each would be one company with the address without a space.
SEEN = [*MARKUP, *ENTITIES, *ADDRESSES, *MARKDOWN, *FORMULAS, *LINES[2:]]

ONE_NAME_IN_TWO_CASES = pytest.mark.filterwarnings(
    "ignore::commonprosperity.errors.DoubleCountWarning"
)

TAGS = {
    "html", "head", "meta", "title", "body", "style", "table", "caption", "small", "br", "thead",
    "tbody", "tfoot", "tr", "th", "td", "a", "i", "p", "strong", "span", "hr",
}  # fmt: skip
STYLES = ("text-align: right", "text-align:right", "background-size: ")


def records(texts: list[str]) -> Iterator[Any]:
    """Put each text in every field that holds one, of a record of each kind."""
    for at, text in enumerate(texts):
        url = "https://127.0.0.1/" + "".join(text.split())
        here: dict[str, Any] = {"source": f"source-{at}", "locator": text, "note": text}
        yield cp.Source(id=f"source-{at}", title=text, publisher=text, url=url, note=text)
        yield cp.Company(
            id=f"company-{at}", name=text, name_zh=text, aliases=[text, text], note=text
        )
        yield cp.Initiative(
            id=f"initiative-{at}", company=f"company-{at}", name=text, name_zh=text,
            themes=[text, text], lead=text, **here,
        )  # fmt: skip
        for number, funder in enumerate([text, None]):
            yield cp.Pledge(
                id=f"pledge-{at}-{number}", company=f"company-{at}", initiative=f"initiative-{at}",
                amount="100 CNY", qualifier="up_to", announced="2021-09-02", funder=funder,
                recipient=text, tags={text: text}, **here,
            )  # fmt: skip
        yield cp.Figure(id=f"figure-{at}", about=f"company-{at}", measure=text, value=1, **here)


def tables(texts: list[str]) -> Iterator[Table]:
    for text in texts:
        yield Table(
            [Column(text), Column(text, Kind.AMOUNT), Column(text, Kind.SHARE)],
            [[text, Decimal(10), Fraction(1, 3)], [Link(text, text), None, None]],
            [[text, Decimal(10), None]],
            title=text, note=text,
        )  # fmt: skip


def everything_shown(texts: list[str]) -> list[Any]:
    """Return one of everything that a notebook shows, full of the texts."""
    ds = cp.Dataset().extend(*records(texts))
    bys: list[Any] = ["company", "initiative", "funder", "recipient", "tags", "source", "note", ["company", "funder"],
                     lambda pledge: pledge.locator]  # fmt: skip
    return [
        ds, ds.table(), *ds.records, ds.total("CNY"), ds.total("CNY").explain(), ds.check(),
        *(ds.totals("CNY", by=by) for by in bys), ds.progress(), ds.progress("company"),
        cp.parse_amount("up to RMB5bn"), *tables([*texts, *UNSEEN]),
    ]  # fmt: skip


class Asked(BaseHTTPRequestHandler):
    """A server that answers with a script and remembers what it was asked."""

    paths: list[str]

    def do_GET(self) -> None:
        self.paths.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript")
        self.end_headers()
        self.wfile.write(RUN.encode())

    def log_message(self, *_: Any) -> None:
        pass


class Server:
    """A server on this machine alone, and what it has been asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.http = ThreadingHTTPServer(
            ("127.0.0.1", 0), type("Asked", (Asked,), {"paths": self.asked})
        )
        Thread(target=self.http.serve_forever, daemon=True).start()

    def of(self, text: str) -> str:
        return text.replace("PORT", str(self.http.server_port))


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.http.shutdown()
    server.http.server_close()


@pytest.fixture(scope="session")
def chromium() -> str:
    names = ["chromium", "chromium-browser", "google-chrome"]
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip("no Chromium is installed to open the page in")
    return found


class Page(HTMLParser):
    """What a browser made of a page: its elements, links, title and styles."""

    def __init__(self, dom: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.title, self.styles = "", set[str]()
        self._inside = ""
        self.feed(dom)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(name, value or "") for name, value in attrs}
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data
        if self._inside == "style":
            self.styles.add(data)

    def handle_endtag(self, tag: str) -> None:
        self._inside = "" if tag == self._inside else self._inside

    def values(self, name: str) -> set[str]:
        return {value for attribute, value in self.attributes if attribute == name}


def opened(chromium: str, body: str, folder: Path) -> Page:
    """Open a page and return what it has become once everything in it has run."""
    file = folder / "page.html"
    head = '<!DOCTYPE html><html><head><meta charset="utf-8"><title>untouched</title></head>'
    file.write_text(f"{head}<body>{body}</body></html>", encoding="utf-8")
    command = [
        chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--disable-background-networking", "--disable-component-update",
        f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=3000", "--dump-dom",
        file.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    return Page(done.stdout.decode())


def untouched(page: Page) -> None:
    assert page.title == "untouched"
    assert page.tags <= TAGS
    assert {name for name, _ in page.attributes} <= {
        "charset", "class", "scope", "style", "href", "rel", "colspan",
    }  # fmt: skip
    assert {urlsplit(url).scheme for url in page.values("href")} <= {"http", "https"}
    assert all(style.startswith(STYLES) for style in page.values("style"))
    assert page.styles <= {STYLE.removeprefix("<style>").removesuffix("</style>\n")}


def test_there_are_forty_hostile_strings_and_more() -> None:
    assert len({*SEEN, *UNSEEN}) >= 40


def test_the_trap_shuts(chromium: str, server: Server, tmp_path: Path) -> None:
    body = server.of(f"<script>{RUN}</script><img src={AWAY}>")
    page = opened(chromium, body, tmp_path)
    assert page.title == "ran"
    assert server.asked == ["/asked"]
    with pytest.raises(AssertionError):
        untouched(page)


@ONE_NAME_IN_TWO_CASES
def test_nothing_shown_as_html_runs_or_asks(chromium: str, server: Server, tmp_path: Path) -> None:
    shown = everything_shown(list(map(server.of, SEEN)))
    page = opened(chromium, "".join(each._repr_html_() for each in shown), tmp_path)
    untouched(page)
    assert page.values("href")
    assert server.asked == []


@ONE_NAME_IN_TWO_CASES
def test_nothing_shown_as_markdown_runs_or_asks(
    chromium: str, server: Server, tmp_path: Path
) -> None:
    from markdown_it import MarkdownIt

    # Raw HTML is let through, as GitHub does before it takes away what it does not trust.
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    shown = everything_shown(list(map(server.of, SEEN)))
    body = "".join(reader.render(each._repr_markdown_()) for each in shown)
    page = opened(chromium, body, tmp_path)
    untouched(page)
    assert page.values("href")
    assert server.asked == []


@pytest.mark.parametrize("text", UNSEEN)
def test_record_refuses_what_acts_unseen(text: str) -> None:
    with pytest.raises(cp.errors.RecordError):
        cp.Company(id="acme", name=text)


@pytest.mark.parametrize("text", LINES)
def test_record_keeps_a_text_of_several_lines_on_one(text: str) -> None:
    name = cp.Company(id="acme", name=text).name
    assert name.split() == text.split()
    assert not {c for c in name if c in "\t\r\n\u2028\u2029"}


def test_html_and_text_have_no_character_that_acts_unseen() -> None:
    for shown in everything_shown(SEEN[:3]):
        for form in (shown._repr_html_(), shown._repr_markdown_(), str(shown)):
            assert not {c for c in form if c in "\x00\x1b\x07\r\t\x85\x9b\u2028\u202e\u2066\ud800"}


RECORDS = (cp.Source, cp.Company, cp.Initiative, cp.Pledge, cp.Figure)


def test_nothing_that_a_notebook_shows_grows_with_the_length_of_a_text() -> None:
    long = "A" * 50_000
    for shown in everything_shown([long]):
        for form in ("_repr_html_", "_repr_markdown_", "__repr__", "__str__"):
            if not isinstance(shown, RECORDS) or "html" in form:
                assert len(getattr(shown, form)()) < 20_000, (shown.__class__, form)


def test_every_output_is_kept_from_mathjax() -> None:
    for shown in everything_shown(SEEN[:3]):
        outermost = shown._repr_html_().removeprefix(STYLE).partition(">")[0]
        assert 'class="commonprosperity tex2jax_ignore mathjax_ignore"' in outermost
        assert isinstance(shown, TableDisplay | Table | cp.ParsedAmount)
