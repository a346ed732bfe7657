"""The content as it ships: rules are tested with the numbers that patients get."""

import pytest

from care.regimens import Regimen
from content.loader import Content, load_content


@pytest.fixture(scope="session")
def content() -> Content:
    return load_content()


@pytest.fixture(scope="session")
def regimen(content: Content) -> Regimen:
    """`alcohol-50`: one dose a day, no steps, no induction."""
    return content.regimens["alcohol-50"]


@pytest.fixture(scope="session")
def regimens(content: Content) -> list[Regimen]:
    """All that ship."""
    return list(content.regimens.values())
