"""What the readers are fed with, and what must hold of whatever they make of it.

A target takes any bytes. It returns, or raises an error of ours; all else is a fault of the
reader. The tests feed each with spoiled files, and `fuzz/readers.py` for as long as it may.
"""

import io
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from aloware_cli.commands.batch.blocks import Request
from aloware_cli.commands.batch.runs import price_file
from aloware_cli.domain.customer import read_name, read_note, read_number, read_validity
from aloware_cli.domain.messages import Message
from aloware_cli.domain.money import read_amount, read_percent, read_price, read_quantity
from aloware_cli.domain.orders import Order
from aloware_cli.domain.problems import Problem
from aloware_cli.domain.scenarios import Scenario
from aloware_cli.files.blocks import RowFile
from aloware_cli.files.cards import load_rates, shipped_rates
from aloware_cli.files.carriers import read_carriers
from aloware_cli.files.charges import read_charges
from aloware_cli.files.document import read_document
from aloware_cli.files.examples import read_example
from aloware_cli.files.fields import Fields, read_date
from aloware_cli.files.prices import read_prices
from aloware_cli.files.quotes import read_quote
from aloware_cli.files.rows import RowFormat
from aloware_cli.files.scenarios import read_scenario
from aloware_cli.files.sources import read_sources
from aloware_cli.pricing.orders import Unfit, validate_order
from aloware_cli.pricing.price import price
from aloware_cli.pricing.segments import count_segments
from aloware_cli.pricing.verify import verify
from aloware_cli.render.documents import hash_of, quote_document, to_json
from aloware_cli.render.scenario import scenario_text

ROOT: Final = Path(__file__).parent.parent
CATALOG: Final = load_rates([], None)


def card(content: bytes) -> None:
    """Read a card's prices, and price a unit of each charge with them."""
    root, problems = read_document(content, "card.yaml")
    fields = Fields(root, "", problems)
    sources = dict(CATALOG.sources) | dict(read_sources(fields.fields("sources")))
    rates = read_prices(fields.fields("prices"), CATALOG.charges, sources)
    if not problems:
        shipped = CATALOG.cards["uPro"]
        own = shipped._replace(rates={**shipped.rates, **rates})
        price(own, Order(dict.fromkeys(own.charges, 1), start="2026-12-23"))


def shared(content: bytes) -> None:
    """Read what all plans share: charges with their coverage rules, carriers, sources."""
    root, problems = read_document(content, "shared.yaml")
    read_sources(Fields(root, "", problems))
    read_carriers(Fields(root, "", problems), CATALOG.sources)
    read_charges(Fields(root, "", problems), CATALOG.sources)


def example(content: bytes) -> None:
    """Read an example, and replay it."""
    root, problems = read_document(content, "example.yaml")
    found = read_example(Fields(root, "", problems), CATALOG)
    if not problems:
        verify([found], CATALOG)


def scenario(content: bytes) -> None:
    """Read a scenario, order and price what it asks for, and write it again."""
    problems: list[Problem] = []
    root, problems = read_document(content, "scenario.yaml")
    asked = read_scenario(Fields(root, "", problems), "")
    if problems or not any(asked.given()):
        return
    try:
        order = validate_order(asked, CATALOG.cards["uPro"], CATALOG)
    except Unfit:
        return
    price(CATALOG.cards["uPro"], order)
    again, problems = read_document(scenario_text(asked, "").encode(), "again.yaml")
    assert not problems
    assert same(read_scenario(Fields(again, "", problems), "")) == same(asked)


def same(asked: Scenario) -> Scenario:
    """Return `asked` without where it was given, and with paths in one spelling."""
    return asked._replace(origins={}, rates=tuple(map(os.path.normpath, asked.rates)))


def quote(content: bytes) -> None:
    """Open a saved quote, its hash mended; one that is opened says the same when it is written."""
    try:
        document = json.loads(content)
        content = to_json({**document, "sha256": hash_of(without(document, "sha256"))}).encode()
    except (ValueError, TypeError, RecursionError):
        pass  # the reader says so itself
    opened = read_quote(content, "quote.json", quote_document)
    assert read_quote(to_json(quote_document(opened)).encode(), "again", quote_document) == opened


def without(document: dict[str, Any], key: str) -> dict[str, Any]:
    """Return `document` without `key`."""
    return {name: value for name, value in document.items() if name != key}


def text(content: bytes) -> None:
    """Read a text as each kind of value, and cut it into segments."""
    given = content.decode("utf-8", "replace")
    readers: list[Callable[[str], object]] = [
        read_quantity, read_price, read_amount, read_percent, read_date,
        read_name, read_number, read_note, read_validity,
    ]  # fmt: skip
    for read in readers:
        try:
            read(given)
        except ValueError:
            continue
    if given:
        message: Message = count_segments(given)
        assert "".join(part.text for part in message.parts) == given


def rows(content: bytes) -> None:
    """Price a file of prospects, as CSV, TSV and JSON lines; every row has an answer."""
    form = ROW_FORMS[len(content) % len(ROW_FORMS)]
    request = Request(
        file="rows", rows=form, names=(), header_line=1, form="csv", scenario=Scenario(),
        plan="upro", compare=False, lines=len(content) % 2 == 0, raw=False,
    )  # fmt: skip
    file = RowFile("rows", io.BytesIO(content), len(content))
    price_file(file, request, os.devnull, 1, size=64)


ROW_FORMS: Final[tuple[RowFormat, ...]] = ("csv", "tsv", "jsonl")
TARGETS: Final[Mapping[str, Callable[[bytes], None]]] = {
    "card": card,
    "shared": shared,
    "example": example,
    "scenario": scenario,
    "quote": quote,
    "rows": rows,
    "text": text,
}


def seeds() -> dict[str, list[bytes]]:
    """Return what each target starts from: sound files, and what is easily missed."""
    rates = Path(shipped_rates())
    examples = ROOT / "docs" / "examples"
    orders = (
        Order({"license": 3, "automated_sms": 10_000}, start="2026-12-23", carriers={}),
        Order({"license": 3, "late_appeal": 1}, min_agents=5),
    )
    return {
        "card": [
            path.read_bytes()
            for path in [*sorted(rates.glob("?pro.yaml")), examples / "volume.yaml"]
        ],
        "shared": [(rates / f"{name}.yaml").read_bytes() for name in ("charges", "carriers")],
        "example": [path.read_bytes() for path in sorted((rates / "examples").glob("*.yaml"))],
        "scenario": [path.read_bytes() for path in sorted(examples.glob("*.yaml"))],
        "quote": [
            to_json(quote_document(price(CATALOG.cards["uPro"], order))).encode()
            for order in orders
        ],
        "rows": [
            b"plan,agents,numbers,sms\nupro,3,10,10k\nxpro,1,,\n",
            b'id,agents,rate.license\n"a ""b""",3,60\n,,\n',
            b'{"agents": 3, "sms": "10k", "id": "x"}\n{"plan": "ipro", "agents": 1}\n',
        ],
        "text": [b"10,000", b"2.5k", b"0.015", b"12.5%", b"2026-11-22", "1€ é 👩".encode()],
    }
