"""Everything that a page may say, as types: no unknown key, no text for a number, everything bounded."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    WithJsonSchema,
)

UUID = "^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"


def _text_only(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("must be text")  # noqa: TRY004 - pydantic makes a clean refusal of it
    return value


Id = Annotated[str, StringConstraints(pattern=UUID), Field(description="A UUID that the page makes.")]
Name = Annotated[str, StringConstraints(pattern="^[a-z0-9][a-z0-9_-]{0,79}$")]
Nprs = Annotated[int, Field(ge=0, le=10, description="Pain from 0 (none) to 10 (worst).")]
Item = Annotated[int, Field(ge=0, le=99, description="Number of the task within the session, from 0.")]
Count = Annotated[int, Field(ge=0, le=999)]
Seconds = Annotated[float, Field(ge=0, le=3600, allow_inf_nan=False)]
Kg = Annotated[float, Field(ge=0, le=500, allow_inf_nan=False)]
Moment = Annotated[
    AwareDatetime,
    Strict(strict=False),
    BeforeValidator(_text_only),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
KneeName = Literal["left", "right"]
SideName = Literal["left", "right", "both"]
ScopeName = Literal["today", "full", "short", "snack", "one"]
Theme = Literal["system", "light", "dark"]
Counting = Literal["beat", "self"]


class Said(BaseModel):
    """A request's body."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Empty(Said):
    """Nothing to say."""


class Folder(Said):
    """A folder of the machine that Patella runs on, by its whole address."""

    folder: Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern="^[^\\x00-\\x1f]*$")]


class Typed(Said):
    """The code that lets a browser in, and what that browser is to be called."""

    code: Annotated[str, StringConstraints(max_length=40)]
    name: Annotated[str, StringConstraints(max_length=80)] | None = None


class Answers(Said):
    """The answers of the screening by question: a choice, true or false, or a list of choices."""

    answers: Annotated[dict[Name, Name | bool | Annotated[list[Name], Field(max_length=40)]], Field(max_length=60)]


class SymptomNoted(Said):
    """Something new about the knee: any line of the lists of warning signs."""

    symptom: Name


class Yes(Said):
    """Somebody who can judge it said yes; `on` is the day, today if left out."""

    on: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None


class Seen(Said):
    """Somebody who can examine a knee has seen it, today."""

    id: Id


class Sound(Said):
    """How cues are heard. `volume` from 0 to 1; `lead`: a voice goes with the beat."""

    voice: bool = True
    volume: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 0.8
    muted: bool = False
    lead: bool = True


class Settings(Said):
    """Settings to change; what is left out stays."""

    knees: Annotated[list[KneeName], Field(max_length=2)] = []
    one_leg: bool = False
    has: Annotated[list[Name], Field(max_length=60)] | None = None
    cautious: bool = False
    full_arc: bool = False
    usual_pain: Nprs | None = None
    maintenance: bool = False
    letter: bool = False
    counting: Counting = "beat"
    sound: Sound = Sound()
    theme: Theme = "system"
    weight: Literal["kg", "lb"] = "kg"
    distance: Literal["km", "mi"] = "km"
    height: Literal["cm", "ft"] = "cm"
    break_min: Annotated[int, Field(ge=0, le=120, description="Minutes between reminders to stand up; 0 for none.")] = 0
    activity_watch: bool = False
    listens: bool = False
    things: Annotated[dict[Name, bool], Field(max_length=60)] = {}
    country: Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")] | None = None


class Correction(Said):
    """What is different now; what is left out stays."""

    reps: Count | None = None
    holds: Count | None = None
    hold_s: Seconds | None = None
    held_s: Annotated[list[Seconds], Field(max_length=40)] | None = None
    load_kg: Kg | None = None
    nprs: Nprs | None = None
    knee: KneeName | None = None


class LoosePain(Said):
    """Pain outside the player."""

    id: Id
    nprs: Nprs
    when: Literal["before", "during", "after", "morning"]
    knee: KneeName | None = None
    session: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None


class Undo(Said):
    """Take an entry back."""

    id: Id


class Change(Said):
    """Correct an entry."""

    id: Id
    body: Correction


class LessonRead(Said):
    """A lesson was read."""

    id: Id


class Erase(Said):
    """Erase everything: the word has to be said."""

    confirm: Literal["ERASE"]
