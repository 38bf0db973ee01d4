"""The public files of an edition, fetched and read by independent readers."""

from __future__ import annotations

import csv
import ctypes
import io
import json
from typing import Any

import feedparser
import pypdfium2.raw as pdfium
from django.test import Client
from openpyxl import Workbook, load_workbook

from tests.contest.printing.reading import opened

KINDS = ("csv", "json", "xlsx", "atom")


def fetch(client: Client, edition: Any, kind: str, query: str = "", **more: Any) -> Any:
    """The answer for one file of `edition`, read to its end."""
    return get(client, f"/{edition.slug}/actions.{kind}{query}", **more)


def get(client: Client, address: str, **more: Any) -> Any:
    """The answer at `address`, read to its end: `body` gives what it holds."""
    response: Any = client.get(address, **more)
    response.whole = b"".join(response) if response.streaming else bytes(response.content)
    return response


def body(response: Any) -> bytes:
    """All that an answer of `fetch` holds."""
    return bytes(response.whole)


def csv_rows(response: Any) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    text = body(response).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def json_file(response: Any) -> dict[str, Any]:
    """A JSON file."""
    read: dict[str, Any] = json.loads(body(response))
    return read


def xlsx_file(response: Any) -> Workbook:
    """A workbook."""
    return load_workbook(io.BytesIO(body(response)))


def atom_file(response: Any) -> Any:
    """A feed."""
    return feedparser.parse(body(response))


def language(content: bytes) -> str:
    """The language that a PDF says it is written in."""
    with opened(content) as document:
        length = pdfium.FPDFCatalog_GetLanguage(document.raw, None, 0)
        buffer = (ctypes.c_ushort * length)()
        pdfium.FPDFCatalog_GetLanguage(document.raw, buffer, length)
        return bytes(buffer).decode("utf-16-le").rstrip("\0")


def is_tagged(content: bytes) -> bool:
    """Whether a PDF says that it has a structure for assistive software."""
    with opened(content) as document:
        return bool(pdfium.FPDFCatalog_IsTagged(document.raw))


def numbers(client: Client, edition: Any, kind: str, query: str = "") -> list[str]:
    """The numbers of the fiches that a file holds, in its order."""
    response = fetch(client, edition, kind, query)
    assert response.status_code == 200
    if kind == "csv":
        return [row["identifiant"] for row in csv_rows(response)]
    if kind == "json":
        return [str(row["identifiant"]) for row in json_file(response)["fiches"]]
    if kind == "xlsx":
        rows = xlsx_file(response).worksheets[0].iter_rows(min_row=2, values_only=True)
        return [str(row[0]) for row in rows]
    return [entry.id.rpartition("/")[2] for entry in atom_file(response).entries]
