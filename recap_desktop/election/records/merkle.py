"""Merkle root and proofs over the tallies of a contest (RFC 6962, SHA-256)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAF_PREFIX = b"REKAP/1/leaf/"


def leaf_hash(raw: bytes) -> bytes:
    """Hash of one leaf: 0x00, ``REKAP/1/leaf/``, canonical bytes of the tally."""
    return hashlib.sha256(b"\x00" + LEAF_PREFIX + raw).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Root of the leaf hashes in their order; of none, the hash of nothing (RFC 6962 2.1)."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    # Pairing level by level, an odd last node moving up, gives the tree of RFC 6962.
    level = list(leaves)
    while len(level) > 1:
        paired = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(level) - len(level) % 2 :]
    return level[0]


def proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Hashes that lead from leaf ``index`` to the root, lowest first.

    Raises:
        IndexError: when there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    path = []
    level = list(leaves)
    while len(level) > 1:
        if index ^ 1 < len(level):
            path.append(level[index ^ 1])
        paired = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(level) - len(level) % 2 :]
        index //= 2
    return tuple(path)


def proves(leaf: bytes, place: tuple[int, int], path: Sequence[bytes], expected: bytes) -> bool:
    """Whether a leaf hash at ``(index, number of leaves)`` leads along ``path`` to the root."""
    index, size = place
    steps = list(path)
    node = leaf
    while size > 1:
        if index ^ 1 < size:
            if not steps:
                return False
            other = steps.pop(0)
            node = _node(other, node) if index % 2 else _node(node, other)
        index, size = index // 2, (size + 1) // 2
    return not steps and node == expected
