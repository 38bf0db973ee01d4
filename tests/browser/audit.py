"""What is checked on every page: axe, and what axe cannot see. Each fault is one line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.visits import NARROW

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.visits import Visit

REFLOW_WIDTH = 320
TITLE = re.compile(r"^\S.* – \S.* – \S.*$")

# The system underlines links with gradients, lays a link's own pseudo-element over a whole card,
# and an alert's beside its text: axe cannot compute a contrast behind any of them, nor in a bar of
# several lines below each of which something else lies. A constructed sheet is no inline style, so
# the policy lets it in.
PLAIN_BACKGROUNDS = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`*, *::before, *::after {
        background-image: none !important;
        transition: none !important;
        animation: none !important;
    }
    .fr-alert::before, .fr-alert::after,
    .fr-enlarge-link a::before, .fr-enlarge-link a::after { content: none !important; }
    .fiche-status { position: static !important; }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""

# What fades in has the colours of the moment: Wagtail's messages do.
END_ANIMATIONS = """async () => {
    const ending = document.getAnimations().filter(
        (one) => Number.isFinite(one.effect?.getComputedTiming().endTime));
    await Promise.race([
        Promise.allSettled(ending.map((one) => one.finished)),
        new Promise((resolve) => setTimeout(resolve, 2000)),
    ]);
}"""

RUN_AXE = """async ([only, part]) => {
    const options = {
        resultTypes: ["violations", "incomplete"],
        rules: { "target-size": { enabled: true } },
    };
    if (only) { options.runOnly = { type: "rule", values: only }; }
    const results = await axe.run(part || document, options);
    const say = (rule, node) =>
        `${rule.id}: ${node.target.join(" ")} — ${node.any.concat(node.all, node.none)
            .map((check) => check.message).join("; ") || rule.help}`;
    // Wagtail paints gradients and floating bars over what is ours: only our own pages must decide.
    const undecided = part ? []
        : results.incomplete.filter((rule) => rule.id === "color-contrast");
    // axe takes any drawing for a picture, and never decides about the words of a chart, nor about
    // those of the map, which `test_map.py` measures.
    const inChart = (node) =>
        document.querySelector(node.target.join(" "))?.closest("svg, .map__moving");
    return [
        ...results.violations.flatMap((rule) => rule.nodes.map((node) => say(rule, node))),
        ...undecided.flatMap((rule) =>
            rule.nodes.filter((node) => !inChart(node)).map((node) => say(rule, node))),
    ];
}"""

STRUCTURE = """() => {
    const faults = [];
    const seen = new Map();
    for (const element of document.querySelectorAll("[id]")) {
        seen.set(element.id, (seen.get(element.id) || 0) + 1);
    }
    for (const [id, times] of seen) {
        if (times > 1) { faults.push(`the id ${id} is used ${times} times`); }
        if (id.trim() !== id || id === "") { faults.push(`the id “${id}” is not one word`); }
    }
    const titles = document.querySelectorAll("h1");
    if (titles.length !== 1) { faults.push(`${titles.length} headings of level 1`); }
    for (const attribute of ["aria-describedby", "aria-labelledby", "aria-controls", "for"]) {
        for (const element of document.querySelectorAll(`[${attribute}]`)) {
            for (const id of element.getAttribute(attribute).split(/\\s+/).filter(Boolean)) {
                if (!document.getElementById(id)) {
                    faults.push(`${attribute} leads to ${id}, which is not there`);
                }
            }
        }
    }
    for (const link of document.querySelectorAll('a[href^="#"]')) {
        const id = decodeURIComponent(link.getAttribute("href").slice(1));
        if (!document.getElementById(id)) { faults.push(`the link #${id} leads nowhere`); }
    }
    for (const link of document.querySelectorAll('a[href=""], img:not([alt])')) {
        faults.push(`${link.outerHTML.slice(0, 80)}: empty address or no alternative`);
    }
    return faults;
}"""

OVERFLOW = """(width) => {
    const root = document.documentElement;
    if (root.scrollWidth <= width) { return []; }
    const wide = [...document.querySelectorAll("body *")]
        .filter((element) => element.getBoundingClientRect().right > width + 1)
        .filter((element) => !element.closest(".fr-table, .fr-sr-only, .fr-skiplinks"))
        .slice(0, 3)
        .map((element) => element.tagName.toLowerCase() + "." + element.className);
    return [`scrolls sideways at ${width} px (${root.scrollWidth} px): ${wide.join(", ")}`];
}"""

SUMMARY_FOCUS = """() => {
    const summary = document.querySelector("[data-error-summary]");
    if (!summary) { return []; }
    const faults = [];
    if (document.activeElement !== summary) { faults.push("the list of errors has no focus"); }
    if (!document.title.startsWith("Erreur")) { faults.push("the title does not say “Erreur”"); }
    return faults;
}"""


def faults_of(visit: Visit) -> list[str]:
    """Everything wrong with the page as it is, in light, in dark, and on narrow screens."""
    page = visit.page
    width = page.viewport_size["width"] if page.viewport_size else NARROW
    # Off the page: axe scrolls, and what comes under the mouse has its colours of the moment.
    page.mouse.move(-10, -10)
    page.evaluate(AXE_SCRIPT)
    page.evaluate(PLAIN_BACKGROUNDS)
    faults = [
        *title_faults(page),
        *page.evaluate(STRUCTURE),
        *page.evaluate(SUMMARY_FOCUS),
        *axe_faults(page),
        *(f"dark: {fault}" for fault in dark_faults(page)),
        *reflow_faults(page, width),
    ]
    return [*faults, *visit.complaints]


def faults_within(visit: Visit, part: str) -> list[str]:
    """What the browser complains of, and what axe finds inside `part`, a selector, if any."""
    if not part:
        return visit.complaints
    visit.page.evaluate(END_ANIMATIONS)
    visit.page.evaluate(AXE_SCRIPT)
    return [*axe_faults(visit.page, part=part), *visit.complaints]


def axe_faults(page: Page, only: list[str] | None = None, part: str = "") -> list[str]:
    """What axe finds in the page, with contrasts that it could not decide, or in a `part` of it."""
    found: list[str] = page.evaluate(RUN_AXE, [only, part])
    return found


def dark_faults(page: Page) -> list[str]:
    """Contrasts in the dark theme."""
    set_theme = "(theme) => document.documentElement.setAttribute('data-fr-theme', theme)"
    page.evaluate(set_theme, "dark")
    faults = axe_faults(page, ["color-contrast"])
    page.evaluate(set_theme, "light")
    return faults


def title_faults(page: Page) -> list[str]:
    """A title says what the page is, then which site, then which académie."""
    title = page.title()
    return [] if TITLE.match(title) else [f"the title is “{title}”"]


def reflow_faults(page: Page, width: int) -> list[str]:
    """Whether the page can be read at 320 px without scrolling sideways (WCAG 1.4.10)."""
    size: Any = {"width": REFLOW_WIDTH, "height": 640}
    page.set_viewport_size(size)
    faults: list[str] = page.evaluate(OVERFLOW, REFLOW_WIDTH)
    page.set_viewport_size({"width": width, "height": 900})
    return faults


def skip_link_faults(page: Page) -> list[str]:
    """Whether the first tab shows a link that leads past the menu."""
    page.keyboard.press("Tab")
    first = page.evaluate("() => document.activeElement.getAttribute('href')")
    if first != "#contenu":
        return [f"the first tab leads to {first}, not to the skip link"]
    box = page.locator(".fr-skiplinks a").first.bounding_box()
    if box is None or box["y"] < 0:
        return ["the skip link in focus is not visible"]
    page.keyboard.press("Enter")
    focused = page.evaluate("() => document.activeElement.id")
    return [] if focused == "contenu" else [f"the skip link moves the focus to “{focused}”"]
