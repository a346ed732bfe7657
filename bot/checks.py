"""`steady check`: is everything in place to serve patients, and if not, what is to be done?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.alert_checks import Kept as AlertsKept
from bot.alert_checks import judge, keep
from bot.ask_telegram import NoAnswer, ask_telegram
from bot.clock import SystemClock
from bot.database_trouble import SENTENCES, database_sentence
from bot.logs import Redactor
from bot.mail import MailRefused, mailer_of
from bot.master_keys import is_file_kept, key_file, masters_of
from bot.rush_check import look_at_rush
from bot.settings import ENV_FILE, TOKENLESS, Settings, env_warnings, setting_name
from care.courses import NEXT
from content.lint import check_texts
from content.loader import Content, load_content
from content.places import is_zone
from content.problems import ContentError
from storage.clinics import all_clinics, staff_of
from storage.courses import all_courses
from storage.engines import risky_sqlite
from storage.inbox import count_parked
from storage.masters import NoMasterKey
from storage.migrate import is_current, is_newer
from storage.outbox import count_failed
from storage.reading import Session
from storage.store import Store, engine_of
from storage.tables import Clinic, Course, Role, Staff
from storage.troubles import Trouble

WEBHOOK_IN_THE_WAY = "`steady run` removes it when it starts; if it comes back, another program has this token."
RISKY_SQLITE = (
    " SQLite {version} can lose commits when several processes write at once (mended in 3.51.3, 3.50.7 and 3.44.6):"
    " use the command line sparingly while the bot serves, or bring a newer SQLite."
)
WEBHOOK_UNSET = "Telegram does not bring the messages to STEADY_WEBHOOK_URL yet: `steady run` tells it to."


@dataclass(frozen=True)
class Check:
    """One thing looked at. `sentence` says what was found and, if it is not well, what to do."""

    name: str
    ok: bool
    sentence: str


@dataclass(frozen=True)
class Kept:
    """What the database holds that the checks look at."""

    clinics: Sequence[Clinic]
    staff: dict[int, Sequence[Staff]]
    courses: Sequence[Course]
    parked: int
    failed: int
    alerts: AlertsKept


def run_checks(settings: Settings, *, env_file: Path = ENV_FILE, content_folder: Path | None = None) -> list[Check]:
    """Return every check of this installation, in the order in which to mend what fails. Changes nothing."""
    checks = [Check("settings", True, "The settings can be read."), *_env_file(env_file)]
    content, found = _content(content_folder)
    checks += found
    found = _master_key(settings)
    checks += found
    kept, found = _database(settings) if found[0].ok else (None, [])
    checks += found
    if kept is not None:
        checks += [*_clinics(kept), *_zones(kept), *_queues(kept)]
        checks += [Check(*found) for found in judge(kept.alerts)]
        if content is not None:
            checks += [*_regimens(kept, content), _rush(kept, content, settings)]
    return [*checks, *_telegram(settings, kept.clinics if kept else ()), _mail(settings)]


def _env_file(env_file: Path) -> list[Check]:
    warnings = env_warnings(env_file)
    if warnings:
        return [Check("env-file", False, sentence) for sentence in warnings]
    return [Check("env-file", True, f"{env_file} is for your eyes only." if env_file.exists() else "No .env file.")]


def _content(folder: Path | None) -> tuple[Content | None, list[Check]]:
    try:
        content = load_content(folder)
    except ContentError as error:
        return None, [Check("content", False, f"{problem}") for problem in error.problems]
    regimens, languages = ", ".join(content.regimens), ", ".join(content.languages)
    checks = [Check("content", True, f"Regimens: {regimens}. Languages: {languages}.")]
    problems = check_texts(content)
    checks += [Check("texts", False, str(problem)) for problem in problems]
    return content, checks if problems else [*checks, Check("texts", True, "The texts read well.")]


def _master_key(settings: Settings) -> list[Check]:
    try:
        masters_of(settings).first()
    except NoMasterKey as error:
        return [Check("master-key", False, str(error))]
    path = key_file(settings)
    if is_file_kept(settings) and settings.home.resolve() in path.resolve().parents:
        name = setting_name("master_key_file")
        sentence = (
            f"The master key {path} lies in the folder of what it opens: move it apart and name its place in {name}."
        )
        return [Check("master-key", True, sentence)]
    return [Check("master-key", True, "The master key is there.")]


def _database(settings: Settings) -> tuple[Kept | None, list[Check]]:
    file = settings.database_url.removeprefix("sqlite:///")
    if file != settings.database_url and not Path(file.partition("?")[0]).exists():
        return None, [Check("database", False, f"There is no database at {file} yet: run `steady init`.")]
    try:
        store = Store(settings.database_url, SystemClock().now, masters_of(settings))
    except Exception as error:  # the driver's own errors, which only storage may know by name
        return None, [Check("database", False, database_sentence(error, settings.database_url))]
    try:
        return _look_into(store)
    except Exception as error:  # as above: whatever it is, it is the operator's to read, not a crash
        return None, [Check("database", False, database_sentence(error, settings.database_url))]
    finally:
        store.close()


def _advice(store: Store) -> str:
    """Return what to know of this machine's SQLite: no fault of ours, and no danger while one process serves."""
    version = None if store.is_shared else risky_sqlite()
    return "" if version is None else RISKY_SQLITE.format(version=version)


def _look_into(store: Store) -> tuple[Kept | None, list[Check]]:
    with engine_of(store).connect():
        reached = Check("database", True, "The database answers and keeps what it confirms." + _advice(store))
    if is_newer(engine_of(store)):
        return None, [reached, Check("migrations", False, SENTENCES[Trouble.NEWER])]
    if not is_current(engine_of(store)):
        return None, [reached, Check("migrations", False, "The tables are of another version: run `steady migrate`.")]
    return store.read(_kept).result(), [reached, Check("migrations", True, "The tables are of this version.")]


def _kept(session: Session) -> Kept:
    clinics = all_clinics(session)
    return Kept(
        clinics=clinics,
        staff={clinic.id: staff_of(session, clinic.id) for clinic in clinics},
        courses=all_courses(session),
        parked=count_parked(session),
        failed=count_failed(session),
        alerts=keep(session, SystemClock().now()),
    )


def _clinics(kept: Kept) -> Iterator[Check]:
    if not kept.clinics:
        yield Check("clinic", False, "There is no clinic yet: run `steady init`.")
    for clinic in kept.clinics:
        yield Check("clinic", True, f"{clinic.name} is there.")
        numbers = bool(clinic.emergency_number.strip() and clinic.crisis_line.strip())
        found = "has its emergency number and crisis line." if numbers else "lacks a number for patients in danger."
        yield Check("numbers", numbers, f"{clinic.name} {found}")
        admins = [staff for staff in kept.staff[clinic.id] if staff.role is Role.ADMIN]
        told = f"{len(admins)} of its people." if admins else "nobody yet: run `steady staff add … --role admin`."
        yield Check("admin", bool(admins), f"{clinic.name} is administered by {told}")
        bound = clinic.clinicians_chat is not None
        where = "has a chat." if bound else "has no chat: as its admin, add the bot to your group and confirm there."
        yield Check("clinicians-chat", bound, f"{clinic.name} {where}")


def _zones(kept: Kept) -> list[Check]:
    patients = {course.patient.case_code: course.patient.time_zone for course in kept.courses}
    used = {f"clinic {clinic.name}": clinic.time_zone for clinic in kept.clinics}
    used |= {f"patient {code}": zone for code, zone in patients.items() if zone is not None}
    unknown = sorted(f"{who} ({zone})" for who, zone in used.items() if not is_zone(zone))
    if unknown:
        sentence = f"This machine has no such time zone: {', '.join(unknown)}. Update the package tzdata."
        return [Check("time-zones", False, sentence)]
    return [Check("time-zones", True, "Every time zone in use is known.")]


def _regimens(kept: Kept, content: Content) -> list[Check]:
    needed = {course.regimen for course in kept.courses if NEXT[course.status]}
    missing = sorted(needed - content.regimens.keys())
    if missing:
        names = ", ".join(missing)
        sentence = f"Patients follow {names}, which content/regimens does not have: put the files back."
        return [Check("regimens", False, sentence)]
    return [Check("regimens", True, "Every course in use has its regimen.")]


def _rush(kept: Kept, content: Content, settings: Settings) -> Check:
    now, per_second = SystemClock().now(), settings.sends_per_second
    return Check("rush", *look_at_rush(kept.clinics, kept.courses, content, now=now, per_second=per_second))


def _queues(kept: Kept) -> list[Check]:
    parked = f"{kept.parked} updates were given up on: look for update-trouble in the logs."
    failed = f"{kept.failed} messages were refused by Telegram for good: look for letter-refused in the logs."
    return [
        Check("inbox", not kept.parked, parked if kept.parked else "No update was given up on."),
        Check("outbox", not kept.failed, failed if kept.failed else "No message was refused for good."),
    ]


def _telegram(settings: Settings, clinics: Sequence[Clinic]) -> list[Check]:
    if settings.bot_token is None:
        return [Check("token", False, TOKENLESS)]
    try:
        me = ask_telegram(settings, "getMe")
    except NoAnswer as error:
        hint = " The token is wrong or was revoked: ask @BotFather." if error.code in (401, 404) else ""
        return [Check("token", False, f"{error}{hint}")]
    bound = (chat for clinic in clinics for chat in (clinic.clinicians_chat, clinic.second_chat))
    chats = [chat for chat in bound if chat is not None]
    return [
        Check("token", True, f"The token works: this is @{me.get('username')}."),
        _webhook(settings),
        *(_chat(settings, chat, me["id"]) for chat in chats),
    ]


def _mail(settings: Settings) -> Check:
    mailer = mailer_of(settings)
    if mailer is None:
        name = setting_name("mail_url")
        return Check("mail", True, f"No mail server: while Telegram is down, nobody hears of an alert. See {name}.")
    try:
        mailer.check()
    except MailRefused as error:
        return Check("mail", False, f"The mail server of {setting_name('mail_url')} is of no use: {error}.")
    return Check("mail", True, f"The mail server lets us in; late alerts are mailed to {len(mailer.receivers)}.")


def _webhook(settings: Settings) -> Check:
    try:
        url = ask_telegram(settings, "getWebhookInfo").get("url")
    except NoAnswer as error:
        return Check("webhook", False, str(error))
    host = Redactor(settings.token).text((url or "").partition("?")[0])
    if settings.webhook_url is not None:
        is_ours = host.startswith(settings.webhook_url)
        found = "Telegram brings the messages to us." if is_ours else WEBHOOK_UNSET
        return Check("webhook", is_ours, found)
    if url:
        return Check("webhook", False, f"A webhook at {host} takes the messages. {WEBHOOK_IN_THE_WAY}")
    return Check("webhook", True, "No webhook is in the way of polling.")


def _chat(settings: Settings, chat_id: int, bot_id: int) -> Check:
    try:
        chat = ask_telegram(settings, "getChat", chat_id=chat_id)
        member = ask_telegram(settings, "getChatMember", chat_id=chat_id, user_id=bot_id)
    except NoAnswer as error:
        sentence = f"The clinicians' chat {chat_id} cannot be seen ({error}): add the bot to it and bind it again."
        return Check("chat-rights", False, sentence)
    trouble = why_it_cannot_write(chat, member)
    if trouble:
        return Check("chat-rights", False, f"The bot cannot write in the clinicians' chat {chat_id}: {trouble}")
    return Check("chat-rights", True, f"The bot can write in the clinicians' chat {chat_id}.")


def why_it_cannot_write(chat: dict[str, Any], member: dict[str, Any]) -> str | None:
    """Return what keeps the bot from writing in a chat, and what to do; None when it can."""
    status, kind = member.get("status"), chat.get("type")
    if kind == "private":
        return "it is a private chat. Bind a group or a channel."
    if status in ("left", "kicked"):
        return "it was removed from it. Add it again."
    if kind == "channel":
        can = status == "creator" or (status == "administrator" and member.get("can_post_messages"))
        return None if can else "make it an admin of the channel with the right to post."
    if status == "restricted" and not member.get("can_send_messages"):
        return "it is restricted there. Lift the restriction."
    everybody = chat.get("permissions", {}).get("can_send_messages", True)
    if status == "member" and not everybody:
        return "only admins may write there. Make it one."
    return None
