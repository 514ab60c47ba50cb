"""The rules that a page must know before the server answers come to the same there: vectors that Python makes."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any

import pytest
from playwright.sync_api import Page

from browser.house import House
from tooling import load_tool

LISTS = 5000

# What differs, with what came of it instead. The order of keys says nothing.
COMPARE = """
const same = (a, b) => {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((k) => k in b && same(a[k], b[k]));
};
const differing = (vectors, expected, got) => vectors.flatMap((vector) => {
  const [wanted, came] = [expected(vector), got(vector)];
  return same(wanted, came) ? [] : [{ vector, wanted, came }];
});
"""

FOLD = """
const { fold } = await import("/static/live/fold.js");
// The stop that follows from a red pain has an id of its own on the server, which a page need not know.
const stops = (gone) => gone.map((g) => [g.kind, g.item, g.pain ?? g.entry_id].join(" ")).sort();
// When something was done that is taken back, a page knows only of what is still on its way.
const isLater = (at, session) => Date.parse(at) > Date.parse(session.last_at);
const onItsWay = ({ session, notes }, id) => notes.some((n) => n.id === id && isLater(n.at, session));
const knows = (v) => v.notes.every((n) => n.kind !== "entry.undone" || onItsWay(v, n.body.of));
const plain = ({ last_at, gone, skipped, stopped, ...more }, vector) => ({
  ...more, gone: stops(gone), skipped: [...skipped].sort(), stopped: [...stopped].sort(),
  last_at: knows(vector) ? Date.parse(last_at) : 0,
});
return differing(
  vectors, (v) => plain(v.expected, v), (v) => plain(fold(v.session, v.notes, { cautious: v.cautious }), v),
);
"""

PAINS = """
const { colourOf, SAYS, spanOf } = await import("/static/live/pain.js");
const got = (v) => {
  const colour = colourOf(v.nprs, v.cautious);
  return { ...v, colour, says: SAYS[colour], span: spanOf(colour, v.cautious) };
};
return differing(vectors, (v) => v, got);
"""

QUANTITIES = """
const { changeSettings } = await import("/static/app/settings.js");
const { loadWords } = await import("/static/app/units.js");
const { farWords, lineWords, metresOf } = await import("/static/app/distances.js");
const { capital } = await import("/static/app/words.js");
const of = ({ units }) => Object.values(units).join(" ");
const found = [];
for (const units of new Set(vectors.map(of))) {
  const mine = vectors.filter((v) => of(v) === units);
  await changeSettings(mine[0].units);
  found.push(...differing(mine, (v) => ({ ...v, level_said: capital(v.level_said) }), (v) => ({
    ...v,
    far: farWords(v.metres), line: lineWords(v.metres), metres_typed: metresOf(Number(v.typed)),
    load: loadWords({ load_kg: v.kg, band: null }),
    level_said: loadWords({ load_kg: null, band: null, level: v.level }),
  })));
}
return found;
"""

BEATS = """
const { repMs, repsOver, soundsOf, tempoWords } = await import("/static/live/beat.js");
// A page says a word as the movement turns, the terminal shows it while it lasts; a short hold is not said.
const word = ({ tempo, reps, cues, left_s }) => {
  const at = (reps * repMs(tempo) - left_s * 1000 + 1e-3) % repMs(tempo);
  if (at >= (tempo.up_s + tempo.hold_s + tempo.down_s) * 1000) return "";
  if (at >= tempo.up_s * 1000 && at < (tempo.up_s + tempo.hold_s) * 1000) return "Hold";
  return soundsOf(tempo, cues).filter((one) => one.kind === "turn" && one.at <= at).at(-1).word;
};
return differing(vectors, (v) => v, (v) => ({
  ...v,
  seconds: (v.reps * repMs(v.tempo)) / 1000, over: repsOver(v.tempo, v.reps, v.left_s * 1000),
  says: tempoWords(v.tempo, v.cues).replace(/\\.$/, ""), word: word(v),
}));
"""

HOLDS = """
const { heldInSet } = await import("/static/live/player.js");
return differing(vectors, (v) => v.done, (v) => heldInSet({ hold_s: v.asked }, v.held));
"""


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    return load_tool("vectors")


def smallest(found: list[dict[str, Any]]) -> str:
    """The differing one with the least to read in it."""
    one = min(found, key=lambda d: (len(d["vector"].get("notes", ())), len(json.dumps(d["vector"]))), default=None)
    return f"{len(found)} differ; the smallest: {json.dumps(one, indent=1)}"


def test_a_page_comes_to_the_same_as_python(page: Page, house: House, tool: ModuleType) -> None:
    """5 000 lists of events and as many quantities, what each pain means, the beat, and the holds of a set."""
    vectors = tool.make(lists=LISTS)
    page.goto(f"{house.url}/library")
    kinds = {"sessions": FOLD, "pains": PAINS, "quantities": QUANTITIES, "beats": BEATS, "holds": HOLDS}
    assert vectors.keys() == kinds.keys()
    for kind, script in kinds.items():
        differs = page.evaluate(
            f"async (text) => {{ const vectors = JSON.parse(text); {COMPARE} {script} }}", json.dumps(vectors[kind])
        )
        assert differs == [], f"{kind}: {smallest(differs)}"


def test_what_differs_is_found_and_the_smallest_is_shown(page: Page, house: House, tool: ModuleType) -> None:
    """One peak of the last list is raised by hand: it alone is told."""
    vectors = tool.make(lists=20)["sessions"]
    vectors[-1]["expected"]["before"] = 11
    page.goto(f"{house.url}/library")
    differs = page.evaluate(
        f"async (text) => {{ const vectors = JSON.parse(text); {COMPARE} {FOLD} }}", json.dumps(vectors)
    )
    assert [d["wanted"]["before"] for d in differs] == [11]
    assert '"before": 11' in smallest(differs)
