"""The addresses of the check page and its parts, under /tasks/<id>/."""

from django.urls import path

from desk.pages.check import article, evidence, reading, replies, selecting, thread, verdict

CHECK = "tasks/<int:pk>/"

urlpatterns = [
    path(CHECK, reading.check_page, name="check"),
    path(f"{CHECK}state/", reading.state_part, name="check-state"),
    path(f"{CHECK}progress/", reading.progress_part, name="check-progress"),
    path(f"{CHECK}history/", reading.history_part, name="check-history"),
    path(f"{CHECK}article/", article.article_part, name="check-article"),
    path(f"{CHECK}claims/", selecting.propose, name="check-propose"),
    path(f"{CHECK}nothing/", selecting.nothing_to_check, name="check-nothing"),
    path(f"{CHECK}evidence/", evidence.add, name="check-evidence"),
    path(f"{CHECK}evidence/<int:piece_pk>/amend/", evidence.amend, name="check-amend"),
    path(f"{CHECK}evidence/<int:piece_pk>/withdraw/", evidence.withdraw, name="check-withdraw"),
    path(f"{CHECK}replies/", replies.request_one, name="check-replies"),
    path(f"{CHECK}replies/<int:reply_pk>/", replies.record_outcome, name="check-reply"),
    path(f"{CHECK}messages/", thread.messages_part, name="check-messages"),
    path(f"{CHECK}messages/new/", thread.post, name="check-post"),
    path(f"{CHECK}messages/<int:message_pk>/answer/", thread.answer, name="check-answer"),
    path(f"{CHECK}help/", thread.call_for_help, name="check-help"),
    path(f"{CHECK}start/", verdict.start, name="check-start"),
    path(f"{CHECK}release/", verdict.release, name="check-release"),
    path(f"{CHECK}draft/", verdict.save, name="check-save"),
    path(f"{CHECK}draft/compare/", verdict.compare, name="check-compare"),
    path(f"{CHECK}draft/<int:draft_pk>/merge/", verdict.merge, name="check-merge"),
    path(f"{CHECK}preview/", verdict.preview, name="check-preview"),
    path(f"{CHECK}submit/", verdict.submit, name="check-submit"),
]
