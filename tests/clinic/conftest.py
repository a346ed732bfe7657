"""The people and the words that every test of the rules begins with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from content.loader import Content, load_content
from storage.store import Store
from tests.clinic.one_case import worn_case
from tests.clinic.wing import Wing
from tests.conftest import MovedClock


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


@pytest.fixture
def wing(store: Store, content: Content) -> Wing:
    return Wing(store, content)


@pytest.fixture
def wing_on_sqlite(fresh_sqlite: str, clock: MovedClock, content: Content) -> Iterator[Wing]:
    """A wing on one engine: for rules that many small tests hold."""
    store = Store(fresh_sqlite, clock)
    yield Wing(store, content)
    store.close()


@pytest.fixture
def case_id(wing: Wing, clock: MovedClock) -> int:
    return worn_case(wing, clock)
