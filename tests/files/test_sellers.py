"""Seller files: a name, an address and a logo that runs nothing and loads nothing."""

from base64 import b64encode
from pathlib import Path

import pytest

from aloware_cli.domain.orders import Seller
from aloware_cli.errors import ValidationError
from aloware_cli.files.sellers import MAX_LOGO_BYTES, load_seller

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


def seller(folder: Path, text: str, logo: bytes = b"") -> Seller:
    """Return the seller in a file with `text`, beside a logo with these bytes."""
    (folder / "logo").write_bytes(logo)
    (folder / "us.yaml").write_text(text, encoding="utf-8")
    return load_seller(str(folder / "us.yaml"))


def problem(folder: Path, text: str, logo: bytes = b"") -> str:
    with pytest.raises(ValidationError) as caught:
        seller(folder, text, logo)
    [found] = caught.value.problems
    return str(found).removeprefix(f"{folder}/")


def test_seller_has_keys_of_file(tmp_path: Path) -> None:
    text = "name: Northwind & Sons\naddress: 1 Main Street, Austin TX\nlogo: logo\n"
    address = f"data:image/png;base64,{b64encode(PNG).decode()}"
    assert seller(tmp_path, text, PNG) == Seller(
        "Northwind & Sons", "1 Main Street, Austin TX", address
    )
    assert seller(tmp_path, "name: Ann") == Seller("Ann", None, None)


@pytest.mark.parametrize(
    ("logo", "kind"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0 rest", "image/jpeg"),
        (SVG.format('<path id="a" d="M0 0"/>').encode(), "image/svg+xml"),
        (SVG.format('<style>.a{fill:#123}</style><use href="#a"/>').encode(), "image/svg+xml"),
        (SVG.format('<rect fill="url(#a)" xlink:href="#b"/>').encode(), "image/svg+xml"),
        (SVG.format('<image href="data:image/png;base64,AA"/>').encode(), "image/svg+xml"),
        (b'<?xml version="1.0" encoding="UTF-8"?>' + SVG.encode(), "image/svg+xml"),
        (PNG.ljust(MAX_LOGO_BYTES, b"\0"), "image/png"),
    ],
)
def test_logo_is_embedded_with_its_type(tmp_path: Path, logo: bytes, kind: str) -> None:
    given = seller(tmp_path, "name: A\nlogo: logo", logo)
    assert given.logo == f"data:{kind};base64,{b64encode(logo).decode()}"


OUTSIDE = "the logo refers to something outside itself with"


@pytest.mark.parametrize(
    ("drawing", "message"),
    [
        ("<script>alert(1)</script>", "the logo contains the element <script>"),
        ("<SCRIPT/>", "the logo contains the element <script>"),
        ("<foreignObject/>", "the logo contains the element <foreignobject>"),
        ('<set attributeName="href" to="x"/>', "the logo contains the element <set>"),
        ('<g onclick="alert(1)"/>', "the logo has the event handler onclick"),
        ('<g OnLoad="x"/>', "the logo has the event handler onload"),
        ('<image href="https://evil.example/x.png"/>', f"{OUTSIDE} href"),
        ('<image xlink:href="//evil.example/x.png"/>', f"{OUTSIDE} href"),
        ('<use href="other.svg#a"/>', f"{OUTSIDE} href"),
        ('<a href="javascript:alert(1)"/>', f"{OUTSIDE} href"),
        ('<image href="data:image/svg+xml;base64,AA"/>', f"{OUTSIDE} href"),
        ('<g xml:base="https://evil.example/"/>', f"{OUTSIDE} base"),
        ('<rect fill="url(https://evil.example/a.svg#b)"/>', f"{OUTSIDE} fill"),
        ("<rect style=\"fill: URL( 'x.svg')\"/>", f"{OUTSIDE} style"),
        ('<rect style="fill: u\\72l(x.svg)"/>', f"{OUTSIDE} style"),
        ("<style>@import 'x.css';</style>", "the logo has a style that may load something"),
        ("<style>a{b:url(x)}</style>", "the logo has a style that may load something"),
    ],
)
def test_svg_that_runs_or_loads_something_is_rejected(
    tmp_path: Path, drawing: str, message: str
) -> None:
    assert problem(tmp_path, "name: A\nlogo: logo", SVG.format(drawing).encode()) == (
        f"us.yaml:2:7: logo: {message}; save it again without this, or as PNG  [E-LOGO]"
    )


FORM = "the logo has a document type, a style sheet or an encoding other than UTF-8"


@pytest.mark.parametrize(
    ("logo", "message"),
    [
        (b"", "the logo is not a PNG, JPEG or SVG image"),
        (b"GIF89a", "the logo is not a PNG, JPEG or SVG image"),
        (b"<svg/>", "the logo is not a PNG, JPEG or SVG image"),
        (SVG.encode()[:-1], "the logo is not a PNG, JPEG or SVG image"),
        (SVG.encode("utf-16"), "the logo is not a PNG, JPEG or SVG image"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.encode(), FORM),
        (b'<?xml-stylesheet href="x.css"?>' + SVG.encode(), FORM),
        (b'<?xml version="1.0" encoding="utf-7"?>' + SVG.encode(), FORM),
    ],
)
def test_logo_that_is_not_an_image_is_rejected(tmp_path: Path, logo: bytes, message: str) -> None:
    assert problem(tmp_path, "name: A\nlogo: logo", logo) == (
        f"us.yaml:2:7: logo: {message}; save it again without this, or as PNG  [E-LOGO]"
    )


def test_logo_has_at_most_200_kb(tmp_path: Path) -> None:
    assert problem(tmp_path, "name: A\nlogo: logo", PNG.ljust(MAX_LOGO_BYTES + 1, b"\0")) == (
        "us.yaml:2:7: logo: the logo is larger than 200 kB; save it smaller  [E-LOGO]"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("address: x", '1:1: "name" is missing; add the name of your company  [E-MISSING]'),
        ("name: A\nphone: 1", "2:1: phone: unknown key; known keys: name, address, logo  [E-KEY]"),
        ("name: A\nadress: 1", "2:1: adress: unknown key; did you mean address?  [E-KEY]"),
        ("name: [A]", ("1:7: name: expected a single value, got a list; add the name of your "
            "company  [E-TYPE]")),
        ('name: "a\\u202eb"', ('1:7: name: "a\\u202eb": contains the invisible character U+202E; '
            "use one line of visible characters  [E-TEXT]")),
        ("name: A\nlogo: none.png", ('2:7: logo: no file "none.png"; use the path of an image'
            "  [E-LOGO]")),
        ("name: A\nlogo: .", '2:7: logo: no file "."; use the path of an image  [E-LOGO]'),
        ("- A", "1:1: expected a mapping, got a list; use `key: value`  [E-TYPE]"),
    ],
)  # fmt: skip
def test_invalid_seller_file_is_rejected_with_location(
    tmp_path: Path, text: str, message: str
) -> None:
    assert problem(tmp_path, text) == f"us.yaml:{message}"
