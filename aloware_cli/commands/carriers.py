"""Carriers: the mix of carriers that `--carrier` gives."""

from collections.abc import Iterable
from decimal import Decimal

from aloware_cli.commands.names import suggestion
from aloware_cli.domain.card import Carrier
from aloware_cli.domain.money import WHOLE, read_percent
from aloware_cli.errors import RequestError


def read_mix(texts: Iterable[str], carriers: Iterable[Carrier]) -> dict[str, Decimal]:
    """Return the percentage of texts that each carrier gets, as `att=40%` and the like give it.

    Raises RequestError for an unknown carrier, for one that is given twice, and
    for shares that do not add up to 100.
    """
    known = [carrier.key for carrier in carriers]
    shares: dict[str, Decimal] = {}
    for text in texts:
        name, _, share = text.partition("=")
        key = name.casefold()
        if key not in known:
            raise RequestError(
                f"--carrier {text}: no carrier {name!r}", suggestion(key, known, "Carriers")
            )
        if key in shares:
            raise RequestError(f"--carrier {text}: {key} is given twice")
        shares[key] = _read_share(share, text)
    total = sum(shares.values())
    if shares and total != WHOLE:
        raise RequestError(f"--carrier: the shares add up to {total:f}%, not to 100%")
    return shares


def _read_share(share: str, text: str) -> Decimal:
    try:
        return read_percent(share)
    except ValueError as error:
        raise RequestError(
            f"--carrier {text}: write NAME=SHARE%", "For example: --carrier att=40%"
        ) from error
