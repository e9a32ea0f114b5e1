"""HTML and PDF: an offer as one file that needs nothing else, for a screen and for paper.

It runs no script and loads nothing, which its own security policy enforces. The engine of the
template escapes every text.
"""

import os
from typing import TYPE_CHECKING, Final

from aloware_cli.render.offers import ACCEPTANCE, Offer

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATES: Final = os.path.join(os.path.dirname(__file__), "templates")


def to_html(offer: Offer) -> str:
    """Return `offer` as an HTML document."""
    return template("quote.html").render(offer=offer, acceptance=ACCEPTANCE)


def template(name: str) -> "Template":
    """Return the template `name`."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(name)


def to_pdf(offer: Offer) -> bytes:
    """Return `offer` as a PDF document: the pages that a browser prints of the HTML.

    Raises ImportError or OSError if WeasyPrint, or a library that it needs, is not installed.
    """
    from weasyprint import HTML

    return bytes(HTML(string=to_html(offer)).write_pdf(pdf_tags=True))
