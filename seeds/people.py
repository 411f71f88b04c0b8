"""The people of the sample newsroom. Invented, like their newsroom; the password is public."""

from dataclasses import dataclass

from desk.models.staff import Role

PASSWORD = "sample-newsroom"  # noqa: S105  # printed by `make run`; never loaded in production
ADMIN = "admin"
"""The role of the superuser, who has no desk role: four eyes hold for them as for anybody."""

DAY = 24
MONTH = 30 * DAY
YEAR = 365 * DAY


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody at the desk. `shifts` are (from, until) in hours from the moment of loading.

    An empty `password` means that nobody can sign in with one: a service account has tokens.
    """

    username: str
    name: str
    role: str
    password: str = PASSWORD
    beats: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
    capacity: int = 5
    shifts: tuple[tuple[float, float], ...] = ()


BEATS = {
    "economy": "Economy",
    "health": "Health",
    "local": "Local",
    "politics": "Politics",
    "science": "Science",
    "world": "World",
}

SAMPLE_PEOPLE = (
    # On duty for a year, so that work is given out whenever somebody opens the sample.
    Person(
        username="checker",
        name="Mara Quist",
        role=Role.CHECKER,
        beats=("health", "local", "politics"),
        languages=("en", "sv"),
        capacity=8,
        shifts=((-9, YEAR),),
    ),
    Person(
        username="oleh",
        name="Oleh Danko",
        role=Role.CHECKER,
        beats=("world",),
        languages=("en", "ru", "uk"),
        shifts=((-9, MONTH),),
    ),
    Person(
        username="priya",
        name="Priya Nandan",
        role=Role.CHECKER,
        beats=("health", "science"),
        languages=("en", "hi"),
        capacity=4,
        shifts=((-9, MONTH),),
    ),
    Person(
        username="joao",
        name="João Brandão",
        role=Role.CHECKER,
        beats=("politics", "world"),
        languages=("en", "pt"),
        capacity=4,
        shifts=((-9, MONTH),),
    ),
    # Off duty until tomorrow: what only she covers has to wait.
    Person(
        username="lina",
        name="Lina Haddad",
        role=Role.CHECKER,
        beats=("economy", "world"),
        languages=("ar", "en", "fr"),
        capacity=6,
        shifts=((-30, -4), (20, 28), (44, 52)),
    ),
    Person(username="editor", name="Tom Adeyemi", role=Role.EDITOR),
    Person(username="ruth", name="Ruth Salgado", role=Role.EDITOR),
    Person(username="lead", name="Ines Holm", role=Role.LEAD),
    Person(username="reporter", name="Sam Okafor", role=Role.REPORTER),
    Person(username="integration", name="The CMS", role=Role.INTEGRATION, password=""),
    Person(username="admin", name="The administrator", role=ADMIN),
)
