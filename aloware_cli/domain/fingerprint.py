"""Fingerprints: what tells a card or a saved quote from every other."""

from importlib import import_module


class Fingerprint:
    """The SHA-256 hash of some bytes, counted when it is asked for: most runs never ask."""

    __slots__ = ("_content", "_sha256")

    def __init__(self, content: bytes, sha256: str | None = None) -> None:
        """Hold `content` to be hashed, or the hash alone where the bytes are not at hand."""
        self._content = content
        self._sha256 = sha256

    @property
    def sha256(self) -> str:
        """The hash, in hex."""
        if self._sha256 is None:
            self._sha256 = sha256_of(self._content)
        return self._sha256

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fingerprint) and self.sha256 == other.sha256

    def __hash__(self) -> int:
        return hash(self.sha256)

    def __repr__(self) -> str:
        return f"Fingerprint({self.sha256!r})"


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 hash of `content` in hex, from the interpreter's own code if it has any.

    hashlib comes last: it loads all of OpenSSL, which takes longer than pricing.
    """
    for module in ("_sha2", "_sha256"):  # from Python 3.12 on, and before it
        try:
            return str(import_module(module).sha256(content).hexdigest())
        except ImportError:
            continue
    import hashlib

    return hashlib.sha256(content).hexdigest()
