"""Pricers: what prices the blocks of a file, for the form and the columns that it has."""

from aloware_cli.commands.batch.blocks import BlockPricer, Request
from aloware_cli.commands.batch.columns import PLAN, RENAMED, Layout, layout_of
from aloware_cli.commands.batch.delimited import DelimitedPricer
from aloware_cli.commands.batch.objects import ObjectPricer
from aloware_cli.commands.options import catalog_for
from aloware_cli.domain.batch import CellFault
from aloware_cli.domain.scenarios import KEYS_OF_QUANTITIES
from aloware_cli.errors import DataError
from aloware_cli.files.blocks import malformed


def pricer_for(request: Request) -> BlockPricer:
    """Return what prices blocks for `request`; raises what is wrong with it or its columns."""
    catalog = catalog_for(request.scenario)
    layout = layout_of(request.names, catalog.charges, request.results)
    if request.rows == "jsonl":
        # Each object is looked at alone; these names matter where the result is CSV.
        whole = layout if isinstance(layout, Layout) else Layout(request.names, {}, {})
        return ObjectPricer(request, catalog, whole)
    if isinstance(layout, CellFault):
        raise _malformed(request, layout)
    if problem := _fault_of(layout, request):
        raise _malformed(request, problem)
    return DelimitedPricer(request, catalog, layout)


def _fault_of(layout: Layout, request: Request) -> CellFault | None:
    """Return what the columns lack for all rows, or have too much."""
    if not layout.quantities and not layout.settings.keys() - {PLAN} and not _asks(request):
        hint = "name the columns in the first line, such as plan,agents,numbers,sms"
        return CellFault("", "no column gives a quantity", hint)
    if PLAN not in layout.settings and not request.plan:
        return CellFault("", f"no column {PLAN}", "add it, or give --plan or --compare")
    if PLAN in layout.settings and request.compare:
        return CellFault(PLAN, "--compare prices every plan", f"rename it, {RENAMED}")
    return None


def _asks(request: Request) -> bool:
    """Tell whether something is asked for that holds for all rows."""
    return any(key in KEYS_OF_QUANTITIES for key, _ in request.scenario.given())


def _malformed(request: Request, problem: CellFault) -> DataError:
    return malformed(request.file, request.header_line, str(problem))
