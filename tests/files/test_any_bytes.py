"""Readers return or raise AlowareError, whatever bytes they read."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from targets import TARGETS, seeds

from aloware_cli.errors import AlowareError

SEEDS = seeds()
#: Bytes that end, open or hide something in one of the formats.
MARKS = st.sampled_from(
    [b"\n", b"\r", b"\t", b" ", b"'", b'"', b",", b":", b"-", b"#", b"{", b"}", b"[", b"]", b"&a ",
     b"*a", b"!!x ", b"\\", b"%", b".", b"0", b"9" * 40, b"null", b"\0", b"\x1b[", b"\xff",
     b"\xef\xbb\xbf", "\u2028".encode(), "٣".encode()]
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, valid: list[bytes]) -> bytes:
    """Return one of the `valid` files with some pieces removed, doubled or inserted."""
    content = draw(st.sampled_from(valid))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 20)))
        piece = draw(st.just(b"") | MARKS | st.just(content[start:end] * 2))
        content = content[:start] + piece + content[end:]
    return content


@pytest.mark.parametrize("target", TARGETS)
@settings(max_examples=150)
@given(data=st.data())
def test_reader_returns_or_raises_our_error_for_any_bytes(target: str, data: st.DataObject) -> None:
    content = data.draw(st.binary(max_size=60) | damaged(SEEDS[target]))
    with contextlib.suppress(AlowareError):
        TARGETS[target](content)
