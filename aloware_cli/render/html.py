"""HTML and PDF: a page as one file that needs nothing else, for a screen and for paper.

It runs no script and loads nothing, which its own security policy enforces. The engine of the
templates escapes every text.
"""

import os
from typing import Final

from aloware_cli.errors import UsageError
from aloware_cli.render.pages import Page

TEMPLATES: Final = os.path.join(os.path.dirname(__file__), "templates")


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
