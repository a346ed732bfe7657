"""Cases that were open before there were copies keep the cards they have."""

import pytest
from sqlalchemy import text

from storage.engines import open_engine
from storage.migrate import downgrade, upgrade
from tests.conftest import ENGINES


@pytest.mark.parametrize("fixture", ENGINES)
def test_a_card_on_show_is_a_copy_after_the_upgrade(request: pytest.FixtureRequest, fixture: str) -> None:
    url = request.getfixturevalue(fixture)
    downgrade(url, "0002")
    engine = open_engine(url)
    at = "'2026-11-02 09:00:00'"
    with engine.begin() as connection:
        for statement in (
            "insert into clinics (id, name, time_zone, languages, emergency_number, crisis_line, clinicians_chat, "
            f"shows_quotes, created_at) values (1, 'A', 'UTC', '[]', '1', '1', -100, true, {at})",
            "insert into patients (id, clinic_id, case_code, language, wording, created_at) "
            f"values (1, 1, 'K7QFM', 'en', 'discreet', {at})",
            *(
                "insert into cases (id, clinic_id, patient_id, level, state, opened_at, raised_at, step, card_id) "
                f"values ({number}, 1, 1, 3, '{state}', {at}, {at}, 0, {card})"
                for number, state, card in ((1, "open", "77"), (2, "closed", "78"), (3, "open", "null"))
            ),
        ):
            connection.execute(text(statement))
    upgrade(url, "0005")
    with engine.connect() as connection:
        rows = connection.execute(text("select case_id, chat_id, letter_id from copies")).all()
        due = connection.execute(text("select digest_at = created_at from clinics")).scalar_one()
    engine.dispose()
    assert [tuple(row) for row in rows] == [(1, -100, 77)]
    assert due
