"""Loading the sample newsroom: whole or not at all, once, and never where it does not belong."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from claims.models import (
    Approval,
    Article,
    ArticleVersion,
    Attribution,
    Beat,
    Claim,
    Event,
    Evidence,
    Source,
    Verdict,
)
from desk.models import Draft, Notice, Shift, StaffProfile, VerificationTask
from seeds import loading

TABLES = (
    *(Article, ArticleVersion, Beat, Claim, Source, Attribution, Evidence, Verdict, Approval),
    *(Event, User, StaffProfile, Shift, VerificationTask, Draft, Notice),
)


def load() -> str:
    said = io.StringIO()
    call_command("load_sample_newsroom", stdout=said)
    return said.getvalue()


def everything() -> dict[str, list[dict[str, object]]]:
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in TABLES}


def test_loading_says_in_one_sentence_what_there_is_now(db):
    assert load() == (
        "The sample newsroom is loaded: 11 people, three stories, work in every state,"
        " and finished checks of three months.\n"
    )


def test_loading_again_changes_nothing(db):
    load()
    before = everything()
    assert load() == "The sample newsroom is here already; nothing was changed.\n"
    assert everything() == before


def test_loading_that_is_interrupted_leaves_nothing_and_can_be_repeated(db, monkeypatch):
    def pull_the_plug(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as half_way:
        half_way.setitem(loading.VERBS, "reopen", pull_the_plug)
        with pytest.raises(KeyboardInterrupt):
            load()
    assert not User.objects.exists()
    assert not Article.objects.exists()
    load()
    assert Article.objects.exclude(cms_id__startswith="sample-archive-").count() == 3


def test_it_is_not_loaded_where_somebody_has_one_of_its_names(db):
    User.objects.create_user("editor", password="an editor of flesh and blood")
    with pytest.raises(CommandError, match="editor is somebody here already"):
        load()
    assert not Article.objects.exists()


def test_it_is_never_loaded_in_production(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="never loaded in production"):
        load()
    assert not User.objects.exists()
