"""Amounts of money. All are whole fen inside; texts are in yuan or 万元."""

from functools import lru_cache

_STEPS = ((1_000, 100), (10_000, 500), (50_000, 1_000), (200_000, 5_000), (1_000_000, 10_000))
_LARGEST_STEP = 50_000


def rounded(yuan: float) -> int:
    """A round figure of whole yuan, as fines mostly are: the larger, the rounder."""
    step = next((step for limit, step in _STEPS if yuan < limit), _LARGEST_STEP)
    return max(step, round(yuan / step) * step)


@lru_cache(maxsize=1 << 16)
def in_yuan(fen: int) -> str:
    """Yuan without needless zeros: 7200, 12.5."""
    return _plain(fen, 2)


@lru_cache(maxsize=1 << 16)
def in_ten_thousand_yuan(fen: int) -> str:
    """万元 with up to six decimals, without needless zeros: 0.72, 1, 0.00125."""
    return _plain(fen, 6)


def _plain(number: int, decimals: int) -> str:
    whole, rest = divmod(number, 10**decimals)
    return f"{whole}.{rest:0{decimals}d}".rstrip("0").rstrip(".") if rest else str(whole)
