"""Answers to the screening that name nothing, as somebody with an ordinary knee gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from patella.app.person.screening import ToldQuestion
from patella.care.entries.field import write


def calm_answers(questions: Iterable[ToldQuestion | Mapping[str, Any]], **different: object) -> dict[str, object]:
    """None of these, and an ordinary age; `questions` are those of `list_questions`, `different` what is other."""
    told: list[Any] = [q if isinstance(q, Mapping) else write(q) for q in questions]
    calm: dict[str, object] = {
        q["id"]: [] if q["many"] else next(c["id"] for c in q["choices"] if c["outcome"] == "ok")
        for q in told
        if not q["when"]
    }
    return {**calm, **different}
