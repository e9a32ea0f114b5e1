"""The JSON of a quote fits its schema and the contract."""

import json
from typing import Any

import jsonschema
import pytest
from card_files import catalog
from conftest import validator

from aloware_cli.domain.orders import Order
from aloware_cli.pricing.price import price
from aloware_cli.render.documents import quote_document, to_json

CATALOG = catalog()


def test_the_schema_refuses_what_is_no_quote() -> None:
    quote = price(CATALOG.cards["uPro"], Order({"license": 3}))
    changes: list[dict[str, Any]] = [{"plan": None}, {"totals": {}}, {"at_least": "no"}, {"x": 1}]
    for change in changes:
        with pytest.raises(jsonschema.ValidationError):
            validator("quote").validate({**quote_document(quote), **change})


def test_the_json_of_the_contract() -> None:
    quote = price(
        CATALOG.cards["uPro"], Order({"license": 3, "local_number": 10, "automated_sms": 10_000})
    )
    document = json.loads(to_json(quote_document(quote)))
    assert list(document) == [
        "schema", "plan", "term", "currency", "as_of", "lines", "one_time", "subtotals", "totals",
        "at_least", "unpriced", "carrier_fees", "first_invoice", "credits", "due_now", "notes",
        "document", "rate_card", "inputs", "tool", "sha256",
    ]  # fmt: skip
    assert list(document["lines"][0]) == [
        "charge", "label", "category", "status", "quantity", "unit", "list_price", "unit_price",
        "discount", "model", "allowance", "parts", "monthly", "quarterly", "annual", "calculation",
        "reason", "source", "definition",
    ]  # fmt: skip
    first = document["lines"][0]
    assert first["calculation"] == "3 x 70.00"
    assert (first["monthly"], first["quarterly"], first["annual"]) == (
        "210.00",
        "630.00",
        "2520.00",
    )
    assert document["subtotals"] == {
        "subscription": {"monthly": "260.00", "quarterly": "780.00", "annual": "3120.00"},
        "usage": {"monthly": "150.00", "quarterly": "450.00", "annual": "1800.00"},
        "custom": {"monthly": "0.00", "quarterly": "0.00", "annual": "0.00"},
    }
    assert document["totals"] == {
        "monthly": "410.00", "quarterly": "1230.00", "annual": "4920.00", "one_time": "0.00",
        "first_year": "4920.00",
    }  # fmt: skip
