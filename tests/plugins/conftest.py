"""What tests of the distribution share."""

from pathlib import Path

import pytest

from tests.plugins.packaging import built_wheel


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our wheel, which nobody changes. Whoever asks for it is of the group "wheel", so that one worker builds it."""
    return built_wheel(tmp_path_factory.mktemp("wheel"))
