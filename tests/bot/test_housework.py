"""The end of the trail is written down outside the database; whoever cuts it off does not make us forget it."""

from pathlib import Path

from sqlalchemy import text
from structlog.testing import capture_logs

from bot.housework import Housework, read_head
from content.loader import load_content
from storage.marks import set_chat_mark
from storage.notary import Head, find_flaws, find_head
from storage.store import Store
from tests.conftest import MovedClock
from tests.storage.ward import done, new_clinic, write

OPERATOR = 77


def test_a_cut_off_end_is_told_once_and_its_proof_stays(fresh_sqlite: str, clock: MovedClock, tmp_path: Path) -> None:
    store = Store(fresh_sqlite, clock)
    house = Housework(store, load_content(), tmp_path)
    write(store, lambda work: new_clinic(work) and set_chat_mark(work, "operator-chat", OPERATOR))
    write(store, lambda work: [work.record("thing-done", number=n) for n in range(20)] and None)
    house.chain()
    proof = read_head(tmp_path)
    assert proof is not None
    for table, column in (("events", "id"), ("event_links", "event_id")):
        query = text(f"delete from {table} where {column} > 15")
        write(store, lambda work, query=query: work.session.execute(query) and None)  # type: ignore[misc]
    with capture_logs() as logs:
        for _ in range(3):
            write(store, lambda work: work.record("thing-done", number=99))
            house.chain()
    assert [line["event"] for line in logs if line["log_level"] == "error"] == ["trail-cut"]
    assert done(store.read(lambda s: s.connection().execute(text("select count(*) from outbox")).scalar())) == 1
    assert read_head(tmp_path) == proof
    assert done(store.read(lambda session: [one.event_id for one in find_flaws(session, since=proof)])) == [0]
    store.close()


def test_the_end_written_down_moves_with_the_trail(fresh_sqlite: str, clock: MovedClock, tmp_path: Path) -> None:
    store = Store(fresh_sqlite, clock)
    house, heads = Housework(store, load_content(), tmp_path), set[Head | None]()
    for number in range(3):
        write(store, lambda work, n=number: work.record("thing-done", number=n))  # type: ignore[misc]
        house.chain()
        heads.add(read_head(tmp_path))
        assert read_head(tmp_path) == done(store.read(find_head))
    assert len(heads) == 3
    store.close()
