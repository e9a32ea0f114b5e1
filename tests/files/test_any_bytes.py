"""Whatever they are fed, the readers answer: with what they read, or with an error of ours."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from targets import TARGETS, seeds

from aloware_cli.errors import AlowareError

SEEDS = seeds()
#: What ends, opens or hides something, in one format or another.
MARKS = st.sampled_from(
    [b"\n", b"\r", b"\t", b" ", b"'", b'"', b",", b":", b"-", b"#", b"{", b"}", b"[", b"]", b"&a ",
     b"*a", b"!!x ", b"\\", b"%", b".", b"0", b"9" * 40, b"null", b"\0", b"\xff", b"\xef\xbb\xbf",
     "\u2028".encode(), "٣".encode()]
)  # fmt: skip


@st.composite
def spoiled(draw: st.DrawFn, sound: list[bytes]) -> bytes:
    """Return one of the `sound` files with some pieces cut out, doubled or put in."""
    content = draw(st.sampled_from(sound))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 20)))
        piece = draw(st.just(b"") | MARKS | st.just(content[start:end] * 2))
        content = content[:start] + piece + content[end:]
    return content


@pytest.mark.parametrize("target", TARGETS)
@settings(max_examples=150)
@given(data=st.data())
def test_a_reader_answers_whatever_it_is_fed(target: str, data: st.DataObject) -> None:
    content = data.draw(st.binary(max_size=60) | spoiled(SEEDS[target]))
    with contextlib.suppress(AlowareError):
        TARGETS[target](content)
