"""Which step does what beyond changing the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from credit_site.domain.listing_cases import ListingAction
from credit_site.services.listing_cases import (
    entering,
    extending,
    leaving,
    prolonging,
    restoring,
)
from credit_site.services.listing_cases.deeds import Deed

EFFECTS: Mapping[ListingAction, Callable[[Deed], None]] = {
    ListingAction.DISMISS: entering.dismiss,
    ListingAction.NOTICE: entering.give_notice,
    ListingAction.SERVE: entering.serve,
    ListingAction.ANNOUNCE: entering.announce,
    ListingAction.OBJECT: entering.object_to,
    ListingAction.HEAR: entering.hear,
    ListingAction.DECIDE: entering.decide,
    ListingAction.SPARE: entering.spare,
    ListingAction.CONFIRM: entering.confirm,
    ListingAction.RETURN: entering.send_back,
    ListingAction.SERVE_DECISION: entering.serve_decision,
    ListingAction.PUBLISH: entering.publish,
    ListingAction.EXTENSION_NOTICE: extending.give_notice,
    ListingAction.EXTENSION_OBJECT: extending.object_to,
    ListingAction.EXTENSION_HEAR: extending.hear,
    ListingAction.EXTENSION_DROP: extending.drop,
    ListingAction.EXTEND: prolonging.extend,
    ListingAction.EXTENSION_AGREE: prolonging.agree,
    ListingAction.EXTENSION_RETURN: prolonging.send_back,
    ListingAction.EXTENSION_SERVE: prolonging.serve,
    ListingAction.EXTENSION_UNDO: prolonging.undo,
    ListingAction.REMOVE_EARLY: leaving.remove_early,
    ListingAction.REMOVE_REVOKED: leaving.remove_revoked,
    ListingAction.REMOVE_ERROR: leaving.remove_error,
    ListingAction.REMOVE_DISHONEST: leaving.remove_dishonest,
    ListingAction.EXPIRE: leaving.expire,
    ListingAction.RESTORE: restoring.restore,
}
