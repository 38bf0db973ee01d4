"""Addresses of the contest: the establishments' part, the jury's, and the files of posters."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail.views import serve

from .views import space
from .views.deposit import EditPosterView, NewPosterView, UploadView
from .views.files import poster_file
from .views.jury import compare, conflicts, desk, judging, overview, ranking, recusing, sign_in
from .views.registration import RegistrationView, cancel

space_urls: list[URLPattern] = [
    path("concours/<int:pk>/", space.contest, name="contest"),
    path("concours/<int:pk>/affiches/nouvelle/", NewPosterView.as_view(), name="new_poster"),
    path("concours/<int:pk>/fichier/", UploadView.as_view(), name="upload"),
    path("concours/<int:pk>/inscription/", RegistrationView.as_view(), name="register"),
    path("concours/<int:pk>/inscription/annuler/", cancel, name="cancel_registration"),
    path("affiches/<int:pk>/", space.poster, name="poster"),
    path("affiches/<int:pk>/modifier/", EditPosterView.as_view(), name="edit_poster"),
    path("affiches/<int:pk>/apercu/", space.preview, name="preview_poster"),
    path("affiches/<int:pk>/diplome.pdf", space.diploma, name="diploma"),
    path("affiches/<int:pk>/retirer/", space.withdraw_poster, name="withdraw_poster"),
]

jury_urls: list[URLPattern] = [
    path("", desk.desk, name="desk"),
    path("tours/<int:pk>/", overview.overview, name="round"),
    path("tours/<int:pk>/signature/", overview.signature, name="signature"),
    path("tours/<int:pk>/classement/", ranking.ranking, name="ranking"),
    path("tours/<int:pk>/comparer/", compare.compare, name="compare"),
    path("tours/<int:pk>/affiches/<int:number>/", judging.poster, name="poster"),
    path("tours/<int:pk>/affiches/<int:number>/recusation/", recusing.recusal, name="recusal"),
    path("conflits/<int:contest_pk>/", conflicts.ConflictsView.as_view(), name="conflicts"),
    path("connexion/", sign_in.SignInView.as_view(), name="sign_in"),
    path("connexion/envoye/", sign_in.sent, name="sent"),
    path("connexion/lien/", sign_in.JurorLinkView.as_view(), name="link"),
    path("deconnexion/", sign_in.leave, name="leave"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("espace/", include((space_urls, "contest_space"))),
    path("jury/", include((jury_urls, "jury"))),
    re_path(
        r"^fichiers/affiches/(?P<token>[0-9a-f]{32})/(?P<name>[a-z0-9][a-z0-9._-]{0,39})$",
        poster_file,
        name="poster_file",
    ),
    # Wagtail's own pattern takes no dots; the page of the contest answers.
    re_path(r"^((?:[\w\-]+/)+resultats(?:-[1-9][0-9]{0,3})?\.zip)$", serve, name="results_archive"),
]
