"""The operators' documents say all there is to set and all that is installed."""

import re

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR


def variables_read() -> set[str]:
    source = (ROOT / "factcheck" / "settings.py").read_text()
    return set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", source)) | set(
        re.findall(r"env\.db_url\(\"([A-Z_]+)\"", source)
    )


def requirements() -> list[str]:
    lines = "\n".join(
        (ROOT / name).read_text() for name in ("requirements.txt", "requirements-dev.txt")
    )
    return re.findall(r"^([a-z][\w-]*)(?:\[\w+\])?==", lines, re.MULTILINE)


def test_the_settings_read_something():
    assert {"SECRET_KEY", "DATABASE_URL", "REDIS_URL", "DATA_DIR"} <= variables_read()


@pytest.mark.parametrize("name", sorted(variables_read()))
def test_every_variable_of_the_settings_is_in_the_operators_table(name):
    assert f"| `{name}` |" in (ROOT / "docs" / "operations.md").read_text()


@pytest.mark.parametrize("name", sorted(requirements()))
def test_every_requirement_has_its_line_with_a_reason(name):
    text = (ROOT / "docs" / "dependencies.md").read_text()
    line = re.search(rf"^\| {re.escape(name)} \|(.+)\|(.+)\|(.+)\|$", text, re.MULTILINE)
    assert line, f"docs/dependencies.md has no line for {name}"
    assert all(cell.strip() for cell in line.groups())
