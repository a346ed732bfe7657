"""A course as a state machine: anybody does anything in any order, and every invariant holds after every step (N1)."""

from __future__ import annotations

import shutil
import tempfile
from datetime import time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import seed as repeated_by
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from care.escalation import CaseState
from clinic.chats import patient_blocked, patient_returned
from clinic.ward import Ward
from content.loader import load_content
from storage.reading import Session
from storage.tables import Case, Dose
from tests.simulation.invariants import INVARIANTS
from tests.simulation.lab import Lab, Moment, Outcome
from tests.simulation.world import CHAT, FIRST, GREY, LEE, START, enrol, found_town

CONTENT = load_content()
SYMPTOMS = sorted(one.id for one in CONTENT.symptoms)
FLAGS = sorted(one.id for one in CONTENT.red_flags)
REASONS = ("forgot", "felt-bad", "out-of-tablets", "felt-better", "travelling", "other", "not-said", "nonsense")
OUTCOMES = ("reached-safe", "advice-given", "appointment", "emergency-care", "could-not-reach", "not-clinical")
ANN, BEN, STRANGER = FIRST, FIRST + 1, 77
AGO = st.integers(0, 2)
TEMPLATE: list[Path] = []
HOME: list[Path] = []


class Course(RuleBasedStateMachine):
    """Ann's course, with Ben beside her who presses what is hers, and two clinicians."""

    @initialize(regimen=st.sampled_from(sorted(CONTENT.regimens)))
    def begin(self, regimen: str) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="course-", dir=HOME[0]))
        shutil.copy(TEMPLATE[0], self.home / "steady.db")
        town = found_town(f"sqlite:///{self.home}/steady.db", CONTENT, patients=0, seed="0")
        self.lab, self.fails, self.unattended = town.lab, 0, 0
        self.lab.telegram, self.lab.on_message = self.telegram, lambda letter: None
        self.lab.write(lambda work: enrol(Ward(work, CONTENT), ANN, regimen, "Europe/Berlin", time(9)))
        self.lab.write(lambda work: enrol(Ward(work, CONTENT), BEN, regimen, "America/Santiago", time(8)))
        self.lab.settle()

    def teardown(self) -> None:
        if hasattr(self, "lab"):
            assert self.lab.watch.all_broken() == []
            self.lab.close()
            shutil.rmtree(self.home)

    def telegram(self, _letter: object) -> Outcome:
        self.fails = max(0, self.fails - 1)
        return Outcome(is_accepted=self.fails % 2 == 0, is_heard=not self.fails, wait=timedelta(seconds=30))

    def dose(self, ago: int = 0) -> int:
        """Return one of Ann's newest doses."""

        def query(session: Session) -> list[int]:
            return [row.id for row in session.query(Dose).filter(Dose.course_id == 1).order_by(Dose.id.desc()).limit(3)]

        found = self.lab.read(query)
        return found[min(ago, len(found) - 1)] if found else 0

    def case(self) -> int:
        def query(session: Session) -> int:
            newest = session.query(Case).order_by(Case.id.desc()).first()
            return newest.id if newest else 1

        return self.lab.read(query)

    def press(self, who: int, data: str) -> None:
        self.lab.press(who, data, chat=CHAT if who in (GREY, LEE) else None)
        self.lab.settle()

    # The patient

    @rule(ago=AGO)
    def takes(self, ago: int) -> None:
        self.press(ANN, f"taken:{self.dose(ago)}")

    @rule(ago=AGO, minutes=st.sampled_from([30, 60, 120, 180, 1440]))
    def took_it_earlier(self, ago: int, minutes: int) -> None:
        self.press(ANN, f"earlier:{self.dose(ago)}:{minutes}")

    @rule(ago=AGO)
    def takes_it_back(self, ago: int) -> None:
        self.press(ANN, f"undo:{self.dose(ago)}")

    @rule(ago=AGO)
    def asks_for_hours(self, ago: int) -> None:
        self.press(ANN, f"times:{self.dose(ago)}")

    @rule(hour=st.sampled_from(["8:15", "23:59", "quarter past", "25:00", "7"]))
    def types_an_hour(self, hour: str) -> None:
        self.lab.say(ANN, hour)
        self.lab.settle()

    @rule(minutes=st.sampled_from([15, 30, 60, 120, 7]))
    def puts_off(self, minutes: int) -> None:
        self.press(ANN, f"snooze:{self.dose()}:{minutes}")

    @rule()
    def asks_to_put_off(self) -> None:
        self.press(ANN, f"later:{self.dose()}")

    @rule(ago=AGO)
    def will_not_today(self, ago: int) -> None:
        self.press(ANN, f"not-today:{self.dose(ago)}")

    @rule(ago=AGO, reason=st.sampled_from(REASONS))
    def skips(self, ago: int, reason: str) -> None:
        self.press(ANN, f"skip:{self.dose(ago)}:{reason}")

    @rule(used=st.sampled_from(["no", "yes", "not-said"]))
    def answers_about_opioids(self, used: str) -> None:
        self.press(ANN, f"opioids:{self.dose()}:{used}")

    @rule(signs=st.sampled_from(["none", "mild", "severe"]))
    def answers_about_withdrawal(self, signs: str) -> None:
        self.press(ANN, f"withdrawal:{self.dose()}:{signs}")

    @rule(symptom=st.sampled_from(SYMPTOMS), grade=st.integers(0, 4))
    def feels(self, symptom: str, grade: int) -> None:
        self.press(ANN, f"grade:{self.dose()}:{symptom}:{grade}")

    @rule()
    def feels_fine(self) -> None:
        self.press(ANN, f"fine:{self.dose()}")

    @rule(flag=st.sampled_from(FLAGS))
    def sees_a_warning_sign(self, flag: str) -> None:
        self.press(ANN, f"flag:{self.dose()}:{flag}")

    @rule()
    def calls_for_help(self) -> None:
        self.press(ANN, "help")

    @rule()
    def says_it_is_worse(self) -> None:
        self.press(ANN, "worse")

    @rule(words=st.sampled_from(["thank you", "I want to die", "I took heroin", "<b>&", "\u202e" + "x" * 4000]))
    def writes(self, words: str) -> None:
        self.lab.say(ANN, words)
        self.lab.settle()

    @rule(what=st.sampled_from(["ask-pause", "ask-stop", "keep-going", "stop:not-said"]))
    def thinks_of_ending(self, what: str) -> None:
        self.press(ANN, what)

    @rule()
    def blocks_and_returns(self) -> None:
        for action in (patient_blocked, patient_returned):
            self.lab.act(ANN, action, {})
        self.lab.settle()

    # Others

    @rule(data=st.sampled_from(["taken:{}", "undo:{}", "skip:{}:forgot", "opioids:{}:no", "dose:{}"]))
    def somebody_else_presses_her_buttons(self, data: str) -> None:
        before = self.lab.read(lambda session: session.get(Dose, self.dose()).state if self.dose() else None)  # type: ignore[union-attr]
        self.press(BEN, data.format(self.dose()))
        self.press(STRANGER, data.format(self.dose()))
        after = self.lab.read(lambda session: session.get(Dose, self.dose()).state if self.dose() else None)  # type: ignore[union-attr]
        assert before == after

    @rule(who=st.sampled_from([GREY, LEE, ANN, STRANGER]))
    def acknowledges(self, who: int) -> None:
        self.press(who, f"ack:{self.case()}")

    @rule(who=st.sampled_from([GREY, LEE, BEN]), outcome=st.sampled_from(OUTCOMES))
    def records_an_outcome(self, who: int, outcome: str) -> None:
        self.press(who, f"outcome:{self.case()}:{outcome}")

    @rule(what=st.sampled_from(["pause", "resume", "release", "no-pause"]))
    def a_clinician_decides(self, what: str) -> None:
        self.press(GREY, f"{what}:S{ANN}")

    # The world

    @rule(minutes=st.integers(1, 400))
    def time_passes(self, minutes: int) -> None:
        self.lab.until(self.lab.clock.now + timedelta(minutes=minutes))

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        for _ in range(days):
            self.somebody_works()
            self.lab.until(self.lab.clock.now + timedelta(hours=24))

    @precondition(lambda self: self.unattended < 1)  # a week of it is tests/clinic/test_unanswered.py's, and slow
    @rule(days=st.integers(1, 2))
    def days_pass_in_which_nobody_works(self, days: int) -> None:
        self.unattended += days
        self.lab.until(self.lab.clock.now + timedelta(hours=24 * days))

    def somebody_works(self) -> None:
        """Close what is open."""

        def query(session: Session) -> list[int]:
            return [row.id for row in session.query(Case).filter(Case.state != CaseState.CLOSED)]

        for case in self.lab.read(query):
            for data in (f"ack:{case}", f"outcome:{case}:reached-safe"):
                self.lab.press(LEE, data, chat=CHAT)

    @rule(hours=st.integers(1, 80))
    def we_are_down(self, hours: int) -> None:
        self.lab.clock.now += timedelta(hours=hours)
        self.lab.settle()

    @rule(seconds=st.integers(1, 400))
    def the_clock_is_set_back(self, seconds: int) -> None:
        self.lab.clock.now -= timedelta(seconds=seconds)
        self.lab.settle()
        self.lab.clock.now += timedelta(seconds=seconds)

    @rule()
    def an_update_comes_again(self) -> None:
        if self.lab.steps > 3 and self.lab.refusals >= 0:
            self.lab.press(ANN, "told")
            self.lab.again()

    @rule()
    def we_crash(self) -> None:
        now, url, steps = self.lab.clock.now, self.lab.url, self.lab._updates
        self.lab.close()
        self.lab = Lab(url, CONTENT, Moment(now), self.telegram)
        self.lab._updates = steps
        self.lab.settle()

    @rule(times=st.integers(1, 9))
    def telegram_fails(self, times: int) -> None:
        self.fails = times

    @invariant()
    def everything_holds(self) -> None:
        if hasattr(self, "lab"):
            assert self.lab.watch.broken() == [], self.lab.watch.all_broken()


def run(times: int, steps: int, *, seed: str) -> None:
    how = settings(
        max_examples=times,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=(Phase.explicit, Phase.generate),  # a shrunk example would take an hour
    )
    run_state_machine_as_test(repeated_by(seed)(Course), settings=how)


def test_a_course_survives_anything(sqlite_template: Path, home: Path, seed: str) -> None:
    TEMPLATE[:], HOME[:] = [sqlite_template], [home]
    run(4, 12, seed=seed)


@pytest.mark.nightly
@pytest.mark.parametrize("part", range(10))
def test_a_course_survives_anything_for_long(sqlite_template: Path, home: Path, seed: str, part: int) -> None:
    TEMPLATE[:], HOME[:] = [sqlite_template], [home]
    run(40, 100, seed=f"{seed}/{part}")


def test_the_machine_is_large_enough() -> None:
    rules = [name for name in vars(Course) if hasattr(vars(Course)[name], "hypothesis_stateful_rule")]
    assert len(rules) >= 25
    assert len(INVARIANTS) >= 15
    assert START
