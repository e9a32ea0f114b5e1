"""Rate cards: folders and overlay files in, a catalog out.

A folder is a complete set of rate cards. An overlay is a rate card with only the prices that
differ from the base card.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, Final, NamedTuple

from aloware_cli.domain.cards import (
    PRICED,
    CardIdentity,
    Carriers,
    Catalog,
    DatedCard,
    Fingerprint,
    Rate,
    RateCard,
)
from aloware_cli.domain.charges import Charge, ContractTerm
from aloware_cli.domain.periods import TERMS, add_days
from aloware_cli.domain.problems import Location, Problem, quoted, suggest
from aloware_cli.errors import ValidationError
from aloware_cli.files.charges import add_own_sources, read_charges, read_sources, read_terms
from aloware_cli.files.fields import Fields, Sources, checked, fields_of_file
from aloware_cli.files.io import (
    display_path,
    is_bundled,
    split_paths,
    yaml_files,
)
from aloware_cli.files.prices import (
    A_PRICE,
    Locations,
    Rates,
    price_locations,
    read_carriers,
    read_prices,
)

#: The files of a folder that all its plans share; every other one is the rate card of a plan.
SHARED: Final = ("charges.yaml", "sources.yaml", "carriers.yaml", "a2p.yaml")
#: A further one, which a folder need not have.
TERMS_FILE: Final = "terms.yaml"
CURRENCIES: Final = ("USD",)
DAYS: Final = ("effective_from", "known_from", "effective_to")


class Common(NamedTuple):
    """What the rate cards of all plans share."""

    fields: Fields  #: The keys of the file of their fees.
    sources: Sources
    charges: Mapping[str, Charge]
    carriers: Carriers
    rates: Rates
    content: bytes
    terms: tuple[ContractTerm, ...] = ()


class PlanCard(NamedTuple):
    """The rate card of one plan, or an overlay on it, as its file gives it."""

    fields: Fields  #: The keys of the file, for problems that are found later.
    file: str
    plan: str
    effective_from: str | None
    #: The first day on which a card without `effective_from` is known to apply.
    known_from: str | None
    effective_to: str | None  #: The last day in force; None without an end.
    rates: Rates

    @property
    def start(self) -> str:
        """The first day in force, or known to be; empty for always."""
        return self.effective_from or self.known_from or ""

    def is_in_force(self, day: str | None) -> bool:
        """Return whether the card is in force on `day`; None means the newest."""
        return day is None or (self.start <= day <= (self.effective_to or day))


def load_rates(paths: Sequence[str], as_of: str | None) -> Catalog:
    """Return the rate cards in force on `as_of`, or the newest if it is None.

    `paths` are folders, each a complete set that replaces all paths before it, and overlays.
    Without a folder, the bundled rate cards are used. Raises ValidationError with every problem.
    """
    cards, overlays, common = _load(paths)
    return _catalog_of(cards, overlays, as_of, common)


def load_every_card(paths: Sequence[str]) -> list[DatedCard]:
    """Return the rate cards of each plan, in the order in which they take effect.

    An overlay with a date makes a card of its own from that date. `paths` and errors are those of
    `load_rates`.
    """
    cards, overlays, common = _load(paths)
    days = [card.start for card in cards]
    days += [start for overlay in overlays if (start := overlay.start) > min(days)]
    days += [add_days(card.effective_to, 1) for card in [*cards, *overlays] if card.effective_to]
    found: dict[CardIdentity, DatedCard] = {}
    for start in sorted({*days}):
        for card in _catalog_of(cards, overlays, start, common).cards.values():
            found.setdefault(card.identity, DatedCard(start or None, card))
    plans = list(dict.fromkeys(card.plan for card in cards))
    return sorted(found.values(), key=lambda dated: plans.index(dated.card.plan))


def _load(paths: Sequence[str]) -> tuple[list[PlanCard], list[PlanCard], Common]:
    """Return the cards of the folder in use, the overlays on them, and what they share."""
    problems: list[Problem] = []
    folder, overlay_paths = split_paths(paths)
    common = _read_common(folder, problems)
    cards = _read_folder(folder, common, problems)
    plans = [card.plan for card in cards]
    overlays = [_read_overlay(path, common, plans, problems) for path in overlay_paths]
    terms_path = os.path.join(folder, TERMS_FILE)
    if os.path.exists(terms_path):
        file = fields_of_file(terms_path, problems, common.sources)
        terms = read_terms(file, common.charges, plans)
        file.close()
        common = common._replace(terms=terms, content=common.content + file.content)
    if problems:
        raise ValidationError(problems)
    return cards, overlays, common


def _read_common(folder: str, problems: list[Problem]) -> Common:
    files = [fields_of_file(os.path.join(folder, name), problems) for name in SHARED]
    charges_file, sources_file, carriers_file, fees_file = files
    sources = read_sources(sources_file)
    _stop_without(sources, problems)
    for file in files:
        file.sources = sources
    charges = read_charges(charges_file)
    _stop_without(charges, problems)
    carriers = read_carriers(carriers_file)
    rates = read_prices(fees_file, charges)
    for file in files:
        file.close()
    _stop_without(rates, problems)
    content = b"".join(file.content for file in files)
    return Common(fees_file, sources, charges, carriers, rates, content)


def _stop_without(entries: Mapping[Any, object], problems: list[Problem]) -> None:
    """Stop if a file gave nothing: everything that refers to it would be reported too."""
    if problems and not entries:
        raise ValidationError(problems)


def _read_folder(folder: str, common: Common, problems: list[Problem]) -> list[PlanCard]:
    cards = []
    for name in yaml_files(folder):
        if name in (*SHARED, TERMS_FILE):
            continue
        with checked(problems) as check:
            card = _read_card(os.path.join(folder, name), common, problems)
            if not card.fields.has("currency"):
                card.fields.choice("currency", CURRENCIES)  # reports that it is missing
        if card.rates or check.passed:  # else the whole file is rejected
            _reject_gaps(card, common)
            card = _completed(card)
        cards.append(card)
    if not cards:
        location = Location(os.path.join(folder, "*.yaml"), 1, 1)
        hint = "add one, such as upro.yaml"
        problems.append(Problem("E-EMPTY", "the folder has no rate card", hint, location))
    for card in cards:
        _reject_overlap(card, [each for each in cards if each.plan])
    return cards


def _read_overlay(
    path: str, common: Common, plans: Sequence[str], problems: list[Problem]
) -> PlanCard:
    overlay = _read_card(path, common, problems)
    spelled = {plan.casefold(): plan for plan in plans}
    plan = spelled.get(overlay.plan.casefold())
    if overlay.plan and all(plans) and plan is None:
        hint = suggest(overlay.plan, plans, "plans")
        overlay.fields.reject("plan", "E-PLAN", f"unknown plan {quoted(overlay.plan)}", hint)
    return overlay._replace(plan=plan or overlay.plan)


def _read_card(path: str, common: Common, problems: list[Problem]) -> PlanCard:
    fields = fields_of_file(path, problems, common.sources)
    if fields.has("currency"):
        fields.choice("currency", CURRENCIES)
    add_own_sources(fields)
    card = PlanCard(
        fields=fields,
        file=display_path(path),
        plan=fields.text("plan"),
        **_read_days(fields),
        rates=read_prices(fields, common.charges),
    )
    fields.close()
    return card


def _read_days(fields: Fields) -> dict[str, str | None]:
    """Return the days between which a card is in force, which must be in order."""
    days = {key: fields.optional(key, fields.date) for key in DAYS}
    end = days["effective_to"]
    for key in ("effective_from", "known_from"):
        if end and (days[key] or end) > end:
            message = f"{end} is before {key}, {days[key]}"
            fields.reject("effective_to", "E-EFFECTIVE", message, "use a later date")
    if days["effective_from"] and days["known_from"]:
        message = "known_from conflicts with effective_from"
        fields.reject("known_from", "E-EFFECTIVE", message, "remove known_from")
    return days


def _reject_gaps(card: PlanCard, common: Common) -> None:
    """Reject a complete card that omits a charge, or prices one that all plans share."""
    for key, charge in common.charges.items():
        given = [term for term in TERMS if (key, term) in card.rates]
        needed = TERMS if charge.per_term else TERMS[:1]
        missing = ", ".join(term for term in needed if term not in given)
        if (key, "monthly") in common.rates:
            if given:
                message, hint = "a2p.yaml has its price, for all plans", "remove one of the two"
                card.fields.fields("prices").reject_key(key, "E-DUPLICATE", message, hint)
        elif not given:
            card.fields.reject("prices", "E-MISSING", f"{quoted(key)} is missing", A_PRICE)
        elif missing:
            message = f"{quoted(key)} has no price for: {missing}"
            card.fields.reject("prices", "E-MISSING", message, A_PRICE)


def _completed(card: PlanCard) -> PlanCard:
    """Return a complete card with the monthly price where an add-on has none for a longer term.

    A card without a first day is known to apply from the day that the first of its pages was read.
    """
    monthly = {key: rate for (key, term), rate in card.rates.items() if term == "monthly"}
    filled = {(key, term): rate for key, rate in monthly.items() for term in TERMS}
    known = None if card.effective_from else _oldest_reading(card.rates.values())
    return card._replace(rates={**filled, **card.rates}, known_from=card.known_from or known)


def _oldest_reading(rates: Iterable[Rate]) -> str | None:
    """Return the oldest day on which a page behind the prices among `rates` was read."""
    days = {rate.citation.source.read_on for rate in rates if rate.status in PRICED}
    return min((day for day in days if day), default=None)


def _reject_overlap(card: PlanCard, cards: Sequence[PlanCard]) -> None:
    """Reject a card that begins while another of `cards` is in force, or is like an earlier one."""
    alike = [each for each in cards if each.plan.casefold() == card.plan.casefold()]
    same = [each for each in alike if each.plan == card.plan]
    start = card.effective_from
    twins = [each for each in same if each.effective_from == start]
    ended = [
        each
        for each in same
        if each is not card
        and each.effective_to
        and each.start <= (start or "") <= each.effective_to
    ]
    if alike and alike[0].plan != card.plan:
        message = f"{quoted(card.plan)} is {quoted(alike[0].plan)} in {alike[0].file}"
        card.fields.reject("plan", "E-PLAN", message, "use one spelling, or another name")
    if twins and twins[0] is not card:
        since = f"from {start}" if start else "without effective_from"
        message = f"{card.plan} has another rate card {since}, in {twins[0].file}"
    elif ended:
        message = f"the rate card in {ended[0].file} is in force until {ended[0].effective_to}"
    else:
        return
    if start:
        card.fields.reject("effective_from", "E-EFFECTIVE", message, "use another date")
    else:
        card.fields.reject("plan", "E-EFFECTIVE", message, "add effective_from to one of them")


def _catalog_of(
    cards: list[PlanCard], overlays: list[PlanCard], as_of: str | None, common: Common
) -> Catalog:
    by_start = sorted(cards, key=lambda card: card.start)
    in_force = {card.plan: card for card in by_start if card.is_in_force(as_of)}
    plans = list(dict.fromkeys(card.plan for card in cards))
    applied = [overlay for overlay in overlays if overlay.is_in_force(as_of)]
    return Catalog(
        cards={
            plan: _apply_overlays(in_force[plan], applied, common)
            for plan in plans
            if plan in in_force
        },
        not_in_force={
            plan: _nearest_day([card for card in cards if card.plan == plan], as_of or "")
            for plan in plans
            if plan not in in_force
        },
        charges=common.charges,
        sources=common.sources,
        as_of=as_of,
    )


def _nearest_day(cards: Sequence[PlanCard], as_of: str) -> str:
    """Write when a card is in force: from the next start on, or else up to the last end."""
    later = [card.start for card in cards if card.start > as_of]
    if later:
        return f"{min(later)} or later"
    return f"{max(card.effective_to or '' for card in cards)} or earlier"


def _apply_overlays(card: PlanCard, overlays: Sequence[PlanCard], common: Common) -> RateCard:
    """Return `card` with those of `overlays` that are of its plan.

    Dated overlays apply by date. An overlay without a date overrides those given before it.
    """
    own = [overlay for overlay in overlays if overlay.plan == card.plan]
    groups = accumulate(not overlay.effective_from for overlay in own)
    ranked = sorted(
        zip(groups, own, strict=True), key=lambda each: (each[0], each[1].effective_from or "")
    )
    layers = [card, *(overlay for _, overlay in ranked)]
    rates = dict(common.rates)
    locations = _own_locations(common)
    for layer in layers:
        _merge(layer.rates, rates, common.charges)
        locations |= _own_locations(layer)
    content = b"".join(layer.fields.content for layer in layers)
    identity = CardIdentity(
        plan=card.plan,
        effective_from=card.effective_from,
        oldest_read_on=_oldest_reading(rates.values()),
        fingerprint=Fingerprint(common.content + content),
    )
    return RateCard(
        identity=identity,
        currency=CURRENCIES[0],
        charges=common.charges,
        rates=rates,
        carriers=common.carriers,
        terms=common.terms,
        effective_to=min((day for layer in layers if (day := layer.effective_to)), default=None),
        locations=locations,
    )


def _own_locations(layer: Common | PlanCard) -> Locations:
    """Return where each price is; a bundled price has no location."""
    location = layer.fields.location
    if not isinstance(location, Location) or is_bundled(location.file):
        return {}
    found = price_locations(layer.fields.fields("prices"))
    return {key: where for key, where in found.items() if key in layer.rates}


def _merge(layer: Rates, rates: Rates, charges: Mapping[str, Charge]) -> None:
    """Put the rates of `layer` into `rates`.

    A longer term of an add-on that has the monthly price, because no other is known, follows it.
    """
    for (key, term), rate in layer.items():
        if term == "monthly" and not charges[key].per_term:
            old = rates.get((key, term))
            followers = [each for each in TERMS if rates.get((key, each)) == old]
            rates.update({(key, each): rate for each in followers if (key, each) not in layer})
        rates[key, term] = rate
