"""Scenarios: the keys of a scenario file, derived from the declarations of `Scenario`."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Annotated, Any, Final, Literal, TypeAlias

from aloware_cli.domain.money import (
    read_amount,
    read_percent,
    read_price,
    read_quantity,
    read_range,
)
from aloware_cli.domain.orders import (
    MAX_NAME_LENGTH,
    MAX_VALID_DAYS,
    read_custom_line,
    read_name,
    read_note,
    read_quote_number,
    read_valid_days,
)
from aloware_cli.domain.periods import (
    MAX_DURATION,
    read_date,
    read_date_or_today,
    read_duration,
)
from aloware_cli.domain.scenarios import OF_A_GROUP, OPTIONS, SHARED, Option
from declarations.texts import (
    QUANTITY,
    Amount,
    CustomAmount,
    Line,
    Percentage,
    Quantity,
    QuantityOrRange,
    Usd,
    number_rule,
)
from declarations.values import LINE, Closed, Date, Keywords, Name, Remark, one_of, text_rule

QuoteNumber: TypeAlias = Annotated[
    str,
    text_rule(
        "quote_number",
        "A quote number such as Q-14. A bare number is rejected.",
        LINE,
        maxLength=MAX_NAME_LENGTH,
        **{"not": {"pattern": rf"^ *(?:{QUANTITY}) *$"}},
    ),
]
ValidDays: TypeAlias = Annotated[
    int | str,
    number_rule(
        "valid_days",
        f"Days, 1 to {MAX_VALID_DAYS:,}.",
        {"type": "integer", "minimum": 1, "maximum": MAX_VALID_DAYS},
        r"(?=.*[1-9])0*(?:[0-9]{1,3}|[12][0-9]{3}|3[0-5][0-9]{2}|36[0-4][0-9]|3650)",
    ),
]
Duration: TypeAlias = Annotated[
    int | str,
    number_rule(
        "duration",
        "A length of time of at most 24 hours: 45, 45s, 3m or 2m30s.",
        {"type": "integer", "minimum": 1, "maximum": MAX_DURATION},
        # The reader also checks that minutes and seconds together are at most 24 hours.
        r"(?=.*[1-9])(?:(?:0?[0-9]{1,3}|1[0-3][0-9]{2}|14[0-3][0-9]|1440)m)?"
        r"(?:(?:0?[0-9]{1,4}|[1-7][0-9]{4}|8[0-5][0-9]{3}|86[0-3][0-9]{2}|86400)s?)?",
    ),
]
#: The type of the values that each reader of an option accepts; a line of text for others.
READERS: Final[Mapping[Any, Any]] = {
    read_quantity: Quantity,
    read_range: QuantityOrRange,
    read_percent: Percentage,
    read_price: Usd,
    read_amount: Amount,
    read_custom_line: CustomAmount,
    read_date: Date,
    read_date_or_today: Date | Literal["today"],
    read_name: Name,
    read_note: Remark,
    read_quote_number: QuoteNumber,
    read_valid_days: ValidDays,
    read_duration: Duration,
}


def _value_of(option: Option) -> Any:
    """Return the type of one value of `option`."""
    if isinstance(option.read, partial):
        allowed = option.read.args[0]
        return Annotated[str, Keywords(anyOf=[one_of(*allowed), {"pattern": _any_case(allowed)}])]
    return READERS.get(option.read, Line)


def _any_case(words: Iterable[str]) -> str:
    spelled = ("".join(f"[{c}{c.upper()}]" for c in word) for word in words)
    return f"^(?:{'|'.join(spelled)})$"


def _type_of(option: Option) -> Any:
    """Return the type of the value under the key of `option`; null is absent."""
    value = _value_of(option)
    match option.kind:
        case "switch":
            kind: Any = bool | Literal["true", "false"]
        case "paths":
            kind = list[value] | value  # type: ignore[valid-type]
        case "entries":
            kind = dict[str, value | None]  # type: ignore[valid-type]
        case _:
            kind = value
    return Annotated[kind | None, f"{option.help}."]


def scenario() -> Closed:
    """Return the keys of a scenario, as `Scenario` declares them."""
    own = {key: _type_of(OPTIONS[key]) for key in (*OF_A_GROUP, *SHARED)}
    group = Closed(
        "plan_group",
        "A plan and what is needed on it. Keys that it lacks apply as beside groups.",
        Keywords({"name": Annotated[Name | None, "Name of the group (default: the plan)."], **own}),
    )
    groups = Annotated[
        Annotated[list[Annotated[Any, group]], Keywords(minItems=1)] | None,
        "Plan groups, each with its own plan and quantities.",
    ]
    types = Keywords({key: _type_of(option) for key, option in OPTIONS.items()}, groups=groups)
    description = "The inputs of a quote, for --from. Each key is the name of an option."
    return Closed("scenario", description, types)


def example_scenario() -> Closed:
    """Return the keys of the scenario of a worked example."""
    types = Keywords(
        {
            # An example is one quote, so its quantities are no ranges.
            key: _type_of(
                option._replace(read=read_quantity) if option.read == read_range else option
            )
            for key, option in OPTIONS.items()
            if option.in_examples
        }
    )
    description = "What is priced: each key is the name of an option."
    return Closed("example_scenario", description, types, ("plan",))
