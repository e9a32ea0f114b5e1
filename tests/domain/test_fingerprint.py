"""Fingerprints: the SHA-256 hash of a rate card, and that of a saved quote."""

import pytest

from aloware_cli.domain.cards import Fingerprint, sha256_of

# The first two examples of FIPS 180-4: no bytes, and the three letters abc.
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(("content", "sha256"), [(b"", EMPTY), (b"abc", ABC)])
def test_sha256_is_that_of_the_standard(content: bytes, sha256: str) -> None:
    assert sha256_of(content) == Fingerprint(content).sha256 == sha256


def test_fingerprints_with_the_same_hash_are_equal() -> None:
    abc = Fingerprint(b"abc")
    assert abc == Fingerprint(sha256=ABC)
    assert abc != Fingerprint(b"")
    assert abc != ABC
    assert repr(abc) == f"Fingerprint(sha256={ABC!r})"


def test_set_of_fingerprints_has_each_hash_once() -> None:
    assert len({Fingerprint(b"abc"), Fingerprint(sha256=ABC), Fingerprint(b"")}) == 2
    assert hash(Fingerprint(b"abc")) == hash(Fingerprint(sha256=ABC)) != hash(Fingerprint(b""))
