"""Sweeps: monthly totals as the quantity of one charge moves."""

from typing import NamedTuple

from aloware_cli.domain.charge import Charge
from aloware_cli.domain.periods import Term
from aloware_cli.domain.point import Point


class Sweep(NamedTuple):
    """The totals of some plans at many quantities of one charge."""

    plans: tuple[str, ...]
    term: Term
    currency: str
    charge: Charge
    #: From the lowest quantity to the highest.
    points: tuple[Point, ...]
    notes: tuple[str, ...]
