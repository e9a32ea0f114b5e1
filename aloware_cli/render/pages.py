"""Pages: what a reader gets of a result, for Markdown to lay out, and as HTML and PDF.

The page of a report shows what the table shows: the facts, the rows of each part, the remarks and
the notes that a customer reads. `quote_pages` makes those of quotes, which show more. A page in
HTML is one file: it runs no script and loads nothing, which its own security policy enforces. The
engine of the templates escapes every text.
"""

import os
from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from aloware_cli.domain.orders import Seller
from aloware_cli.errors import UsageError
from aloware_cli.render.sections import Fact, Report, Section, display, notes_by_heading
from aloware_cli.render.words import Reference

TEMPLATES: Final = os.path.join(os.path.dirname(__file__), "templates")


class Item(NamedTuple):
    """A row of a table, as texts."""

    label: str
    figures: tuple[str, ...]
    is_sum: bool
    #: The cells about quantity and price, and the same in one text for a narrow screen.
    units: tuple[str, ...] = ()
    units_in_words: str = ""
    #: Discount and saving; what else to know of the price.
    saving: str = ""
    remark: str = ""
    #: Sentences about the row: below the label in HTML, below the table in Markdown.
    details: tuple[str, ...] = ()


class Block(NamedTuple):
    """Rows of a table below a heading."""

    title: str
    items: tuple[Item, ...]


class Table(NamedTuple):
    """One part of a page."""

    title: str
    #: The headings of the labels, of the columns about quantity and price, and of the figures.
    label: str
    units: tuple[str, ...]
    figures: tuple[str, ...]
    blocks: tuple[Block, ...]
    #: Totals at the end, and a sentence below them.
    foot: tuple[Item, ...] = ()
    remark: str = ""

    @property
    def is_wide(self) -> bool:
        """Whether the table needs the whole width of a page."""
        return len(self.figures) > 1


class Figure(NamedTuple):
    """An amount that matters, above the tables."""

    label: str
    amount: str
    detail: str = ""


class Appendix(NamedTuple):
    """Where the prices come from, for readers who ask."""

    calculations: tuple[str, ...]
    notes: tuple[str, ...]
    references: tuple[Reference, ...]
    cards: str


class Page(NamedTuple):
    """Everything that a reader gets; the fields with a default are empty in some pages."""

    #: The title of the window, the heading, and the line below it.
    title: str
    name: str
    lead: str
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]
    #: Lists of sentences, each with its heading.
    lists: tuple[tuple[str, Sequence[str]], ...]
    template: Literal["report.html", "quote.html"] = "report.html"
    remarks: tuple[str, ...] = ()
    #: SVG.
    chart: str = ""
    seller: Seller | None = None
    customer: str = ""
    headline: tuple[Figure, ...] = ()
    #: What the totals lack.
    alert: str = ""
    note: str = ""
    #: What a customer signs.
    acceptance: tuple[str, ...] = ()
    footer: str = ""
    appendix: Appendix | None = None


def write_page(page: Page, format: str) -> str | bytes:
    """Return `page` in Markdown, HTML or PDF."""
    if format == "markdown":
        from aloware_cli.render.markdown import to_markdown

        return to_markdown(page)
    return to_pdf(page) if format == "pdf" else to_html(page)


def report_page(name: str, report: Report, *, explain: bool) -> Page:
    """Return the page of `report`; `explain` adds the details of rows and the contract terms."""
    notes = (note for note in report.customer_notes if explain or note.kind != "term")
    return Page(
        title=f"{name}: {report.title}",
        name=name,
        lead=report.title,
        facts=report.facts,
        tables=tuple(_table(part, sections, explain=explain) for part, sections in report.parts),
        lists=tuple(notes_by_heading(notes)),
        remarks=report.remarks,
    )


def _table(part: str, sections: Sequence[Section], *, explain: bool) -> Table:
    first = sections[0]
    blocks = []
    for section in sections:
        items = []
        for row in section.rows:
            figures = tuple(display(cell, "≥ ") for cell in row.figures)
            details = row.explanation if explain else ()
            items.append(Item(row.label, figures, is_sum=row.level != "item", details=details))
        blocks.append(Block("", tuple(items)))
    has_figures = any(item.figures for block in blocks for item in block.items)
    return Table(
        title="" if part == first.title else part,
        label=first.title,
        units=(),
        figures=tuple(column.title or "Amount" for column in first.columns if has_figures),
        blocks=tuple(blocks),
    )


def to_html(page: Page) -> str:
    """Return `page` as an HTML document."""
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    chart = Markup(page.chart)  # noqa: S704  SVG of ours, whose texts are escaped
    return environment.get_template(page.template).render(page=page._replace(chart=chart))


def to_pdf(page: Page) -> bytes:
    """Return `page` as a PDF document: what a browser prints of the HTML.

    Raises UsageError if WeasyPrint, or a library that it needs, is not installed.
    """
    message = "a PDF requires the extra pdf"
    try:
        from weasyprint import HTML

        return bytes(HTML(string=to_html(page)).write_pdf(pdf_tags=True))
    except (ImportError, OSError) as error:
        if isinstance(error, OSError):
            message = "a PDF requires the Pango libraries of WeasyPrint"
        hints = (
            "pip install 'aloware-cli[pdf]'",
            "or write an .html file, and print it to PDF in a browser",
        )
        raise UsageError("E-REQUIRES", message, *hints) from error
