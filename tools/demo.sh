#!/bin/sh
# `make demo`: an SQLite database under var/, the demo's content, then web server and worker together.
set -eu
export DJANGO_SETTINGS_MODULE=perseverance.settings.demo PYTHONPATH=.:site PATH="$BIN:$PATH"
# The worker needs it too, and honcho gives each process a PORT of its own.
export BASE_URL="http://localhost:$PORT"
# One line for each page published, or task done, is no news here.
export LOG_LEVEL="${LOG_LEVEL:-WARNING}"
var=${VAR_DIR:-var}

if [ -n "${RESET:-}" ]; then
    echo "Starting over: the demonstration's data is removed."
    rm -rf "$var"/perseverance.sqlite3* "$var/media" "$var/private" "$var/mails"
fi
mkdir -p "$var"
python manage.py migrate --no-input --verbosity 0
if [ ! -e "$var/.static" ] || [ -n "$(find static requirements/runtime.txt -newer "$var/.static")" ]; then
    echo "Collecting the static files…"
    python manage.py collectstatic --no-input --clear --verbosity 0
    touch "$var/.static"
fi
# Changes nothing where the demonstration is loaded, but the port that links name.
python manage.py load_demo
cat <<EOF

  Persévérance, the demonstration. Everybody in it is fictional.

    http://localhost:$PORT/            Normandie: the editions, the fiches, the establishments' space
    http://amiens.localhost:$PORT/     Amiens: another académie, the same code
    http://localhost:$PORT/demo/       enter as any role in one click; read the mails sent
    http://localhost:$PORT/admin/      Wagtail

  Ctrl-C stops the web server and the task worker. RESET=1 starts over.

EOF
exec honcho start --no-prefix
