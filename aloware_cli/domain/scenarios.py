"""Scenarios: all that is asked for, before it is held against a card."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from aloware_cli.domain.charges import SHORT_NAMES, charge_key
from aloware_cli.domain.periods import Term
from aloware_cli.domain.problems import Location

#: Where a value was given: a place in a file, or the flag as it was typed.
Origin: TypeAlias = Location | str


Brand: TypeAlias = Literal["starter", "standard"]


class Scenario(NamedTuple):
    """What is asked for: each key is the name of a flag; None or empty where it is not given.

    Charges go by their keys, in lower case; whether a card has them is not known here.
    """

    plan: str | None = None
    agents: int | None = None
    numbers: int | None = None
    sms: int | None = None
    #: The path of a text to send to `recipients`, in place of `sms`.
    message: str | None = None
    recipients: int | None = None
    minutes: int | None = None
    agent_minutes: int | None = None
    inbound_minutes: int | None = None
    agent_sms: int | None = None
    inbound_sms: int | None = None
    toll_free_numbers: int | None = None
    toll_free_minutes: int | None = None
    toll_free_sms: int | None = None
    add: Mapping[str, int] = {}
    #: USD per unit, by charge: `license` for all plans, `upro:license` for one.
    rate: Mapping[str, Decimal] = {}
    term: Term | None = None
    min_agents: int | None = None
    #: Percent, by charge or `all`.
    discount: Mapping[str, Decimal] = {}
    brand: Brand | None = None
    campaigns: int | None = None
    low_volume_campaigns: int | None = None
    rates: tuple[str, ...] = ()
    as_of: str | None = None
    start: str | None = None
    carrier_fees: bool = False
    #: Percent of the texts, by carrier.
    carrier: Mapping[str, Decimal] = {}
    credits: Decimal | None = None
    allow_unpriced: bool = False
    #: What makes the quote a document; see `Details`.
    prospect: str | None = None
    contact: str | None = None
    prepared_by: str | None = None
    number: str | None = None
    issued: str | None = None
    valid_days: int | None = None
    note: str | None = None
    #: Where each value was given, by key, or key and entry: `agents`, `rate.license`;
    #: under the empty key, where the file begins.
    origins: Mapping[str, Origin] = {}

    def given(self) -> Iterator[tuple[str, Any]]:
        """Yield the keys that are given, with their values, in the order of the flags."""
        for key in KEYS:
            value = getattr(self, key)
            # 0 is given, and equals False.
            if not (value is None or value is False or value in ((), {})):
                yield key, value

    def only(self, keys: Iterable[str]) -> "Scenario":
        """Return what is given under `keys`, without the rest."""
        kept = {key: value for key, value in self.given() if key in keys}
        return Scenario(**kept, origins=self.origins)

    def on(self, plan: str | None) -> "Scenario":
        """Return it for the plan that the command line names, or as it is for None."""
        if plan is None:
            return self
        return self._replace(plan=plan, origins={**self.origins, "plan": "PLAN"})

    def merged_over(self, under: "Scenario") -> "Scenario":
        """Return `under` with what is given here in its place.

        Quantities, rates and discounts are replaced charge by charge, whichever
        key gives them; a mix of carriers is replaced as a whole.
        """
        kept = self._without_overridden(under)
        given = dict(self.given())
        for key in BY_CHARGE:
            given[key] = {**getattr(kept, key), **getattr(self, key)}
        both = kept._replace(**given)
        origins = {**under.origins, **self.origins}
        return both._replace(origins={path: origins[path] for path in origins if both.holds(path)})

    def holds(self, path: str) -> bool:
        """Tell whether something stands under `path`: a key, key and entry, or nothing."""
        key, _, entry = path.partition(".")
        if not entry:
            return not key or getattr(self, key) is not None
        return entry in getattr(self, key)

    def _without_overridden(self, under: "Scenario") -> "Scenario":
        """Return `under` without what is given here for the same charge under another key."""
        counted = {key for name, key in SHORT_NAMES.items() if getattr(self, name) is not None}
        recounted = {name: None for name, key in SHORT_NAMES.items() if key in self.add}
        if self.message is not None:  # it is counted as the automated texts
            counted.add(SHORT_NAMES["sms"])
            recounted["sms"] = None
        elif self.sms is not None or SHORT_NAMES["sms"] in self.add:
            recounted |= {"message": None, "recipients": None}
        return under._replace(
            add={key: count for key, count in under.add.items() if key not in counted},
            rate={
                key: price
                for key, price in under.rate.items()
                if key.rpartition(":")[2] not in self.rate
            },
            **recounted,  # type: ignore[arg-type]
        )


#: Every key that a scenario can hold.
KEYS: Final = Scenario._fields[:-1]
#: What makes a quote a document, and changes no price.
KEYS_OF_DETAILS: Final = KEYS[KEYS.index("prospect") :]
#: What an example may hold: it is priced on the cards that it is to prove, and stands alone.
KEYS_OF_EXAMPLES: Final = tuple(
    key
    for key in KEYS
    if key not in {"message", "recipients", "rates", "as_of", "allow_unpriced", *KEYS_OF_DETAILS}
)
#: What gives a quantity of something.
KEYS_OF_QUANTITIES: Final = (
    *SHORT_NAMES, "add", "min_agents", "brand", "campaigns", "low_volume_campaigns",
)  # fmt: skip
#: What may hold for every row of a batch; the rest of a scenario changes no total of it.
KEYS_OF_ROWS: Final = (
    "plan", *KEYS_OF_QUANTITIES, "rate", "discount", "term", "rates", "as_of", "allow_unpriced",
)  # fmt: skip
#: What decides about prices, whatever is taken.
KEYS_OF_PRICES: Final = ("plan", "rate", "discount", "rates", "as_of")
#: The keys that hold an entry for each charge.
BY_CHARGE: Final = ("add", "rate", "discount")
#: Those that hold an entry for each charge or carrier.
MAPPINGS: Final = (*BY_CHARGE, "carrier")


def entry_key(key: str, name: str) -> str:
    """Return the key of the entry that people call `name` under the mapping `key`."""
    if key == "carrier":
        return name.casefold()
    plan, colon, charge = name.rpartition(":")
    return f"{plan.casefold()}{colon}{charge_key(charge)}"
