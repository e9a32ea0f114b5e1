"""Sellers: the name, address and logo of who sends a quote, from a YAML file."""

import os
import re
from base64 import b64encode
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from aloware_cli.domain.orders import Seller, read_name
from aloware_cli.domain.problems import Problem, as_typed, quoted
from aloware_cli.errors import DataError, ValidationError
from aloware_cli.files.fields import Fields, fields_of_file
from aloware_cli.files.io import read_bytes

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MAX_LOGO_BYTES: Final = 200_000
#: What an image begins with.
SIGNATURES: Final = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
#: What could run, load a page or draw another document within an image.
ACTIVE_ELEMENTS: Final = frozenset(
    {
        "animate", "audio", "embed", "foreignobject", "handler", "iframe", "listener", "object",
        "script", "set", "video",
    }
)  # fmt: skip
#: References within the image, or to a picture that it contains.
INSIDE: Final = re.compile(r"#|data:image/(png|jpeg);base64,", re.IGNORECASE)
#: A style that loads something, or hides a reference behind an escape.
LOADING: Final = re.compile(r"@import|\\|url\(\s*(?![\s\"']*#)", re.IGNORECASE)
ENCODING: Final = re.compile(r"<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)


def load_seller(path: str) -> Seller:
    """Return the seller in the file at `path`, with its logo.

    Raises ValidationError with every problem.
    """
    problems: list[Problem] = []
    fields = fields_of_file(path, problems)
    seller = Seller(
        name=fields.value("name", read_name, "", "add the name of your company"),
        address=fields.value("address", read_name, "") if fields.has("address") else None,
        logo=_read_logo(fields, os.path.dirname(path)) if fields.has("logo") else None,
    )
    fields.close()
    if problems:
        raise ValidationError(problems)
    return seller


def _read_logo(fields: Fields, folder: str) -> str | None:
    """Return the image named under `logo`, relative to `folder`, as an address with its data."""
    name = fields.text("logo")
    path = os.path.join(folder, name)
    if not name:
        return None
    if not os.path.isfile(path):
        fields.reject("logo", "E-LOGO", f"no file {quoted(name)}", "use the path of an image")
        return None
    try:
        content = read_bytes(path, MAX_LOGO_BYTES)
    except DataError as error:
        fields.reject("logo", "E-LOGO", str(error), "check the path and its permissions")
        return None
    image = next((kind for mark, kind in SIGNATURES.items() if content.startswith(mark)), "")
    if len(content) > MAX_LOGO_BYTES:
        message, hint = "the logo is larger than 200 kB", "save it smaller"
    elif image:
        return _address_of(image, content)
    elif message := next(_unsafe(content), ""):
        hint = "save it again without this, or as PNG"
    else:
        return _address_of("image/svg+xml", content)
    fields.reject("logo", "E-LOGO", message, hint)
    return None


def _address_of(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{b64encode(content).decode()}"


def _unsafe(content: bytes) -> Iterator[str]:
    """Yield why `content` is not an SVG image, or one that could run or load something."""
    from xml.etree import ElementTree as ET

    text = content.decode("utf-8", "replace")
    if "<!doctype" in text.lower() or "<?xml-stylesheet" in text.lower() or ENCODING.search(text):
        yield "the logo has a document type, a style sheet or an encoding other than UTF-8"
        return
    try:
        root = ET.fromstring(text)  # noqa: S314  without a document type there are no entities
    except (ET.ParseError, ValueError):
        root = None
    if root is None or root.tag != "{http://www.w3.org/2000/svg}svg":
        yield "the logo is not a PNG, JPEG or SVG image"
        return
    for element in root.iter():
        yield from _unsafe_in(element)


def _unsafe_in(element: "Element") -> Iterator[str]:
    tag = element.tag.rpartition("}")[2].lower()
    if tag in ACTIVE_ELEMENTS:
        yield f"the logo contains the element <{tag}>"
    if tag == "style" and LOADING.search("".join(element.itertext())):
        yield "the logo has a style that may load something"
    for key, value in element.items():
        name = key.rpartition("}")[2].lower()
        if name.startswith("on"):
            yield f"the logo has the event handler {as_typed(name)}"
        is_outside = name in {"href", "src"} and not INSIDE.match(value.strip())
        if is_outside or name == "base" or LOADING.search(value):
            yield f"the logo refers to something outside itself with {as_typed(name)}"
