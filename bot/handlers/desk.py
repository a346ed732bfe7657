"""Writing to patients and reading what they answer."""

from bot.handlers.routes import ROW, Press, number
from clinic.hear_answer import begin_answer, read_answer
from clinic.write_patient import LINES, begin_to_write, cancel_writing, send_line, show_line, show_lines

LINE = number(0, len(LINES) - 1)

PRESSES = (
    Press("write", begin_to_write, {"code": str}),
    Press("line", show_line, {"code": str, "number": LINE}),
    Press("line-send", send_line, {"code": str, "number": LINE}),
    Press("write-back", show_lines, {"code": str}),
    Press("write-cancel", cancel_writing, {"code": str}),
    Press("read-answer", read_answer, {"message_id": ROW}),
    Press("answer", begin_answer, {"message_id": ROW}),
)
COMMANDS = ()
