"""Fuzz targets: each reader, fed with any bytes, and what must be true of its result.

A target returns, or raises AlowareError. Anything else is a bug of the reader. The test suite
feeds every target with damaged files, `fuzz/readers.py` with bytes that a fuzzer makes up.
"""

import io
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any, Final

from aloware_cli.batch.pricer import Request
from aloware_cli.batch.rows import RowFile, RowFormat
from aloware_cli.batch.workers import price_file
from aloware_cli.cli.scenario import read_options
from aloware_cli.domain.messages import count_segments
from aloware_cli.domain.orders import Order
from aloware_cli.domain.scenarios import OPTIONS, Scenario
from aloware_cli.files.cards import load_rates
from aloware_cli.files.charges import read_charges, read_sources, read_terms
from aloware_cli.files.document import read_document
from aloware_cli.files.examples import read_example
from aloware_cli.files.fields import Fields
from aloware_cli.files.io import bundled_rates, read_message
from aloware_cli.files.prices import read_carriers, read_prices
from aloware_cli.files.quotes import read_quote
from aloware_cli.files.scenarios import read_scenario
from aloware_cli.pricing.orders import build_order
from aloware_cli.pricing.price import price
from aloware_cli.pricing.verify import verify
from aloware_cli.render.documents import hash_of, quote_document, to_json
from aloware_cli.render.scenario import scenario_text

ROOT: Final = Path(__file__).parent.parent
CATALOG: Final = load_rates([], None)
CARD: Final = CATALOG.cards["uPro"]
#: The kinds of options that are given as a list of texts.
REPEATABLE: Final = ("entries", "paths")
ROW_FORMATS: Final[tuple[RowFormat, ...]] = ("csv", "tsv", "jsonl")


def card(content: bytes) -> None:
    """Read the prices of a rate card, and price one unit of each charge with them."""
    root, problems = read_document(content, "card.yaml")
    fields = Fields(root, "", problems, CATALOG.sources)
    fields.sources = {**CATALOG.sources, **read_sources(fields)}
    rates = read_prices(fields, CATALOG.charges)
    if not problems:
        own = CARD._replace(rates={**CARD.rates, **rates})
        price(own, Order(dict.fromkeys(own.charges, 1), start="2026-12-23"))


def overlay(content: bytes) -> None:
    """Apply an overlay to the bundled rate cards."""
    with tempfile.NamedTemporaryFile(suffix=".yaml") as file:
        file.write(content)
        file.flush()
        load_rates([file.name], None)


def shared(content: bytes) -> None:
    """Read what the plans share: charges with their coverage rules, carriers, sources, terms."""
    root, problems = read_document(content, "shared.yaml")
    fields = Fields(root, "", problems, CATALOG.sources)
    read_sources(fields)
    read_carriers(fields)
    read_charges(fields)
    read_terms(fields, CATALOG.charges, CATALOG.cards)


def example(content: bytes) -> None:
    """Read a worked example, and check it."""
    root, problems = read_document(content, "example.yaml")
    found = read_example(Fields(root, "", problems, CATALOG.sources))
    if not problems:
        verify([found], CATALOG)


def scenario(content: bytes) -> None:
    """Read a scenario and price it; a file that is written from it gives the same scenario."""
    root, problems = read_document(content, "scenario.yaml")
    given = read_scenario(Fields(root, "", problems), "")
    if not problems:
        _price_and_write(given)


def options(content: bytes) -> None:
    """Read options, each on a line as KEY TEXT, and check them as `scenario` does.

    On a command line, bytes that are not UTF-8 are lone surrogates.
    """
    given: dict[str, Any] = {}
    for line in content.decode("utf-8", "surrogateescape").split("\n"):
        key, _, text = line.partition(" ")
        if key in OPTIONS:
            texts = [*given.get(key, ()), text]
            given[key] = texts if OPTIONS[key].kind in REPEATABLE else text
    # A run finds the plan and counts a message before it prices or writes anything.
    found = read_options(given)
    _price_and_write(found._replace(plan=CARD.plan, message=None, recipients=None))


def _price_and_write(given: Scenario) -> None:
    if any(given.given()):
        price(CARD, build_order(given, CARD, CATALOG))
        again, problems = read_document(scenario_text(given, "").encode(), "again.yaml")
        assert not problems
        assert _bare(read_scenario(Fields(again, "", problems), "")) == _bare(given)


def _bare(given: Scenario) -> Scenario:
    """Return `given` without the origins of its values, and with one spelling of each path."""
    return given._replace(origins={}, rates=tuple(map(os.path.normpath, given.rates)))


def quote(content: bytes) -> None:
    """Read a saved quote with a correct hash; it is written as it was read."""
    try:
        document = json.loads(content)
        unsigned = {key: value for key, value in document.items() if key != "sha256"}
        content = to_json({**unsigned, "sha256": hash_of(unsigned)}).encode()
    except (ValueError, TypeError, AttributeError, RecursionError):
        pass  # the reader must report it
    read = read_quote(content, "quote.json", quote_document)
    assert read_quote(to_json(quote_document(read)).encode(), "again", quote_document) == read


def message(content: bytes) -> None:
    """Read the file of a text message, and count its segments, which contain all of it."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        text = read_message(file.name)
    assert "".join(part.text for part in count_segments(text).parts) == text


def rows(content: bytes) -> None:
    """Price a file of customers; the results are the same in blocks of any size."""
    form = ROW_FORMATS[len(content) % len(ROW_FORMATS)]
    lines = len(content) % 2 == 0
    request = Request("rows", CATALOG, Scenario(), "uPro", rows=form, lines=lines)
    results = []
    for size in (64, 4096):
        target, file = io.BytesIO(), RowFile("rows", io.BytesIO(content), len(content))
        found = price_file(file, request, lambda: nullcontext(target), 1, size)  # noqa: B023
        results.append((found, target.getvalue()))
    assert results[0] == results[1]


TARGETS: Final[Mapping[str, Callable[[bytes], None]]] = {
    "card": card,
    "overlay": overlay,
    "shared": shared,
    "example": example,
    "scenario": scenario,
    "options": options,
    "quote": quote,
    "message": message,
    "rows": rows,
}


def seeds() -> dict[str, list[bytes]]:
    """Return what each target starts from: valid files, and cases that are easily missed."""
    rates = Path(bundled_rates())
    examples = ROOT / "docs" / "examples"
    overlays = [examples / "volume.yaml"]
    samples = "".join(f"{key} {option.sample}\n" for key, option in OPTIONS.items())
    orders = (
        Order({"license": 3, "automated_sms": 10_000}, start="2026-12-23", carriers={}),
        Order({"license": 3, "late_appeal": 1}, min_agents=5),
    )
    return {
        "card": [path.read_bytes() for path in [*sorted(rates.glob("?pro.yaml")), overlays[0]]],
        "overlay": [path.read_bytes() for path in overlays],
        "shared": [(rates / f"{name}.yaml").read_bytes() for name in ("charges", "carriers")],
        "example": [path.read_bytes() for path in sorted((rates / "examples").glob("*.yaml"))],
        "scenario": [path.read_bytes() for path in sorted(examples.glob("*.yaml"))],
        "options": [samples.encode(), b"prospect A\xffB\nagents 2.5k\ndiscount 10%\nadd sms=1"],
        "quote": [to_json(quote_document(price(CARD, order))).encode() for order in orders],
        "message": ["Hi 👩\u200d🚀 [1€]\r\n".encode(), b"\xef\xbb\xbfSTOP to stop\n", b"x" * 161],
        "rows": [
            b"plan,agents,numbers,sms\nupro,3,10,10k\nxpro,1,,\n",
            b'id,agents,rate.license\n"a ""b""",3,60\n,,\n',
            b"id;agents;term\n\xc2\x9bA\x1b[2J;3;annual\n=1+1;1;\n",
            b'{"agents": 3, "sms": "10k", "id": "x"}\n{"plan": "ipro", "agents": 1}\n',
        ],
    }
