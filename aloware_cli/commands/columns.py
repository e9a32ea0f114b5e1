"""Columns: what the columns of a file of prospects mean."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final, NamedTuple, cast

from aloware_cli.domain.batch import CellFault
from aloware_cli.domain.charge import SHORT_NAMES, Charge
from aloware_cli.domain.periods import TERMS, Term
from aloware_cli.domain.quantity import read_quantity
from aloware_cli.errors import shown, word

PLAN: Final = "plan"


def _read_term(text: str) -> Term:
    if text.casefold() not in TERMS:
        raise ValueError(f"write {' or '.join(TERMS)}")
    return cast("Term", text.casefold())


#: The columns that change how a row is priced, beside its plan and its quantities: the field
#: of the order that each gives, and its reader, which raises ValueError saying what is right.
SETTINGS: Final[Mapping[str, Callable[[str], Any]]] = {
    "term": _read_term,
    "min_agents": read_quantity,
}
#: Names of what changes a price and is no column: carrying them along would hide that.
NO_COLUMNS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("rate", "discount", "as_of"), "give it as an option, for all rows"),
    "add": "name the column after the charge",
    "recipients": "multiply by the segments of the message, in a column sms",
    "brand": "give the fees as columns, such as brand_registration_standard",
    "campaigns": "give the fees as columns, such as campaign_maintenance",
    "low_volume_campaigns": "give the fees as columns, such as low_volume_campaign_maintenance",
}
#: What to do with a column of plans where every plan is compared.
RENAMED: Final = "to current_plan for example, to carry it along"
#: How like a known name an unknown one must be to be taken for a slip.
ALIKE: Final = 0.8


class Layout(NamedTuple):
    """Where the columns of a file stand; those that are not here are carried along."""

    #: The names as the file gives them.
    names: tuple[str, ...]
    #: The plan and the settings, by their names.
    settings: Mapping[str, int]
    #: The quantities, by the key of their charge.
    quantities: Mapping[str, int]

    @property
    def carries(self) -> bool:
        """Tell whether a column is carried along."""
        return len(self.names) > len(self.settings) + len(self.quantities)


def layout_of(
    names: Sequence[str], charges: Mapping[str, Charge], results: Collection[str]
) -> Layout | CellFault:
    """Return what the columns `names` mean, in any case and with blanks or hyphens; or a fault.

    `results` are the names of the columns that the result adds.
    """
    settings, quantities = dict[str, int](), dict[str, int]()
    seen: dict[str, str] = {}
    for index, name in enumerate(names):
        known = name.strip().casefold().replace("-", "_").replace(" ", "_")
        charge = SHORT_NAMES.get(known, known)
        is_setting = known == PLAN or known in SETTINGS
        if not is_setting and charge not in charges:
            charge = known = name
        if fault := _fault_of(name, known, [PLAN, *SETTINGS, *SHORT_NAMES, *charges], results):
            return fault
        if charge in seen:
            return CellFault(name, f"the same column as {shown(seen[charge])}", "keep one of them")
        seen[charge] = name
        if is_setting:
            settings[known] = index
        elif charge in charges:
            quantities[charge] = index
    return Layout(tuple(names), settings, quantities)


def _fault_of(
    name: str, known: str, understood: Sequence[str], results: Collection[str]
) -> CellFault | None:
    """Return why there cannot be a column of that name, if there cannot."""
    if known in understood:
        return None
    plain = known.strip().casefold()
    if not plain:
        return CellFault("", "a column without a name", "name it, or remove it")
    if plain in results:
        return CellFault(word(name), "the result has a column of that name", "rename it")
    if plain in NO_COLUMNS:
        remedy = f"{NO_COLUMNS[plain]}, or rename it to carry it along"
        return CellFault(word(name), "not read from a column", remedy)
    import difflib

    close = difflib.get_close_matches(plain, understood, n=1, cutoff=ALIKE)
    if close:
        remedy = f"did you mean {close[0]}? To carry it along, rename it"
        return CellFault(word(name), "no column of that name is known", remedy)
    return None
