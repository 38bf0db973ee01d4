"""The process that `home.typesetting.apart` starts: it sets one document and ends.

It knows neither the site's settings nor its database.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from django.conf import settings


def main(task: Path) -> int:
    """Set the document that `task` describes; what went wrong goes to the error stream."""
    asked = json.loads(task.read_text(encoding="utf-8"))
    settings.configure(USE_I18N=True, LANGUAGE_CODE=asked["language"])
    from home.typesetting.typeset import CannotTypeset, typeset

    try:
        content = typeset(
            Path(asked["source"]),
            asked["inputs"],
            {name: Path(path) for name, path in asked["files"].items()},
            title=asked["title"],
            author=asked["author"],
            fonts=Path(asked["fonts"]),
        )
    except CannotTypeset as error:
        sys.stderr.write(str(error))
        return 1
    Path(asked["target"]).write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
