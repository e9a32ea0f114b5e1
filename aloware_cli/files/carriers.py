"""Carriers: the fees per text that are passed on."""

from collections.abc import Mapping

from aloware_cli.domain.cards import Carrier
from aloware_cli.domain.sources import Source
from aloware_cli.files.fields import Fields
from aloware_cli.files.sources import read_source


def read_carriers(file: Fields, sources: Mapping[str, Source]) -> tuple[Carrier, ...]:
    """Return the carriers in the order of the file."""
    listed = file.fields("carriers")
    carriers = tuple(_read_carrier(key, listed.fields(key), sources) for key, _, _ in listed.each())
    file.close()
    return carriers


def _read_carrier(key: str, fields: Fields, sources: Mapping[str, Source]) -> Carrier:
    carrier = Carrier(
        key=key,
        name=fields.text("name"),
        country=fields.choice("country", ("US", "CA")),
        per_segment=fields.price("sms"),
        per_mms=fields.price("mms"),
        source=read_source(fields, sources),
    )
    fields.close()
    return carrier
