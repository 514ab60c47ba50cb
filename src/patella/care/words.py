"""The words of one exercise, read from its Markdown file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from patella.care.source import Source
from patella.motion.definition import DefinitionError

_CITED = re.compile(r"\[([a-z0-9][a-z0-9-]*)\]")
_SECTIONS = ("How", "Feel", "Mistakes", "Cautions", "Evidence", "Cues", "Gates", "Figure")
_OPTIONAL = frozenset({"Gates"})
_NOTHING_FOUND = "We found no"
_NEEDED_CUES = ("ready", "work")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Everything an exercise says. `cues` and `gates` are by key; `cited` are the ids of the sources in brackets."""

    name: str
    summary: str
    how: tuple[str, ...]
    feel: str
    mistakes: tuple[str, ...]
    cautions: tuple[str, ...]
    evidence: str
    cues: Mapping[str, str]
    gates: Mapping[str, str]
    figure: str
    cited: tuple[str, ...]


def name_sources(text: str, sources: Mapping[str, Source]) -> str:
    """A text with each source in brackets by the name people know it under: `[powers-2014]` as `(Powers 2014)`."""
    return _CITED.sub(lambda m: f"({sources[m[1]].cite})" if m[1] in sources else m[0], text)


def parse_words(markdown: str) -> Words:
    """The words of one `en.md`.

    A title (`# Name`) and one paragraph, then the sections How (numbered), Feel, Mistakes and Cautions (lists),
    Evidence (paragraphs that cite sources as `[id]`), Cues and Gates (lists of `key: sentence`; Gates only where there
    are any) and Figure (one sentence that says the movement). Raises DefinitionError naming the section.
    """
    head, sections = _split(markdown)
    name, summary = _head(head)
    evidence = _paragraphs(sections, "Evidence")
    cues = _keyed(sections, "Cues")
    for key in _NEEDED_CUES:
        if key not in cues:
            raise DefinitionError("en.md Cues", f"needs a line for {key}.")
    cited = tuple(dict.fromkeys(_CITED.findall(evidence)))
    if not cited:
        raise DefinitionError("en.md Evidence", "must cite at least one source as [source-id].")
    for paragraph in evidence.split("\n\n"):
        if not _CITED.search(paragraph) and _NOTHING_FOUND not in paragraph:
            sentence = f"must cite a source as [source-id], or say {_NOTHING_FOUND!r}, in: {paragraph[:40]!r}."
            raise DefinitionError("en.md Evidence", sentence)
    return Words(
        name=name,
        summary=summary,
        how=_list(sections, "How", r"\d+\.\s+"),
        feel=_paragraphs(sections, "Feel"),
        mistakes=_list(sections, "Mistakes", r"-\s+"),
        cautions=_list(sections, "Cautions", r"-\s+"),
        evidence=evidence,
        cues=cues,
        gates=_keyed(sections, "Gates") if "Gates" in sections else {},
        figure=_paragraphs(sections, "Figure"),
        cited=cited,
    )


def _split(markdown: str) -> tuple[list[str], dict[str, list[str]]]:
    head: list[str] = []
    sections: dict[str, list[str]] = {}
    lines = head
    for line in markdown.splitlines():
        if line.startswith("## "):
            title = line[3:].strip()
            if title not in _SECTIONS or title in sections:
                raise DefinitionError(f"en.md {title}", f"must be one of {', '.join(_SECTIONS)}, each once.")
            lines = sections[title] = []
        else:
            lines.append(line)
    for title in _SECTIONS:
        if title not in sections and title not in _OPTIONAL:
            raise DefinitionError(f"en.md {title}", "is missing.")
    return head, sections


def _head(lines: list[str]) -> tuple[str, str]:
    text = [line.strip() for line in lines if line.strip()]
    if not text or not text[0].startswith("# ") or len(text) == 1:
        raise DefinitionError("en.md", "must begin with a title (# Name) and a sentence about the exercise.")
    return text[0][2:].strip(), " ".join(text[1:])


def _paragraphs(sections: Mapping[str, list[str]], title: str) -> str:
    blocks = re.split(r"\n\s*\n", "\n".join(sections[title]).strip())
    text = "\n\n".join(" ".join(block.split()) for block in blocks)
    if not text:
        raise DefinitionError(f"en.md {title}", "is empty.")
    return text


def _list(sections: Mapping[str, list[str]], title: str, mark: str) -> tuple[str, ...]:
    found: list[str] = []
    for line in sections[title]:
        match = re.match(mark, line)
        if match:
            found.append(line[match.end() :].strip())
        elif line.strip() and found:
            found[-1] += " " + line.strip()
        elif line.strip():
            raise DefinitionError(f"en.md {title}", f"must be a list; {line.strip()[:40]!r} stands outside it.")
    if not found:
        raise DefinitionError(f"en.md {title}", "needs at least one line.")
    return tuple(found)


def _keyed(sections: Mapping[str, list[str]], title: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _list(sections, title, r"-\s+"):
        key, colon, sentence = line.partition(":")
        if not colon or not sentence.strip() or not re.fullmatch(r"[a-z_]+", key.strip()):
            raise DefinitionError(f"en.md {title}", f"needs lines of the form `key: sentence`, not {line[:40]!r}.")
        found[key.strip()] = sentence.strip()
    return found
