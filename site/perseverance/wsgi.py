"""The WSGI entry point; the environment names the settings."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perseverance.settings.production")

application = get_wsgi_application()
