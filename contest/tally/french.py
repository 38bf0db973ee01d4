"""The verifier's words: the only texts of the tally, because it must speak without the site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from contest.tally.definition import (
    ABSTAIN,
    APPROVAL,
    CRITERIA,
    EX_AEQUO,
    LOT,
    MAJORITY,
    NO,
    RANKING,
    YES,
    Definition,
    Round,
)
from contest.tally.standing import BELOW_MINIMUM, CRITERION, DUELS, MEDIAN, Line
from contest.tally.verification import GOOD, REMARK, UNREADABLE, WRONG, Finding, Verification

MARKS = {GOOD: "OK ", REMARK: "NB ", WRONG: "NON", UNREADABLE: "NON"}

METHOD_NAMES = {
    CRITERIA: "notes par critères",
    APPROVAL: "approbation",
    MAJORITY: "jugement majoritaire",
    RANKING: "classement, méthode de Schulze",
}

OPINIONS = {YES: "oui", NO: "non", ABSTAIN: "abstention"}

SENTENCES = {
    "sums_match": "Les {files} fichiers ont les empreintes inscrites dans SHA256SUMS.",
    "sums_differ": "Ces fichiers n’ont pas l’empreinte inscrite dans SHA256SUMS : {files}.",
    "definition_matches": "Les règles du concours sont écrites sous leur forme exacte.",
    "definition_differs": "definition.json n’est pas sous sa forme exacte : il a été modifié.",
    "seeds_match": "Les clés de tirage au sort sont celles dont l’empreinte était annoncée.",
    "seed_differs": "{round} : la clé de tirage au sort n’est pas celle qui était annoncée.",
    "seed_missing": "{round} : la clé de tirage au sort manque.",
    "ballots_matches": "Les {grades} notes des bulletins sont lisibles, complètes et en ordre.",
    "ballots_differs": "ballots.csv n’est pas dans son ordre exact : il a été modifié.",
    "tallies_matches": "Les décomptes publiés au lieu de bulletins sont sous leur forme exacte.",
    "tallies_differs": "tallies.json n’est pas sous sa forme exacte : il a été modifié.",
    "tallies_missing": "{round} : ni bulletins ni décomptes.",
    "withheld": "{round} : moins de cinq jurés. Leurs bulletins ne sont pas publics, pour que "
    "personne ne soit reconnu ; les places sont recalculées depuis les décomptes.",
    "withheld_without_reason": "{round} : cinq jurés ou plus, les bulletins devaient être publics.",
    "withheld_matches": "{round} : les bulletins réservés ont l’empreinte publiée.",
    "withheld_differs": "{round} : les bulletins réservés n’ont pas l’empreinte publiée.",
    "result_matches": "Le résultat recalculé est celui de result.json, à l’octet près.",
    "result_differs": "Le résultat recalculé n’est pas celui de result.json.",
    "place_differs": "{round}, affiche n° {number} : place publiée {published}, "
    "place recalculée {computed}.",
    "entries_differ": "{round} : ce ne sont pas exactement les affiches retenues au tour "
    "précédent (ajoutées : {added} ; absentes : {left_out}). Le procès-verbal doit dire pourquoi.",
    "verifier_matches": "verify.py est le programme de vérification de ce site.",
    "verifier_differs": "verify.py n’est pas celui de cette version du site ; il n’a pas été "
    "exécuté.",
    "file_missing": "Il manque : {files}.",
    "foreign_file": "L’archive contient un fichier qui n’a rien à y faire : {file}.",
    "too_large": "Fichier trop gros pour être une publication de résultats : {file}.",
    "not_found": "Fichier introuvable ou illisible : {file}.",
    "not_a_zip": "Ce n’est pas une archive ZIP lisible.",
    "not_json": "{file} n’est pas du JSON lisible.",
    "not_as_expected": "{file} n’a pas la forme attendue.",
    "unknown_format": "{file} n’est pas au format que ce programme connaît.",
    "unknown_ruleset": "{file} suit des règles que ce programme ne connaît pas.",
    "bad_rules": "{file} : règles qui se contredisent ({cause}).",
    "bad_line": "{file}, ligne {line} : illisible ou en double.",
    "bad_ballot": "{file}, {round}, juré {juror}, affiche n° {number} : bulletin incomplet, "
    "en double ou hors barème ({cause}).",
}

VERDICTS = {
    GOOD: "CONFIRMÉ. Le palmarès publié est exactement celui que donnent les bulletins publiés.",
    WRONG: "NON CONFIRMÉ. Ce qui est publié n’est pas ce que donnent les bulletins publiés.",
    UNREADABLE: "NON CONFIRMÉ. Les fichiers publiés ne permettent pas de recalculer le palmarès.",
}


def sentence_of(finding: Finding, definition: Definition | None) -> str:
    """What was found, in one sentence; rounds by their names where they are known."""
    details = _Details(finding.details)
    for category, rules in definition.rounds if definition is not None else ():
        if finding.details.get("round") == rules.key:
            details["round"] = f"{category.name}, {rules.name}"
    return printable(SENTENCES.get(finding.code, finding.code).format_map(details))


def verdict_of(verification: Verification) -> str:
    """The last word."""
    if verification.is_confirmed:
        return VERDICTS[GOOD]
    return VERDICTS[WRONG if verification.is_readable else UNREADABLE]


def title_of(definition: Definition) -> str:
    """What the publication is about, and what a correction corrects."""
    title = f"{definition.title}, version {definition.version}"
    return printable(f"{title} ({definition.note})" if definition.note else title)


def place_of(rank: int) -> str:
    """The place of a poster as it is said."""
    return "1re" if rank == 1 else f"{rank}e"


def value_of(rules: Round, value: Fraction) -> str:
    """What the method gave a poster."""
    if rules.method == MAJORITY:
        return printable(rules.mentions[int(value)])
    if rules.method == APPROVAL:
        return f"{decimal(value * 100, 1)} % de oui"
    return f"note {decimal(value)}"


def grade_of(rules: Round, grade: int) -> str:
    """A grade as the juror gave it."""
    if rules.method == MAJORITY:
        return printable(rules.mentions[grade])
    if rules.method == APPROVAL:
        return OPINIONS[grade]
    return f"rang {grade}" if rules.method == RANKING else str(grade)


def reason_of(rules: Round, line: Line) -> str:
    """What decided a place, where it was not the method alone."""
    if line.step == EX_AEQUO:
        return f"ex æquo avec {numbers_of(line.ex_aequo)}"
    if line.step == MEDIAN:
        return "départagée par la médiane de ses notes"
    if line.step == CRITERION:
        labels = {one.key: one.label for one in rules.criteria}
        return printable(f"départagée par le critère « {labels[line.criterion]} »")
    if line.step == DUELS:
        return "départagée par les duels : plus de jurés la préfèrent que l’inverse"
    return "départagée par le tirage au sort annoncé" if line.step == LOT else ""


def unranked_of(reason: str, ballots: int) -> str:
    """Why a poster has no place."""
    if reason == BELOW_MINIMUM:
        counted = "1 bulletin" if ballots == 1 else f"{ballots} bulletins"
        return f"sans place : {counted}, moins que le minimum"
    return "sans place : aucun bulletin"


def numbers_of(numbers: Iterable[int]) -> str:
    """Posters by their public numbers."""
    return ", ".join(f"n° {number}" for number in numbers)


def decimal(value: Fraction, places: int = 3) -> str:
    """A fraction as a French decimal; one that does not end is rounded and says so."""
    scaled = value * 10**places
    rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    whole, part = divmod(abs(rounded), 10**places)
    digits = f"{part:0{places}}".rstrip("0")
    text = ("-" if rounded < 0 else "") + str(whole) + (f",{digits}" if digits else "")
    return text if scaled.denominator == 1 else f"≈ {text}"


def printable(text: str) -> str:
    """`text` without what could play tricks on a terminal."""
    return "".join(sign if sign.isprintable() or sign in "\u202f\u00a0" else "?" for sign in text)


class _Details(dict[str, Any]):
    """Details of a finding in words; a missing one shows as a dash."""

    def __init__(self, details: Mapping[str, Any]) -> None:
        super().__init__({name: self._worded(value) for name, value in details.items()})

    def __missing__(self, name: str) -> str:
        return "–"

    @staticmethod
    def _worded(value: Any) -> str:
        if isinstance(value, (list, tuple)):
            return ", ".join(str(one) for one in value) or "–"
        return "–" if value is None else str(value)
