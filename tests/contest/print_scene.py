"""Files for the printer, asked for, made and fetched by our own verbs."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from contest import print_jobs, print_running
from contest.enums import PrintKind
from contest.models import PrintJob
from tests.contest.scene import Scene


def ask(scene: Scene, kind: PrintKind = PrintKind.LABELS, **more: Any) -> PrintJob:
    """A job that waits, asked for by the scene's editor."""
    return print_jobs.ask(scene.contest, kind, by=scene.editor, **more)


def made(scene: Scene, kind: PrintKind = PrintKind.LABELS, **more: Any) -> PrintJob:
    """A job whose file is ready."""
    job = ask(scene, kind, **more)
    print_running.run(job.pk)
    return PrintJob.objects.get(pk=job.pk)


def download(browser: Client, job: PrintJob) -> Any:
    """The answer to who follows the link of a file."""
    return browser.get(reverse("contest_print_file", args=[job.pk]))
