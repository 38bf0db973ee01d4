#!/bin/sh
# Django's own check of production settings, with the least an installation must say.
set -eu
DJANGO_SETTINGS_MODULE=perseverance.settings.production \
ALLOWED_HOSTS=perseverance.example \
DATABASE_URL=sqlite://:memory: \
TRUSTED_PROXY_COUNT=1 \
SECRET_KEY="$("$1" -c 'import secrets; print(secrets.token_urlsafe(60))')" \
    "$1" -W error manage.py check --deploy --fail-level WARNING
