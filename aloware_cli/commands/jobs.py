"""Jobs: the blocks of a file priced in this process or in several, in the file's order."""

import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import cycle
from multiprocessing.connection import Connection

from aloware_cli.commands.blocks import Answer, BlockPricer, Request
from aloware_cli.commands.columns import PLAN, RENAMED, Layout, layout_of
from aloware_cli.commands.delimited import DelimitedPricer
from aloware_cli.commands.objects import ObjectPricer
from aloware_cli.domain.batch import CellFault
from aloware_cli.errors import DataError
from aloware_cli.files.blocks import Block, malformed


def pricer_for(request: Request) -> BlockPricer:
    """Return what prices blocks for `request`; raises what is wrong with it or its columns."""
    book = request.options.load()
    layout = layout_of(request.names, book.charges, request.results)
    if request.rows == "jsonl":
        # Each object is looked at alone; these names matter where the result is CSV.
        whole = layout if isinstance(layout, Layout) else Layout(request.names, {}, {})
        return ObjectPricer(request, book, whole)
    if isinstance(layout, CellFault):
        raise _malformed(request, layout)
    if fault := _fault_of(layout, request):
        raise _malformed(request, fault)
    return DelimitedPricer(request, book, layout)


def _fault_of(layout: Layout, request: Request) -> CellFault | None:
    """Return what the columns lack for all rows, or have too much."""
    if not layout.quantities and request.options.min_agents is None:
        remedy = "name the columns in the first line, such as plan,agents,numbers,sms"
        return CellFault("", "no column gives a quantity", remedy)
    if PLAN not in layout.settings and not request.plan:
        return CellFault("", f"no column {PLAN}", "add it, or give --plan or --compare")
    if PLAN in layout.settings and request.compare:
        return CellFault(PLAN, "--compare prices every plan", f"rename it, {RENAMED}")
    return None


def _malformed(request: Request, fault: CellFault) -> DataError:
    return malformed(request.file, request.header_line, str(fault))


def answers(pricer: BlockPricer, blocks: Iterable[Block], jobs: int) -> Iterator[Answer]:
    """Yield what becomes of each of `blocks`, in their order, with `jobs` processes.

    Each process has one block at a time, and they take turns: so the order is kept,
    nothing piles up, and neither side ever waits for a pipe that the other has filled.
    """
    if jobs == 1:
        yield from map(pricer.price, blocks)
        return
    with _workers(pricer.request, jobs) as workers:
        busy = list[Connection]()
        for worker, block in zip(cycle(workers), blocks, strict=False):
            if len(busy) == jobs:
                yield _received(busy.pop(0))
            _sent(block, worker)
            busy.append(worker)
        for worker in busy:
            yield _received(worker)


def _sent(block: Block, worker: Connection) -> None:
    try:
        worker.send(block)
    except OSError as error:
        raise _ended() from error


def _received(worker: Connection) -> Answer:
    try:
        answer: Answer | Exception = worker.recv()
    except (EOFError, OSError) as error:
        raise _ended() from error
    if isinstance(answer, Exception):
        raise answer
    return answer


def _ended() -> DataError:
    """Return the error for a process that is gone; never one of the output's pipe."""
    return DataError("a process that priced rows was ended", "Run it again, or with --jobs 1.")


@contextmanager
def _workers(request: Request, count: int) -> Iterator[list[Connection]]:
    """Start `count` processes that price blocks for `request`, and end them in any case."""
    from multiprocessing import Pipe, Process

    processes, ends = list[Process](), list[Connection]()
    try:
        for _ in range(count):
            ours, theirs = Pipe()
            process = Process(target=_work, args=(request, theirs, ours), daemon=True)
            process.start()
            theirs.close()
            processes.append(process)
            ends.append(ours)
        yield ends
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()


def _work(request: Request, blocks: Connection, other_end: Connection) -> None:
    """Price the blocks that arrive until whoever sends them is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    other_end.close()
    try:
        pricer = pricer_for(request)
        while True:
            blocks.send(pricer.price(blocks.recv()))
    except (EOFError, ConnectionError):
        return
    except Exception as error:
        blocks.send(error)
