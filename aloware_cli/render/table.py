"""The table: what people read in a terminal.

Each part of a report is a grid: label, calculation and figures. On a narrow screen the
calculation moves below the label, and labels wrap. Figures are never cut, so a table may be
wider than the screen.
"""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from aloware_cli.domain.problems import visible
from aloware_cli.render.sections import (
    TIMES,
    Amount,
    Report,
    Row,
    Section,
    display,
    notes_by_heading,
)
from aloware_cli.render.terminal import BOLD, DIM, TextTarget, pad, width_of, wrap

GAP: Final = "  "
#: Sentences stay readable up to this width, even if the screen is wider.
MAX_TEXT_WIDTH: Final = 80
MIN_LABEL_WIDTH: Final = 18
MIN_TEXT_WIDTH: Final = 8
#: A longer calculation is written below its label.
MAX_CALCULATION_WIDTH: Final = 32


def to_table(report: Report, target: TextTarget, *, explain: bool = False) -> str:
    """Return `report` as lines for `target`; `explain` adds the explanation of each row."""
    widest = max((width_of(name) for name, _ in report.facts), default=0)
    facts = [(pad(name, widest) + GAP if name else "", text) for name, text in report.facts]
    blocks = [
        [target.style(line, BOLD) for line in _hanging(report.title, "", target) if line],
        [line for lead, text in facts for line in _hanging(text, lead, target)],
        *_grids(report, target, explain=explain),
        [
            line
            for remark in filter(None, (*report.remarks, report.hint))
            for line in _hanging(remark, "", target)
        ],
        list(_notes(report, target, explain=explain)),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _shown(text: str, target: TextTarget) -> str:
    """Return `text` as `target` shows it: without control characters, in its characters."""
    text = visible(text)
    if target.is_unicode or text.isascii():
        return text
    return text.replace("≥", ">=").encode("ascii", "backslashreplace").decode("ascii")


def _notes(report: Report, target: TextTarget, *, explain: bool) -> Iterator[str]:
    """Yield the notes with the options that settle them; contract terms only to `explain`."""
    shown = (note for note in report.notes if explain or note.kind != "term")
    for heading, texts in notes_by_heading(n._replace(text=n.for_seller) for n in shown):
        yield heading
        for text in texts:
            for line in _hanging(text, "- ", target):
                yield target.style(line, DIM)


def _hanging(text: str, lead: str, target: TextTarget) -> Iterator[str]:
    """Yield the lines of `text`, indented behind `lead`."""
    indent = width_of(lead)
    width = min(target.width, MAX_TEXT_WIDTH) - indent
    for number, line in enumerate(wrap(_shown(text, target), width)):
        yield f"{' ' * indent if number else lead}{line}".rstrip()


class _Line(NamedTuple):
    """A row as texts."""

    label: str
    calculation: str
    figures: tuple[str, ...]
    style: str = ""
    below: tuple[str, ...] = ()


class _Grid(NamedTuple):
    """The lines of a part, in blocks with a rule between them, and their columns."""

    blocks: list[list[_Line]]
    has_rules: bool
    label: int
    #: None if calculations are written below the labels.
    calculation: int | None
    figures: tuple[int, ...]
    #: Columns that hold only text are aligned to the left.
    is_left: tuple[bool, ...]

    @property
    def width(self) -> int:
        """The width of all columns."""
        widths = [self.label, *([self.calculation] if self.calculation else []), *self.figures]
        return sum(widths) + len(GAP) * (len(widths) - 1)


def _grids(report: Report, target: TextTarget, *, explain: bool) -> Iterator[list[str]]:
    grids = [
        _fit(_grid(title, sections, target, explain=explain), target.width)
        for title, sections in report.parts
    ]
    widest = max((grid.width for grid in grids if not any(grid.is_left)), default=0)
    for grid in grids:
        wider = 0 if any(grid.is_left) else widest - grid.width
        yield list(_lines(grid._replace(label=grid.label + wider), target))


def _grid(title: str, sections: Sequence[Section], target: TextTarget, *, explain: bool) -> _Grid:
    """Return a part with its natural widths."""
    headings = tuple(column.title for column in sections[0].columns)
    has_headings = any(headings)
    shown = title if sections[0].heading or sections[0].title == title else ""
    calculation = _signs(sections[0].calculation, target) if has_headings else ""
    head = _Line(_shown(shown, target), calculation, headings, BOLD)
    blocks = [list(_block(section, target, explain=explain)) for section in sections]
    if has_headings:
        blocks.insert(0, [head])
    elif head.label:
        blocks[0].insert(0, head)
    lines = [line for block in blocks for line in block]
    columns = zip_longest(*(line.figures for line in lines), fillvalue="")
    given = (row.figures for section in sections for row in section.rows)
    widest = max((width_of(line.calculation) for line in lines), default=0)
    # A label without a calculation may use the column of calculations.
    labels = (
        width_of(line.label) - (0 if line.calculation or not widest else widest + len(GAP))
        for line in lines
        if any(line.figures)
    )
    return _Grid(
        blocks=blocks,
        has_rules=has_headings,
        label=max(labels, default=0),
        calculation=widest or None,
        figures=tuple(max(map(width_of, column)) for column in columns),
        is_left=tuple(
            all(isinstance(cell, str) for cell in column)
            for column in zip_longest(*given, fillvalue="")
        ),
    )


def _block(section: Section, target: TextTarget, *, explain: bool) -> Iterator[_Line]:
    if section.heading:
        yield _Line(_shown(section.heading, target), "", (), BOLD)
    for row in section.rows:
        yield _line(row, target, explain=explain)


def _line(row: Row, target: TextTarget, *, explain: bool) -> _Line:
    bound = "≥ " if target.is_unicode else ">= "
    figures = tuple(
        display(cell, bound) if isinstance(cell, Amount) else _shown(display(cell), target)
        for cell in row.figures
    )
    calculation = _signs(_shown(row.calculation, target), target)
    below = [text for text in row.explanation if explain]
    if len(calculation) > MAX_CALCULATION_WIDTH:
        below.insert(0, calculation)
        calculation = ""
    style = BOLD if row.level == "total" else ""
    return _Line(_shown(row.label, target), calculation, figures, style, tuple(below))


def _signs(calculation: str, target: TextTarget) -> str:
    return calculation.replace(" x ", f" {TIMES} ") if target.is_unicode else calculation


def _fit(grid: _Grid, width: int) -> _Grid:
    """Return `grid` with columns that fit `width`, as far as figures allow."""
    left = width - (grid.width - grid.label)
    if grid.width > width and grid.calculation and left < MIN_LABEL_WIDTH:
        grid = grid._replace(
            calculation=None,
            label=max(
                max(width_of(line.label), width_of(line.calculation) + len(GAP))
                for block in grid.blocks
                for line in block
            ),
        )
    if grid.width > width:
        left = width - (grid.width - grid.label)
        grid = grid._replace(label=min(grid.label, max(left, MIN_TEXT_WIDTH)))
    if grid.width > width and any(grid.is_left):
        figures = list(grid.figures)
        texts = [index for index, is_left in enumerate(grid.is_left) if is_left]
        widest = max(texts, key=figures.__getitem__)
        figures[widest] = max(figures[widest] - (grid.width - width), MIN_TEXT_WIDTH)
        grid = grid._replace(figures=tuple(figures))
    return grid


def _lines(grid: _Grid, target: TextTarget) -> Iterator[str]:
    rule = target.style(("─" if target.is_unicode else "-") * grid.width, DIM)
    for number, block in enumerate(grid.blocks):
        if number and grid.has_rules:
            yield rule
        for line in block:
            for text in _row_lines(line, grid):
                yield target.style(text, line.style)
            for sentence in line.below:
                for text in _hanging(sentence, "  ", target):
                    yield target.style(text, DIM)


def _row_lines(line: _Line, grid: _Grid) -> Iterator[str]:
    """Yield the lines of one row; long labels and texts wrap."""
    label, columns = grid.label, []
    if not line.calculation and not any(line.figures):
        yield from wrap(line.label, max(grid.width, MAX_TEXT_WIDTH))
        return
    if grid.calculation and line.calculation:
        columns = [[pad(line.calculation, grid.calculation, left=False)]]
    elif grid.calculation:
        label += len(GAP) + grid.calculation
    left = wrap(line.label, label)
    if line.calculation and not grid.calculation:
        left.append(f"  {line.calculation}" if line.label else line.calculation)
    columns.insert(0, [pad(text, label, left=True) for text in left])
    for text, width, is_left in zip(line.figures, grid.figures, grid.is_left, strict=False):
        columns.append([pad(part, width, left=is_left) for part in wrap(text, width)])
    widths = [width_of(column[0]) for column in columns]
    for parts in zip_longest(*columns):
        padded = (part or " " * width for part, width in zip(parts, widths, strict=True))
        yield GAP.join(padded).rstrip()
