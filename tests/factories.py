"""Rows for tests. States are reached through actions (`tests.steps`), never set here."""

from datetime import timedelta

import factory
from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import Article, ArticleVersion, Beat, Claim, Passage, Rating, RatingScale, Source
from desk.models import ConflictOfInterest, Shift, StaffProfile

PASSWORD = "correct horse battery staple"
BODY = (
    "The mayor of Lindenau said that 40 per cent of the city's buses ran late in March.\n\n"
    "“We will buy ten new buses,” she told the council on Friday. The opposition doubts it.\n\n"
    "A report by the transport office puts the share at 23 per cent. It rained for nine days."
)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        django_get_or_create = ("username",)
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@lindenau.example")
    password = factory.django.Password(PASSWORD)


class BeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Beat
        django_get_or_create = ("slug",)

    slug = "politics"
    name = factory.LazyAttribute(lambda beat: beat.slug.title())


class StaffFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StaffProfile
        django_get_or_create = ("user",)
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory)
    roles = ["checker"]
    languages = ["en"]

    @factory.post_generation
    def beats(self, create, extracted):
        self.beats.set(extracted if extracted is not None else [BeatFactory()])


class ShiftFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Shift

    staff = factory.SubFactory(StaffFactory)
    starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    ends_at = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=7))


class SourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Source
        django_get_or_create = ("name",)

    name = "Transport office"


class ConflictFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ConflictOfInterest

    reason = "Worked there until last year."


class ArticleFactory(factory.django.DjangoModelFactory):
    """An article with its first version."""

    class Meta:
        model = Article
        skip_postgeneration_save = True

    headline = "Lindenau's buses are late"
    language = "en"
    beat = factory.SubFactory(BeatFactory)
    submitted_by = factory.SubFactory(UserFactory, username="integration")

    @factory.post_generation
    def body(self, create, extracted):
        ArticleVersion.objects.create(
            article=self,
            number=1,
            headline=self.headline,
            body=extracted or BODY,
            body_sha256="0" * 64,
            created_by=self.submitted_by,
        )


class ClaimFactory(factory.django.DjangoModelFactory):
    """A suggested claim on a passage of its article's first version."""

    class Meta:
        model = Claim

    class Params:
        words = "40 per cent of the city's buses ran late in March"

    article = factory.SubFactory(ArticleFactory)
    quote = factory.SelfAttribute("words")
    statement = "40 per cent of Lindenau's buses were late in March"
    language = "en"
    beat = factory.SelfAttribute("article.beat")
    created_by = factory.SubFactory(UserFactory, username="editor")

    @factory.lazy_attribute
    def passage(self):
        version = self.article.versions.order_by("-number")[0]
        start = version.body.index(self.words)
        return Passage.objects.create(
            version=version, exact=self.words, start=start, end=start + len(self.words)
        )


def default_scale() -> RatingScale:
    """Return the default scale, making it anew where a flush has emptied the database."""
    scale, _ = RatingScale.objects.get_or_create(
        slug="truth-six", defaults={"name": "Truth scale", "is_default": True}
    )
    for position, slug in enumerate(["fabricated", "false", "half-true", "true"], start=1):
        Rating.objects.get_or_create(
            scale=scale,
            slug=slug,
            defaults={
                "label": slug.replace("-", " ").capitalize(),
                "definition": f"It is {slug}.",
                "position": position,
                "quorum": 2 if slug == "fabricated" else 1,
                "stands": {"true": "yes", "half-true": "with_change"}.get(slug, "no"),
            },
        )
    return scale


def rating(slug: str = "false") -> Rating:
    """Return a rating of the default scale."""
    return default_scale().ratings.get(slug=slug)
