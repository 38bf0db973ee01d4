"""How a juror finds their own lines in what is published, and nobody else can.

A receipt is a random-looking code that only the juror is given, one for each category. The
publication lists its sha256 beside an alias; aliases follow the order of these hashes, so that
they say nothing of who is who and differ from one category to the next.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable

from contest.tally.ballots import Ballot
from contest.tally.definition import ListedJuror, Round
from contest.tally.documents import round_csv, sha256_of

RECEIPT_BYTES = 15
"""120 bits: nobody finds a receipt by trying."""

SEAL_LENGTH = 16


def receipt_of(secret: bytes, category: str, juror: str) -> str:
    """The receipt of `juror` (any stable name) in a category: six groups of four signs.

    `secret`: at least 32 random bytes that the site keeps for the contest and never publishes.
    """
    digest = hmac.new(secret, f"receipt|{category}|{juror}".encode(), hashlib.sha256).digest()
    code = base64.b32encode(digest[:RECEIPT_BYTES]).decode()
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def receipt_sha256(receipt: str) -> str:
    """What is published of a receipt; case, spaces and dashes do not matter."""
    return sha256_of(_plain(receipt).encode())


def listed_jurors(receipts: Iterable[str]) -> tuple[ListedJuror, ...]:
    """The jurors of a category as published, in the order of their hashes: J01, J02, …"""
    digests = sorted(receipt_sha256(receipt) for receipt in receipts)
    width = max(2, len(str(len(digests))))
    return tuple(
        ListedJuror(f"J{place:0{width}}", digest) for place, digest in enumerate(digests, 1)
    )


def seal_of(receipt: str, rules: Round, ballots: Iterable[Ballot]) -> str:
    """A short print of one juror's ballots in a round, whatever name they are under.

    Given when the juror signs off, found again in what is published: not a grade has changed.
    """
    own = [Ballot("", ballot.number, ballot.grades) for ballot in ballots]
    sealed = _plain(receipt).encode() + b"\n" + round_csv(rules, own)
    return sha256_of(sealed)[:SEAL_LENGTH]


def _plain(receipt: str) -> str:
    return "".join(sign for sign in receipt.upper() if sign.isalnum())
