"""What the establishments app stores."""

from .directory_import import DirectoryImport
from .establishment import Establishment
from .territory import Academy, Basin, Department, Network

__all__ = ["Academy", "Basin", "Department", "DirectoryImport", "Establishment", "Network"]
