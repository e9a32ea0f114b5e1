"""Values: what a text or a number of a JSON document or an input file may be.

Each is a type for mypy and a `Rule` for the JSON Schemas.
"""

from typing import Annotated, Any, Final, NamedTuple, TypeAlias

from aloware_cli.domain.orders import MAX_NAME_LENGTH, MAX_NOTE_LENGTH


class Keywords(dict[str, Any]):
    """Keywords of JSON Schema. `typing` hashes what annotates a type."""

    def __hash__(self) -> int:  # type: ignore[override]
        return id(self)


class Rule(NamedTuple):
    """A kind of value: its name in `$defs`, what to write, and its JSON Schema."""

    name: str
    #: A noun phrase: it completes "expected ...".
    description: str
    keywords: Keywords


class Closed(NamedTuple):
    """A closed object whose keys are derived: its name in `$defs`, and the type of each key."""

    name: str
    description: str
    types: Keywords
    required: tuple[str, ...] = ()


class Keys(NamedTuple):
    """Keys of an object that have a type of their own."""

    types: Keywords


def text_rule(name: str, description: str, pattern: str, **keywords: Any) -> Rule:
    """Return the rule for texts that `pattern` matches as a whole."""
    return Rule(
        name,
        description,
        Keywords({"type": "string", "pattern": f"^(?:{pattern})$", **keywords}),
    )


def one_of(*allowed: str) -> Keywords:
    """Return the schema of a text that is one of `allowed`."""
    return Keywords(enum=[*allowed])


#: Control characters, and invisible ones that change the order or the meaning of a line. The
#: joiners of words (U+200C, U+200D) and wide spaces are not among them.
INVISIBLE: Final = (
    r"\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    r"\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\uffff"
)
LINE: Final = rf"(?=.*\S)[^{INVISIBLE}]+"
MONEY: Final = r"(?:0|[1-9][0-9]{0,17})\.[0-9]{2}"
#: Up to 1,000,000; a discount adds 4 decimal places to the 8 of a price.
PRICE: Final = r"(?:0|[1-9][0-9]{0,5})\.[0-9]{2,12}|1000000\.0{2,12}"
MONTH_AND_DAY: Final = "-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"

Text: TypeAlias = Annotated[str, text_rule("text", "a text on one line", LINE)]
Name: TypeAlias = Annotated[
    str,
    text_rule(
        "name",
        f"one line of at most {MAX_NAME_LENGTH} characters",
        LINE,
        maxLength=MAX_NAME_LENGTH,
    ),
]
Remark: TypeAlias = Annotated[
    str,
    text_rule(
        "remark",
        f"one line of at most {MAX_NOTE_LENGTH} characters",
        LINE,
        maxLength=MAX_NOTE_LENGTH,
    ),
]
#: Text of a message: any characters, none included.
Content: TypeAlias = str
Money: TypeAlias = Annotated[str, text_rule("money", "US dollars, such as 1600.00", MONEY)]
#: An amount that the user gives or a page prints, with as many places as it has.
Figure: TypeAlias = Annotated[
    str,
    text_rule("figure", "US dollars, such as 1600.00", r"(?:0|[1-9][0-9]{0,17})\.[0-9]{2,12}"),
]
Difference: TypeAlias = Annotated[
    str, text_rule("difference", "US dollars, such as -12.50", f"-?{MONEY}")
]
Price: TypeAlias = Annotated[str, text_rule("price", "a price in US dollars, such as 0.015", PRICE)]
Percent: TypeAlias = Annotated[
    str,
    text_rule(
        "percent", "a percentage, such as 12.5", r"(?:0|[1-9][0-9]?)(?:\.[0-9]{1,2})?|100(?:\.00?)?"
    ),
]
Count: TypeAlias = Annotated[
    int,
    Rule("count", "a whole number", Keywords(type="integer", minimum=0, maximum=10**12)),
]
#: Days of a month.
Days: TypeAlias = Annotated[
    int,
    Rule("days", "a number of days", Keywords(type="integer", minimum=1, maximum=31)),
]
Date: TypeAlias = Annotated[
    str,
    text_rule(
        "date",
        "a date from 2000-01-01 to 2999-12-31",
        f"2[0-9]{{3}}{MONTH_AND_DAY}",
        format="date",
    ),
]
#: A calculated date, such as the end of a prepaid balance.
LaterDate: TypeAlias = Annotated[
    str,
    text_rule(
        "later_date",
        "a date from 2000-01-01 to 9999-12-31",
        f"[2-9][0-9]{{3}}{MONTH_AND_DAY}",
        format="date",
    ),
]
Sha256: TypeAlias = Annotated[
    str, text_rule("sha256", "a SHA-256 hash, 64 hexadecimal digits", "[0-9a-f]{64}")
]
