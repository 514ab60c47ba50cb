"""A camera experiment, as data: what may be tried where the camera's own definition cannot count.

One file, `experiment.toml`, beside an exercise's `camera.toml`. It is off until somebody asks for it, is labelled where
it is shown, and what it finds out about form decides nothing. The keys are those of `camera.toml`, and one more:

    says = "I look for ..."       # what it can see and what it cannot, in a few sentences for the person

Or, where no body can be found in the picture, instead of all the others:

    page = "kneecap"              # what the page itself follows in the picture
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from patella.motion.definition import DefinitionError, Table
from patella.motion.spec import Role, Spec
from patella.motion.spec_file import parse_spec


class InPage(StrEnum):
    """What a page follows in the picture by itself."""

    KNEECAP = "kneecap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """What an experiment says of itself, what it counts, and what it looks for; None where the page looks by itself."""

    says: str
    counts: str
    spec: Spec | None


def parse_experiment(values: Mapping[str, object]) -> Experiment:
    """An experiment from the values of its file. Raises DefinitionError with the key and a sentence."""
    table = Table(values)
    says = table.text("says")
    if table.has("page"):
        page = table.choice("page", InPage)
        table.done()
        return Experiment(says=says, counts=page.value, spec=None)
    spec = parse_spec({key: value for key, value in values.items() if key != "says"})
    if spec.role not in (Role.REPS, Role.HOLD):
        raise DefinitionError("role", "must be reps or hold: an experiment counts or times.")
    return Experiment(says=says, counts=spec.role.value, spec=spec)
