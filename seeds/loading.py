"""Bringing the sample newsroom into an empty desk: its people first, then what they did."""

from collections import defaultdict
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.models import Article, Beat, Source
from desk.actions import recount, start_shift
from desk.models import ConflictOfInterest, StaffProfile
from desk.models.staff import Role
from seeds.clock import at
from seeds.newsroom import STORIES, read_story, steps
from seeds.people import ADMIN, BEATS, PASSWORD, SAMPLE_PEOPLE, Person
from seeds.verbs import VERBS, Scene


class DeskInUse(Exception):
    """Somebody at this desk has a name that the sample needs; `str(error)` is a sentence."""


def is_loaded() -> bool:
    """Return whether the sample newsroom is at this desk already."""
    wanted = {read_story(story)["article"]["cms_id"] for story in STORIES}
    return Article.objects.filter(cms_id__in=wanted).count() == len(wanted)


@transaction.atomic
def load() -> None:
    """Load people and stories, all of it or nothing. Raises `DeskInUse`."""
    _refuse_names_in_use()
    for slug, name in BEATS.items():
        Beat.objects.get_or_create(slug=slug, defaults={"name": name})
    people = _make_people()
    _play(people)
    _record_conflict(people["joao"])
    recount()


def _refuse_names_in_use() -> None:
    wanted = [person.username for person in SAMPLE_PEOPLE]
    taken = User.objects.filter(username__in=wanted).values_list("username", flat=True)
    if taken:
        raise DeskInUse(
            f"The sample newsroom was not loaded: {', '.join(taken)} is somebody here already."
            " Load it into an empty desk."
        )


def _make_people() -> dict[str, User]:
    # Hashing is slow on purpose; one password needs it once.
    password = make_password(PASSWORD)
    people = {person.username: _make_person(person, password) for person in SAMPLE_PEOPLE}
    now = timezone.now()
    for person in SAMPLE_PEOPLE:
        for begin, end in person.shifts:
            start_shift(
                actor=people["lead"],
                staff=people[person.username].staff,
                starts_at=now + timedelta(hours=begin),
                ends_at=now + timedelta(hours=end),
            )
    return people


def _make_person(person: Person, password: str) -> User:
    first, _, last = person.name.partition(" ")
    user = User.objects.create(
        username=person.username,
        first_name=first,
        last_name=last,
        email=f"{person.username}@newsroom.example",
        password=password if person.password else make_password(None),
        is_staff=person.role in (Role.EDITOR, Role.LEAD, ADMIN),
        is_superuser=person.role == ADMIN,
    )
    if person.role != ADMIN:
        staff = StaffProfile.objects.create(
            user=user,
            roles=[person.role],
            languages=list(person.languages),
            capacity=person.capacity,
            time_zone="Europe/Lisbon" if person.username == "joao" else "Europe/London",
        )
        staff.beats.set(Beat.objects.filter(slug__in=person.beats))
    return user


def _play(people: dict[str, User]) -> None:
    """Let every step happen, in the order and at the time in which it did."""
    now = timezone.now()
    scenes: dict[tuple[str, int | None], Scene] = defaultdict(lambda: Scene(people))
    for step in steps():
        scene = scenes[step.story, step.claim]
        if step.do == "enter":
            scene.article = scenes[step.story, None].article
        scene.minutes = step.ago
        with at(now - timedelta(minutes=step.ago)):
            VERBS[step.do](scene, people.get(step.by or ""), step.given)


def _record_conflict(person: User) -> None:
    """João's sister works for the ferry company: he gets no more of what it says."""
    ConflictOfInterest.objects.create(
        staff=person.staff,
        source=Source.objects.get(name="Halvard Line"),
        reason="His sister has worked in its booking office since last week.",
    )
