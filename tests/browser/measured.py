"""Whether every text on a page lies within its box: measured, as nobody looks at every view in every size."""

from __future__ import annotations

from playwright.sync_api import Page

SIZES = {320: 640, 390: 844, 768: 1024, 1366: 768}

# A text is measured by its own lines. It has to lie within every box around it that has edges to be seen or that cuts,
# within the window's width, and not upon another text. What may be scrolled to is not cut; a ring is round.
OUTSIDE = """() => {
  const TOLERANCE = 1.5, found = [], laid = [];
  const hull = (rects) => ({
    left: Math.min(...rects.map((r) => r.left)), right: Math.max(...rects.map((r) => r.right)),
    top: Math.min(...rects.map((r) => r.top)), bottom: Math.max(...rects.map((r) => r.bottom)),
  });
  const clear = (colour) => /rgba\\(.*, 0\\)|transparent/.test(colour);
  const edged = (s) => !clear(s.backgroundColor) || (parseFloat(s.borderTopWidth) > 0 && !clear(s.borderTopColor));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const said = node.data.trim(), element = node.parentElement;
    if (!said || element.closest("script, style, option, noscript")) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter((r) => r.width > 0.5 && r.height > 0.5);
    if (!rects.length) continue;
    const text = hull(rects), tell = (why) => found.push(`${why}: “${said.slice(0, 50)}”`);
    let fixed = false, cut = false, hidden = false, scrolled = rects;
    for (let box = element; box && box !== document.body; box = box.parentElement) {
      const s = getComputedStyle(box), r = box.getBoundingClientRect();
      if (box.closest("svg") && box.tagName !== "svg") continue;
      if (r.width <= 2 || r.height <= 2 || s.clipPath !== "none") { hidden = true; break; }
      if (s.display !== "inline" && s.display !== "contents" && (edged(s) || s.overflowX !== "visible")) {
        const scrolls = /auto|scroll/;
        const wide = !scrolls.test(s.overflowX) && (text.left < r.left - TOLERANCE || text.right > r.right + TOLERANCE);
        const high = !scrolls.test(s.overflowY) && (text.top < r.top - TOLERANCE || text.bottom > r.bottom + TOLERANCE);
        if ((wide || high) && !cut) tell(`runs over <${box.tagName.toLowerCase()} class="${box.className}">`);
        cut ||= wide || high;
        if (scrolls.test(s.overflowX) || scrolls.test(s.overflowY)) {
          const within = (t) => ({
            left: Math.max(t.left, r.left), right: Math.min(t.right, r.right),
            top: Math.max(t.top, r.top), bottom: Math.min(t.bottom, r.bottom),
          });
          scrolled = rects.map(within).filter((t) => t.right - t.left > 2 && t.bottom - t.top > 2);
          hidden = !scrolled.length;
          break;
        }
      }
      if (s.position === "fixed" || s.position === "sticky") fixed = true;
    }
    if (hidden || element.closest(".skip")) continue;
    if (!fixed && (text.left < -TOLERANCE || text.right > innerWidth + TOLERANCE)) {
      if (![...ancestors(element)].some((a) => /auto|scroll/.test(getComputedStyle(a).overflowX))) {
        tell("leaves the window");
      }
    }
    const ring = element.closest(".dial");
    if (ring) {
      const r = ring.getBoundingClientRect(), radius = r.width * 0.46;
      const x = r.left + r.width / 2, y = r.top + r.height / 2;
      const ends = rects.flatMap((t) => [t.left, t.right].map((a) => Math.hypot(a - x, (t.top + t.bottom) / 2 - y)));
      const far = Math.max(...ends);
      if (far > radius) tell("runs over its ring");
    }
    if (!fixed) laid.push({ element, rects: scrolled, said });
  }
  function* ancestors(e) { for (; e; e = e.parentElement) yield e; }
  // A line's rectangle is taller than its letters, by about a fifth at either end.
  const ink = (r) => {
    const edge = (r.bottom - r.top) / 5;
    return { left: r.left, right: r.right, top: r.top + edge, bottom: r.bottom - edge };
  };
  const upon = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
  const dialog = (e) => e.closest("dialog");
  laid.sort((a, b) => a.rects[0].top - b.rects[0].top);
  for (const [n, one] of laid.entries()) {
    for (const other of laid.slice(n + 1, n + 40)) {
      if (dialog(one.element) !== dialog(other.element)) continue;
      if (!one.rects.some((a) => other.rects.some((b) => upon(ink(a), ink(b))))) continue;
      found.push(`lies upon “${other.said.slice(0, 40)}”: “${one.said.slice(0, 40)}”`);
    }
  }
  return [...new Set(found)];
}"""


def texts_outside(page: Page) -> list[str]:
    """Every text that runs over its box, leaves the window or lies upon another, at each size, also twice as large."""
    wrong = []
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for percent in (100, 200):
            page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", f"{percent}%")
            page.wait_for_timeout(80)
            wrong += [f"{width} px, {percent} %: {found}" for found in page.evaluate(OUTSIDE)]
    page.evaluate("document.documentElement.style.fontSize = ''")
    return wrong
