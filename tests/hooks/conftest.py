"""An address outside for each test."""

from collections.abc import Iterator

import pytest
from tests.hooks.receiver import Receiver, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as listening:
        yield listening
