"""Runs: a file of prospects from its first block to its last, priced to an output."""

from itertools import chain

from aloware_cli.commands.batch.blocks import Request
from aloware_cli.commands.batch.jobs import answers
from aloware_cli.commands.batch.pricers import pricer_for
from aloware_cli.domain.batch import Tally, add_tallies
from aloware_cli.files.blocks import BLOCK_SIZE, Block, RowFile, blocks_of, malformed
from aloware_cli.files.output import open_output
from aloware_cli.files.rows import decoded, objects_of, read_header
from aloware_cli.render.progress import Progress


def price_file(
    file: RowFile,
    request: Request,
    output: str | None,
    jobs: int,
    *,
    size: int = BLOCK_SIZE,
    force: bool = False,
) -> Tally | None:
    """Price the rows of `file`, `size` bytes at a time, to `output`; return what became of them.

    `request` says how, but for the name of the file and of its columns. None is
    returned where whoever reads the output has seen enough.
    """
    blocks = blocks_of(file, size, quotes=request.rows != "jsonl")
    first = next(blocks, None)
    if first is None:
        raise malformed(file.name, 1, "the file is empty", "Begin with the names of the columns.")
    first, named = _with_names(request._replace(file=file.name), first)
    pricer = pricer_for(named)
    tally, done = Tally(), False
    with open_output(output, force=force) as stream, Progress(file.size) as progress:
        stream.write(pricer.header().encode("utf-8", "backslashreplace"))
        for answer in answers(pricer, chain([first], blocks), jobs):
            stream.write(answer.content)
            tally = add_tallies(tally, answer.tally)
            progress.advance(answer.size)
        done = True
    return tally if done else None


def _with_names(request: Request, first: Block) -> tuple[Block, Request]:
    """Return the rows of `first`, the head of the file, and `request` with the names of columns.

    For JSON lines they are the keys of the first object.
    """
    if request.rows == "jsonl":
        objects = objects_of(decoded(first, request.file), first.line)
        return first, request._replace(names=next((tuple(o.value) for o in objects if o.value), ()))
    header, rest = read_header(first, request.file, request.rows)
    return rest, request._replace(names=tuple(header.cells), header_line=header.line)
