"""Colleagues who do anything, in any order, with a bad sync client: all agree in the end, and no word is lost."""

from __future__ import annotations

from contextlib import ExitStack
from functools import cache

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests.storage.colleagues import Colleagues, first_version, memory_folder

pytestmark = pytest.mark.long

WHO, SOME = st.integers(0, 4), st.integers(0, 3)
MOST_EXAMPLES = 12
"""In the quick profile; the thorough one runs as many as it says."""


@cache
def _first() -> bytes:
    with memory_folder() as folder:
        return first_version(folder)


class Together(RuleBasedStateMachine):
    """One step is one thing that one of them does, or that happens to one of them."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        self._team = Colleagues(self._stack.enter_context(memory_folder()), _first())

    def teardown(self) -> None:
        """Whatever happened: when everybody has merged everything, all is well."""
        try:
            self._team.check()
        finally:
            self._team.close()
            self._stack.close()

    @rule()
    def join(self) -> None:
        self._team.join()

    @rule(who=WHO, other=SOME)
    def note(self, who: int, other: int) -> None:
        if copy := self._team.at_work(who):
            self._team.note(copy.dossier, other)

    @rule(who=WHO, which=SOME, other=SOME)
    def change(self, who: int, which: int, other: int) -> None:
        if copy := self._team.at_work(who):
            self._team.change(copy.dossier, which, other)

    @rule(who=WHO, redo=st.booleans())
    def undo(self, who: int, redo: bool) -> None:
        if copy := self._team.at_work(who):
            (copy.dossier.redo if redo else copy.dossier.undo)()

    @rule(who=WHO, which=SOME)
    def erase(self, who: int, which: int) -> None:
        if copy := self._team.at_work(who):
            self._team.erase(copy, which)

    @rule(who=WHO, apart=st.booleans())
    def same(self, who: int, apart: bool) -> None:
        if copy := self._team.at_work(who):
            self._team.same(copy.dossier, apart=apart)

    @rule(who=WHO, which=SOME)
    def choose(self, who: int, which: int) -> None:
        if copy := self._team.at_work(who):
            self._team.choose(copy.dossier, which)

    @rule(who=WHO, kind=st.integers(0, 5))
    def share(self, who: int, kind: int) -> None:
        if copy := self._team.at_work(who):
            self._team.share(copy, kind)

    @rule(who=WHO, which=SOME)
    def work_in_mail(self, who: int, which: int) -> None:
        self._team.work_in_mail(who, which)

    @rule(who=WHO, which=SOME)
    def merge_mail(self, who: int, which: int) -> None:
        if copy := self._team.at_work(who):
            self._team.merge_mail(copy, which)

    @rule(who=WHO, which=SOME)
    def back_up_and_restore(self, who: int, which: int) -> None:
        if copy := self._team.at_work(who):
            copy.backup()
            self._team.restore(who, which)

    @rule(who=WHO, which=SOME)
    def turn_clock(self, who: int, which: int) -> None:
        self._team.turn(who, which)

    @rule(who=WHO)
    def publish(self, who: int) -> None:
        self._team.people[who % len(self._team.people)].publish()

    @rule(who=WHO, crash=st.booleans())
    def leave(self, who: int, crash: bool) -> None:
        self._team.people[who % len(self._team.people)].leave(crash=crash)

    @rule(who=WHO, back=SOME)
    def sync(self, who: int, back: int) -> None:
        self._team.people[who % len(self._team.people)].sync(back)

    @rule(who=WHO)
    def half_a_file(self, who: int) -> None:
        self._team.people[who % len(self._team.people)].half()

    @rule(who=WHO, back=SOME)
    def leave_a_copy(self, who: int, back: int) -> None:
        self._team.people[who % len(self._team.people)].duplicate(back)

    @rule(who=WHO, back=SOME)
    def old_file_over_it(self, who: int, back: int) -> None:
        self._team.old_over(who, back)


def test_whatever_colleagues_do_all_agree_and_every_word_is_there() -> None:
    usual = settings()
    quick = usual.max_examples <= 50
    run_state_machine_as_test(
        Together,
        settings=settings(usual, max_examples=MOST_EXAMPLES if quick else usual.max_examples, stateful_step_count=30),
    )


def test_a_day_on_which_everything_happens() -> None:
    """One run that is always the same, so that nothing depends on the drawn examples."""
    with memory_folder() as folder:
        team = Colleagues(folder, _first())
        try:
            for _ in range(3):
                team.join()
            for step in range(36):
                who, some = step % 5, (step * 7) % 4
                copy = team.at_work(who)
                assert copy is not None
                team.note(copy.dossier, some)
                team.change(copy.dossier, step, some)
                (copy.dossier.undo, copy.dossier.redo, lambda: None)[step % 3]()
                if step % 9 == 4:
                    team.turn(who, step)
                if step % 5 == 2:
                    team.share(copy, step)
                    team.work_in_mail(who + 1, step)
                    team.merge_mail(copy, step * 3)
                if step % 13 == 6:
                    team.erase(copy, step)
                if step % 11 == 3:
                    copy.backup()
                    team.restore(who, step)
                    team.same(copy.dossier, apart=bool(step % 2))
                    team.choose(copy.dossier, step)
                person = team.people[who]
                if step % 4 == 1:
                    person.half()
                    person.publish()
                    person.finish()
                person.publish()
                if step % 3 == 0:
                    person.sync(some)
                if step % 7 == 5:
                    person.leave(crash=bool(step % 2))
            assert team.cloud.copies, "the client left copies"
            team.check()
        finally:
            team.close()
