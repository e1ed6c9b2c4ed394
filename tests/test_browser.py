"""The page in Chromium: nothing is complained of, nothing is asked for, and it fits a telephone."""

import json
import re
import shutil
import subprocess
import warnings
import zlib
from collections.abc import Iterator
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

import commonprosperity as cp
from page_reader import Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""

pytest.importorskip("jinja2", reason="needs the extra `charts`")
pytest.importorskip("vl_convert", reason="needs the extra `charts`")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")

HOSTILE = """<script>alert(1)</script>"'><img src=//elsewhere.example/x onerror=alert(2)>"""
DATASET = cp.load().extend(
    cp.Company(id="acme", name=HOSTILE, name_zh="极致"),
    cp.Pledge(id="acme-1", company="acme", amount="2 billion CNY", announced="2021-09-15",
              qualifier="at_least", note=HOSTILE, funder=HOSTILE),
)  # fmt: skip

NAME = "The Very Long Name of a Conglomerate of Holdings in Shenzhen, Hangzhou and Elsewhere"
LONG = cp.Dataset().extend(
    cp.Company(id="long", name=NAME, name_zh="深圳杭州超长名称控股集团有限公司及其附属公司"),
    cp.Initiative(id="hope", company="long", name=f"Initiative of {NAME}"),
    *(
        cp.Pledge(
            id=f"pledge-of-the-very-long-conglomerate-{at}", company="long", initiative="hope",
            amount=f"{at}.5 {'billion' if at % 3 else 'thousand'} {'CNY' if at % 2 else 'USD'}",
            announced=f"2021-{at % 12 + 1:02d}-03", spend="2022/2031" if at % 4 else None,
            stage=("pledge", "commitment", "disbursement")[at % 3],
        )
        for at in range(1, 41)
    ),
)  # fmt: skip

# Puts the page into frames, and says how wide it is there, and which text a chart cuts off.
FRAMES = """<p id="told"></p><script>
const measure = (inside) => {
  const root = inside.documentElement, told = {wide: root.scrollWidth, shown: root.clientWidth};
  const charts = [...inside.querySelectorAll("svg")].filter(chart => chart.clientWidth);
  told.charts = charts.map(chart => chart.getBoundingClientRect().width);
  told.tables = [...inside.querySelectorAll("table")].map(table => table.offsetWidth);
  told.cut = charts.flatMap(chart => {
    const edge = chart.getBoundingClientRect();
    return [...chart.querySelectorAll("text")].filter(text => {
      const box = text.getBoundingClientRect();
      return box.left < edge.left - 1 || box.right > edge.right + 1
        || box.top < edge.top - 1 || box.bottom > edge.bottom + 1;
    }).map(text => text.textContent);
  });
  const right = element => element.getBoundingClientRect().right;
  told.beyond = [...inside.querySelectorAll("td, th, dd, data, p, h1")].filter(element =>
    right(element) > root.clientWidth + 1 || element.scrollWidth > element.clientWidth + 1
      && getComputedStyle(element).display != "inline").map(element => element.textContent);
  return told;
};
const widths = [390, 1280], all = {};
for (const width of widths) {
  const frame = document.createElement("iframe");
  frame.width = width; frame.height = 800; frame.src = "page.html";
  frame.onload = () => {
    all[width] = measure(frame.contentDocument);
    told.textContent = JSON.stringify(all);
  };
  document.body.append(frame);
}
</script>"""

# Put below charts, it says what the browser has drawn.
SEEN = """<p id="told"></p><script>
onload = () => {
  const [picture, ...others] = document.querySelectorAll("img");
  told.textContent = JSON.stringify({
    pictures: 1 + others.length, wide: picture.naturalWidth, high: picture.naturalHeight,
    rows: document.querySelectorAll("tbody tr").length,
  });
};
</script>"""


class Host(BaseHTTPRequestHandler):
    """Serves a folder, and keeps what is asked of it."""

    asked: list[str]
    folder: Path

    def do_GET(self) -> None:
        self.asked.append(self.path)
        file = self.folder / self.path.lstrip("/")
        self.send_response(200 if file.is_file() else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if file.is_file():
            self.wfile.write(file.read_bytes())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base's name)
        """Say nothing."""


@pytest.fixture
def host(tmp_path: Path) -> Iterator[tuple[type[Host], str]]:
    class Here(Host):
        asked: list[str] = []  # noqa: RUF012 (of this one class)
        folder = tmp_path

    with ThreadingHTTPServer(("127.0.0.1", 0), Here) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield Here, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def browse(address: str, folder: Path) -> tuple[str, str, set[str]]:
    """Return what a browser makes of a page, what that complains of, and what it asks for."""
    log = folder / "net.json"
    done = subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--enable-logging=stderr", "--v=0", f"--user-data-dir={folder / 'profile'}",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", f"--log-net-log={log}",
            "--dump-dom", address,
        ],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    events = [event.get("params", {}) for event in json.loads(log.read_text("utf-8"))["events"]]
    # What the browser asks for itself, such as its updates, has no page that initiates it.
    pages = address.rpartition("/")[0]
    asked = {event["url"] for event in events if event.get("initiator") == pages and "url" in event}
    console = "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)
    return done.stdout, console, asked


def test_what_a_page_asks_for_and_complains_of_is_seen(
    tmp_path: Path, host: tuple[type[Host], str]
) -> None:
    here, address = host
    (tmp_path / "page.html").write_text(
        '<img src="http://elsewhere.example/x"><img src="here"><script>nothing.at.all</script>'
    )
    _, console, asked = browse(f"{address}/page.html", tmp_path)
    assert "nothing is not defined" in console
    assert {"http://elsewhere.example/x", f"{address}/here"} <= asked
    assert "/here" in here.asked


@pytest.mark.parametrize("locale", ["en", "zh_CN"])
def test_a_browser_shows_the_totals_and_asks_for_nothing_else(
    tmp_path: Path, host: tuple[type[Host], str], locale: str
) -> None:
    here, address = host
    cp.report(DATASET, tmp_path / "page.html", to="USD", locale=locale, written="2026-11-22")
    shown, console, asked = browse(f"{address}/page.html", tmp_path)
    assert console == ""
    assert here.asked == ["/page.html"]
    assert asked == set()
    page, total = Page(shown), DATASET.total("USD")
    assert page.number("total") == f"{total.amount.amount:f}"
    assert page.number("low") == f"{total.low.amount:f}"
    assert total.amount.format(locale) in shown
    assert sum(id_.startswith("pledge-") for id_ in page.all("id")) == len(DATASET)
    assert not {tag for tag, _ in page.tags} & {"script", "img"}


@pytest.mark.filterwarnings("ignore::commonprosperity.DoubleCountWarning")
@pytest.mark.parametrize("locale", ["en", "zh_CN"])
def test_charts_in_a_notebook_are_seen_and_ask_for_nothing(
    tmp_path: Path, host: tuple[type[Host], str], locale: str
) -> None:
    here, address = host
    bars = cp.charts.bar(DATASET.totals("CNY", by=("company", "funder")), locale=locale)
    charts: Any = bars & cp.charts.timeline(DATASET.total("USD"), locale=locale)
    body = charts._repr_mimebundle_()["text/html"]
    (tmp_path / "page.html").write_text(
        f'<!doctype html><link rel="icon" href="data:,">{body}{SEEN}', "utf-8"
    )
    seen, console, asked = browse(f"{address}/page.html", tmp_path)
    assert console == ""
    assert here.asked == ["/page.html"]
    assert {url for url in asked if not url.startswith("data:")} == set()
    told = json.loads(re.findall(r'<p id="told">(.*?)</p>', seen)[0])
    assert told["pictures"] == 1
    assert told["wide"] > 500
    assert told["high"] > 500
    assert told["rows"] == len(DATASET.totals("CNY", by=("company", "funder"))) + sum(
        bool(item.converted) for item in DATASET.total("USD").items
    )


@pytest.mark.parametrize("locale", ["en", "zh_CN"])
@pytest.mark.parametrize(
    "dataset", [DATASET, LONG, cp.load("wave-2021")], ids=["hostile", "long", "wave"]
)
def test_the_page_fits_a_telephone_and_a_window(
    tmp_path: Path, host: tuple[type[Host], str], dataset: cp.Dataset, locale: str
) -> None:
    _, address = host
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", cp.DoubleCountWarning)
        cp.report(dataset, tmp_path / "page.html", to="USD", locale=locale)
    (tmp_path / "frames.html").write_text(FRAMES)
    shown, console, _ = browse(f"{address}/frames.html", tmp_path)
    assert console == ""
    told = json.loads(unescape(re.findall(r'<p id="told">(.*?)</p>', shown)[0]))
    for width in (390, 1280):
        page = told[str(width)]
        assert width - 20 < page["wide"] == page["shown"] <= width
        assert (page["cut"], page["beyond"], len(page["charts"])) == ([], [], 3)
    wide = told["1280"]
    assert all(abs(chart - wide["tables"][0]) <= 16 for chart in wide["charts"])


def lines_of_printed_pages(pdf: bytes) -> list[int]:
    """Count the heights at which each page of a PDF of Chromium has text."""
    found = re.finditer(
        rb"\n(\d+) 0 obj\n<<[^>]*/FlateDecode[^>]*>>\s*stream\r?\n(.*?)\r?\nendstream",
        pdf,
        re.DOTALL,
    )
    streams = {each[1]: each[2] for each in found}
    pages = re.findall(rb"/Type /Page\b.*?/Contents (\d+) 0 R", pdf, re.DOTALL)
    contents = (zlib.decompress(streams[page]) for page in pages)
    return [len(set(re.findall(rb"([-\d.]+) Tm", content))) for content in contents]


@pytest.mark.parametrize("companies", [9, 10, 11])
def test_no_page_is_printed_with_a_line_or_two(tmp_path: Path, companies: int) -> None:
    codes = ["CNY", "USD", "EUR", "GBP", "JPY", "INR", "BRL", "KRW", "CHF", "CAD", "SEK"]
    dataset = cp.Dataset().extend(
        *(cp.Company(id=code, name=f"Company {code}") for code in codes[:companies]),
        *(
            cp.Pledge(id=f"p-{code}", company=code, amount=f"{12345 * 10 ** (2 + at % 5)} {code}",
                      announced="2021-09-15")
            for at, code in enumerate(codes[:companies])
        ),
    )  # fmt: skip
    cp.report(dataset, tmp_path / "page.html")
    subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={tmp_path / 'page.pdf'}",
            (tmp_path / "page.html").as_uri(),
        ],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    lines = lines_of_printed_pages((tmp_path / "page.pdf").read_bytes())
    assert len(lines) >= 4
    assert min(lines) >= 3, lines
