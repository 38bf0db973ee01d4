"""The pictures of the demo in Wagtail's library, each in the collection of its académie."""

from __future__ import annotations

from io import BytesIO

from django.core.files.images import ImageFile
from wagtail.models import Collection

from accounts.models import User
from campaigns.editor_groups import ensure_collection
from demo.pictures import draw_jpeg
from establishments.models import Academy
from home.models import SiteImage

CREDIT = "Dessin de la démonstration"
DESCRIPTIONS = {
    "normandie": "Collines vertes et haies au lever du jour.",
    "amiens": "Collines bleues au crépuscule.",
    "amiens-2015": "Jardins entre les canaux, peupliers et barque.",
    "normandie-2023": "Falaises de craie, mer calme et trois voiliers.",
    "normandie-current": "Des pierres posées sur l’eau mènent vers les collines.",
}


def add_picture(name: str, academy: Academy, *, by: User) -> SiteImage:
    """Draw the picture `name` and keep it among the images of `academy`."""
    image: SiteImage = SiteImage.objects.create(
        title=DESCRIPTIONS[name].rstrip("."),
        description=DESCRIPTIONS[name],
        credit=CREDIT,
        collection=_collection_of(academy),
        uploaded_by_user=by,
        file=ImageFile(BytesIO(draw_jpeg(name)), name=f"{name}.jpg"),
    )
    return image


def _collection_of(academy: Academy) -> Collection:
    group = academy.editor_group
    return ensure_collection(academy, group) if group else Collection.get_first_root_node()
