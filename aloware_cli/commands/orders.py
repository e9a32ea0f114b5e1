"""Orders: what the shared options amount to on one plan's card."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from aloware_cli.commands.names import find_charge, find_plan, flag_for
from aloware_cli.commands.options import PricingOptions
from aloware_cli.domain.card import Rate, RateBook, RateCard, supplied
from aloware_cli.domain.charge import SHORT_NAMES
from aloware_cli.domain.money import read_percent, read_price
from aloware_cli.domain.order import ALL, Order
from aloware_cli.domain.quantity import HIGHEST_QUANTITY, read_quantity
from aloware_cli.errors import RequestError


def order_on(options: PricingOptions, card: RateCard, book: RateBook) -> Order:
    """Return the order for `card`; raises RequestError where there is nothing to price."""
    order = order_as_given(options, card, book)
    if not any(order.quantities.values()) and not order.min_agents:
        raise RequestError(
            "nothing to price", "Say how much of something, for example: --agents 3 --numbers 10"
        )
    return order


def order_without(charge: str, options: PricingOptions, card: RateCard, book: RateBook) -> Order:
    """Return the order for `card`; RequestError where it has a quantity of `charge`.

    That is for a command that varies the quantity of `charge` itself.
    """
    order = order_as_given(options, card, book)
    if charge in order.quantities:
        raise RequestError(
            f"--vary moves the quantity of {charge}, and another option fixes it",
            f"Leave out {flag_for(charge)}.",
        )
    return order


def order_as_given(options: PricingOptions, card: RateCard, book: RateBook) -> Order:
    """Return the order for `card`, which may be empty; raises RequestError for what is wrong."""
    return Order(
        quantities=_read_quantities(options, card),
        term=options.term,
        supplied=_read_rates(options, card, book),
        as_of=options.as_of,
        start=options.start,
        carriers=_read_carriers(options, card),
        min_agents=options.min_agents,
        discounts=_read_discounts(options, card),
        credits=options.credits,
    )


def _read_quantities(options: PricingOptions, card: RateCard) -> dict[str, int]:
    given = {key: getattr(options, name) for name, key in SHORT_NAMES.items()}
    given["automated_sms"] = _read_texts(options)
    quantities = {key: count for key, count in given.items() if count is not None}
    quantities |= _read_compliance(options)
    for text in options.add or []:
        name, count = _split(text, "--add", "CHARGE=QTY", "local_number=1")
        key = find_charge(name, card.charges, "--add").key
        if key in quantities:
            raise RequestError(f"--add {text}: the quantity of {key} is given twice")
        quantities[key] = _value(read_quantity, count, f"--add {text}")
    return quantities


def _read_texts(options: PricingOptions) -> int | None:
    """Return the automated texts, in segments: as given, or those of a message."""
    if options.message is None and options.recipients is None:
        return options.sms
    if options.message is None or options.recipients is None:
        raise RequestError(
            "--message and --recipients go together",
            "For example: --message promo.txt --recipients 1000",
        )
    if options.sms is not None:
        raise RequestError("--sms and --message count the same texts", "Keep one of them.")
    if options.message * options.recipients > HIGHEST_QUANTITY:
        raise RequestError(
            f"{options.message:,} segments for {options.recipients:,} recipients are too many",
            f"A quantity goes up to {HIGHEST_QUANTITY:,}.",
        )
    return options.message * options.recipients


def _read_compliance(options: PricingOptions) -> dict[str, int]:
    """Return the A2P fees that a brand and its campaigns bring (source: a2p-fees).

    Each campaign is maintained by the month; those of a standard brand are
    activated once. Without a brand, it is registered already and nothing is once.
    """
    campaigns, low_volume = options.campaigns or 0, options.low_volume_campaigns or 0
    if campaigns + low_volume > HIGHEST_QUANTITY:
        raise RequestError(f"there are more than {HIGHEST_QUANTITY:,} campaigns in all")
    fees = {"campaign_maintenance": campaigns, "low_volume_campaign_maintenance": low_volume}
    if options.brand:
        fees[f"brand_registration_{options.brand}"] = 1
    if options.brand == "standard":
        fees["campaign_activation"] = campaigns + low_volume
    return {key: count for key, count in fees.items() if count}


def _read_rates(options: PricingOptions, card: RateCard, book: RateBook) -> dict[str, Rate]:
    """Return the rates for the plan of `card`; one that names the plan beats one for all."""
    for_all: dict[str, Rate] = {}
    for_plan: dict[str, Rate] = {}
    for text in options.rate or []:
        target, price = _split(text, "--rate", "[PLAN:]CHARGE=PRICE", "automated_sms=0.02")
        plan, colon, name = target.rpartition(":")
        charge = find_charge(name, card.charges, "--rate")
        key = charge.key
        if charge.rule and charge.rule.decides == "included":
            raise RequestError(f"--rate {text}: {key} is included by the rule {charge.rule.key}")
        rate = supplied(_value(read_price, price, f"--rate {text}"), f"--rate {text}")
        if colon and find_plan(plan, book).plan != card.plan:
            continue
        rates = for_plan if colon else for_all
        if key in rates:
            raise RequestError(f"--rate {text}: the price of {key} is given twice")
        rates[key] = rate
    return for_all | for_plan


def _read_carriers(options: PricingOptions, card: RateCard) -> Mapping[str, Decimal] | None:
    """Return the mix of carriers: empty for a band, None where their fees are not asked for."""
    if options.carrier:
        from aloware_cli.commands.carriers import read_mix

        return read_mix(options.carrier, card.carriers)
    return {} if options.carrier_fees else None


def _read_discounts(options: PricingOptions, card: RateCard) -> dict[str, Decimal]:
    """Return the percentage off each charge; the key for all others is `all`."""
    discounts: dict[str, Decimal] = {}
    for text in options.discount or []:
        name, percent = _split(text, "--discount", "CHARGE=PERCENT%", "license=10%")
        all_others = name.casefold() == ALL
        key = ALL if all_others else find_charge(name, card.charges, "--discount").key
        if key != ALL and card.charges[key].passed_on:
            raise RequestError(f"--discount {text}: {key} is passed on, so it takes no discount")
        if key in discounts:
            raise RequestError(f"--discount {text}: the discount on {key} is given twice")
        discounts[key] = _value(read_percent, percent, f"--discount {text}")
    return discounts


def _split(text: str, flag: str, form: str, example: str) -> tuple[str, str]:
    name, equals, value = text.rpartition("=")
    if not equals or not name or not value:
        raise RequestError(f"{flag} {text}: write {form}", f"For example: {flag} {example}")
    return name, value


def _value(read: Callable[[str], Any], text: str, where: str) -> Any:
    try:
        return read(text)
    except ValueError as error:
        raise RequestError(f"{where}: {error}") from error
