"""Fingerprints: the SHA-256 of some bytes, whichever module of Python counts it."""

import sys
from importlib import import_module

import pytest

from aloware_cli.domain.cards import Fingerprint, sha256_of

# The first two examples of FIPS 180-4: no bytes, and the three letters abc.
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#: The name of the interpreter's own code from Python 3.12 on, and before it.
OWN = "_sha2" if sys.version_info >= (3, 12) else "_sha256"


@pytest.mark.parametrize(("content", "sha256"), [(b"", EMPTY), (b"abc", ABC)])
@pytest.mark.parametrize("at_hand", ["_sha2", "_sha256", "hashlib"])
def test_one_module_that_hashes_is_enough(
    monkeypatch: pytest.MonkeyPatch, at_hand: str, content: bytes, sha256: str
) -> None:
    found = import_module("hashlib" if at_hand == "hashlib" else OWN)
    for name in ("_sha2", "_sha256", "hashlib"):
        monkeypatch.setitem(sys.modules, name, None)  # importing it fails
    monkeypatch.setitem(sys.modules, at_hand, found)
    assert sha256_of(content) == sha256


def test_what_hashes_the_same_is_the_same() -> None:
    abc = Fingerprint(b"abc")
    assert abc == Fingerprint(b"", ABC)
    assert abc != Fingerprint(b"")
    assert abc != ABC
    assert repr(abc) == f"Fingerprint('{ABC}')"


def test_a_set_tells_fingerprints_apart_by_their_hashes() -> None:
    assert len({Fingerprint(b"abc"), Fingerprint(b"", ABC), Fingerprint(b"")}) == 2
    assert hash(Fingerprint(b"abc")) == hash(Fingerprint(b"", ABC)) != hash(Fingerprint(b""))
