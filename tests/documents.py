"""Documents read back: the tables of HTML, of Markdown as its readers see it, and their words."""

from html.parser import HTMLParser

from markdown_it import MarkdownIt

from aloware_cli.domain.orders import Seller
from aloware_cli.domain.quotes import Quote
from aloware_cli.render.markdown import to_markdown
from aloware_cli.render.pages import to_html
from aloware_cli.render.quote_pages import Presentation, quote_page

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Page(HTMLParser):
    """The tables, links, tags and words of an HTML document."""

    def __init__(self, html: str) -> None:
        super().__init__()
        #: Rows of cells for each table, without small print; a cell
        #: that spans columns is followed by empty ones.
        self.tables: list[list[list[str]]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._open: list[str] = []
        #: How many columns the last cell spans.
        self._columns = 1
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self._columns = int(dict(attrs).get("colspan") or 1)
            self.tables[-1][-1] += [""] * self._columns

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, "tags are closed in order"

    def handle_data(self, data: str) -> None:
        if "style" in self._open:
            return
        self.words += data
        in_cell = {"td", "th"} & set(self._open) and not {"small"} & set(self._open)
        if in_cell:
            self.tables[-1][-1][-self._columns] += data

    def rows(self, heading: str) -> list[list[str]]:
        """Return the rows of the table that has the column `heading`, the column heads first."""
        for table in self.tables:
            if heading in table[0]:
                return [[cell.strip() for cell in row] for row in table]
        return []


def page_of_markdown(text: str) -> Page:
    """Return `text` as GitHub shows it, bare addresses as links among the rest."""
    return Page(MarkdownIt("gfm-like").render(text))


def html_of(quote: Quote, seller: Seller | None = None, *, sources: bool = False) -> str:
    """Return the HTML of `quote` for a customer."""
    return to_html(quote_page(quote, Presentation(seller, sources)))


def markdown_of(quote: Quote, seller: Seller | None = None, *, sources: bool = False) -> str:
    """Return the Markdown of `quote` for a customer."""
    return to_markdown(quote_page(quote, Presentation(seller, sources)))
