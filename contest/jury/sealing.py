"""A juror's receipt, and the print of what they have signed."""

from __future__ import annotations

from collections.abc import Iterable

from contest.models import Juror, Round, Seat
from contest.tally.receipts import receipt_of, seal_of

from .rules import ballots_of, rules_of


def receipt_for(seat: Seat) -> str:
    """The code by which the juror, and nobody else, finds their lines in what is published."""
    return receipt_of(secret_of(seat.juror), f"categorie-{seat.round.category_id}", seat.juror.key)


def secret_of(juror: Juror) -> bytes:
    """The secret of the juror's contest."""
    return bytes.fromhex(juror.contest.jury.secret)


def seal_for(seat: Seat) -> str:
    """A print of the juror's ballots in the round as they stand."""
    own = [one for one in ballots_of(seat.round) if one.juror == seat.juror.key]
    return seal_of(receipt_for(seat), rules_of(seat.round, draws=False), own)


def seal_again(round_: Round, jurors: Iterable[int]) -> None:
    """Seal anew what `jurors`, by their keys, have signed: a poster of theirs counts no more.

    Else the seal would not be that of what is published.
    """
    signed = Seat.objects.filter(
        round=round_, juror__in=list(jurors), signed_off_at__isnull=False
    ).select_related("round__category__contest", "juror__contest__jury")
    for seat in signed:
        seat.seal = seal_for(seat)
        seat.save(update_fields=["seal"])
