"""Which unlawful acts come before which bureau, in which fields of goods."""

from collections.abc import Mapping

from credit_site.demonstration.chance import Weighted
from credit_site.demonstration.word_lists import product_fields, violations
from credit_site.demonstration.words import ProductField, Violation

Act = tuple[ProductField, Violation]


class Acts:
    """The acts a bureau punishes: of companies and shops, of persons, and the minor ones."""

    def __init__(self, office: str) -> None:
        known = violations()
        weights = {
            (field, known[slug]): field.weight * weight / sum(field.violations.values())
            for field in product_fields()
            for slug, weight in field.violations.items()
            if office in known[slug].offices
        }
        ordinary = {act: weight for act, weight in weights.items() if not act[1].minor}
        minor = {act: weight for act, weight in weights.items() if act[1].minor}
        of_persons = {act: weight for act, weight in ordinary.items() if "person" in act[1].kinds}
        self.punishes_persons = bool(of_persons)
        self._weights = ordinary
        self.of_companies = Weighted(ordinary)
        self.of_persons = Weighted(of_persons or ordinary)
        self.minor = Weighted(minor) if minor else None

    def pools(self, parties: int) -> Mapping[str, int]:
        """How many of so many parties each field has, by the field's slug."""
        total = sum(self._weights.values())
        shares: dict[str, float] = {}
        for (field, _), weight in self._weights.items():
            shares[field.slug] = shares.get(field.slug, 0.0) + weight / total
        return {slug: max(3, round(parties * share)) for slug, share in shares.items()}
