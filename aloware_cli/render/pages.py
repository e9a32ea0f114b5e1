"""Pages: comparisons and changes as documents to send, in Markdown and HTML.

A page shows what the table shows: the facts, the rows of each part, the remarks and the notes that
a customer reads. Details of rows follow a Markdown table, and are below the labels in HTML.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from aloware_cli.render.markdown import as_written
from aloware_cli.render.quotes import facts_of
from aloware_cli.render.sections import Report, Row, Section, display, notes_by_heading

if TYPE_CHECKING:
    from aloware_cli.domain.orders import Details

Result = TypeVar("Result")


class Page(NamedTuple):
    """A report with the name of the document, and its chart."""

    name: str
    report: Report
    #: Whether the details of each row are shown.
    explain: bool = False
    #: SVG; empty without a chart.
    chart: str = ""

    def details_of(self, row: Row) -> tuple[str, ...]:
        """Return the details of `row` that are shown."""
        return row.explanation if self.explain else ()

    @property
    def lists(self) -> tuple[tuple[str, list[str]], ...]:
        """The notes for customers, by heading; contract terms only where details are shown."""
        notes = self.report.customer_notes
        return tuple(notes_by_heading(n for n in notes if self.explain or n.kind != "term"))


def page_writers(
    name: str,
    report: Callable[[Result], Report],
    *,
    explain: bool = False,
    chart: Callable[[Result], str] = lambda _: "",
) -> Mapping[str, Callable[[Result], str]]:
    """Return the writers of pages with the title `name`, by format."""

    def page(result: Result) -> Page:
        return Page(name, report(result), explain, chart(result))

    return {
        "markdown": lambda result: page_markdown(page(result)),
        "html": lambda result: page_html(page(result)),
    }


def with_details(
    report: Callable[[Result], Report], details: "Details | None"
) -> Callable[[Result], Report]:
    """Return `report` with the details of a customer document as its facts."""
    facts = facts_of(details)
    return lambda result: report(result)._replace(facts=facts)


def page_markdown(page: Page) -> str:
    """Return `page` as Markdown, with the tables of GitHub."""
    return "\n\n".join(_blocks(page)) + "\n"


def _blocks(page: Page) -> Iterator[str]:
    report = page.report
    yield f"# {as_written(page.name)}"
    yield as_written(report.title)
    if report.facts:
        yield _list([f"**{name}:** {as_written(text)}" for name, text in report.facts])
    for part, sections in report.parts:
        rows = [row for section in sections for row in section.rows]
        if part != sections[0].title:
            yield f"## {as_written(part)}"
        if any(row.figures for row in rows):
            yield _table(sections, rows)
        details = {as_written(row.label): page.details_of(row) for row in rows}
        if lines := [
            f"**{label}:** {as_written('; '.join(texts))}"
            for label, texts in details.items()
            if texts
        ]:
            yield _list(lines)
    if report.remarks:
        yield _list(list(map(as_written, report.remarks)))
    for heading, texts in page.lists:
        yield f"## {heading}"
        yield _list(list(map(as_written, texts)))


def _list(items: Sequence[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _table(sections: Sequence[Section], rows: Sequence[Row]) -> str:
    headings = [sections[0].title, *(column.title or "Amount" for column in sections[0].columns)]
    lines = [map(as_written, headings), [":--", *["--:"] * len(headings[1:])]]
    for row in rows:
        cells = map(as_written, (row.label, *(display(cell, "≥ ") for cell in row.figures)))
        lines.append(cells if row.level == "item" else [cell and f"**{cell}**" for cell in cells])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def page_html(page: Page) -> str:
    """Return `page` as one HTML file that needs nothing else."""
    from markupsafe import Markup

    from aloware_cli.render.html import template

    chart = Markup(page.chart)  # noqa: S704  SVG of ours, whose texts are escaped
    return template("page.html").render(
        page=page, chart=chart, write=partial(display, at_least="≥ ")
    )
