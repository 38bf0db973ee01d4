"""The objects of a contest."""

from .admission_task import AdmissionTask
from .ballot import Ballot, LateBallot
from .contest_page import ContestPage
from .contest_rows import Category, Criterion, Prize
from .jury import Conflict, Juror, Jury
from .jury_round import Assignment, Entry, Round, Seat
from .poster import Poster
from .poster_file import PosterFile, Rendition
from .print_job import PrintJob
from .registration import Registration, Reminder
from .result import Award, Laureate, Result

__all__ = [
    "AdmissionTask",
    "Assignment",
    "Award",
    "Ballot",
    "Category",
    "Conflict",
    "ContestPage",
    "Criterion",
    "Entry",
    "Juror",
    "Jury",
    "LateBallot",
    "Laureate",
    "Poster",
    "PosterFile",
    "PrintJob",
    "Prize",
    "Registration",
    "Reminder",
    "Rendition",
    "Result",
    "Round",
    "Seat",
]
