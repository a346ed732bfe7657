"""Looking at a course, pausing and stopping it."""

from bot.handlers.routes import Command, Press
from clinic.end_course import ask_stop, keep_going, stop_course
from clinic.hold_course import ask_pause
from clinic.show import show_course, show_help, show_privacy, show_progress, show_settings, show_today

PRESSES = (
    Press("ask-pause", ask_pause),
    Press("stop", stop_course),
    Press("keep-going", keep_going),
)
COMMANDS = (
    Command("today", show_today),
    Command("progress", show_progress),
    Command("course", show_course),
    Command("settings", show_settings),
    Command("stop", ask_stop),
    Command("help", show_help),
    Command("privacy", show_privacy),
)
