"""The verification as a program: what it prints, and its exit status.

0: confirmed. 1: something differs. 2: nothing to verify, or the result cannot be computed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from contest.tally.archive import SUMS, read_publication
from contest.tally.ballots import Ballot
from contest.tally.definition import MAJORITY, Category, Round
from contest.tally.errors import BadPublication
from contest.tally.french import (
    MARKS,
    METHOD_NAMES,
    decimal,
    grade_of,
    numbers_of,
    place_of,
    printable,
    reason_of,
    sentence_of,
    title_of,
    unranked_of,
    value_of,
    verdict_of,
)
from contest.tally.majority import gauge
from contest.tally.receipts import receipt_sha256, seal_of
from contest.tally.standing import Line
from contest.tally.tallying import RoundResult
from contest.tally.verification import (
    UNREADABLE,
    Finding,
    Verification,
    fingerprint_of,
    verify,
)

CONFIRMED, DIFFERS, UNVERIFIABLE = 0, 1, 2
SHOWN = 5
"""Places of a round that are shown unless all are asked for."""


def exit_status(verification: Verification) -> int:
    """The exit status that says how it went."""
    if verification.is_confirmed:
        return CONFIRMED
    return DIFFERS if verification.is_readable else UNVERIFIABLE


def report(
    verification: Verification,
    members: Mapping[str, bytes],
    *,
    number: int | None = None,
    receipt: str = "",
    everything: bool = False,
) -> Iterator[str]:
    """The lines to print: what was found, the places, the verdict.

    `number`: show one poster in full. `receipt`: show the lines of the juror whose it is.
    """
    definition = verification.definition
    yield "Vérification du palmarès"
    if definition is not None:
        yield title_of(definition)
    yield ""
    for finding in verification.findings:
        yield f"  {MARKS[finding.gravity]} {sentence_of(finding, definition)}"
    shown = list(_places(verification, number, receipt, everything))
    yield from shown
    if not shown and verification.results and receipt:
        yield "\nCe reçu ne correspond à aucun bulletin publié."
    elif not shown and verification.results and number is not None:
        yield f"\nL’affiche n° {number} n’est dans aucun tour."
    for award in definition.awards if definition is not None else ():
        yield ""
        yield printable(f"Décision de la commission : {award.prize}, {numbers_of(award.numbers)}")
        if award.reason:
            yield printable(f"  {award.reason}")
    yield ""
    yield verdict_of(verification)
    if SUMS in members:
        yield f"Empreinte de la publication : {fingerprint_of(members)}"


def main(arguments: Sequence[str], folder: Path) -> int:
    """Verify the ZIP or the folder named in `arguments`, `folder` by default; print, return."""
    parser = argparse.ArgumentParser(
        prog="verify.py", description="Recalcule le palmarès publié et dit s’il est exact."
    )
    parser.add_argument("archive", nargs="?", type=Path, default=folder, help="ZIP ou dossier")
    parser.add_argument("--affiche", type=int, metavar="N", help="tout sur l’affiche numéro N")
    parser.add_argument("--recu", default="", metavar="CODE", help="les lignes d’un juré")
    parser.add_argument("--tout", action="store_true", help="toutes les places")
    options = parser.parse_args(arguments)
    members: dict[str, bytes] = {}
    try:
        members = read_publication(options.archive)
        verification = verify(members)
    except BadPublication as error:
        verification = Verification((Finding(UNREADABLE, error.code, error.details),))
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    lines = report(
        verification,
        members,
        number=options.affiche,
        receipt=options.recu,
        everything=options.tout,
    )
    sys.stdout.write("\n".join(lines) + "\n")
    return exit_status(verification)


def _places(
    verification: Verification, number: int | None, receipt: str, everything: bool
) -> Iterator[str]:
    by_key = {result.rules.key: result for result in verification.results}
    definition = verification.definition
    for category, rules in definition.rounds if definition is not None else ():
        cast = verification.ballots.get(rules.key, [])
        if receipt:
            yield from _own_lines(category, rules, cast, receipt)
        elif rules.key in by_key:
            yield from _round_lines(category, by_key[rules.key], cast, number, everything)


def _round_lines(
    category: Category,
    result: RoundResult,
    cast: Sequence[Ballot],
    number: int | None,
    everything: bool,
) -> Iterator[str]:
    rules = result.rules
    if number is not None and number not in rules.numbers:
        return
    yield ""
    yield printable(
        f"{category.name}, {rules.name} ({METHOD_NAMES[rules.method]}, "
        f"{len(rules.numbers)} affiches, {result.tallies.jurors} jurés)"
    )
    if result.is_refused:
        yield "  Sévérité non corrigée : des groupes de jurés n’ont aucune affiche en commun."
    lines = result.standing.lines
    shown = [
        line
        for line in lines
        if line.number == number or (number is None and (everything or line.rank <= SHOWN))
    ]
    for line in shown:
        place = f"  {place_of(line.rank):<4} n° {line.number:<5} "
        yield place + ", ".join(_reasons(result, line))
    if number is None and len(shown) < len(lines):
        yield f"  et d’autres encore ({len(lines)} en tout) : --tout, ou --affiche N"
    for one in result.standing.unranked:
        if everything or one.number == number:
            yield f"  –    n° {one.number:<5} {unranked_of(one.reason, one.ballots)}"
    if number is not None:
        own = sorted((ballot for ballot in cast if ballot.number == number), key=_by_juror)
        for ballot in own:
            yield f"       {ballot.juror} : {_grades(rules, ballot)}"


def _reasons(result: RoundResult, line: Line) -> Iterator[str]:
    """What there is to say of a place, shortest first."""
    rules = result.rules
    if line.value is not None:
        yield value_of(rules, line.value)
    if rules.method == MAJORITY:
        points = next(one.points for one in result.tallies.counts if one.number == line.number)
        around = gauge(points)
        yield f"{around.above} au-dessus et {around.below} au-dessous"
    if result.borda is not None:
        yield f"{decimal(result.borda[line.number])} points de Borda"
    if result.raw is not None:
        yield f"{place_of(result.raw.ranks[line.number])} sans correction de la sévérité"
    if reason_of(rules, line):
        yield reason_of(rules, line)


def _own_lines(
    category: Category, rules: Round, cast: Sequence[Ballot], receipt: str
) -> Iterator[str]:
    """What a juror needs to see that nothing of theirs has changed."""
    digest = receipt_sha256(receipt)
    aliases = [one.alias for one in category.jurors if one.receipt_sha256 == digest]
    own = sorted((one for one in cast if one.juror in aliases), key=_by_poster)
    if not own:
        return
    yield ""
    yield printable(f"{category.name}, {rules.name} : vous êtes {own[0].juror}")
    for ballot in own:
        yield f"  n° {ballot.number:<5} {_grades(rules, ballot)}"
    yield f"  Empreinte de vos notes : {seal_of(receipt, rules, own)}"


def _grades(rules: Round, ballot: Ballot) -> str:
    return ", ".join(
        printable(f"{one.label} {grade_of(rules, ballot.grades[place])}".strip())
        for place, one in enumerate(rules.questions)
    )


def _by_juror(ballot: Ballot) -> str:
    return ballot.juror


def _by_poster(ballot: Ballot) -> int:
    return ballot.number
