"""Columns: what the columns of a file of prospects mean."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

from aloware_cli.domain.batch import CellFault
from aloware_cli.domain.charges import SHORT_NAMES, Charge
from aloware_cli.domain.problems import display_key, quoted
from aloware_cli.domain.scenarios import entry_key

PLAN: Final = "plan"


#: The columns that change how a row is priced, beside its plan and its quantities: keys of a
#: scenario.
SETTINGS: Final = ("term", "min_agents", "brand", "campaigns", "low_volume_campaigns")
#: Keys that hold an entry for each charge, and so a column for each: `rate.automated_sms`.
ENTRIES: Final = ("rate", "discount")
#: Names of what changes a price and is no column: carrying them along would hide that.
NO_COLUMNS: Final[Mapping[str, str]] = {
    "rate": "name the charge too, such as rate.automated_sms",
    "discount": "name the charge too, such as discount.license",
    "as_of": "give it as an option, for all rows",
    "add": "name the column after the charge",
    "message": "count it with aloware segments, and multiply by recipients in a column sms",
    "recipients": "multiply by the segments of the message, in a column sms",
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
        key, _, entry = known.partition(".")
        is_entry = key in ENTRIES and bool(entry)
        if is_entry:
            known = f"{key}.{entry_key(key, entry)}"
        is_setting = known == PLAN or known in SETTINGS or is_entry
        if not is_setting and charge not in charges:
            charge = known = name
        understood = [PLAN, *SETTINGS, *SHORT_NAMES, *charges]
        if not is_entry and (problem := _fault_of(index, name, known, understood, results)):
            return problem
        charge = known if is_entry else charge
        if charge in seen:
            return CellFault(name, f"the same column as {quoted(seen[charge])}", "keep one of them")
        seen[charge] = name
        if is_setting:
            settings[known] = index
        elif charge in charges:
            quantities[charge] = index
    return Layout(tuple(names), settings, quantities)


def _fault_of(
    index: int, name: str, known: str, understood: Sequence[str], results: Collection[str]
) -> CellFault | None:
    """Return why there cannot be a column of that name at `index`, if there cannot."""
    if known in understood:
        return None
    plain = known.strip().casefold()
    if not plain:
        return CellFault("", f"column {index + 1} has no name", "name it, or remove it")
    if plain in results:
        return CellFault(display_key(name), "the result has a column of that name", "rename it")
    if plain in NO_COLUMNS:
        hint = f"{NO_COLUMNS[plain]}, or rename it to carry it along"
        return CellFault(display_key(name), "not read from a column", hint)
    import difflib

    close = difflib.get_close_matches(plain, understood, n=1, cutoff=ALIKE)
    if close:
        hint = f"did you mean {close[0]}? To carry it along, rename it"
        return CellFault(display_key(name), "no column of that name is known", hint)
    return None
