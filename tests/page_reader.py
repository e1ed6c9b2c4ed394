"""A page as a browser takes it: its elements with their attributes, its texts, what it asks for."""

from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "wbr"}


class Page(HTMLParser):
    """Reads a page; ``tags`` are its elements, and ``texts`` what is read out of each."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = tag, {name: value or "" for name, value in attrs}
        self.tags.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1][0] == tag, f"</{tag}> closes <{self._open[-1][0]}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and self._open:
            self.texts.append((self._open[-1][0], " ".join(data.split())))

    @property
    def said(self) -> list[str]:
        """What a reader reads or hears: the texts, and the labels."""
        labels = [
            value
            for _, attributes in self.tags
            for name, value in attributes.items()
            if name in {"aria-label", "data-label", "title", "alt"}
        ]
        return [text for tag, text in self.texts if tag != "style"] + labels

    def all(self, attribute: str) -> list[str]:
        """Return each value of an attribute, in the order of the page."""
        return [attributes[attribute] for _, attributes in self.tags if attribute in attributes]

    def number(self, id_: str) -> str:
        """Return the machine's form of the first amount in the element with an id, or after it."""
        at = next(n for n, (_, attributes) in enumerate(self.tags) if attributes.get("id") == id_)
        return next(attributes["value"] for tag, attributes in self.tags[at:] if tag == "data")
