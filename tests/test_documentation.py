"""What runs the product is documented: settings, commands, targets, links between documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
APPS = ["accounts", "campaigns", "demo", "establishments", "home"]


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def variables() -> list[str]:
    source = "".join(
        path.read_text() for path in sorted((ROOT / "site/perseverance/settings").glob("*.py"))
    )
    named = set(re.findall(r"""env\.\w+\(\s*["']([A-Z_]+)["']""", source))
    return sorted(named)


def commands() -> list[str]:
    return sorted(
        path.stem
        for app in APPS
        for path in (ROOT / app).glob("management/commands/*.py")
        if not path.stem.startswith("_")
    )


def targets() -> list[str]:
    return re.findall(r"^([a-z]+):.*## ", text("Makefile"), flags=re.MULTILINE)


def test_something_is_read_from_the_environment() -> None:
    assert {"DATABASE_URL", "SECRET_KEY", "REDIS_URL"} <= set(variables())


@pytest.mark.parametrize("name", variables())
def test_every_setting_read_from_the_environment_is_documented(name: str) -> None:
    assert f"`{name}`" in text("docs/administrator.md")


@pytest.mark.parametrize("name", commands())
def test_every_management_command_is_documented(name: str) -> None:
    assert f"`{name}" in text("docs/administrator.md") + text("docs/developer.md")


@pytest.mark.parametrize("name", targets())
def test_every_make_target_is_documented(name: str) -> None:
    assert f"`make {name}" in text("README.md") + text("docs/developer.md")


def documents() -> list[Path]:
    return [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_the_links_of_every_document_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", document.read_text(encoding="utf-8"))

    broken = [link for link in links if not (document.parent / link).exists()]

    assert broken == []


def test_the_readme_stays_short() -> None:
    assert len(text("README.md").splitlines()) < 120
