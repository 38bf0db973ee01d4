"""The thirty académies and their departments. No ORM, no request.

Code de l’éducation, article R. 222-2; codes and spellings are the ministry's (RAMSESE), as in the
annuaire. Normandie (70) replaced Caen and Rouen in 2020. Saint-Barthélemy and Saint-Martin are
collectivities whose schools belong to Guadeloupe. The vice-rectorats of the Pacific and
Saint-Pierre-et-Miquelon are no académies: the annuaire lists their schools, this table does not.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AcademyReference:
    """An académie as the State knows it."""

    code: str
    name: str
    slug: str
    mail_domain: str
    departments: tuple[str, ...]


def _academy(
    code: str, name: str, slug: str, mail_domain: str, departments: str
) -> AcademyReference:
    return AcademyReference(code, name, slug, mail_domain, tuple(departments.split()))


# Clermont-Ferrand and La Réunion have a mail domain that does not follow from their name.
ACADEMIES: tuple[AcademyReference, ...] = (
    _academy("1", "Paris", "paris", "ac-paris.fr", "75"),
    _academy("2", "Aix-Marseille", "aix-marseille", "ac-aix-marseille.fr", "04 05 13 84"),
    _academy("3", "Besançon", "besancon", "ac-besancon.fr", "25 39 70 90"),
    _academy("4", "Bordeaux", "bordeaux", "ac-bordeaux.fr", "24 33 40 47 64"),
    _academy("6", "Clermont-Ferrand", "clermont-ferrand", "ac-clermont.fr", "03 15 43 63"),
    _academy("7", "Dijon", "dijon", "ac-dijon.fr", "21 58 71 89"),
    _academy("8", "Grenoble", "grenoble", "ac-grenoble.fr", "07 26 38 73 74"),
    _academy("9", "Lille", "lille", "ac-lille.fr", "59 62"),
    _academy("10", "Lyon", "lyon", "ac-lyon.fr", "01 42 69"),
    _academy("11", "Montpellier", "montpellier", "ac-montpellier.fr", "11 30 34 48 66"),
    _academy("12", "Nancy-Metz", "nancy-metz", "ac-nancy-metz.fr", "54 55 57 88"),
    _academy("13", "Poitiers", "poitiers", "ac-poitiers.fr", "16 17 79 86"),
    _academy("14", "Rennes", "rennes", "ac-rennes.fr", "22 29 35 56"),
    _academy("15", "Strasbourg", "strasbourg", "ac-strasbourg.fr", "67 68"),
    _academy("16", "Toulouse", "toulouse", "ac-toulouse.fr", "09 12 31 32 46 65 81 82"),
    _academy("17", "Nantes", "nantes", "ac-nantes.fr", "44 49 53 72 85"),
    _academy("18", "Orléans-Tours", "orleans-tours", "ac-orleans-tours.fr", "18 28 36 37 41 45"),
    _academy("19", "Reims", "reims", "ac-reims.fr", "08 10 51 52"),
    _academy("20", "Amiens", "amiens", "ac-amiens.fr", "02 60 80"),
    _academy("22", "Limoges", "limoges", "ac-limoges.fr", "19 23 87"),
    _academy("23", "Nice", "nice", "ac-nice.fr", "06 83"),
    _academy("24", "Créteil", "creteil", "ac-creteil.fr", "77 93 94"),
    _academy("25", "Versailles", "versailles", "ac-versailles.fr", "78 91 92 95"),
    _academy("27", "Corse", "corse", "ac-corse.fr", "2A 2B"),
    _academy("28", "La Réunion", "la-reunion", "ac-reunion.fr", "974"),
    _academy("31", "Martinique", "martinique", "ac-martinique.fr", "972"),
    _academy("32", "Guadeloupe", "guadeloupe", "ac-guadeloupe.fr", "971 977 978"),
    _academy("33", "Guyane", "guyane", "ac-guyane.fr", "973"),
    _academy("43", "Mayotte", "mayotte", "ac-mayotte.fr", "976"),
    _academy("70", "Normandie", "normandie", "ac-normandie.fr", "14 27 50 61 76"),
)

DEPARTMENT_NAMES: dict[str, str] = {
    "01": "Ain",
    "02": "Aisne",
    "03": "Allier",
    "04": "Alpes-de-Haute-Provence",
    "05": "Hautes-Alpes",
    "06": "Alpes-Maritimes",
    "07": "Ardèche",
    "08": "Ardennes",
    "09": "Ariège",
    "10": "Aube",
    "11": "Aude",
    "12": "Aveyron",
    "13": "Bouches-du-Rhône",
    "14": "Calvados",
    "15": "Cantal",
    "16": "Charente",
    "17": "Charente-Maritime",
    "18": "Cher",
    "19": "Corrèze",
    "21": "Côte-d’Or",
    "22": "Côtes-d’Armor",
    "23": "Creuse",
    "24": "Dordogne",
    "25": "Doubs",
    "26": "Drôme",
    "27": "Eure",
    "28": "Eure-et-Loir",
    "29": "Finistère",
    "2A": "Corse-du-Sud",
    "2B": "Haute-Corse",
    "30": "Gard",
    "31": "Haute-Garonne",
    "32": "Gers",
    "33": "Gironde",
    "34": "Hérault",
    "35": "Ille-et-Vilaine",
    "36": "Indre",
    "37": "Indre-et-Loire",
    "38": "Isère",
    "39": "Jura",
    "40": "Landes",
    "41": "Loir-et-Cher",
    "42": "Loire",
    "43": "Haute-Loire",
    "44": "Loire-Atlantique",
    "45": "Loiret",
    "46": "Lot",
    "47": "Lot-et-Garonne",
    "48": "Lozère",
    "49": "Maine-et-Loire",
    "50": "Manche",
    "51": "Marne",
    "52": "Haute-Marne",
    "53": "Mayenne",
    "54": "Meurthe-et-Moselle",
    "55": "Meuse",
    "56": "Morbihan",
    "57": "Moselle",
    "58": "Nièvre",
    "59": "Nord",
    "60": "Oise",
    "61": "Orne",
    "62": "Pas-de-Calais",
    "63": "Puy-de-Dôme",
    "64": "Pyrénées-Atlantiques",
    "65": "Hautes-Pyrénées",
    "66": "Pyrénées-Orientales",
    "67": "Bas-Rhin",
    "68": "Haut-Rhin",
    "69": "Rhône",
    "70": "Haute-Saône",
    "71": "Saône-et-Loire",
    "72": "Sarthe",
    "73": "Savoie",
    "74": "Haute-Savoie",
    "75": "Paris",
    "76": "Seine-Maritime",
    "77": "Seine-et-Marne",
    "78": "Yvelines",
    "79": "Deux-Sèvres",
    "80": "Somme",
    "81": "Tarn",
    "82": "Tarn-et-Garonne",
    "83": "Var",
    "84": "Vaucluse",
    "85": "Vendée",
    "86": "Vienne",
    "87": "Haute-Vienne",
    "88": "Vosges",
    "89": "Yonne",
    "90": "Territoire de Belfort",
    "91": "Essonne",
    "92": "Hauts-de-Seine",
    "93": "Seine-Saint-Denis",
    "94": "Val-de-Marne",
    "95": "Val-d’Oise",
    "971": "Guadeloupe",
    "972": "Martinique",
    "973": "Guyane",
    "974": "La Réunion",
    "976": "Mayotte",
    "977": "Saint-Barthélemy",
    "978": "Saint-Martin",
}

ACADEMY_OF_DEPARTMENT: dict[str, AcademyReference] = {
    department: academy for academy in ACADEMIES for department in academy.departments
}
