"""What the establishments app adds to Wagtail's admin."""

from __future__ import annotations

from wagtail_modeladmin.options import modeladmin_register

from .registers import Registers

modeladmin_register(Registers)
