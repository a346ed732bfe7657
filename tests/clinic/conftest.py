"""The people and the words that every test of the rules begins with."""

from __future__ import annotations

import pytest

from content.loader import Content, load_content
from storage.store import Store
from tests.clinic.wing import Wing


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content()


@pytest.fixture
def wing(store: Store, content: Content) -> Wing:
    return Wing(store, content)
