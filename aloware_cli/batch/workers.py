"""Workers: a file priced from its first block to its last, in this process or in several."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from typing import TYPE_CHECKING, BinaryIO

from aloware_cli.batch.pricer import Request, Tally
from aloware_cli.batch.results import MAX_REPORTS, BlockPricer, BlockResult
from aloware_cli.batch.rows import BLOCK_SIZE, Block, RowFile, read_file
from aloware_cli.domain.problems import Problem, visible
from aloware_cli.errors import DataError, ValidationError
from aloware_cli.render.terminal import progress_bar
from aloware_cli.signals import ignore_signals, signals_held

if TYPE_CHECKING:  # one process needs none of it
    from multiprocessing.connection import Connection


def price_file(
    file: RowFile,
    request: Request,
    target: Callable[[], AbstractContextManager[BinaryIO]],
    jobs: int,
    size: int = BLOCK_SIZE,
) -> tuple[Tally, Sequence[Problem]] | None:
    """Write the rows of `file`, read `size` bytes at a time, with their results to `target`.

    `request` lacks the header: it is read here. Returns the tally and the first problems; None if
    the reader of stdout left.
    """
    header, rows = read_file(file, request.rows, size)
    pricer = BlockPricer(request._replace(header=header))
    tally, reports, done = Tally(), list[Problem](), False
    with target() as stream, progress_bar(file.size) as advance:
        shown = _visible if stream.isatty() else bytes
        stream.write(shown(pricer.header))
        with closing(_price_blocks(pricer, rows, jobs)) as results:
            for result in results:
                stream.write(shown(result.content))
                tally.update(result.tally)
                reports += result.reports[: MAX_REPORTS - len(reports)]
                advance(result.size)
        done = True
    return (tally, reports) if done else None


def _visible(content: bytes) -> bytes:
    """Return `content` without characters that control a terminal, but for line ends."""
    return "\n".join(map(visible, content.decode().split("\n"))).encode()


def _price_blocks(
    pricer: BlockPricer, blocks: Iterable[Block], jobs: int
) -> Generator[BlockResult, None, None]:
    """Yield the result of each of `blocks`, in their order, from `jobs` processes.

    A worker has one block at a time, so that neither side waits for a pipe that the other filled.
    """
    if jobs == 1:
        yield from map(pricer.price, blocks)
        return
    with _workers(pricer, jobs) as workers:
        idle, busy = deque(workers), deque["Connection"]()
        for block in blocks:
            results = [] if idle else [_received(busy[0])]
            worker = idle.popleft() if idle else busy.popleft()
            worker.send(block)
            busy.append(worker)
            yield from results
        while busy:
            yield _received(busy.popleft())


def _received(worker: "Connection") -> BlockResult:
    result: BlockResult | Sequence[Problem] = worker.recv()
    if isinstance(result, BlockResult):
        return result
    raise ValidationError(result)


@contextmanager
def _workers(pricer: BlockPricer, jobs: int) -> "Iterator[Sequence[Connection]]":
    """Start `jobs` workers, and end them in any case; DataError if one cannot start, or is gone."""
    from multiprocessing import Pipe, Process

    processes, workers = list[Process](), list["Connection"]()
    try:
        with signals_held():
            for _ in range(jobs):
                ours, theirs = Pipe()
                process = Process(target=_work, args=(pricer, theirs, ours), daemon=True)
                process.start()
                theirs.close()
                processes.append(process)
                workers.append(ours)
        yield workers
    except (EOFError, OSError) as error:
        if len(workers) == jobs:
            hint = "run the command again, or use --jobs 1"
            raise DataError("E-WORKER", "a worker process was killed", hint) from error
        message = (
            f"cannot start {jobs} worker processes: {getattr(error, 'strerror', None) or error}"
        )
        raise DataError("E-WORKER", message, "use fewer --jobs") from error
    finally:
        for process in processes:
            process.kill()
        for process in processes:
            process.join()


def _work(pricer: BlockPricer, blocks: "Connection", other_end: "Connection") -> None:
    """Price the blocks that arrive until the main process, which ends workers, is gone."""
    ignore_signals()
    other_end.close()
    try:
        while True:
            block = blocks.recv()
            try:
                blocks.send(pricer.price(block))
            except ValidationError as error:
                blocks.send(error.problems)
    except (EOFError, OSError):
        return
