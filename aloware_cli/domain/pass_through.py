"""Pass-through fees: what the carriers charge on top, which no total of Aloware's holds."""

from decimal import Decimal
from typing import NamedTuple

from aloware_cli.domain.periods import Amounts
from aloware_cli.domain.source import Citation


class PassThrough(NamedTuple):
    """Carrier fees, as a band or, for a mix of carriers, as the same figures twice."""

    #: Outbound texts a month, in segments, agent-sent ones too.
    segments: int
    #: USD per segment.
    low_fee: Decimal
    high_fee: Decimal
    #: USD in each billing period.
    low: Amounts
    high: Amounts
    #: Whose fees they are: `US carriers, October 2024`.
    basis: str
    #: The pages that print them, each with the fees that it prints.
    sources: tuple[Citation, ...]
