"""Where, when and how: zone, hour, wording, first day. Asked at joining, and again as settings."""

from __future__ import annotations

from datetime import date, time

from care.answers import read_first_day, read_time, zones_showing
from care.calendar import end_of, instant_of, local, plus_days, start_of
from care.courses import Status
from care.doses import DoseState
from care.joining import FIRST_DAY, HOUR, LATEST_START_DAYS, WORDING, ZONE
from care.refusals import BadAnswer, NotFound, Refusal, Stale
from clinic.letters import Button, reply, rewrite, tell_patient, words
from clinic.next_question import next_question_at
from clinic.ward import Visit, Ward, zone_of
from content.places import city_of, find_places, is_exact, is_zone, likely_zones, zone_at
from content.values import Words
from storage.courses import set_course, set_status
from storage.doses import open_doses, set_dose
from storage.patients import ask, set_patient
from storage.tables import Course, Patient, Wording

HOURS = ("07:00", "08:00", "09:00", "12:00", "18:00", "20:00", "21:00", "22:00")
MOST_PLACES = 8


def ask_plan_step(ward: Ward, patient: Patient) -> None:
    """Ask the part of the plan that joining is at."""
    match patient.step:
        case "zone":
            ask_zone(ward, patient)
        case "hour":
            ask_hour(ward, patient)
        case "wording":
            ask_wording(ward, patient)
        case "first-day":
            _ask_first_day(ward, patient)


def _next(visit: Visit, step: str, after: str) -> None:
    """Go on with joining if this answer was its `step`; as a setting there is nothing to go on to."""
    if visit.patient.step == step:
        set_patient(visit.work, visit.patient, "joining-step", step=after)
        ask_plan_step(visit, visit.patient)


def ask_zone(ward: Ward, patient: Patient) -> None:
    """Ask where the patient is: by city, by shared location, or by what their clock shows."""
    ask(patient, "zone")
    tell_patient(ward, patient, words("ask-zone"), keys="zone")
    near = patient.clinic.time_zone
    row = [Button(words("zone-suggestion", city=city_of(near, patient.language)), "zone", (near,))]
    tell_patient(ward, patient, words("ask-zone-nearby"), buttons=[row])


def hear_zone(visit: Visit, text: str) -> None:
    """Read a typed city, or an hour as the patient's clock shows it. Only an exact name is taken without a press."""
    try:
        wall = read_time(text, visit.content.hours)
        is_city = False
    except BadAnswer:
        is_city = is_exact(text)
        found = [(place.city, place.zone) for place in find_places(text, visit.patient.language)]
        is_guess = not is_city
    else:
        showing = zones_showing(wall, now=visit.now, zones=likely_zones())
        found = [(city_of(zone, visit.patient.language), zone) for zone in showing]
        is_guess = False
    if not found:
        raise BadAnswer("refused-place")
    zones = {zone: city for city, zone in reversed(found)}
    near = visit.patient.clinic.time_zone
    if not is_guess and (len(zones) == 1 or (is_city and near in zones)):
        zone = near if near in zones else next(iter(zones))  # of two Londons the clinic's; the answer shows a way back
        _set_zone(visit, zone, zones[zone])
        return
    _offer_places(visit, found[:MOST_PLACES], is_guess=is_guess)


def _offer_places(visit: Visit, found: list[tuple[str, str]], *, is_guess: bool) -> None:
    """Ask which place was meant. What is pressed keeps its name; other names may still be typed."""
    rows = [[Button(words("zone-suggestion", city=city), "zone", (zone,))] for city, zone in found]
    visit.work.record("places-offered", patient_id=visit.patient.id)
    ask(visit.patient, "zone", {"offered": {zone: city for city, zone in reversed(found)}})
    if is_guess and len(found) == 1:
        city, zone = found[0]
        reply(visit, words("did-you-mean", city=city, now=local(visit.now, zone).time()), buttons=rows)
    else:
        reply(visit, words("which-place"), buttons=rows)


def share_location(visit: Visit, *, latitude: float, longitude: float) -> None:
    """Take the zone of a shared location. The location itself is not kept."""
    zone = zone_at(latitude, longitude)
    if zone is None:
        raise BadAnswer("refused-place")
    choose_zone(visit, zone=zone)


def choose_zone(visit: Visit, *, zone: str) -> None:
    """Live by this zone's clock from now on; what is still to be asked moves with it."""
    if not is_zone(zone):
        raise NotFound("refused-place")
    offered = (visit.patient.awaits_about or {}).get("offered", {})
    _set_zone(visit, zone, offered.get(zone) or city_of(zone, visit.patient.language))


def _set_zone(visit: Visit, zone: str, city: str) -> None:
    if visit.patient.step not in (None, ZONE):
        raise Stale("refused-answered-already")
    set_patient(visit.work, visit.patient, "zone-set", time_zone=zone)
    ask(visit.patient, None)
    move_course(visit, visit.caller.course)
    shown = words("zone-set", city=city, now=local(visit.now, zone).time())
    rewrite(visit, shown, buttons=[[Button("button-wrong-zone", "wrong-zone")]])
    reply(visit, words("zone-kept"), keys="home")
    _next(visit, ZONE, HOUR)


def wrong_zone(visit: Visit) -> None:
    """Ask for the zone again. Never before it was asked: the steps before it are consent and safety."""
    if visit.patient.step not in (None, ZONE, HOUR, WORDING, FIRST_DAY):
        raise Stale("refused-answered-already")
    step = ZONE if visit.patient.step is not None else None
    set_patient(visit.work, visit.patient, "zone-asked-again", step=step)
    ask_zone(visit, visit.patient)


def ask_hour(ward: Ward, patient: Patient) -> None:
    """Ask for the hour of the daily question."""
    ask(patient, "hour")
    buttons = [Button(words("hour", at=time.fromisoformat(hour)), "hour", (hour.replace(":", ""),)) for hour in HOURS]
    tell_patient(ward, patient, words("ask-hour"), buttons=[buttons[:4], buttons[4:]])


def hear_hour(visit: Visit, text: str) -> None:
    """Read a typed hour."""
    _set_hour(visit, read_time(text, visit.content.hours))


def choose_hour(visit: Visit, *, hour: str) -> None:
    """Take an hour from a button (`0800`)."""
    if f"{hour[:2]}:{hour[2:]}" not in HOURS:
        raise NotFound("refused-unknown-button")
    _set_hour(visit, time(int(hour[:2]), int(hour[2:])))


def _set_hour(visit: Visit, hour: time) -> None:
    if visit.patient.step not in (None, HOUR):
        raise Stale("refused-answered-already")
    set_patient(visit.work, visit.patient, "hour-set", reminder_at=hour)
    ask(visit.patient, None)
    move_course(visit, visit.caller.course)
    rewrite(visit, _kept_hour(visit, hour))
    _next(visit, HOUR, WORDING)


def _kept_hour(visit: Visit, hour: time) -> Words:
    """Return what is promised for a new hour: as a setting, when it counts for the first time."""
    next_at = None if visit.patient.step == HOUR else next_question_at(visit, visit.course)
    if next_at is None:
        return words("hour-set", at=hour)
    if next_at <= visit.now:
        return words("hour-set-now", at=hour)
    return words("hour-set-next", at=hour, day=visit.clock_of(visit.patient, next_at).date())


def ask_wording(ward: Ward, patient: Patient) -> None:
    """Ask how openly messages may speak on a lock screen, with an example of each."""
    rows = [[Button("wording-discreet", "wording", ("discreet",))], [Button("wording-plain", "wording", ("plain",))]]
    tell_patient(ward, patient, words("ask-wording"), buttons=rows)


def choose_wording(visit: Visit, *, wording: Wording) -> None:
    """Speak like this from now on."""
    if visit.patient.step not in (None, WORDING):
        raise Stale("refused-answered-already")
    set_patient(visit.work, visit.patient, "wording-set", wording=wording)
    rewrite(visit, words(f"wording-set-{wording}"))
    _next(visit, WORDING, FIRST_DAY)


def _ask_first_day(ward: Ward, patient: Patient) -> None:
    ask(patient, "first-day")
    today = ward.today(patient)
    rows = [
        [Button("first-day-today", "first-day", (today.isoformat(),))],
        [Button("first-day-tomorrow", "first-day", (plus_days(today, 1).isoformat(),))],
    ]
    tell_patient(ward, patient, words("ask-first-day"), buttons=rows)


def hear_first_day(visit: Visit, text: str) -> None:
    """Read a typed date."""
    today = visit.today(visit.patient)
    _plan(visit, read_first_day(text, today=today, latest=plus_days(today, LATEST_START_DAYS)))


def choose_first_day(visit: Visit, *, day: str) -> None:
    """Take the first day from a button; one pressed too late names a day that has passed."""
    today = visit.today(visit.patient)
    _plan(visit, read_first_day(day, today=today, latest=plus_days(today, LATEST_START_DAYS)))


def _plan(visit: Visit, first: date) -> None:
    if visit.patient.step != FIRST_DAY:
        raise Stale("refused-answered-already")
    if visit.course.status is not Status.SCREENING or visit.patient.reminder_at is None:
        raise Refusal("refused-course-state")
    ask(visit.patient, None)
    set_patient(visit.work, visit.patient, "joined", step=None)
    begins = max(visit.now, start_of(first, zone_of(visit.patient)))
    set_status(visit.work, visit.course, Status.PLANNED, "course-planned", start_on=first, turns_at=begins)
    rewrite(visit, words("first-day-set", day=first))
    hour = visit.patient.reminder_at
    if instant_of(first, hour, zone_of(visit.patient)) <= visit.now:
        reply(visit, words("joined-today", hour=hour), keys="home")
    else:
        reply(visit, words("joined", day=first, hour=hour), keys="home")


def move_course(ward: Ward, course: Course | None) -> None:
    """After a new zone or hour: move what is not asked yet, and the turn of the day. What was asked stays asked."""
    if course is None or course.start_on is None or course.patient.reminder_at is None:
        return
    patient, zone = course.patient, zone_of(course.patient)
    assert patient.reminder_at is not None
    if course.status is Status.PLANNED:
        set_course(ward.work, course, "course-moved", turns_at=start_of(course.start_on, zone))
    elif course.status in (Status.ACTIVE, Status.PAUSED):
        turns_at = end_of(plus_days(course.start_on, course.day - 1), zone)
        set_course(ward.work, course, "course-moved", turns_at=turns_at)
    for dose in open_doses(ward.work.session, course.id):
        if dose.state is DoseState.OPEN and dose.part == 1:
            due = instant_of(dose.day_on, patient.reminder_at, zone)
            unasked = {"due_at": due, "prompt_at": max(due, ward.now)} if dose.prompts_sent == 0 else {}
            set_dose(ward.work, dose, "dose-moved", closes_at=end_of(dose.day_on, zone), **unasked)
