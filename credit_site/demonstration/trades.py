"""How much of which goods: quantities and prices that add up."""

from typing import NamedTuple

from credit_site.demonstration.chance import Chance
from credit_site.demonstration.words import Goods

_MEDIAN_BOUGHT = {"person": 40.0, "shop": 60.0, "company": 220.0, "cooperative": 160.0}


class Trade(NamedTuple):
    """Goods bought or made, sold and left over; money in fen.

    The value counts everything bought at its price, the takings what was sold, and the gain what
    was sold less its cost.
    """

    goods: Goods
    bought: int
    sold: int
    cost_fen: int
    price_fen: int

    @property
    def stock(self) -> int:
        return self.bought - self.sold

    @property
    def value_fen(self) -> int:
        return self.bought * self.price_fen

    @property
    def stock_fen(self) -> int:
        return (self.bought - self.sold) * self.price_fen

    @property
    def takings_fen(self) -> int:
        return self.sold * self.price_fen

    @property
    def gain_fen(self) -> int:
        return self.sold * (self.price_fen - self.cost_fen)


def trade(goods: Goods, kind: str, chance: Chance) -> Trade:
    """A believable trade of somebody of a kind; some is sold and some left over."""
    price = _price(chance.between(goods.low * 2, goods.high * 2) * 50)
    cost = _price(int(price * (0.45 + chance.unit() * 0.35)))
    # Dear goods are traded in small numbers.
    median = _MEDIAN_BOUGHT[kind] * (6000 / (price + 2000)) ** 0.5
    bought = max(3, int(chance.around(median, 0.9)))
    sold = max(1, int(bought * (0.15 + chance.unit() * 0.75)))
    return Trade(goods, bought, min(sold, bought - 1), cost, price)


def unsold(made: Trade) -> Trade:
    """The same goods, before any was sold."""
    return made._replace(sold=0)


def _price(fen: int) -> int:
    """Whole yuan from twenty yuan on, below that half yuan."""
    step = 100 if fen >= 2000 else 50
    return max(step, fen // step * step)
