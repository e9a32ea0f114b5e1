"""Pass-through fees: what the carriers charge on top, which no total of Aloware's holds."""

from decimal import Decimal
from typing import NamedTuple

from aloware_cli.domain.money import round_to_cents
from aloware_cli.domain.periods import Amounts, amounts_of
from aloware_cli.domain.source import Citation


class PassThrough(NamedTuple):
    """Carrier fees, as a band or, for a mix of carriers, as the same figures twice."""

    #: Outbound texts a month, in segments, agent-sent ones too.
    segments: int
    #: USD per segment.
    low_fee: Decimal
    high_fee: Decimal
    #: Whose fees they are: `US carriers, October 2024`.
    basis: str
    #: The pages that print them, each with the fees that it prints.
    sources: tuple[Citation, ...]

    @property
    def low(self) -> Amounts:
        """USD in each billing period at the lower fee."""
        return amounts_of(round_to_cents(self.segments * self.low_fee))

    @property
    def high(self) -> Amounts:
        """USD in each billing period at the higher fee."""
        return amounts_of(round_to_cents(self.segments * self.high_fee))
