"""The file name of a verslag."""

from __future__ import annotations

import re

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.dutch import long_date
from sto_desktop.domain.panel.content import PanelContent
from sto_desktop.domain.privacy.participation import naming_of
from sto_desktop.domain.privacy.redaction import Redactor
from sto_desktop.language import tr, tr_later
from sto_desktop.report.blocks.options import Form, ReportOptions

# Characters that Windows forbids in file names.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
# Characters: leaves room for the folders in a path on Windows, which has at most 260.
_LONGEST = 120
_FORMS = {Form.EXTENDED: tr_later("Verslag"), Form.SHORT: tr_later("Kort verslag"), Form.MINUTES: tr_later("Notulen")}


def report_file_name(content: PanelContent, options: ReportOptions, ending: str = ".docx") -> str:
    """Return the name of a file: "Verslag Oldenzaal 14 februari 2023.docx", without any member's name."""
    panel = content.panel
    redactor = Redactor(naming_of(content, options.naming), options.decisions)
    about = redactor.redact(panel.subregion.strip() or title_for(panel), panel.id, "title")
    parts = [tr(_FORMS[options.form]), about, long_date(panel.date) if panel.date else ""]
    name = " ".join(_FORBIDDEN.sub(" ", " ".join(part for part in parts if part)).split())
    return name[:_LONGEST].rstrip(". ") + ending
