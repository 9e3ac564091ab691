"""What the gate lets in runs as BPMN 2.0 says: one file for each family, played by twins."""

import pytest

pytest.register_assert_rewrite("tests.engine.running.twins")
