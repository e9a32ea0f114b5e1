"""Carrier fees: on every outbound text, agent-sent ones too, without markup (source: credits)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from aloware_cli.domain.cards import Carrier
from aloware_cli.domain.money import format_display
from aloware_cli.domain.quotes import CarrierFees, Line
from aloware_cli.domain.sources import Citation

#: The country whose carriers the band is over; a mix may name any carrier.
HOME = "US"


def fee_band(lines: Iterable[Line], carriers: Iterable[Carrier]) -> CarrierFees | None:
    """Return the least and the most that the carriers of the home country charge.

    Which carrier a recipient has is not known in advance. None without such carriers.
    """
    domestic = [carrier for carrier in carriers if carrier.country == HOME]
    fees = [carrier.per_segment for carrier in domestic]
    if not fees:
        return None
    return _between(lines, min(fees), max(fees), f"{HOME} carriers", domestic)


def fee_of_mix(
    lines: Iterable[Line], carriers: Iterable[Carrier], shares: Mapping[str, Decimal]
) -> CarrierFees:
    """Return what carriers charge when they reach the recipients in `shares` of 100."""
    mix = [carrier for carrier in carriers if carrier.key in shares]
    fee = sum((shares[carrier.key] * carrier.per_segment for carrier in mix), Decimal(0)) / 100
    names = ", ".join(f"{carrier.name} {shares[carrier.key]:f}%" for carrier in mix)
    return _between(lines, fee, fee, names, mix)


def _between(
    lines: Iterable[Line], low: Decimal, high: Decimal, whose: str, carriers: Sequence[Carrier]
) -> CarrierFees:
    segments = sum(line.quantity for line in lines if _is_outbound_text(line))
    return CarrierFees(
        segments=segments,
        low_fee=low,
        high_fee=high,
        basis=_basis(whose, carriers),
        sources=tuple(_sources(carriers)),
    )


def _basis(whose: str, carriers: Sequence[Carrier]) -> str:
    """Return whose fees they are, and how old their pages say they are."""
    dates = sorted({carrier.source.dated for carrier in carriers if carrier.source.dated})
    return ", ".join([whose, *dates])


def _sources(carriers: Sequence[Carrier]) -> Iterator[Citation]:
    """Yield each page, with the fees of the carriers that it is about."""
    for source in dict.fromkeys(carrier.source for carrier in carriers):
        fees = ", ".join(
            f"{carrier.name} {format_display(carrier.per_segment)}"
            for carrier in carriers
            if carrier.source == source
        )
        yield Citation(source, f"USD per segment: {fees}")


def _is_outbound_text(line: Line) -> bool:
    traffic = line.charge.traffic
    return traffic is not None and traffic.medium == "text" and traffic.direction != "inbound"
