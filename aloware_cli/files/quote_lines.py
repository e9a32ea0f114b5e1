"""Lines of a saved quote: each with its charge, its rate and where they come from."""

from typing import cast

from aloware_cli.domain.cards import MODELS, Model, ModelName, Rate, Status, Tier
from aloware_cli.domain.charges import (
    ANY,
    CATEGORIES,
    DIRECTIONS,
    INITIATORS,
    LINES,
    MEDIA,
    Category,
    Charge,
    CoverageRule,
    Decision,
    Traffic,
)
from aloware_cli.domain.quotes import Line, Part
from aloware_cli.domain.sources import Citation, Source
from aloware_cli.files.charges import DECISIONS
from aloware_cli.files.saved import Saved

STATUSES = ("billed", "included", "supplied", "unpublished")


def read_line(line: Saved, *, one_time: bool) -> Line:
    """Return a line; whether it recurs or is paid once, its place in the file says."""
    return Line(
        charge=_read_charge(line, one_time=one_time),
        quantity=line.count("quantity"),
        rate=_read_rate(line),
        working=line.text("working"),
        reason=line.text("reason"),
        parts=tuple(
            Part(part.count("quantity"), part.price("price")) for part in line.objects("parts")
        ),
        allowance=line.count("allowance"),
    )


def _read_rate(line: Saved) -> Rate:
    definition = line.object("definition")
    model = definition.optional("model", lambda key: _read_model(definition.object(key)))
    return Rate(
        status=cast("Status", line.choice("status", STATUSES)),
        price=None if model else line.optional("list_price", line.price),
        citation=read_citation(line.object("source")),
        discount=line.optional("discount", line.percent),
        model=model,
        allowance=definition.count("allowance"),
    )


def _read_model(model: Saved) -> Model:
    return Model(
        name=cast("ModelName", model.choice("name", MODELS)),
        tiers=tuple(
            Tier(tier.optional("up_to", tier.count), tier.price("price"))
            for tier in model.objects("tiers")
        ),
        block=model.optional("block", model.count) or 1,
    )


def _read_charge(line: Saved, *, one_time: bool) -> Charge:
    definition = line.object("definition")
    return Charge(
        key=line.text("charge"),
        label=line.text("label"),
        unit=line.text("unit"),
        units=definition.text("units"),
        category=cast("Category", line.choice("category", CATEGORIES)),
        one_time=one_time,
        per_term=definition.boolean("per_term"),
        pass_through=definition.boolean("pass_through"),
        traffic=definition.optional("traffic", lambda key: _read_traffic(definition.object(key))),
        rule=definition.optional("rule", lambda key: _read_rule(definition.object(key))),
        reason=definition.text("reason"),
        caution=definition.optional("caution", definition.text),
        citation=read_citation(definition.object("source")),
    )


def _read_traffic(traffic: Saved) -> Traffic:
    return Traffic(
        medium=traffic.choice("medium", MEDIA),
        initiator=traffic.choice("initiator", (*INITIATORS, ANY)),
        direction=traffic.choice("direction", (*DIRECTIONS, ANY)),
        line=traffic.choice("line", LINES),
    )


def _read_rule(rule: Saved) -> CoverageRule:
    return CoverageRule(
        key=rule.text("key"),
        initiators=rule.choices("initiators", INITIATORS),
        directions=rule.choices("directions", DIRECTIONS),
        lines=rule.choices("lines", LINES),
        decides=cast("Decision", rule.choice("decides", DECISIONS)),
        reason=rule.text("reason"),
        citation=read_citation(rule.object("source")),
    )


def read_citation(source: Saved) -> Citation:
    """Return a page, or the user, and what it says."""
    page = Source(
        key=source.text("key"),
        title=source.text("title"),
        url=source.optional("url", source.text),
        read_on=source.optional("read_on", source.date),
        dated=source.optional("dated", source.text),
    )
    return Citation(page, source.text("wording"))
