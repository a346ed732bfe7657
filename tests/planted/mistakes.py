"""The mistakes: where each is planted, what is written there instead, and the tests that should catch it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mistake:
    """`right` becomes `wrong` in `file`; `tests` is what pytest is given."""

    name: str
    file: str
    right: str
    wrong: str
    tests: tuple[str, ...]


STORIES, STORAGE, FAULTS = "tests/stories", "tests/storage", "tests/faults"

MISTAKES = (
    Mistake(
        "a letter is marked sent before it is sent",
        "bot/sender.py",
        "        try:\n            attempt = await attempt_at(",
        "        from storage.sending import mark_sent\n"
        "        await self._write(grip, lambda work: mark_sent(work, letter.id, None))\n"
        "        try:\n            attempt = await attempt_at(",
        (f"{FAULTS}/test_crash_points.py", "-k", "eleventh"),
    ),
    Mistake(
        "the offset moves before the commit",
        "bot/intake.py",
        "            batch = json.loads(await answer.read())\n",
        "            batch = json.loads(await answer.read())\n"
        "        last = max((one['update_id'] for one in batch['result']), default=0)\n"
        "        if last:\n"
        "            async with self._session.post(self._address, json={'offset': last + 1, 'timeout': 0}) as told:\n"
        "                await told.read()\n",
        (f"{FAULTS}/test_crash_points.py", "-k", "eleventh"),
    ),
    Mistake(
        "a day is twenty-four hours",
        "care/calendar.py",
        "    return start_of(plus_days(day, 1), zone)",
        "    return start_of(day, zone) + timedelta(hours=24)",
        ("tests/care/test_calendar.py", f"{FAULTS}/test_time_bad_days.py"),
    ),
    Mistake(
        "transactions begin as readers",
        "storage/store.py",
        'exec_driver_sql("BEGIN IMMEDIATE")\n            shares = ',
        'exec_driver_sql("BEGIN")\n            shares = ',
        (f"{FAULTS}/test_database_bad_days.py", "-k", "begins_as_a_writer"),
    ),
    Mistake(
        "whoever presses may answer for the patient",
        "clinic/people.py",
        "    if dose is None or dose.course_id != visit.course.id:",
        "    if dose is None:",
        (f"{STORIES}", "-k", "forge or other or stranger or bad_input"),
    ),
    Mistake(
        "names are not escaped",
        "content/texts.py",
        "    return escape(kept, quote=False) + (",
        "    return kept + (",
        ("tests/content/test_texts.py",),
    ),
    Mistake(
        "an answered dose stays due",
        "storage/doses.py",
        "reason=reason,\n        prompt_at=None,\n    )",
        "reason=reason,\n    )",
        ("tests/simulation/test_simulation.py", f"{STORAGE}/test_doses.py"),
    ),
    Mistake(
        "an answered dose leaves its prompt in the outbox",
        "clinic/answer_dose.py",
        '    drop_waiting(visit.work, f"dose:{dose.id}", "answered")\n    show_record(visit, dose)\n    if waits',
        "    show_record(visit, dose)\n    if waits",
        (f"{FAULTS}/test_outage.py", "-k", "prompt_that_waits"),
    ),
    Mistake(
        "stale letters are sent",
        "storage/sending.py",
        '        or_(_C.expires_at.is_(None), _C.expires_at > bindparam("now")),\n',
        "",
        (f"{FAULTS}/test_outage.py", f"{STORAGE}/test_outbox.py"),
    ),
    Mistake(
        "letters leave in the order they were written",
        "storage/sending.py",
        "    .order_by(_C.lane, _C.send_at, _C.id)",
        "    .order_by(_C.id)",
        (f"{STORAGE}/test_outbox.py",),
    ),
    Mistake(
        "a bad request is tried for ever",
        "bot/delivering.py",
        "    except BadRequest as error:\n        return _bad_request(error)\n",
        "",
        (f"{STORIES}/test_routes.py", "-k", "sqlite"),
    ),
    Mistake(
        "a wait of one chat is everybody's",
        "bot/sender.py",
        "                self._rests[letter.chat_id] = now + attempt.wait",
        "                self._rests |= dict.fromkeys(range(5_000_000, 5_000_050), now + attempt.wait)",
        (f"{FAULTS}/test_telegram_bad_days.py", "-k", "imposed"),
    ),
    Mistake(
        "what was on its way is forgotten at a start",
        "storage/sending.py",
        '.values(state=OutboxState.UNKNOWN, reason="restarted")',
        '.values(state=OutboxState.SENT, reason="restarted")',
        (f"{FAULTS}/test_crash_points.py", "-k", "eleventh"),
    ),
    Mistake(
        "a repeated update is kept twice",
        "storage/inbox.py",
        '.on_conflict_do_nothing(index_elements=["update_id"])',
        "",
        (f"{STORAGE}/test_inbox.py",),
    ),
    Mistake(
        "silence is judged before what was said is read",
        "bot/ticks.py",
        "if (may_judge or one.visit not in JUDGEMENTS) and",
        "if",
        (f"{FAULTS}/test_outage.py", "-k", "not_judged_before"),
    ),
    Mistake(
        "we are down and the patient is blamed",
        "care/doses.py",
        "    return DoseState.UNKNOWN if prompts_sent else DoseState.MISSED_BY_US",
        "    return DoseState.UNKNOWN",
        ("tests/care/test_doses.py", f"{FAULTS}/test_outage.py"),
    ),
    Mistake(
        "acknowledging closes the case",
        "clinic/work_case.py",
        "        next_step_at=comes_back(policy(post.clinic), case.level, now=visit.now),",
        "        next_step_at=None,",
        ("tests/simulation/test_simulation.py", f"{STORIES}/test_cases.py"),
    ),
    Mistake(
        "the update is ticked off in a transaction of its own",
        "clinic/serve.py",
        "    mark_done(work, call.row_id)\n    caller = find_caller",
        "    mark_done(work, call.row_id)\n    work.session.connection().exec_driver_sql('COMMIT')\n"
        "    caller = find_caller",
        (f"{STORIES}/test_bad_input.py", "-k", "sqlite"),
    ),
    Mistake(
        "one bad row stops the round",
        "bot/ticks.py",
        "        except Exception as error:  # this row alone: the round goes on",
        "        except ZeroDivisionError as error:",
        (f"{FAULTS}/test_outage.py", "-k", "one_row"),
    ),
    Mistake(
        "commits do not wait for the disk",
        "storage/engines.py",
        '"synchronous": ("FULL", 2)',
        '"synchronous": ("OFF", 0)',
        (f"{STORAGE}/test_engines.py",),
    ),
)
