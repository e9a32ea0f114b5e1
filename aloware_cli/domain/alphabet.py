"""Alphabets: which characters a text message can carry, and how much room each one takes.

The tables are those of the GSM standard (3GPP TS 23.038, default alphabet and its
extension table; 3GPP TS 23.040 for the parts of a long message).
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

#: The 127 characters that take one place. Position 27 is the escape, no character.
GSM_BASIC: Final = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ"
    "ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: The 10 characters that take two places: the escape and one more.
GSM_EXTENSION: Final = "\f^{}\\[~]|€"
GSM_PLACES: Final[Mapping[str, int]] = dict.fromkeys(GSM_BASIC, 1) | dict.fromkeys(GSM_EXTENSION, 2)

#: What says the same within GSM-7, for characters that editors and phones put in unasked.
_REPLACED: Final = (
    ("'", "‘’‚‛′ʼ´`‹›"),  # noqa: RUF001  these look alike: that is the point
    ('"', "“”„‟″«»"),
    ("-", "‐‑‒–—―−"),  # noqa: RUF001  likewise
    ("...", "…"),
    (" ", "\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"),
    ("\n", "\u2028\u2029"),
    ("", "\u00ad\u200b\u2060\ufeff"),
    ("*", "•"),
    ("x", "×"),  # noqa: RUF001  likewise
    ("/", "⁄"),  # noqa: RUF001  likewise
    ("(C)", "©"),
    ("(R)", "®"),
    ("TM", "™"),
)
PLAIN_FORMS: Final[Mapping[str, str]] = {
    character: plain for plain, characters in _REPLACED for character in characters
}


class Encoding(NamedTuple):
    """How a message is written on the air, and how much of it a segment holds."""

    name: str
    #: What room is counted in.
    unit: str
    units: str
    #: How many units a message of one segment holds.
    alone: int
    #: How many units each segment of a longer message holds, beside what joins it to the others.
    joined: int


GSM_7: Final = Encoding("GSM-7", "place", "places", alone=160, joined=153)
UCS_2: Final = Encoding("UCS-2", "UTF-16 unit", "UTF-16 units", alone=70, joined=67)
