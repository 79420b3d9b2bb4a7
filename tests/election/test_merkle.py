"""Merkle roots and proofs, against the definition in RFC 6962 written out again."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recap_desktop.election.records.merkle import LEAF_PREFIX, leaf_hash, proof, proves, root

LEAVES = st.lists(st.binary(max_size=8), max_size=40).map(lambda raws: list(map(leaf_hash, raws)))


def mth(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962 2.1 over leaf hashes: split at the largest power of two below n."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hashlib.sha256(b"\x01" + mth(leaves[:split]) + mth(leaves[split:])).digest()


def test_a_leaf_is_hashed_with_its_own_prefix() -> None:
    assert leaf_hash(b"x") == hashlib.sha256(b"\x00" + LEAF_PREFIX + b"x").digest()


@given(LEAVES)
def test_the_root_is_that_of_rfc_6962(leaves: list[bytes]) -> None:
    assert root(leaves) == mth(leaves)


@given(LEAVES.filter(bool), st.data())
def test_every_leaf_can_be_proved_and_no_other_in_its_place(
    leaves: list[bytes], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = proof(leaves, index)
    place = (index, len(leaves))
    assert len(path) <= len(leaves).bit_length()
    assert proves(leaves[index], place, path, root(leaves))
    assert not proves(leaf_hash(b"another result"), place, path, root(leaves))
    assert not proves(leaves[index], place, (*path, b"\x00" * 32), root(leaves))


def test_there_is_no_proof_of_a_leaf_that_is_not_there() -> None:
    with pytest.raises(IndexError):
        proof([leaf_hash(b"a")], 1)
