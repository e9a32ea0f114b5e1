"""Jobs: the blocks of a file priced in this process or in several, in the file's order."""

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, cast

from aloware_cli.commands.batch.blocks import Answer, BlockPricer, Request
from aloware_cli.commands.batch.pricers import pricer_for
from aloware_cli.errors import DataError
from aloware_cli.files.blocks import Block

if TYPE_CHECKING:  # one process needs none of it
    from multiprocessing.connection import Connection

#: How many blocks for each process may be on their way at once.
TURNS: Final = 4


def answers(pricer: BlockPricer, blocks: Iterable[Block], jobs: int) -> Iterator[Answer]:
    """Yield what becomes of each of `blocks`, in their order, with `jobs` processes.

    A process has one block at a time, so neither side ever waits for a pipe that the
    other has filled; answers that come too early wait for their turn, a few at most.
    """
    if jobs == 1:
        yield from map(pricer.price, blocks)
        return
    with _workers(pricer.request, jobs) as idle:
        turns, busy = deque[list[Answer]](), dict["Connection", list[Answer]]()
        for block in blocks:
            while not idle or len(turns) >= jobs * TURNS:
                _collect(busy, idle)
                while turns and turns[0]:
                    yield turns.popleft()[0]
            turns.append([])
            busy[_sent(block, idle.pop())] = turns[-1]
        while turns:
            while not turns[0]:
                _collect(busy, idle)
            yield turns.popleft()[0]


def _collect(busy: "dict[Connection, list[Answer]]", idle: "list[Connection]") -> None:
    """Wait until a process is done, put its answer to its turn and set the process free."""
    from multiprocessing.connection import wait

    for worker in cast("list[Connection]", wait(list(busy))):
        busy.pop(worker).append(_received(worker))
        idle.append(worker)


def _sent(block: Block, worker: "Connection") -> "Connection":
    """Return `worker`, which has got `block`."""
    try:
        worker.send(block)
    except OSError as error:
        raise _ended() from error
    return worker


def _received(worker: "Connection") -> Answer:
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
def _workers(request: Request, count: int) -> "Iterator[list[Connection]]":
    """Start `count` processes that price blocks for `request`, and end them in any case."""
    from multiprocessing import Pipe, Process

    processes, ends = list[Process](), list["Connection"]()
    try:
        for _ in range(count):
            ours, theirs = Pipe()
            process = Process(target=_work, args=(request, theirs, ours), daemon=True)
            process.start()
            theirs.close()
            processes.append(process)
            ends.append(ours)
        yield list(ends)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()


def _work(request: Request, blocks: "Connection", other_end: "Connection") -> None:
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
