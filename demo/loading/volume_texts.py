"""Texts for fiches of volume: about 150 words each, varied, always the same for the same rank.

Some words stand in most fiches, some in one of a thousand: a search is measured on both.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

FORMS: Final = (
    "Atelier", "Tutorat", "Rallye", "Café", "Exposition", "Journal", "Chorale", "Jardin",
    "Théâtre", "Défi", "Parcours", "Rencontre", "Carnet", "Club", "Forum", "Radio", "Marche",
    "Escape game", "Table ronde", "Ciné-débat", "Petit déjeuner", "Tournoi", "Podcast", "Fresque",
)  # fmt: skip
TOPICS: Final = (
    "de la confiance", "des petits pas", "du retour en classe", "des métiers", "des familles",
    "de l’entraide", "du lundi matin", "des talents cachés", "de la parole", "des anciens élèves",
    "du premier stage", "des progrès", "de l’engagement", "de la persévérance", "du temps retrouvé",
    "de la deuxième chance", "des passages", "du courage", "de l’assiduité", "des réussites",
    "de l’orientation", "du climat scolaire", "des ambassadeurs", "de l’alternance",
)  # fmt: skip
CRAFTS: Final = (
    "ferronnerie", "lutherie", "boulangerie", "maraîchage", "apiculture", "vannerie", "menuiserie",
    "céramique", "sérigraphie", "horlogerie", "couture", "imprimerie", "robotique", "astronomie",
    "escrime", "aviron", "escalade", "orientation", "slam", "improvisation", "marionnette", "mime",
    "batucada", "photographie", "dessin animé", "cartographie", "généalogie", "ornithologie",
    "secourisme", "cuisine", "mosaïque", "calligraphie", "reliure", "tapisserie", "électricité",
    "soudure", "charpente", "élagage", "aquaponie", "météorologie",
)  # fmt: skip
RARE: Final = (
    "anémomètre", "bathyscaphe", "clepsydre", "dirigeable", "épinette", "funambule", "gabare",
    "harmonium", "isoloir", "jonglerie", "kamishibaï", "lanterne", "métronome", "nénuphar",
    "ocarina", "planétarium", "quinquet", "rosalie", "sémaphore", "tisserand", "ukulélé",
    "vielle", "wagonnet", "xylophone", "yourte", "zootrope",
)  # fmt: skip
WHO: Final = (
    "une équipe de professeurs volontaires", "la vie scolaire", "la psychologue et l’infirmière",
    "le professeur documentaliste", "les délégués de classe", "le groupe de prévention",
    "les élèves du conseil de la vie lycéenne", "les assistants d’éducation",
    "la coordonnatrice de la mission de lutte contre le décrochage", "les parents délégués",
)  # fmt: skip
PUBLICS: Final = (
    "des élèves repérés par le groupe de prévention du décrochage",
    "toutes les classes d’un même niveau", "des élèves nouvellement arrivés",
    "les apprentis de première année", "des élèves qui ont manqué plus de dix demi-journées",
    "des collégiens qui hésitent devant le lycée", "des jeunes sans solution à la rentrée",
    "des élèves volontaires et leurs parents", "les élèves délégués et leurs suppléants",
)  # fmt: skip
AIMS: Final = (
    "Donner à chaque élève une occasion de réussir devant les autres.",
    "Rendre visibles les progrès, même petits, et en parler avec les familles.",
    "Repérer plus tôt les élèves qui s’éloignent et leur proposer un adulte à qui parler.",
    "Préparer les passages difficiles, de l’école au collège et du collège au lycée.",
    "Redonner le goût de l’effort par un projet mené jusqu’au bout.",
    "Réduire l’absentéisme du matin en proposant un accueil choisi.",
    "Faire découvrir des métiers par ceux qui les exercent.",
    "Développer l’estime de soi et les compétences psychosociales.",
    "Associer les familles autrement qu’à l’occasion d’une difficulté.",
    "Former des élèves au tutorat de leurs camarades.",
    "Améliorer le climat de la classe et le sentiment d’appartenance.",
    "Valoriser l’engagement de ceux qui aident les autres à tenir.",
)  # fmt: skip
STEPS: Final = (
    "L’équipe se réunit une fois par quinzaine pour faire le point sur chaque situation.",
    "Les élèves préparent la rencontre en petits groupes, puis la mènent eux-mêmes.",
    "Un carnet de bord garde la trace de ce qui a été essayé et de ce qui a marché.",
    "Chaque séance commence par un temps de parole, debout et en cercle.",
    "Un ancien élève vient raconter son parcours, ses échecs et ce qui l’a fait revenir.",
    "La première séance sert à fixer ensemble un objectif simple et vérifiable.",
    "Le groupe ne dépasse jamais douze élèves, accompagnés de deux adultes.",
    "Une visite dans une entreprise voisine prolonge l’atelier.",
    "Les familles sont invitées à la dernière séance, autour d’un goûter.",
    "Un professeur relit les écrits, un autre filme, un troisième encourage.",
    "Les élèves absents reçoivent le compte rendu et une invitation pour la fois suivante.",
    "Le foyer prête la salle, l’intendance fournit le petit déjeuner.",
    "À mi-parcours, chacun dit ce qu’il veut garder et ce qu’il veut changer.",
    "Un bilan est fait avec les élèves la semaine suivante, puis présenté au conseil de classe.",
)  # fmt: skip
ENDS: Final = (
    "Une exposition dans le hall, visible pendant un mois.",
    "Un film de six minutes montré aux familles.",
    "Un livret de conseils écrit par les élèves pour ceux de l’an prochain.",
    "Une émission enregistrée et mise en ligne sur le site de l’établissement.",
    "Un spectacle d’une demi-heure, joué deux fois.",
    "Une charte affichée dans chaque salle de classe.",
    "Une remise de diplômes de persévérance, en présence des partenaires.",
)  # fmt: skip
TIPS: Final = (
    "Commencer par un seul niveau, et fixer les dates avant les vacances.",
    "Prévoir un adulte de plus que ce que l’on croit nécessaire.",
    "Demander tôt les autorisations, et garder une salle de repli.",
)  # fmt: skip


@dataclass(frozen=True)
class Texts:
    """What the fiche of one rank says."""

    title: str
    summary: str
    objectives: str
    course: str
    outcome: str
    reuse_tips: str


def texts_of(random: Random, school: str, commune: str) -> Texts:
    """The texts of a fiche, drawn by `random`."""
    form, craft = random.choice(FORMS), random.choice(CRAFTS)
    who, public = random.choice(WHO), random.choice(PUBLICS)
    aims = random.sample(AIMS, 3)
    steps = random.sample(STEPS, 6)
    subject = craft
    if random.random() < 0.02:
        subject = f"{craft} et {random.choice(RARE)}"
    opening = f"{who[0].upper()}{who[1:]} accompagne {public}, autour de l’activité : {subject}."
    return Texts(
        title=f"{form} {random.choice(TOPICS)}, {commune}",
        summary=f"{school} propose à ses élèves et à leurs familles une action : {craft}.",
        objectives="\n".join(aims),
        course=f"{opening}\n\n{' '.join(steps[:3])}\n\n{' '.join(steps[3:])}",
        outcome=random.choice(ENDS),
        reuse_tips=random.choice(TIPS) if random.random() < 0.4 else "",
    )
