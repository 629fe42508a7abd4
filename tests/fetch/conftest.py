"""Fixtures of the tests of fetching."""

from collections.abc import Iterator

import pytest

from tests.fetch.server import Clock, Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as served:
        yield served


@pytest.fixture
def clock() -> Clock:
    return Clock()
