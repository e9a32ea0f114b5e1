"""Rate cards: folders and overlay files in, a rate book out.

A folder is a complete set of cards. An overlay is one plan's card with only
what it changes, laid over such a set.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from aloware_cli.domain.cards import (
    CardIdentity,
    Carrier,
    Catalog,
    DatedCard,
    Fingerprint,
    RateCard,
)
from aloware_cli.domain.charges import Charge
from aloware_cli.domain.periods import TERMS
from aloware_cli.domain.problems import Location, Problem, quoted
from aloware_cli.domain.sources import Source
from aloware_cli.errors import FaultyFiles
from aloware_cli.files.carriers import read_carriers
from aloware_cli.files.charges import read_charges
from aloware_cli.files.fields import Fields, nearest
from aloware_cli.files.file import File, read_file
from aloware_cli.files.prices import THREE_VALUES, Rates, read_prices
from aloware_cli.files.sources import read_own_sources, read_sources

#: How the name of a file with YAML ends.
ENDINGS = (".yaml", ".yml")
#: The files of a folder that hold for all its plans; every other one is a plan's card.
SHARED = ("charges.yaml", "sources.yaml", "carriers.yaml", "a2p.yaml")


class Common(NamedTuple):
    """What the cards of all plans share."""

    sources: Mapping[str, Source]
    charges: Mapping[str, Charge]
    carriers: tuple[Carrier, ...]
    rates: Rates
    content: bytes


class PlanCard(NamedTuple):
    """One plan's card, or an overlay on it, as its file gives it."""

    place: Location
    plan: str
    effective_from: str | None
    rates: Rates
    content: bytes

    def holds_on(self, day: str | None) -> bool:
        """Tell whether it has come into force by `day`; no day means the newest there is."""
        return day is None or (self.effective_from or "") <= day


def shipped_rates() -> str:
    """Return the folder of the cards that come with the tool: in a wheel or in a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, "rates")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(package), "rates")


def load_rates(paths: Sequence[str], as_of: str | None) -> Catalog:
    """Return the cards in force on `as_of`, or the newest ones where it is None.

    `paths` are folders, each a complete set that takes the place of all before
    it, and overlays; later ones win. Without a folder the shipped cards hold.
    Raises FaultyFiles with every problem of every file.
    """
    cards, merged_over, common = _load(paths)
    return _catalog_of(cards, merged_over, as_of, common)


def load_every_card(paths: Sequence[str]) -> list[DatedCard]:
    """Return each plan's cards in the order in which they come into force.

    An overlay with a day of its own makes a card of its own from that day.
    `paths` and errors are those of `load_rates`.
    """
    cards, merged_over, common = _load(paths)
    starts = sorted({card.effective_from or "" for card in [*cards, *merged_over]})
    found: dict[CardIdentity, DatedCard] = {}
    for start in starts:
        for card in _catalog_of(cards, merged_over, start, common).cards.values():
            found.setdefault(card.identity, DatedCard(start or None, card))
    plans = list(dict.fromkeys(card.plan for card in cards))
    return sorted(found.values(), key=lambda dated: plans.index(dated.card.plan))


def _load(paths: Sequence[str]) -> tuple[list[PlanCard], list[PlanCard], Common]:
    """Return the cards of the folder that holds, the overlays on them, and what they share."""
    problems: list[Problem] = []
    folder, overlays = split_paths(paths)
    common = _read_common(folder, problems)
    cards = _read_folder(folder, common, problems)
    merged_over = _read_overlays(overlays, common, [card.plan for card in cards], problems)
    if problems:
        raise FaultyFiles(problems)
    return cards, merged_over, common


def split_paths(paths: Sequence[str]) -> tuple[str, list[str]]:
    """Return the folder of cards that `paths` amount to, and the overlays on it."""
    folder, overlays = shipped_rates(), list[str]()
    for path in paths:
        if os.path.isdir(path):
            folder, overlays = path, []
        else:
            overlays.append(path)
    return folder, overlays


def _read_common(folder: str, problems: list[Problem]) -> Common:
    files = [read_file(os.path.join(folder, name), problems) for name in SHARED]
    charges_file, sources_file, carriers_file, fees_file = (_fields(f, problems) for f in files)
    sources = read_sources(sources_file.fields("sources"))
    sources_file.close()
    _stop_without(sources, problems)
    charges = read_charges(charges_file, sources)
    _stop_without(charges, problems)
    carriers = read_carriers(carriers_file, sources)
    rates = read_prices(fees_file.fields("prices"), charges, sources)
    fees_file.close()
    _stop_without(rates, problems)
    return Common(sources, charges, carriers, rates, b"".join(file.content for file in files))


def _stop_without(entries: Mapping[Any, object], problems: list[Problem]) -> None:
    """Stop where a file gave nothing: all that leans on it would be blamed in its place."""
    if problems and not entries:
        raise FaultyFiles(problems)


def _read_folder(folder: str, common: Common, problems: list[Problem]) -> list[PlanCard]:
    cards = []
    for name in _plan_files(folder):
        problems_before = len(problems)
        file = read_file(os.path.join(folder, name), problems)
        fields = _fields(file, problems)
        fields.choice("currency", ("USD",))
        cards.append(card := _read_card(file, fields, common))
        if card.rates or len(problems) == problems_before:  # else the file is refused as a whole
            _refuse_gaps(fields, card.rates, common)
    if not cards:
        place = Location(os.path.join(folder, "*.yaml"), 1, 1)
        problems.append(Problem(place, "", "no plan's card is here", "add one, such as upro.yaml"))
    _refuse_same_start(cards, problems)
    return cards


def _plan_files(folder: str) -> list[str]:
    try:
        names = sorted(os.listdir(folder))
    except OSError:  # reading the shared files has reported it
        return []
    return [name for name in names if name.endswith(ENDINGS) and name not in SHARED]


def _read_overlays(
    paths: list[str], common: Common, plans: list[str], problems: list[Problem]
) -> list[PlanCard]:
    overlays = []
    for path in paths:
        file = read_file(path, problems)
        fields = _fields(file, problems)
        if fields.has("currency"):
            fields.choice("currency", ("USD",))
        overlays.append(overlay := _read_card(file, fields, common))
        if overlay.plan and all(plans) and overlay.plan not in plans:
            fields.refuse("plan", f"no plan {quoted(overlay.plan)}", nearest(overlay.plan, plans))
    return overlays


def _read_card(file: File, fields: Fields, common: Common) -> PlanCard:
    sources = read_own_sources(fields, common.sources)
    card = PlanCard(
        place=fields.place,
        plan=fields.text("plan"),
        effective_from=fields.optional_date("effective_from"),
        rates=read_prices(fields.fields("prices"), common.charges, sources),
        content=file.content,
    )
    fields.close()
    return card


def _refuse_gaps(fields: Fields, rates: Rates, common: Common) -> None:
    """Refuse a complete card that leaves a charge out, or prices one that all plans share."""
    for key, charge in common.charges.items():
        given = [term for term in TERMS if (key, term) in rates]
        if (key, "monthly") in common.rates:
            if given:
                message = "is priced in a2p.yaml, for all plans"
                fields.fields("prices").refuse_at_key(key, message, "keep one of the two")
        elif charge.per_term and given and len(given) < len(TERMS):
            missing = [term for term in TERMS if term not in given]
            fields.refuse("prices", f"{key!r} lacks {', '.join(missing)}", THREE_VALUES)
        elif not given:
            fields.refuse("prices", f"{key!r} is missing", THREE_VALUES)


def _refuse_same_start(cards: list[PlanCard], problems: list[Problem]) -> None:
    first: dict[tuple[str, str | None], PlanCard] = {}
    spelled: dict[str, PlanCard] = {}
    for card in cards:
        same = spelled.setdefault(card.plan.casefold(), card)
        if same.plan != card.plan:
            message = f"{quoted(card.plan)} is {quoted(same.plan)} in {same.place.file}"
            problems.append(Problem(card.place, "plan", message, "spell it the same, or rename it"))
        other = first.setdefault((card.plan, card.effective_from), card)
        if other is not card and card.plan:
            day = card.effective_from
            start = f"from {day}" if day else "without effective_from"
            message = f"{card.plan} has another card {start}, in {other.place.file}"
            problems.append(Problem(card.place, "effective_from", message, "give it another day"))


def _catalog_of(
    cards: list[PlanCard], overlays: list[PlanCard], as_of: str | None, common: Common
) -> Catalog:
    in_force: dict[str, PlanCard] = {}
    for card in sorted(cards, key=lambda card: card.effective_from or ""):
        if card.holds_on(as_of):
            in_force[card.plan] = card
    merged_over = [overlay for overlay in overlays if overlay.holds_on(as_of)]
    plans = list(dict.fromkeys(card.plan for card in cards))
    return Catalog(
        cards={
            plan: _apply_overlays(
                in_force[plan], [o for o in merged_over if o.plan == plan], common
            )
            for plan in plans
            if plan in in_force
        },
        not_yet={
            plan: min(card.effective_from or "" for card in cards if card.plan == plan)
            for plan in plans
            if plan not in in_force
        },
        charges=common.charges,
        sources=common.sources,
    )


def _apply_overlays(card: PlanCard, overlays: Iterable[PlanCard], common: Common) -> RateCard:
    layers = [card, *overlays]
    rates = dict(common.rates)
    for layer in layers:
        rates.update(layer.rates)
    read_on = {rate.citation.source.read_on for rate in rates.values() if rate.status == "billed"}
    identity = CardIdentity(
        plan=card.plan,
        effective_from=card.effective_from,
        oldest_read_on=min((day for day in read_on if day), default=None),
        fingerprint=Fingerprint(common.content + b"".join(layer.content for layer in layers)),
    )
    return RateCard(identity, "USD", common.charges, rates, common.carriers)


def _fields(file: File, problems: list[Problem]) -> Fields:
    return Fields(file.root, "", problems)
