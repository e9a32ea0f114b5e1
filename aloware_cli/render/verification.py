"""A verification as a table for people and as `aloware.verification/1` for scripts."""

from collections.abc import Iterator

from aloware_cli.domain.example import FAILED, Example, Replay, Uncovered, Verification
from aloware_cli.domain.money import grouped, plain
from aloware_cli.render.console import Screen, draw
from aloware_cli.render.json import Object, citation_object, money
from aloware_cli.render.words import rate_in_words


def verification_document(verification: Verification) -> Object:
    """Return `verification` as the keys and strings of `aloware.verification/1`."""
    return {
        "schema": "aloware.verification/1",
        "examples": [_replay_object(replay) for replay in verification.replays],
        "passed": verification.passed,
        "failed": verification.failed,
        "uncovered": [
            {
                "plans": list(price.plans),
                "charge": price.charge.key,
                "price": money(price.rate.price),
            }
            for price in verification.uncovered
        ],
        "stale": [
            {"key": page.source.key, "read_on": page.source.read_on, "days": str(page.days)}
            for page in verification.stale
        ],
        "unreadable": [str(fault) for fault in verification.unreadable],
    }


def verification_table(verification: Verification, screen: Screen) -> str:
    """Return `verification` as a list of verdicts, each followed by what is to be said of it."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for replay in verification.replays:
        style = "bold" if replay.verdict in FAILED else ""
        grid.add_row(short_verdict(replay), Text(_title(replay.example), style=style))
        for sentence in findings(replay):
            grid.add_row("", sentence)
    rest = [Text(sentence) for sentence in _on_the_whole(verification)]
    return draw(Group(grid, Text(), *rest), screen.width, screen)


def short_verdict(replay: Replay) -> str:
    """Return the verdict in one word."""
    return replay.verdict.partition(",")[0]


def findings(replay: Replay) -> Iterator[str]:
    """Yield what is to be said of a replay beyond its verdict: differences, reasons, places."""
    example = replay.example
    if replay.problem:
        yield f"{example.file}:{example.line}: cannot be priced: {replay.problem}"
    for figure, computed in replay.differences:
        place = f"{example.file}:{figure.line}: {figure.name}"
        if computed is None:
            yield f"{place}: published {grouped(figure.published)}, not on the quote"
        else:
            difference = grouped(computed - figure.published)
            yield (
                f"{place}: published {grouped(figure.published)}, "
                f"computed {grouped(computed)}, difference {difference}"
            )
    if example.contradiction:
        yield f"The source contradicts itself. {example.contradiction.says}"
        yield f"Read as: {example.contradiction.read_as}"
    if example.approximate:
        yield f"Not counted. {example.approximate}"


def summary(verification: Verification) -> str:
    """Return the counts in one sentence."""
    tested = verification.passed + verification.failed
    return f"{verification.passed} of {tested} examples come out as published."


def _title(example: Example) -> str:
    return f"{example.name} ({example.citation.source.title})"


def _on_the_whole(verification: Verification) -> Iterator[str]:
    yield summary(verification)
    for page in verification.stale:
        yield (
            f'Read too long ago: "{page.source.title}", '
            f"on {page.source.read_on}, {page.days} days before."
        )
    if verification.uncovered:
        yield ""
        yield "Published prices that no example exercises:"
    yield from (f"  {_price_line(price)}" for price in verification.uncovered)


def _price_line(price: Uncovered) -> str:
    return f"{', '.join(price.plans)}: {price.charge.label} {rate_in_words(price.rate)}"


def _replay_object(replay: Replay) -> Object:
    example = replay.example
    return {
        "name": example.name,
        "plan": example.scenario.plan if example.scenario else None,
        "verdict": replay.verdict,
        "expected": {figure.name: plain(figure.published) for figure in example.figures},
        "computed": {figure.name: money(value) for figure, value in replay.computed},
        "source": citation_object(example.citation),
        "file": example.file,
        "findings": list(findings(replay)),
    }
