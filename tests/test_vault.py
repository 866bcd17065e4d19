from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest

from credit_site.vault import SealBroken, Vault


def sealed(vault: Vault, plain: bytes, path: Path) -> str:
    with path.open("wb") as target:
        return vault.seal_file(io.BytesIO(plain), target)


def test_a_sealed_value_opens_again_and_never_shows_itself() -> None:
    vault = Vault("secret")
    value = vault.seal("张三".encode())
    assert "张三".encode() not in value
    assert vault.open(value).decode() == "张三"


def test_another_secret_opens_nothing() -> None:
    with pytest.raises(SealBroken):
        Vault("another").open(Vault("secret").seal(b"value"))


def test_a_changed_byte_breaks_the_seal() -> None:
    vault = Vault("secret")
    value = bytearray(vault.seal(b"value"))
    value[-1] ^= 1
    with pytest.raises(SealBroken):
        vault.open(bytes(value))


@pytest.mark.parametrize("size", [0, 1, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_a_file_of_any_size_comes_back_whole(tmp_path: Path, size: int) -> None:
    vault, plain, path = Vault("secret"), b"x" * size, tmp_path / "kept"
    assert sealed(vault, plain, path) == hashlib.sha256(plain).hexdigest()
    assert b"".join(vault.open_file(path)) == plain


def test_a_file_cut_at_a_block_is_noticed(tmp_path: Path) -> None:
    vault, path = Vault("secret"), tmp_path / "kept"
    sealed(vault, b"x" * (2 << 20), path)
    path.write_bytes(path.read_bytes()[: 12 + (1 << 20) + 16])
    with pytest.raises(SealBroken):
        list(vault.open_file(path))


def test_blocks_in_another_order_are_noticed(tmp_path: Path) -> None:
    vault, path = Vault("secret"), tmp_path / "kept"
    sealed(vault, b"a" * (1 << 20) + b"b" * (1 << 20) + b"c", path)
    block, content = 12 + (1 << 20) + 16, path.read_bytes()
    path.write_bytes(content[block : 2 * block] + content[:block] + content[2 * block :])
    with pytest.raises(SealBroken):
        list(vault.open_file(path))


def test_a_digest_is_the_same_for_the_same_text_and_depends_on_the_secret() -> None:
    assert Vault("secret").digest(b"subject") == Vault("secret").digest(b"subject")
    assert Vault("secret").digest(b"subject") != Vault("another").digest(b"subject")
    assert len(Vault("secret").digest(b"subject")) == 16
