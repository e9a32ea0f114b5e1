"""Ten thousand orders priced twice: by aloware, and by SQL in whole numbers.

The other implementation shares nothing with ours: it reads the cards with PyYAML's
plainest loader, and `bill.sql` does the rest, rounding included.
"""

import random
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from card_files import CARDS as FROZEN

from aloware_cli.domain.cards import supplied
from aloware_cli.domain.charges import LICENSE
from aloware_cli.domain.orders import Order
from aloware_cli.files.cards import load_rates
from aloware_cli.pricing.price import price

PLANS = ("iPro", "uPro", "xPro")
TERMS = ("monthly", "quarterly", "annual")
MODELS = ("per unit", "flat", "package", "graduated", "volume")
SHEETS, ORDERS_A_SHEET = 25, 400
NO_END = 2**62


def read(path: Path) -> Any:
    """Return what stands in a YAML file, every value as its text."""
    return yaml.load(path.read_bytes(), yaml.BaseLoader)  # noqa: S506  the safest there is


CHARGES = read(FROZEN / "charges.yaml")["charges"]
FEES = read(FROZEN / "a2p.yaml")["prices"]


def some_price(chance: random.Random) -> str:
    """Return a price of up to eight places, mostly small, now and then of half a cent."""
    places = chance.choice([2, 3, 4, 8])
    most = chance.choice([1, 10, 100]) * 10**places
    return f"{Decimal(chance.randrange(most)).scaleb(-places):f}"


def some_rate(chance: random.Random, charge: str) -> dict[str, Any]:
    model = chance.choice(MODELS)
    rate: dict[str, Any] = {"model": model, "source": "sheet"}
    if model in {"graduated", "volume"}:
        ends = sorted(chance.sample(range(1, 60), chance.randint(1, 4)))
        rate["tiers"] = [{"up_to": str(end), "price": some_price(chance)} for end in ends]
        rate["tiers"].append({"price": some_price(chance)})
    else:
        rate["price"] = some_price(chance)
    if model == "package":
        rate["block"] = str(chance.randint(1, 30))
    takes_allowance = charge != LICENSE and "one_time" not in CHARGES[charge] and model != "flat"
    if takes_allowance and chance.random() < 0.5:
        rate["allowance"] = str(chance.randint(1, 20))
    prices = [tier["price"] for tier in rate.get("tiers", [rate])]
    rate["wording"] = f"So it was said: {' and '.join(prices)}"
    return rate


def some_sheet(chance: random.Random, plan: str) -> dict[str, Any]:
    """Return an overlay that prices about half of what the cards may price, in any model."""
    open_to_it = [key for key, on_card in card_of(plan).items() if on_card != "included"]
    prices: dict[str, Any] = {
        key: some_rate(chance, key)
        for key in open_to_it
        if key != LICENSE and chance.random() < 0.5
    }
    prices[LICENSE] = {term: some_rate(chance, LICENSE) for term in TERMS if chance.random() < 0.5}
    source = {"title": "A sheet", "read_on": "2026-12-01"}
    return {"plan": plan, "sources": {"sheet": source}, "prices": prices}


def card_of(plan: str) -> dict[str, Any]:
    return {**FEES, **read(FROZEN / f"{plan.lower()}.yaml")["prices"]}


def some_order(chance: random.Random) -> dict[str, Any]:
    keys = chance.sample(list(CHARGES), chance.randint(1, 8))
    percents = chance.sample([*CHARGES, "all"], chance.choice([0, 0, 1, 3]))
    own = chance.sample(list(CHARGES), chance.choice([0, 0, 1, 3]))
    return {
        "plan": chance.choice(PLANS),
        "term": chance.choice(TERMS),
        "minimum": chance.choice([0, 0, 5, 40]),
        "wanted": {key: chance.choice([chance.randint(0, 70), 10**4]) for key in keys},
        "discount": {key: chance.randint(0, 10_000) for key in percents},
        "supplied": {
            key: some_price(chance)
            for key in own
            if all(card[key] != "included" for card in CARDS.values())
        },
    }


CARDS = {plan: card_of(plan) for plan in PLANS}


def by_us(card: Any, asked: dict[str, Any]) -> tuple[int, int, int, int, bool]:
    """Return month, quarter, year and what is paid once, in cents, and whether a price lacks."""
    order = Order(
        asked["wanted"],
        term=asked["term"],
        supplied={key: supplied(Decimal(p), "--rate") for key, p in asked["supplied"].items()},
        min_agents=asked["minimum"],
        discounts={key: Decimal(n).scaleb(-2) for key, n in asked["discount"].items()},
    )
    quote = price(card, order)
    month, quarter, year, once = (
        int(amount.scaleb(2)) for amount in (*quote.totals, quote.one_time_total)
    )
    return month, quarter, year, once, quote.at_least


def rates_of(sheet: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Yield what the plan's card, with the overlay on it, says of each charge on each term."""
    prices = CARDS[sheet["plan"]] | {
        key: rate for key, rate in sheet["prices"].items() if key != LICENSE
    }
    for key, rate in prices.items():
        for term in TERMS:
            if key == LICENSE:
                yield key, term, (rate | sheet["prices"][LICENSE])[term]
            else:
                yield key, term, rate


def fill(tables: sqlite3.Connection, number: int, sheet: dict[str, Any]) -> None:
    for key, term, rate in rates_of(sheet):
        where = (number, sheet["plan"], key, term)
        if isinstance(rate, str):
            tables.execute("INSERT INTO rate VALUES (?,?,?,?,?,'per unit',1,0)", (*where, rate))
            continue
        model = rate.get("model", "per unit")
        more = (int(rate.get("block", 1)), int(rate.get("allowance", 0)))
        tables.execute("INSERT INTO rate VALUES (?,?,?,?,'priced',?,?,?)", (*where, model, *more))
        low = 0
        for tier in rate.get("tiers", [rate]):
            high = int(tier.get("up_to", NO_END))
            tables.execute(
                "INSERT INTO tier VALUES (?,?,?,?,?,?,?)", (*where, low, high, e8(tier["price"]))
            )
            low = high


def e8(text: str) -> int:
    return int(Decimal(text).scaleb(8))


def ask(tables: sqlite3.Connection, number: int, sheet: int, asked: dict[str, Any]) -> None:
    row = (number, sheet, asked["plan"], asked["term"], asked["minimum"])
    tables.execute("INSERT INTO asked VALUES (?,?,?,?,?)", row)
    own = {key: e8(text) for key, text in asked["supplied"].items()}
    for table, values in (("wanted", asked["wanted"]), ("discount", asked["discount"])):
        rows = [(number, key, value) for key, value in values.items()]
        tables.executemany(f"INSERT INTO {table} VALUES (?,?,?)", rows)  # noqa: S608  our own names
    tables.executemany("INSERT INTO supplied VALUES (?,?,?)", [(number, *o) for o in own.items()])


def test_ten_thousand_orders_come_to_what_sql_makes_of_them(tmp_path: Path) -> None:
    chance = random.Random(20261123)  # noqa: S311  the same orders each time
    tables = sqlite3.connect(":memory:")
    tables.executescript(Path(__file__).with_name("bill.sql").read_text("utf-8"))
    for key, charge in CHARGES.items():
        flags = (charge.get("one_time") == "true", charge.get("pass_through") == "true")
        tables.execute("INSERT INTO charge VALUES (?,?,?)", (key, *flags))
    ours: dict[int, tuple[int, int, int, int, bool]] = {}
    for sheet in range(SHEETS):
        paths = []
        for plan in PLANS:
            overlay = some_sheet(chance, plan)
            fill(tables, sheet, overlay)
            paths.append(tmp_path / f"{plan}-{sheet}.yaml")
            paths[-1].write_text(yaml.safe_dump(overlay), "utf-8")
        catalog = load_rates([str(path) for path in (FROZEN, *paths)], None)
        for _ in range(ORDERS_A_SHEET):
            asked = some_order(chance)
            ask(tables, len(ours), sheet, asked)
            ours[len(ours)] = by_us(catalog.cards[asked["plan"]], asked)

    bills = {row[0]: row[1:] for row in tables.execute("SELECT * FROM bill")}
    tables.close()

    assert len(ours) == 10_000
    assert {missing > 0 for _, _, missing, _ in bills.values()} == {True, False}
    assert not any(inexact for *_, inexact in bills.values())
    for number, (month, quarter, year, once, at_least) in ours.items():
        theirs, theirs_once, missing, _ = bills.get(number, (0, 0, 0, 0))
        assert (month, quarter, year) == (theirs, 3 * theirs, 12 * theirs), number
        assert (once, at_least) == (theirs_once, missing > 0), number
