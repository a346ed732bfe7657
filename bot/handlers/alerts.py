"""What else clinicians do with alerts: arrange a case, look at its history, the rota, and what the clinic chose."""

from bot.handlers.routes import PAGE, ROW, Command, Press, number, one_of
from clinic.arrange_case import answer_hand_over, offer_arrangements, offer_hand_over, put_off_case
from clinic.chats import bind_second_chat
from clinic.look_at_case import show_from_storm, show_history
from clinic.plan_duty import on_duty
from clinic.set_policy import choose_policy

PRESSES = (
    Press("history", show_history, {"case_id": ROW, "page": PAGE}, optional=1),
    Press("arrange", offer_arrangements, {"case_id": ROW}),
    Press("put-off", put_off_case, {"case_id": ROW, "minutes": number(1, 480)}),
    Press("hand", offer_hand_over, {"case_id": ROW, "staff_id": ROW}),
    Press("take-over", answer_hand_over, {"case_id": ROW, "answer": one_of("yes", "no")}),
    Press("storm", show_from_storm, {"storm_id": ROW}),
    Press("bind-second", bind_second_chat, {"clinic_id": ROW}),
)
COMMANDS = (Command("oncall", on_duty, "said"), Command("policy", choose_policy, "said"))
