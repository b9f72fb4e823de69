"""Commands on whole guides: use another one, duplicate, rename, import, export, and delete unused ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from sto_desktop.domain.actions import guides, panels
from sto_desktop.domain.identity import new_id
from sto_desktop.domain.model import Guide, Panel
from sto_desktop.domain.panel.content import GuideContent, PanelContent
from sto_desktop.exchange.files.look import NO_CHOICES, Beforehand, Choices
from sto_desktop.language import counted, tr
from sto_desktop.ui.base.doing import attempt, perform
from sto_desktop.ui.base.jobs import Jobs
from sto_desktop.ui.base.keys import entry
from sto_desktop.ui.base.stage import StageContext
from sto_desktop.ui.fields.file_questions import guide_question
from sto_desktop.ui.prepare.guide.guide_dialogs import GuideNameDialog
from sto_desktop.ui.prepare.guide.guide_page import guide_name
from sto_desktop.ui.prepare.intake.keeping_file import keep_file
from sto_desktop.ui.widgets import ChooseFile, ChooseTarget, ConfirmDialog


class GuideShelf(QObject):
    """Fills the menu of guides and runs its commands; `read_again` first updates the stage."""

    def __init__(
        self,
        context: StageContext,
        window: QWidget,
        jobs: Jobs,
        choose: tuple[ChooseFile, ChooseTarget],
        read_again: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._jobs = jobs
        self._choose_file, self._choose_target = choose
        self._read_again = read_again
        self._panels: tuple[Panel, ...] = ()
        self._known: tuple[Guide, ...] = ()
        self.dialog: QDialog | None = None

    def show(self, panels: Sequence[Panel], known: Sequence[Guide]) -> None:
        """Offer these guides; `panels` are all panels."""
        self._panels, self._known = tuple(panels), tuple(known)

    def fill(self, menu: QMenu) -> None:
        """Add all commands to a menu."""
        content = self._content()
        current = content.panel.guide if content else None
        for guide in self._known:
            label = tr("{name} · {used}", name=guide_name(guide), used=self._used(guide.id))
            chosen = entry(menu, "guides", partial(self.use, guide.id), label)
            chosen.setCheckable(True)
            chosen.setChecked(guide.id == current)
        menu.addSeparator()
        has_guide = content is not None and bool(content.guide.themes)
        entry(menu, "guide_duplicate", self.duplicate).setEnabled(has_guide)
        entry(menu, "guide_name", self.rename).setEnabled(has_guide)
        entry(menu, "guide_import", self.import_file)
        entry(menu, "guide_export", self.export_file).setEnabled(has_guide)
        unused = [guide for guide in self._known if not self._users(guide.id) and not _builtin(guide.id)]
        if unused:
            menu.addSeparator()
        for guide in unused:
            words = tr("{name} verwijderen", name=guide_name(guide))
            entry(menu, "guides", partial(self._delete, guide), words)

    def _users(self, guide: str) -> int:
        return sum(1 for panel in self._panels if panel.guide == guide)

    def _used(self, guide: str) -> str:
        users = self._users(guide)
        return counted(users, "gebruikt in {n} panel", "gebruikt in {n} panels") if users else tr("niet in gebruik")

    # Commands

    def use(self, guide: str) -> None:
        """Switch the panel to another guide; ask first if it has notes."""
        content = self._content()
        if content is None or content.panel.guide == guide:
            return
        panel = content.panel.id

        def use() -> None:
            perform(self._context, panels.change_panel(panel, guide=guide))

        if not content.notes:
            use()
            return
        question = ConfirmDialog(
            self._context.theme,
            tr("Dit panel heeft al notities"),
            tr("Met een andere leidraad staan ze onder “Niet ingedeeld”, tot u ze een plaats geeft."),
            tr("Andere leidraad gebruiken"),
            parent=self._window,
        )
        self._open(question, use)

    def duplicate(self) -> None:
        """Make a copy under another name, and use it."""
        content = self._content()
        if content is None:
            return
        guide = Guide("", name=tr("{name} (kopie)", name=content.guide.guide.name))
        dialog = GuideNameDialog(self._context.theme, tr("Leidraad dupliceren"), guide, self._window)

        def copy() -> None:
            name, version = dialog.name.text().strip(), dialog.version.text().strip()
            perform(self._context, guides.duplicate_guide(content, name, version, copy=new_id()))

        self._open(dialog, copy)

    def rename(self) -> None:
        """Change the name or version of the panel's guide."""
        content = self._content()
        if content is None:
            return
        guide = content.guide.guide
        dialog = GuideNameDialog(self._context.theme, tr("Naam en versie van de leidraad"), guide, self._window)

        def keep() -> None:
            name, version = dialog.name.text().strip(), dialog.version.text().strip()
            shared = self._users(guide.id) > 1 or _builtin(guide.id)
            existing = [listed_guide.id for listed_guide in self._known]
            opened = guides.open_guide(content, shared=shared, known=existing)
            perform(self._context, guides.rename_guide(opened, name, version))

        self._open(dialog, keep)

    def _delete(self, guide: Guide) -> None:
        if perform(self._context, guides.delete_guide(guide.id)):
            self._tell(tr("De leidraad «{name}» is verwijderd.", name=guide_name(guide)))

    # Files

    def export_file(self) -> None:
        """Write the guide, as the panel uses it, to a file."""
        content = self._content()
        if content is None:
            return
        name = re.sub(r"\W+", "-", f"leidraad {guide_name(content.guide.guide)}".lower()).strip("-")
        folder = Path(self._context.settings.current.last_folder or Path.home())
        path = self._choose_target(self._window, guide_question(write=True), folder / f"{name}.json")
        if path is None:
            return
        target = path if path.suffix else path.with_suffix(".json")

        def work() -> Path:
            from sto_desktop.exchange.guides import write_guide

            write_guide(target, content.guide)
            return target

        progress = tr("{name} wordt geschreven…", name=target.name)
        self._jobs.start(progress, work, self._written)

    def _written(self, target: Path) -> None:
        self._context.notify(tr("De leidraad staat in {name}.", name=target.name), tone="good")

    def import_file(self) -> None:
        """Read a guide from a file into the dossier."""
        folder = Path(self._context.settings.current.last_folder)
        path = self._choose_file(self._window, guide_question(), folder)
        if path is None:
            return
        attempt(self._context.tell_error, self._context.settings.change, last_folder=str(path.parent))

        def work() -> tuple[Beforehand, GuideContent]:
            from sto_desktop.exchange.guide_files import read_guide_file

            return read_guide_file(path)

        self._jobs.start(tr("{name} wordt gelezen…", name=path.name), work, partial(self._show, path))

    def _show(self, path: Path, read: tuple[Beforehand, GuideContent]) -> None:
        """Show what each line of a file becomes; a guide of this program needs no look."""
        from sto_desktop.exchange.guide_files import read_guide_file
        from sto_desktop.ui.prepare.intake.look_dialog import LookDialog

        shown = [read]
        if not read[0].offers:
            self._take(path, read[1])
            return
        dialog = LookDialog(self._context.theme, tr("Leidraad importeren"), f"«{path.name}»", self._window)

        def show(found: tuple[Beforehand, GuideContent]) -> None:
            shown[0] = found
            count = sum(len(theme.questions) for theme in found[1].themes)
            words = counted(count, "{n} vraag in «{name}»", "{n} vragen in «{name}»", name=guide_name(found[1].guide))
            dialog.show_found(words, found[0], found[0].told, ready=count > 0)

        def again() -> None:
            choices = dialog.choices
            dialog.count_with(self._jobs, lambda: read_guide_file(path, choices), show)

        show(read)
        dialog.changed.connect(again)
        self._open(dialog, lambda: self._take(path, shown[0][1], dialog.choices))

    def _take(self, path: Path, guide: GuideContent, choices: Choices = NO_CHOICES) -> None:
        from sto_desktop.exchange.guide_files import read_guide_file
        from sto_desktop.exchange.guides import guide_edits, same_guide

        read = self._context.session.dossier.read
        ids = {listed_guide.id for listed_guide in self._known}
        # The guide may be present under its own id or that of its origin.
        for guide_id in ids & {guide.guide.id, guide.guide.origin}:
            if same_guide(read.guides.content(guide_id), guide):
                self._context.notify(
                    tr("«{name}» staat al in dit dossier.", name=guide_name(guide.guide)),
                    action=tr("Gebruiken"),
                    on_action=partial(self.use, guide_id),
                )
                return
        if guide.guide.id in ids:
            # The dossier's own version has been changed since, so import beside it and not over it.
            _, guide = read_guide_file(path, choices, salt=new_id())
        if perform(self._context, guides.import_guide(guide_edits(guide))):
            keep_file(self._context, path, tr("Daaruit: de leidraad «{name}».", name=guide_name(guide.guide)))
            self._context.notify(
                tr("«{name}» staat nu in dit dossier.", name=guide_name(guide.guide)),
                action=tr("Gebruiken in dit panel"),
                on_action=partial(self.use, guide.guide.id),
                tone="good",
            )

    # Helpers

    def _content(self) -> PanelContent | None:
        self._read_again()
        session = self._context.session
        content: PanelContent | None = session.dossier.read.panel_content(session.panel_id or "")
        return content

    def _tell(self, text: str) -> None:
        undo = self._context.actions["undo"].trigger
        self._context.notify(text, action=tr("Ongedaan maken"), on_action=undo)

    def _open(self, dialog: QDialog, accepted: Callable[[], object]) -> None:
        self.dialog = dialog
        dialog.accepted.connect(accepted)
        dialog.open()


def _builtin(guide: str) -> bool:
    from sto_desktop.exchange.guides import builtin_guide_id

    return guide == builtin_guide_id()
