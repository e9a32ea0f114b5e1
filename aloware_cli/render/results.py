"""Results: what writes each class of results in each format, imported when it is needed."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from aloware_cli.render.quote_pages import Presentation
    from aloware_cli.render.terminal import TextTarget


class Kind(NamedTuple):
    """What writes the results of a class."""

    name: str  #: The functions that write them begin with this name: `sweep_report`, `sweep_csv`
    module: str  #: The module of their report; that of another format is named after the format
    title: str = ""  #: The name of their Markdown and HTML pages. Quotes have pages of their own
    #: Whether a chart follows the table on a terminal, and is on the HTML page.
    has_chart: bool = False


#: The kinds of results by the name of their class; lists have no class.
KINDS: Final[Mapping[str, Kind]] = {
    "Quote": Kind("quote", "quotes"),
    "QuoteRange": Kind("range", "comparisons"),
    "Comparison": Kind("comparison", "comparisons", "Plan comparison"),
    "BreakEven": Kind("break_even", "comparisons", "Break-even"),
    "Sweep": Kind("sweep", "comparisons", "Totals by quantity", has_chart=True),
    "Difference": Kind("difference", "changes", "Changes to a quote"),
    "CardChanges": Kind("changes", "changes", "Changes to rate cards"),
    "Proration": Kind("proration", "quotes"),
    "SegmentCount": Kind("segments", "segments"),
    "QuoteCheck": Kind("quote_check", "saved_quotes"),
    "Verification": Kind("verification", "checks"),
    "PlanExplanation": Kind("plan", "explain"),
    "Explanation": Kind("explanation", "explain"),
    "explanations": Kind("explanations", "explain"),
    "RateCard": Kind("card", "explain"),
    "cards": Kind("cards", "explain"),
    "Questions": Kind("questions", "explain"),
}


def write_result(  # noqa: PLR0913  a result is written in one place
    result: object,
    format: str,
    target: "TextTarget",
    *,
    kind: str = "",
    explain: bool = False,
    presentation: "Presentation | None" = None,
) -> str | bytes:
    """Return `result` in `format`; a list has a `kind`.

    `explain` adds the details of rows to a table or a page, and `presentation` is how the pages of
    a quote are shown.
    """
    name, module, title, has_chart = KINDS[kind or type(result).__name__]

    def written(module: str, format: str, *arguments: object) -> Any:
        function = getattr(import_module(f"aloware_cli.render.{module}"), f"{name}_{format}")
        return function(result, *arguments)

    match format:
        case "table":
            from aloware_cli.render.table import to_table

            table = to_table(written(module, "report"), target, explain=explain)
            is_drawn = has_chart and target.is_terminal
            return f"{table}\n{written('charts', 'chart', target)}" if is_drawn else table
        case "json":
            from aloware_cli.render.documents import to_json

            is_quote = name in {"quote", "range"}
            return to_json(written("documents" if is_quote else "result_documents", "document"))
        case "markdown" | "html" | "pdf":
            from aloware_cli.render.pages import report_page, write_page

            if not title:
                return write_page(written("quote_pages", "page", presentation), format)
            chart = written("charts", "svg") if has_chart else ""
            page = report_page(title, written(module, "report"), explain=explain)
            return write_page(page._replace(chart=chart), format)
    text: str | bytes = written(format, format)
    return text
