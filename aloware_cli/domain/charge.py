"""Charges: what can stand on a bill, whatever it costs."""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from aloware_cli.domain.coverage import CoverageRule, Traffic
from aloware_cli.domain.source import Citation

Category: TypeAlias = Literal["subscription", "usage"]
CATEGORIES: Final[tuple[Category, ...]] = ("subscription", "usage")

#: The short names that people type, as flags and elsewhere, and the charges they stand for.
SHORT_NAMES: Final[Mapping[str, str]] = {
    "agents": "license",
    "numbers": "local_number",
    "sms": "automated_sms",
    "minutes": "automated_minutes",
    "agent_minutes": "agent_minutes",
    "inbound_minutes": "inbound_minutes",
    "agent_sms": "agent_sms",
    "inbound_sms": "inbound_sms",
    "toll_free_numbers": "toll_free_number",
    "toll_free_minutes": "toll_free_minutes",
    "toll_free_sms": "toll_free_sms",
}


def charge_key(name: str) -> str:
    """Return the key that `name`, a charge's key or short name as people type it, stands for."""
    key = name.casefold().replace("-", "_")
    return SHORT_NAMES.get(key, key)


#: The charge for agents, and the one for licenses up to a contractual minimum.
LICENSE: Final = "license"
COMMITMENT: Final = "license_commitment"


class Charge(NamedTuple):
    """Something a bill can list, with what everybody needs to know of it but its price."""

    key: str
    label: str
    unit: str
    units: str
    category: Category
    #: Paid once, and so never part of a monthly figure.
    one_time: bool
    #: Priced apart for each term of the plan.
    per_term: bool
    #: A fee that Aloware passes on, and so gives no discount on.
    passed_on: bool
    #: The calls or texts it counts; None for what coverage does not concern.
    traffic: Traffic | None
    #: The coverage rule that decides about that traffic.
    rule: CoverageRule | None
    reason: str
    #: What whoever reads the quote should be told when it stands on it.
    caution: str | None
    citation: Citation

    @property
    def priced_as(self) -> str:
        """The key under which the cards and `--rate` give its price."""
        return LICENSE if self.key == COMMITMENT else self.key

    def counted(self, quantity: int) -> str:
        """Write `quantity` with its unit: `1 agent`, `10,000 segments`."""
        return f"{quantity:,} {self.unit if quantity == 1 else self.units}"
