"""Bodies that say exactly what they mean: nothing unknown, no type guessed, choices named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from rest_framework import serializers
from rest_framework.fields import empty

from claims.models import Beat
from claims.models.articles import Priority

PRIORITY_WORDS = {value: Priority(value).name.lower() for value in Priority.values}
_JSON_TYPES: dict[type[serializers.Field[Any, Any, Any, Any]], tuple[tuple[type, ...], str]] = {
    serializers.BooleanField: ((bool,), "true or false"),
    serializers.IntegerField: ((int,), "a whole number"),
    serializers.FloatField: ((int, float), "a number"),
    serializers.CharField: ((str,), "a string"),
    serializers.ChoiceField: ((str,), "a string"),
    serializers.DateTimeField: ((str,), "a string such as 2026-03-01T18:00:00Z"),
    serializers.DateField: ((str,), "a string such as 2026-03-01"),
    serializers.SlugRelatedField: ((str,), "a string"),
}


class Strict(serializers.Serializer[Any]):
    """A body: unknown fields are refused by name, and so is a value of another JSON type."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the checked values. Raises `ValidationError`."""
        if isinstance(data, Mapping):
            problems = self._unknown(data) | self._of_wrong_type(data)
            if problems:
                raise serializers.ValidationError(problems)
        return super().to_internal_value(data)

    def _unknown(self, data: Mapping[str, Any]) -> dict[str, list[str]]:
        known = [name for name, field in self.fields.items() if not field.read_only]
        says = f"There is no such field here. Known: {', '.join(known) or 'none'}."
        return {name: [says] for name in data if name not in known}

    def _of_wrong_type(self, data: Mapping[str, Any]) -> dict[str, list[str]]:
        return {
            name: [problem]
            for name, field in self.fields.items()
            if (problem := _wrong_type(field, data.get(name)))
        }


def _wrong_type(field: Any, value: Any) -> str:
    if value is None:
        return ""
    for kind, (types, says) in _JSON_TYPES.items():
        if isinstance(field, kind):
            fits = isinstance(value, types) and (not isinstance(value, bool) or bool in types)
            return "" if fits else f"This has to be {says}."
    return ""


class Words(serializers.CharField):
    """A text of several words; kept as it was sent, space around it and all."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("trim_whitespace", False)
        super().__init__(**kwargs)


class Word(serializers.ChoiceField):
    """One of a few words; what is none of them is answered with all of them."""

    default_error_messages = {"invalid_choice": "“{input}” is none of: {known}."}

    def to_internal_value(self, data: Any) -> Any:
        """Return the word. Raises `ValidationError` that names the choices."""
        if not isinstance(data, str) or data not in self.choices:
            self.fail("invalid_choice", input=data, known=", ".join(map(str, self.choices)))
        return data


class PriorityField(Word):
    """Routine, high or urgent: a word outside, a number that sorts inside."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=list(PRIORITY_WORDS.values()), **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """Return the number of the word."""
        return int(Priority[str(super().to_internal_value(data)).upper()])

    def to_representation(self, value: Any) -> Any:
        """Return the word of the number."""
        return PRIORITY_WORDS.get(value, value)


class BeatField(serializers.SlugRelatedField[Beat]):
    """A beat, by its slug; an unknown one is answered with those there are."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(slug_field="slug", queryset=Beat.objects.all(), **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """Return the beat. Raises `ValidationError`."""
        beats = {beat.slug: beat for beat in Beat.objects.all()}
        if not isinstance(data, str) or data not in beats:
            known = ", ".join(sorted(beats)) or "none yet"
            raise serializers.ValidationError(f"There is no beat “{data}”. There are: {known}.")
        return beats[data]


class People(serializers.ListField):
    """People of this newsroom, by their user names."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=serializers.CharField(max_length=150), max_length=50, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """Return the users. Raises `ValidationError` naming who is not here."""
        names = super().to_internal_value(data)
        users = User.objects.in_bulk(names, field_name="username")
        _refuse_missing(names, users)
        return [users[name] for name in dict.fromkeys(names)]


class Person(serializers.CharField):
    """Somebody of this newsroom, by user name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=150, **kwargs)

    def run_validation(self, data: Any = empty) -> Any:
        """Return the user. Raises `ValidationError` when nobody active has this name."""
        name = super().run_validation(data)
        user = User.objects.filter(username=name, is_active=True).select_related("staff").first()
        if user is None:
            _refuse_missing([name], ())
        return user


def _refuse_missing(names: Iterable[str], users: Iterable[str]) -> None:
    missing = sorted(set(names) - set(users))
    if missing:
        raise serializers.ValidationError(f"Nobody here is called {', '.join(missing)}.")
