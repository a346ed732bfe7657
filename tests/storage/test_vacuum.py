"""The table of keys is written anew, but nobody waits long for that."""

from collections.abc import Iterator

import pytest

from storage import vacuum
from storage.store import Store
from tests.conftest import MovedClock
from tests.storage.ward import new_clinic, write


@pytest.fixture
def pooled(fresh_postgres: str, clock: MovedClock) -> Iterator[Store]:
    opened = Store(fresh_postgres, clock)
    yield opened
    opened.close()


def test_while_somebody_reads_the_keys_it_is_put_off(pooled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vacuum, "PATIENCE", 0.2)
    write(pooled, lambda work: new_clinic(work) and None)
    with pooled.engine.connect() as reading:
        reading.exec_driver_sql("select * from data_keys")
        assert not vacuum.empty_log(pooled)
    assert vacuum.empty_log(pooled)
    with pooled.engine.connect() as connection:
        assert connection.exec_driver_sql("show lock_timeout").scalar_one() == "0"
