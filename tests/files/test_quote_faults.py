"""A saved quote that holds everything: what it may not hold instead, key by key.

Each row changes the file and counts its hash again, so that nothing but the change is at
fault; the places are those of the values that were put in.
"""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from aloware_cli.domain.cards import Model, Rate, Tier, supplied
from aloware_cli.domain.customer import Details
from aloware_cli.domain.orders import ALL, Order
from aloware_cli.domain.periods import Term
from aloware_cli.domain.problems import Problem
from aloware_cli.domain.quotes import Quote
from aloware_cli.domain.sources import Citation, Source
from aloware_cli.errors import DataError, FaultyFiles
from aloware_cli.files.cards import load_rates
from aloware_cli.files.quotes import load_quote, read_quote
from aloware_cli.pricing.price import price
from aloware_cli.render.documents import quote_document, to_json

CARD = load_rates([], None).cards["uPro"]
SHEET = Citation(Source("sheet", "Price sheet", None, "2026-12-01", "May 2026"), "As agreed.")


def by_model(model: Model, allowance: int = 0) -> Rate:
    return Rate("billed", None, SHEET, model=model, allowance=allowance)


FLAT = Model("flat", (Tier(None, Decimal("20.00")),))
PACKAGE = Model("package", (Tier(None, Decimal("15.00")),), 1000)
GRADUATED = Model("graduated", (Tier(500, Decimal("0.02")), Tier(None, Decimal("0.01"))))
OWN_RATES: dict[tuple[str, Term], Rate] = {
    ("local_number", "monthly"): by_model(FLAT),
    ("automated_sms", "monthly"): by_model(GRADUATED, 100),
    ("number_lookup", "monthly"): by_model(PACKAGE),
}
QUOTE = price(
    CARD._replace(
        identity=CARD.identity._replace(effective_from="2026-12-01"),
        rates={**CARD.rates, **OWN_RATES},
    ),
    Order(
        {
            "license": 3,
            "local_number": 10,
            "automated_sms": 1000,
            "automated_minutes": 200,
            "number_lookup": 1500,
            "brand_registration_standard": 1,
        },
        supplied={"automated_minutes": supplied(Decimal("0.02"), "--rate minutes=0.02")},
        as_of="2026-12-02",
        start="2026-12-23",
        carriers={"att": Decimal(60), "verizon": Decimal(40)},
        min_agents=5,
        discounts={"license": Decimal("12.5"), ALL: Decimal(10)},
        credits=Decimal("500.00"),
        details=Details("Acme", "Ann", "Bob", "Q-1", "2026-12-02", 30, "As discussed."),
    ),
)
TEXT = to_json(quote_document(QUOTE))


def opened(text: str) -> Quote:
    return read_quote(text.encode(), "acme.json", quote_document)


def faults_in(text: str) -> list[Problem]:
    with pytest.raises(FaultyFiles) as raised:
        opened(text)
    return list(raised.value.problems)


def changed(values: Mapping[str, Any]) -> str:
    """Return the quote with `values` under their paths, and the hash that it then has."""
    document = json.loads(TEXT)
    for path, value in values.items():
        *keys, last = [int(key) if key.isdigit() else key for key in path.split(".")]
        container = document
        for key in keys:
            container = container[key]
        container[last] = value
    document.pop("sha256")
    rest = json.dumps(document, sort_keys=True, separators=(",", ":"))
    document["sha256"] = hashlib.sha256(rest.encode()).hexdigest()
    return to_json(document)


def test_a_quote_that_holds_everything_is_opened_again_exactly() -> None:
    assert all(part for part in QUOTE)
    assert opened(TEXT) == QUOTE


@pytest.mark.parametrize(
    ("quantities", "order"),
    [
        # a whole month, and its last day alone
        ({"license": 1}, {"start": "2026-12-01"}),
        ({"license": 1}, {"start": "2026-12-31"}),
        # nothing beside the lines, and no price for one of them
        ({"automated_minutes": 7, "inbound_sms": 8}, {}),
        ({"automated_sms": 100}, {"carriers": {}, "credits": Decimal("0.00"), "min_agents": 0}),
    ],
)
def test_a_quote_at_the_bounds_is_opened_again_exactly(
    quantities: dict[str, int], order: dict[str, Any]
) -> None:
    quote = price(CARD, Order(quantities, **order))

    assert opened(to_json(quote_document(quote))) == quote


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"schema": ""}, "schema: the value is missing; write a text on one line"),
        (
            {"schema": "aloware.diff/1"},
            ("schema: 'aloware.diff/1' cannot be opened; "
             "give a quote, aloware.quote/1: aloware quote --format json"),
        ),
        (
            {"first_invoice.days": "0"},
            "first_invoice.days: are more than the month has, or none; write 1 up to its days",
        ),
        (
            {"first_invoice.days": "32"},
            "first_invoice.days: are more than the month has, or none; write 1 up to its days",
        ),
        (
            {"first_invoice.days": "1", "first_invoice.days_in_month": "0"},
            "first_invoice.days: are more than the month has, or none; write 1 up to its days",
        ),
        (
            {"first_invoice.lines.2.charge": "x"},
            ("first_invoice.lines.2.charge: no line of the quote is for it; known here: license, "
             "license_commitment, local_number, automated_sms, automated_minutes, number_lookup"),
        ),
        # 183.75 + 122.50 + 18.00 of subscriptions
        (
            {"first_invoice.next_invoice.amount": "324.26"},
            ("first_invoice.next_invoice.amount: was changed after it was written: "
             "'324.26' no longer adds up; the rest makes '324.25'"),
        ),
        # 9.00 + 3.60 + 27.00 of usage, drawn with 3.00 for the carriers
        (
            {
                "credits.monthly_usage": "39.61",
                "credits.monthly_draw": "42.61",
                "credits.load_per_month": "42.61",
            },
            ("credits.monthly_usage: was changed after it was written: "
             "'39.61' no longer adds up; the rest makes '39.60'"),
        ),
        (
            {"document.valid_days": "0"},
            "document.valid_days: '0' is not right; write a number of days from 1 to 3,650",
        ),
        ({"document.prospect": " "}, "document.prospect: ' ' is not right; write a text"),
        ({"document.note": ""}, "document.note: the value is missing; write a text"),
        (
            {"document.number": "x" * 121},
            f"document.number: '{'x' * 40}...' is not right; write at most 120 characters",
        ),
        (
            {"document.note": "x" * 501},
            f"document.note: '{'x' * 40}...' is not right; write at most 500 characters",
        ),
    ],
)  # fmt: skip
def test_a_value_that_cannot_stand_there_is_the_only_fault(
    values: dict[str, str], problem: str
) -> None:
    text = changed(values)
    (found,) = faults_in(text)

    assert str(found) == f"{found.place}: {problem}"
    assert at(found, text).startswith(json.dumps(next(iter(values.values())))[:1])


def at(problem: Problem, text: str) -> str:
    """Return the rest of the line at which `fault` points, which must be its value's."""
    line = text.splitlines()[problem.place.line - 1]
    before, value = line[: problem.place.column - 1], line[problem.place.column - 1 :]
    key = problem.path.rpartition(".")[2]
    assert before.strip() in {"", f'"{key}":'}
    return value


@pytest.mark.parametrize(
    ("hint", "paths"),
    [
        (
            "write a text",
            """
            schema notes.0 carrier_fees.basis tool.version rate_card.plan
            lines.3.charge lines.0.label lines.0.unit lines.0.working lines.0.reason
            lines.0.source.key lines.0.source.title lines.0.source.url lines.2.source.dated
            lines.0.source.wording lines.0.definition.units lines.0.definition.reason
            lines.0.definition.source.key one_time.0.definition.caution
            lines.3.definition.rule.key lines.3.definition.rule.reason
            lines.3.definition.rule.source.title carrier_fees.sources.0.wording
            inputs.rates.automated_minutes.source.key first_invoice.lines.0.charge
            document.prospect document.contact document.prepared_by document.number document.note
            """,
        ),
        (
            "write digits such as 12",
            """
            lines.0.quantity lines.0.parts.0.quantity lines.0.allowance
            lines.0.definition.allowance lines.3.definition.model.tiers.0.up_to
            lines.5.definition.model.block carrier_fees.segments first_invoice.lines.0.quantity
            """,
        ),
        (
            "write digits such as 12.50",
            "credits.monthly_usage credits.carrier_fees first_invoice.next_invoice.amount",
        ),
        (
            "write a price such as 0.015",
            """
            lines.0.list_price lines.0.parts.0.price lines.3.definition.model.tiers.1.price
            carrier_fees.low_fee carrier_fees.high_fee first_invoice.lines.0.unit_price
            credits.balance inputs.credits inputs.rates.automated_minutes.price
            """,
        ),
        (
            "write a percentage such as 10%",
            "lines.0.discount inputs.discounts.all inputs.carriers.att",
        ),
        ("write a whole number such as 10,000", "inputs.quantities.license inputs.min_agents"),
        (
            "write a date such as 2026-11-22",
            """
            lines.0.source.read_on document.issued rate_card.effective_from
            rate_card.oldest_read_on inputs.as_of inputs.start first_invoice.start
            first_invoice.period_end
            """,
        ),
        ("write a day such as 2026-11-22", "first_invoice.next_invoice.date"),
        ("write 64 digits in hex", "rate_card.sha256"),
        ("write 30", "document.valid_days"),
        ("write USD", "currency"),
        ("write monthly or quarterly or annual", "inputs.term"),
        ("write billed or included or supplied or unpublished", "lines.0.status"),
        ("write subscription or usage", "lines.0.category one_time.0.category"),
        ("write flat or package or graduated or volume", "lines.2.definition.model.name"),
        ("write text or call", "lines.3.definition.traffic.medium"),
        (
            "write consumer or agent or automation or any",
            "lines.3.definition.traffic.initiator",
        ),
        ("write inbound or outbound or any", "lines.3.definition.traffic.direction"),
        ("write local or toll_free", "lines.3.definition.traffic.line"),
        ("write included or charged", "lines.3.definition.rule.decides"),
    ],
)
def test_a_list_is_no_value_of_any_key(hint: str, paths: str) -> None:
    for path in paths.split():
        text = changed({path: []})
        found = faults_in(text)[0]
        assert str(found) == f"{found.place}: {path}: a list is no plain value; {hint}"
        assert at(found, text).startswith("[")


@pytest.mark.parametrize(
    ("said", "paths"),
    [
        (
            "'x' is no mapping; write `key: value`",
            """
            lines.3 lines.0.source lines.0.definition lines.0.definition.source lines.0.parts.0
            lines.2.definition.model lines.3.definition.model.tiers.0 lines.3.definition.traffic
            lines.3.definition.rule lines.3.definition.rule.source one_time.0
            inputs inputs.rates inputs.rates.automated_minutes
            inputs.rates.automated_minutes.source inputs.quantities inputs.discounts
            inputs.carriers tool rate_card document carrier_fees carrier_fees.sources.0
            first_invoice first_invoice.lines.0 first_invoice.next_invoice credits
            """,
        ),
        (
            "'x' is no list; write [ and ] around it",
            """
            lines one_time notes lines.0.parts lines.3.definition.model.tiers
            carrier_fees.sources first_invoice.lines
            """,
        ),
        (
            "'x' is no list; write [consumer, agent, automation]",
            "lines.3.definition.rule.initiators",
        ),
        ("'x' is no list; write [inbound, outbound]", "lines.3.definition.rule.directions"),
        ("'x' is no list; write [local, toll_free]", "lines.3.definition.rule.lines"),
        (
            "'x' is neither true nor false; write one of them",
            "lines.0.definition.per_term lines.0.definition.pass_through credits.at_most",
        ),
    ],
)
def test_a_text_is_no_object_no_list_and_no_truth(said: str, paths: str) -> None:
    for path in paths.split():
        text = changed({path: "x"})
        found = faults_in(text)[0]
        assert str(found) == f"{found.place}: {path}: {said}"
        assert at(found, text).startswith('"x"')


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        # the form of the file, then what it says it is, then its keys, then its sums
        ("{", ["acme.json:1:2: no key in quotes here; mend the line or the one above it"]),
        (
            '{"schema": "aloware.quote/2", "lines": 1}',
            ["acme.json:1:40: lines: the number '1'; write it in quotes"],
        ),
        ("{}", ["acme.json:1:1: 'schema' is missing; write a text"]),
        ("[]", ["acme.json:1:1: a list is no mapping; write `key: value`"]),
        (
            '{"schema":\n"aloware.quote/2"}',
            [("acme.json:2:1: schema: 'aloware.quote/2' cannot be opened; "
              "give a quote, aloware.quote/1: aloware quote --format json")],
        ),
        (
            '{"schema": "aloware.quote/1", "first_invoice": null}',
            ["acme.json:1:1: 'lines' is missing; write a list",
             "acme.json:1:1: 'inputs' is missing; write an object",
             "acme.json:1:1: 'tool' is missing; write an object",
             "acme.json:1:1: 'rate_card' is missing; write an object",
             "acme.json:1:1: 'currency' is missing; write USD",
             "acme.json:1:1: 'document' is missing; write an object",
             "acme.json:1:1: 'one_time' is missing; write a list",
             "acme.json:1:1: 'notes' is missing; write a list",
             "acme.json:1:1: 'carrier_fees' is missing; write an object",
             "acme.json:1:1: 'credits' is missing; write an object"],
        ),
    ],
)  # fmt: skip
def test_a_file_that_is_no_quote_is_refused_for_the_first_reason(
    text: str, problems: list[str]
) -> None:
    assert [str(problem) for problem in faults_in(text)] == sorted(problems)


def test_a_file_is_named_as_it_is_seen_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("acme.json").write_text(TEXT)
    Path("empty.json").write_text("")
    Path("large.json").write_bytes(b" " * (2**24 + 1))

    assert load_quote(str(tmp_path / "acme.json"), quote_document) == QUOTE
    for name, problem in (
        ("empty.json", "the file is empty; write the keys it needs"),
        ("large.json", "larger than 16 MiB; split it or shorten it"),
    ):
        with pytest.raises(FaultyFiles) as raised:
            load_quote(str(tmp_path / name), quote_document)
        assert [str(found) for found in raised.value.problems] == [f"{name}:1:1: {problem}"]
    with pytest.raises(DataError) as gone:
        load_quote(str(tmp_path / "gone.json"), quote_document)
    assert gone.value.report() == (
        "Error: gone.json: cannot be read (No such file or directory)\n"
        "  Check the path and its permissions."
    )


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"days": "9"', '"days": []', "first_invoice.days: a list is no plain value"),
        ('"charge": "license",\n        "unit_price"', '"charge": [],\n        "unit_price"',
         "first_invoice.lines.0.charge: a list is no plain value"),
    ],
)  # fmt: skip
def test_what_is_refused_in_a_first_invoice_is_refused_once(
    old: str, new: str, problem: str
) -> None:
    text = changed({})
    assert text.count(old) == 1
    (found,) = faults_in(text.replace(old, new))
    assert str(found).startswith(f"{found.place}: {problem}; ")
