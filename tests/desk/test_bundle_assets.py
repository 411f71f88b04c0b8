"""The one style sheet and the one script that pages load are not older than their sources."""

import pytest
from django.core.management import CommandError, call_command

from desk.management.commands import bundle_assets


def test_the_files_are_up_to_date():
    call_command("bundle_assets", "--check")


def test_a_changed_source_is_noticed(monkeypatch, tmp_path):
    for kind in ("css", "js"):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / f"new.{kind}").write_text("/* new */")
    monkeypatch.setattr(bundle_assets, "SOURCES", tmp_path)
    with pytest.raises(CommandError, match=r"desk\.css is stale"):
        call_command("bundle_assets", "--check")


def test_the_palette_comes_first_and_every_source_is_named():
    styles = bundle_assets.bundle("css")
    assert styles.startswith("/* tokens.css */")
    assert styles.index("/* base.css */") < styles.index("/* board.css */")
