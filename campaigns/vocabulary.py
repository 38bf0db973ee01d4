"""The shared core of the vocabularies a fiche-action is described with.

Each entry is `(code, label)`. Labels are content, in French, in the order in which forms show
them; an académie adds its own terms beside them in the admin. The codes are stable: exports,
links and the demo refer to them.
"""

from __future__ import annotations

from typing import Final

Entries = tuple[tuple[str, str], ...]

AUDIENCES: Final[Entries] = (
    ("pupils", "Élèves"),
    ("pupils-at-risk", "Élèves à risque de décrochage"),
    ("dropouts-16-18", "Jeunes décrochés de 16 à 18 ans"),
    ("dropouts-16-25", "Jeunes décrochés de 16 à 25 ans"),
    ("apprentices", "Apprentis"),
    ("parents", "Parents"),
    ("teams", "Équipes éducatives"),
    ("staff", "Ensemble des personnels"),
    ("alumni", "Anciens élèves"),
    ("partners", "Partenaires"),
)

LEVELS: Final[Entries] = (
    ("cycle-1", "Cycle 1 (maternelle)"),
    ("cycle-2", "Cycle 2 (CP, CE1, CE2)"),
    ("cycle-3", "Cycle 3 (CM1, CM2)"),
    ("6e", "6e"),
    ("5e", "5e"),
    ("4e", "4e"),
    ("3e", "3e"),
    ("3e-prepa-metiers", "3e prépa-métiers"),
    ("segpa", "SEGPA"),
    ("ulis", "ULIS"),
    ("upe2a", "UPE2A"),
    ("2de-gt", "2de générale et technologique"),
    ("1re-gt", "1re générale et technologique"),
    ("tle-gt", "Terminale générale et technologique"),
    ("cap", "CAP"),
    ("bac-pro", "Baccalauréat professionnel"),
    ("post-bac", "Post-bac"),
    ("relay", "Dispositif relais"),
    ("mlds", "MLDS"),
    ("micro-lycee", "Micro-lycée et structures de retour à l’école"),
    ("cfa", "CFA"),
    ("mfr", "Maison familiale rurale"),
)

THEMES: Final[Entries] = (
    ("commitment", "Engagement"),
    ("self-esteem", "Estime de soi et confiance"),
    ("motivation", "Motivation"),
    ("well-being", "Bien-être et climat scolaire"),
    ("psychosocial-skills", "Compétences psychosociales"),
    ("guidance", "Orientation et découverte des métiers"),
    ("co-education", "Coéducation avec les familles"),
    ("mentoring", "Tutorat et entraide"),
    ("attendance", "Assiduité"),
    ("transitions", "Transitions (école-collège, 3e-2de)"),
    ("return-to-school", "Raccrochage"),
    ("equality", "Mixité et égalité"),
    ("digital", "Numérique"),
    ("culture-sport", "Culture et sport"),
)

ACTION_TYPES: Final[Entries] = (
    ("workshop", "Atelier"),
    ("round-table", "Table ronde"),
    ("lecture", "Conférence"),
    ("forum", "Forum"),
    ("seminar", "Séminaire"),
    ("testimony", "Témoignages"),
    ("exhibition", "Exposition"),
    ("contest", "Concours"),
    ("challenge", "Défi ou jeu d’évasion"),
    ("outing", "Sortie"),
    ("sport", "Sport"),
    ("show", "Spectacle ou théâtre-forum"),
    ("media", "Tournage ou web radio"),
    ("internship", "Immersion ou stage"),
    ("open-day", "Portes ouvertes"),
    ("parents-cafe", "Café des parents"),
    ("ceremony", "Cérémonie de valorisation"),
    ("training", "Formation"),
)

PARTNER_TYPES: Final[Entries] = (
    ("mission-locale", "Mission locale"),
    ("cio", "CIO"),
    ("pjj", "Protection judiciaire de la jeunesse"),
    ("local-authority", "Collectivité territoriale"),
    ("association", "Association"),
    ("company", "Entreprise"),
    ("cfa", "CFA"),
    ("canope", "Réseau Canopé"),
    ("health", "Santé"),
    ("parents", "Parents et fédérations de parents"),
    ("university", "Université"),
    ("other", "Autre"),
)

PRODUCTION_TYPES: Final[Entries] = (
    ("poster", "Affiche"),
    ("video", "Vidéo"),
    ("podcast", "Podcast ou émission"),
    ("booklet", "Livret"),
    ("show", "Spectacle"),
    ("article", "Article ou journal"),
    ("exhibition", "Exposition"),
    ("object", "Objet ou maquette"),
    ("event", "Événement"),
    ("tool", "Outil pédagogique"),
)

FUNDING_SOURCES: Final[Entries] = (
    ("hse", "Heures supplémentaires effectives (HSE)"),
    ("mlds", "Crédits MLDS"),
    ("region", "Région"),
    ("department", "Département"),
    ("commune", "Commune ou intercommunalité"),
    ("fse", "Foyer socio-éducatif"),
    ("patronage", "Mécénat"),
    ("own-funds", "Fonds propres de l’établissement"),
)
