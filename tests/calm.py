"""Answers to the screening that name nothing, as somebody with an ordinary knee gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def calm_answers(questions: Iterable[Mapping[str, Any]], **different: object) -> dict[str, object]:
    """None of these, and an ordinary age; `questions` are those of `list_questions`, `different` what is other."""
    calm = {
        q["id"]: [] if q["many"] else next(c["id"] for c in q["choices"] if c["outcome"] == "ok")
        for q in questions
        if not q["when"]
    }
    return {**calm, **different}
