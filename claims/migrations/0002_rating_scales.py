"""Ship two scales, so that a desk can give verdicts from its first minute."""

from django.db import migrations


SCALES = (
    {
        "slug": "truth-six",
        "name": "Truth scale",
        "description": "Six steps from false to true, for statements of fact.",
        "is_default": True,
        "ratings": (
            ("fabricated", "Fabricated", 0, 2, "Made up: there is nothing behind it."),
            ("false", "False", 1, 1, "The evidence shows that it is wrong."),
            ("mostly-false", "Mostly false", 2, 1, "A grain of fact, but wrong in what matters."),
            (
                "half-true",
                "Half true",
                3,
                1,
                "Right in part, but leaves out or distorts something that changes the picture.",
            ),
            ("mostly-true", "Mostly true", 4, 1, "Right in what matters, imprecise in detail."),
            ("true", "True", 5, 1, "The evidence bears it out, and nothing important is missing."),
        ),
    },
    {
        "slug": "simple",
        "name": "Simple scale",
        "description": "Four ratings without numbers between them.",
        "is_default": False,
        "ratings": (
            ("false", "False", None, 1, "The evidence shows that it is wrong."),
            (
                "misleading",
                "Misleading",
                None,
                1,
                "The words may be right, but they lead to a wrong conclusion.",
            ),
            ("unproven", "Unproven", None, 1, "The evidence does not settle it either way."),
            ("true", "True", None, 1, "The evidence bears it out."),
        ),
    },
)


def add_scales(apps, schema_editor):
    RatingScale = apps.get_model("claims", "RatingScale")
    Rating = apps.get_model("claims", "Rating")
    for given in SCALES:
        ratings = given["ratings"]
        fields = {name: value for name, value in given.items() if name != "ratings"}
        scale = RatingScale.objects.create(**fields)
        for position, (slug, label, value, quorum, definition) in enumerate(ratings, start=1):
            Rating.objects.create(
                scale=scale,
                slug=slug,
                label=label,
                value=value,
                quorum=quorum,
                definition=definition,
                position=position,
            )


def remove_unused_scales(apps, schema_editor):
    Rating = apps.get_model("claims", "Rating")
    RatingScale = apps.get_model("claims", "RatingScale")
    slugs = [given["slug"] for given in SCALES]
    Rating.objects.filter(scale__slug__in=slugs, verdicts=None).delete()
    RatingScale.objects.filter(slug__in=slugs, ratings=None).delete()


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial")]

    operations = [migrations.RunPython(add_scales, remove_unused_scales)]
