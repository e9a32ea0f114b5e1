"""Scenarios: the inputs of a quote, from options, files and rows.

Each field of `Scenario` declares one key, once: the option, the key of a scenario file, the batch
column, the question of the guided quote and the line of the reference are derived from it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Annotated, Any, Final, Literal, NamedTuple, TypeAlias, get_args

from aloware_cli.domain.money import (
    CASES,
    Quantity,
    Range,
    read_amount,
    read_percent,
    read_price,
    read_range,
)
from aloware_cli.domain.orders import (
    CustomLine,
    read_custom_line,
    read_name,
    read_note,
    read_quote_number,
    read_valid_days,
)
from aloware_cli.domain.periods import TERMS, Term, read_date, read_date_or_today, read_duration
from aloware_cli.domain.problems import InvalidValue, Origin, listed, suggest

Brand: TypeAlias = Literal["starter", "standard"]

#: The groups of options, in the order in which help lists them.
NEEDS: Final = "What the customer needs"
PRICES: Final = "Prices and discounts"
CONTRACT: Final = "Contract and dates"
FEES: Final = "Fees and credits"
CUSTOMER: Final = "Customer document"
OUTPUT: Final = "Output"
CARDS: Final = "Rate cards"
GROUPS: Final = (NEEDS, PRICES, CONTRACT, FEES, CUSTOMER, OUTPUT, CARDS)

#: The variable that names rate cards; it is not part of what a scenario file keeps.
ENVIRONMENT: Final = "ALOWARE_RATES"

#: The key of a discount on every charge that has none of its own.
ALL: Final = "all"


class Option(NamedTuple):
    """How one key of a scenario is given."""

    group: str
    help: str
    metavar: str
    sample: str  #: An example value, as a scenario file has it
    read: Callable[[str], Any]  #: Parses one value; raises InvalidValue
    #: `switch`: present or not. `entries`: NAME=VALUE, repeatable. `paths`: repeatable.
    kind: Literal["value", "switch", "entries", "paths"] = "value"
    #: Other spellings: a short form, and synonyms that people type first.
    names: tuple[str, ...] = ()
    charges: tuple[str, ...] = ()  #: The keys of the charges whose quantity it gives
    part_of: str = ""  #: The key that it belongs to: it is replaced together with it
    #: In a batch: a column (and an option for rows without it), only an option, or neither.
    rows: Literal["column", "option", "none"] = "none"
    #: Whether a worked example may give it: it is priced with the cards that it checks.
    in_examples: bool = True
    question: str = ""  #: The question of the guided quote
    unnamed: str = ""  #: The entry that a value without a name sets

    @property
    def hint(self) -> str:
        """What to write instead of a value of the wrong type."""
        return f"use one value, such as {self.sample}"


def _quantity(help: str, charge: str, sample: str, question: str = "", names: str = "") -> Option:
    return Option(
        NEEDS, help, "N", sample, read_range, names=tuple(names.split()), charges=(charge,),
        rows="column", question=question,
    )  # fmt: skip


def _detail(help: str, metavar: str, sample: str, read: Callable[[str], Any]) -> Option:
    return Option(CUSTOMER, help, metavar, sample, read, in_examples=False)


def _choose(allowed: tuple[str, ...], text: str) -> str:
    chosen = text.casefold()
    if chosen not in allowed:
        message = f"not one of {', '.join(allowed)}"
        raise InvalidValue("E-CHOICE", message, f"use {listed(allowed, 'or')}")
    return chosen


def _read_text(text: str) -> str:
    if not text.strip():
        raise InvalidValue("E-TEXT", "not a text", "use at least one letter or digit")
    return text


class Scenario(NamedTuple):
    """The inputs of a quote; a field is None or empty if it is not given.

    Charges have their keys, in lower case. `build_order` checks whether a rate card has them.
    """

    # fmt: off
    plan: Annotated[str | None, Option(
        NEEDS, "Plan: iPro, uPro or xPro", "PLAN", "uPro", _read_text, rows="column",
    )] = None
    agents: Annotated[Quantity | None, _quantity(
        "Agents; each needs a license", "license", "3", "Agents", "-a --users --seats --licenses",
    )] = None
    numbers: Annotated[Quantity | None, _quantity(
        "Local phone numbers", "local_number", "10", "Local phone numbers", "-n",
    )] = None
    sms: Annotated[Quantity | None, _quantity(
        "Automated texts per month, in segments", "automated_sms", "10k",
        "Automated texts per month", "-s --texts",
    )] = None
    message: Annotated[str | None, Option(
        NEEDS, "File with the text to send; replaces --sms", "FILE", "promo.txt", _read_text,
        charges=("automated_sms",), in_examples=False,
    )] = None
    recipients: Annotated[Quantity | None, Option(
        NEEDS, "Recipients of --message per month", "N", "5000", read_range,
        part_of="message", in_examples=False,
    )] = None
    minutes: Annotated[Quantity | None, _quantity(
        "Automated outbound minutes per month", "automated_minutes", "1000",
        "Automated call minutes per month", "-m",
    )] = None
    calls: Annotated[Quantity | None, _quantity(
        "Automated calls per month, converted to billed minutes", "automated_minutes", "25000",
    )] = None
    call_length: Annotated[int | None, Option(
        NEEDS, "Average length of a call, such as 45s or 2m30s", "TIME", "45s", read_duration,
        part_of="calls", rows="column",
    )] = None
    increment: Annotated[int | None, Option(
        NEEDS, "Seconds that a call is billed in; not published, so ask the vendor", "SECONDS",
        "60", read_duration, part_of="calls", rows="column",
    )] = None
    agent_minutes: Annotated[Quantity | None, _quantity(
        "Minutes agents dial on local lines (included)", "agent_minutes", "5000",
    )] = None
    inbound_minutes: Annotated[Quantity | None, _quantity(
        "Inbound minutes on local lines (included)", "inbound_minutes", "5000",
    )] = None
    agent_sms: Annotated[Quantity | None, _quantity(
        "Texts agents send on local lines (included)", "agent_sms", "2000",
    )] = None
    inbound_sms: Annotated[Quantity | None, _quantity(
        "Inbound texts on local lines (included)", "inbound_sms", "2000",
    )] = None
    toll_free_numbers: Annotated[Quantity | None, _quantity(
        "Toll-free phone numbers", "toll_free_number", "1",
    )] = None
    toll_free_minutes: Annotated[Quantity | None, _quantity(
        "Minutes on toll-free lines", "toll_free_minutes", "100",
    )] = None
    toll_free_sms: Annotated[Quantity | None, _quantity(
        "Texts on toll-free lines", "toll_free_sms", "100",
    )] = None
    add: Annotated[Mapping[str, Quantity], Option(
        NEEDS, "Any other charge; see aloware rates show PLAN (repeatable)", "CHARGE=N",
        "number_lookup=500", read_range, "entries",
    )] = {}
    #: Percent, by charge or `all`.
    discount: Annotated[Mapping[str, Decimal], Option(
        PRICES, "Discount on one charge, or on everything (repeatable)", "[CHARGE=]N%",
        "license=10%", read_percent, "entries", rows="column", unnamed=ALL,
    )] = {}
    #: USD per unit, by charge: `license` for all plans, `upro:license` for one.
    rate: Annotated[Mapping[str, Decimal], Option(
        PRICES, "Price you supply, in USD per unit (repeatable)", "[PLAN:]CHARGE=PRICE",
        "automated_sms=0.02", read_price, "entries", rows="column",
    )] = {}
    #: By label.
    line: Annotated[Mapping[str, CustomLine], Option(
        PRICES, "Custom line, per month or once (repeatable)", '"LABEL=AMOUNT [once]"',
        "Onboarding=500 once", read_custom_line, "entries", rows="option", in_examples=False,
    )] = {}
    term: Annotated[Term | None, Option(
        CONTRACT, "Billing term: monthly (default), quarterly or annual", "TERM", "monthly",
        partial(_choose, TERMS), rows="column",
    )] = None
    min_agents: Annotated[Quantity | None, Option(
        CONTRACT, "Minimum licenses billed", "N", "5", read_range, rows="column",
    )] = None
    start: Annotated[str | None, Option(
        CONTRACT, "First day; adds the first invoice and what is due now", "DATE",
        "2026-12-23", read_date, question="Start date (YYYY-MM-DD)",
    )] = None
    brand: Annotated[Brand | None, Option(
        FEES, "A2P brand to register: starter or standard", "BRAND", "standard",
        partial(_choose, get_args(Brand)), rows="column",
        charges=("brand_registration_starter", "brand_registration_standard"),
    )] = None
    campaigns: Annotated[Quantity | None, Option(
        FEES, "A2P campaigns", "N", "1", read_range, rows="column",
        charges=("campaign_maintenance",),
    )] = None
    low_volume_campaigns: Annotated[Quantity | None, Option(
        FEES, "A2P low-volume mixed campaigns", "N", "1", read_range, rows="column",
        charges=("low_volume_campaign_maintenance",),
    )] = None
    carrier_fees: Annotated[bool, Option(
        FEES, "Add carrier fees for texts, as a low-high range", "", "true", _read_text, "switch",
    )] = False
    #: Percent of the texts, by carrier.
    carrier: Annotated[Mapping[str, Decimal], Option(
        FEES, "Add carrier fees for a mix that totals 100% (repeatable)", "NAME=N%", "att=100%",
        read_percent, "entries",
    )] = {}
    credits: Annotated[Decimal | None, Option(
        FEES, "Show how long this prepaid balance lasts, in USD", "AMOUNT", "100", read_amount,
    )] = None
    prospect: Annotated[str | None, Option(
        CUSTOMER, "Customer name", "NAME", "Acme Inc.", read_name, names=("--customer",),
        in_examples=False, question="Customer name",
    )] = None
    contact: Annotated[str | None, _detail(
        "Contact at the customer", "NAME", "Dana Smith", read_name,
    )] = None
    prepared_by: Annotated[str | None, _detail(
        "Name of the person who made the quote", "NAME", "Kim", read_name,
    )] = None
    number: Annotated[str | None, _detail(
        "Quote number, such as Q-14", "TEXT", "Q-14", read_quote_number,
    )] = None
    issued: Annotated[str | None, _detail(
        "Date of issue, or today", "DATE", "2026-11-22", read_date_or_today,
    )] = None
    valid_days: Annotated[int | None, _detail(
        "Days the quote stays valid; needs --issued", "N", "30", read_valid_days,
    )] = None
    note: Annotated[str | None, _detail(
        "Sentence to add to the quote", "TEXT", "Prices before tax.", read_note,
    )] = None
    allow_unpriced: Annotated[bool, Option(
        OUTPUT, 'Quote a lower bound ("at least") where a price is not published', "", "true",
        _read_text, "switch", rows="option", in_examples=False,
    )] = False
    rates: Annotated[tuple[str, ...], Option(
        CARDS, "Rate card folder, or overlay on the bundled rate cards (repeatable; default: "
        "ALOWARE_RATES)", "PATH", "acme-prices.yaml", _read_text, "paths", rows="option",
        in_examples=False,
    )] = ()
    as_of: Annotated[str | None, Option(
        CARDS, "Use the rate cards in force on this date, or today", "DATE", "2026-12-31",
        read_date_or_today, rows="option", in_examples=False,
    )] = None
    # fmt: on
    #: Plan groups, each with what it does not share with the others.
    groups: "tuple[Scenario, ...]" = ()
    name: str | None = None  #: Of a plan group
    #: Where each value was given, by key, or key and entry: `agents`, `rate.license`; under the
    #: empty key, where the file begins.
    origins: Mapping[str, Origin] = {}

    def given(self) -> Iterator[tuple[str, Any]]:
        """Yield the keys that are given, with their values, in the order of the fields."""
        for key, value in zip(OPTIONS, self, strict=False):  # the last field has no option
            # 0 is given, although it equals False.
            if not (value is None or value is False or value in ((), {})):
                yield key, value

    def only(self, keys: Iterable[str]) -> "Scenario":
        """Return the scenario with only what is given under `keys`."""
        kept = {key: value for key, value in self.given() if key in keys}
        origins = {
            path: origin
            for path, origin in self.origins.items()
            if path.partition(".")[0] in {*kept, "", "name"}
        }
        return Scenario(**kept, groups=self.groups, name=self.name, origins=origins)

    def quantity(self, key: str) -> int:
        """Return the quantity under `key`: 0 for none, the expected one of a range."""
        found: Quantity | None = getattr(self, key)
        return found.expected if isinstance(found, Range) else found or 0

    def ranges(self) -> Iterator[tuple[str, Range]]:
        """Yield each range with its path: a key, or `add` and a charge."""
        added = ((f"add.{name}", each) for name, each in self.add.items())
        values = (*zip(self._fields, self, strict=True), *added)
        yield from ((path, value) for path, value in values if isinstance(value, Range))

    def cases(self) -> "list[Scenario]":
        """Return the scenario at low, expected and high quantities; alone if none is a range."""
        if not any(any(each.ranges()) for each in (self, *self.groups)):
            return [self]
        return [self.at(case) for case in range(len(CASES))]

    def at(self, case: int) -> "Scenario":
        """Return the scenario with one quantity of each range; `case` is its place in `CASES`."""

        def one_of(value: Any) -> Any:
            return value[case] if isinstance(value, Range) else value

        return Scenario(*map(one_of, self))._replace(
            add={charge: one_of(quantity) for charge, quantity in self.add.items()},
            groups=tuple(group.at(case) for group in self.groups),
        )

    def on(self, plan: str | None) -> "Scenario":
        """Return the scenario for the plan of the command line, or unchanged for None."""
        if plan is None:
            return self
        return self._replace(plan=plan, origins={**self.origins, "plan": "PLAN"})

    def origin(self, path: str) -> Origin | None:
        """Return where the value under `path` was given, or else where the file begins."""
        return self.origins.get(path) or self.origins.get("")

    def merged_over(self, lower: "Scenario") -> "Scenario":
        """Return `lower` with the values of this scenario in their place.

        A charge that this scenario counts, prices or discounts is replaced under whichever key
        `lower` gives it. A discount on `all` replaces every discount, and a carrier mix the mix.
        """
        own, below = dict(self.given()), dict(lower.given())
        counted = {charge for key in own for charge in OPTIONS[key].charges} | self.add.keys()
        replaced = {key for key in below if not counted.isdisjoint(OPTIONS[key].charges)}
        replaced |= {key for key in below if OPTIONS[key].part_of in replaced - own.keys()}
        entries: dict[str, Mapping[str, Any]] = {
            "add": {key: n for key, n in lower.add.items() if key not in counted},
            "rate": {k: n for k, n in lower.rate.items() if k.rpartition(":")[2] not in self.rate},
            "discount": {} if ALL in self.discount else lower.discount,
            "line": lower.line,
        }
        given = {key: value for key, value in below.items() if key not in replaced} | own
        given |= {key: {**kept, **getattr(self, key)} for key, kept in entries.items()}
        groups = self.groups or tuple(self.only(SHARED).merged_over(g) for g in lower.groups)
        merged = Scenario(**given, groups=groups, name=self.name or lower.name)
        origins = {**lower.origins, **self.origins}
        return merged._replace(
            origins={path: origin for path, origin in origins.items() if merged._gives(path)}
        )

    def _gives(self, path: str) -> bool:
        """Return whether a value is given under `path`: a key, or key and entry; true for ``."""
        key, _, entry = path.partition(".")
        if entry:
            return entry in getattr(self, key)
        return not key or getattr(self, key) is not None


#: Every key, with its declaration.
OPTIONS: Final[Mapping[str, Option]] = {
    key: annotation.__metadata__[0]
    for key, annotation in Scenario.__annotations__.items()
    if hasattr(annotation, "__metadata__")
}
#: What plan groups share unless one has its own.
SHARED: Final = ("discount", "rate", "term", "start", "carrier_fees", "carrier")
#: What all plan groups have in common: customer, rate cards and one prepaid balance.
COMMON: Final = tuple(
    key
    for key, option in OPTIONS.items()
    if option.group in {CUSTOMER, OUTPUT, CARDS} or key == "credits"
)
#: What only a plan group has: its plan and its quantities.
OF_A_GROUP: Final = tuple(key for key in OPTIONS if key not in {*SHARED, *COMMON})
#: What a worked example may give.
EXAMPLE_KEYS: Final = tuple(key for key, option in OPTIONS.items() if option.in_examples)
#: The keys that give the quantity of charges.
QUANTITY_KEYS: Final = tuple(key for key, option in OPTIONS.items() if option.charges)
#: The keys that give the quantity of one charge, with the charge: how people name it.
SHORT_NAMES: Final[Mapping[str, str]] = {
    key: option.charges[0]
    for key, option in OPTIONS.items()
    if option.charges and option.group == NEEDS and key not in {"message", "calls"}
}
#: Synonyms of keys: `users` for `agents`.
SYNONYMS: Final[Mapping[str, str]] = {
    name.removeprefix("--").replace("-", "_"): key
    for key, option in OPTIONS.items()
    for name in option.names
    if name.startswith("--")
}


def flag(key: str) -> str:
    """Return the option of `key`: `--min-agents`."""
    return f"--{key.replace('_', '-')}"


def charge_key(name: str) -> str:
    """Return the key of the charge that people call `name`: `SMS` and `texts` are automated_sms."""
    key = name.casefold().replace("-", "_")
    key = SYNONYMS.get(key, key)
    return SHORT_NAMES.get(key, key)


def suggest_charge(name: str, *known: str) -> str:
    """Return a hint for an unknown charge: its closest match in `known`, or how to list them."""
    otherwise = "use agents, numbers, sms or minutes; to list all: aloware rates show PLAN"
    return suggest(charge_key(name), [*known, *SHORT_NAMES], "charges", otherwise)


def short_name(charge: str) -> str:
    """Return the name by which people call `charge`: `sms` for automated_sms."""
    return next((name for name, key in SHORT_NAMES.items() if key == charge), charge)


def entry_key(key: str, name: str) -> str:
    """Return the key of the entry that people call `name` under the mapping `key`.

    Raises InvalidValue for an invalid label of a custom line.
    """
    if key == "line":
        return read_name(name)
    if key == "carrier":
        return name.casefold()
    plan, colon, charge = name.rpartition(":")
    if key == "discount" and name.casefold() == "plan":
        return SHORT_NAMES["agents"]
    return f"{plan.casefold()}{colon}{charge_key(charge)}"
