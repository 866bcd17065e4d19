"""Sealing of what is kept but never shown: document numbers, full names, the files as received.

AES-256-GCM (NIST SP 800-38D); the keys come from the site's secret by HKDF (RFC 5869), one per
purpose. Each sealed value begins with its random 96-bit nonce.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12
_TAG = 16
_BLOCK = 1 << 20
_LAST = 1 << 63


class SealBroken(Exception):
    """The secret key is another one than at sealing, or the bytes were changed."""


@dataclass(frozen=True, slots=True)
class Digests:
    """Makes keyed digests and can do nothing else: what another process may be given."""

    key: bytes = field(repr=False)

    def digest(self, data: bytes) -> bytes:
        """16 bytes that equal only for equal data and cannot be guessed without the secret."""
        return hashlib.blake2b(data, digest_size=16, key=self.key).digest()


class Vault:
    """Seals and opens with keys derived from one secret."""

    def __init__(self, secret: str) -> None:
        self._cipher = AESGCM(_derive(secret, b"credit-site sealed values"))
        self._files = AESGCM(_derive(secret, b"credit-site kept files"))
        self.digests = Digests(_derive(secret, b"credit-site keyed digests"))

    def seal(self, plain: bytes) -> bytes:
        """Nonce, ciphertext and tag of a value."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, plain, None)

    def open(self, sealed: bytes) -> bytes:
        """The value again. Raises SealBroken."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
        except InvalidTag as error:
            raise SealBroken from error

    def digest(self, data: bytes) -> bytes:
        """The same as ``digests`` makes."""
        return self.digests.digest(data)

    def seal_file(self, source: BinaryIO, target: BinaryIO) -> str:
        """Copies a stream sealed, block by block; returns the SHA-256 (hex) of the plain bytes."""
        plain_hash = hashlib.sha256()
        block = source.read(_BLOCK)
        number = 0
        while True:
            following = source.read(_BLOCK)
            plain_hash.update(block)
            self._write_block(target, block, number if following else number | _LAST)
            if not following:
                return plain_hash.hexdigest()
            block, number = following, number + 1

    def _write_block(self, target: BinaryIO, block: bytes, number: int) -> None:
        nonce = os.urandom(_NONCE)
        target.write(nonce + self._files.encrypt(nonce, block, struct.pack(">Q", number)))

    def open_file(self, path: Path) -> Iterator[bytes]:
        """The plain blocks of a sealed file; raises SealBroken, also for a file cut short."""
        with path.open("rb") as stream:
            size = _NONCE + _BLOCK + _TAG
            block, number = stream.read(size), 0
            while True:
                following = stream.read(size)
                yield self._read_block(block, number if following else number | _LAST)
                if not following:
                    return
                block, number = following, number + 1

    def _read_block(self, block: bytes, number: int) -> bytes:
        try:
            return self._files.decrypt(block[:_NONCE], block[_NONCE:], struct.pack(">Q", number))
        except (InvalidTag, ValueError) as error:
            raise SealBroken from error


def _derive(secret: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
