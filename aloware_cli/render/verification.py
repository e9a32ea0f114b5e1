"""A verification as a table for people and as `aloware.verification/1` for scripts."""

from collections.abc import Iterator

from aloware_cli.domain.examples import FAILED, Example, Replay, Uncovered, Verification
from aloware_cli.domain.money import format_display
from aloware_cli.render.console import TextTarget, draw
from aloware_cli.render.words import rate_in_words


def verification_table(verification: Verification, screen: TextTarget) -> str:
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
    if replay.message:
        yield f"{example.file}:{example.line}: cannot be priced: {replay.message}"
    for figure, computed in replay.differences:
        place = f"{example.file}:{figure.line}: {figure.name}"
        if computed is None:
            yield f"{place}: published {format_display(figure.published)}, not on the quote"
        else:
            difference = format_display(computed - figure.published)
            yield (
                f"{place}: published {format_display(figure.published)}, "
                f"computed {format_display(computed)}, difference {difference}"
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
