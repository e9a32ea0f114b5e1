"""Prorations: what adding to a running subscription costs now and each month after."""

from typing import NamedTuple

from aloware_cli.domain.card import CardIdentity
from aloware_cli.domain.invoice import FirstInvoice
from aloware_cli.domain.quote import Line


class Proration(NamedTuple):
    """An addition to a subscription, for the rest of a month and for each month after."""

    card: CardIdentity
    currency: str
    #: What is added, for a whole month.
    lines: tuple[Line, ...]
    #: What is due for the rest of the month, and from when the whole month is.
    invoice: FirstInvoice
    notes: tuple[str, ...]
