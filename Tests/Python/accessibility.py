"""A list of checks that a page can be read and used by everybody (WCAG 2.2 AA). Each problem is a line."""

CHECKS = r"""
const problems = [];
const found = (what, element) => problems.push(`${what}: ${element?.outerHTML?.slice(0, 120) ?? ""}`);
const isShown = (element) => element.checkVisibility({visibilityProperty: true});
const all = (selector) => [...document.querySelectorAll(selector)].filter(isShown);

// Structure
if (!/^(en|de)$/.test(document.documentElement.lang)) found("no lang", document.documentElement);
if (document.title.trim().length < 8) found("no title", document.head);
if (all("h1").length !== 1) found("not exactly one h1", document.body);
for (const landmark of ["header", "main"]) if (all(landmark).length !== 1) found(`no ${landmark}`, document.body);
let level = 0;
for (const heading of all("h1, h2, h3, h4")) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1 && !heading.closest(".notice")) found("a heading skips a level", heading);
    level = own;
}

// Names and references
for (const field of all("input:not([type=hidden]), select, textarea")) {
    if (field.labels.length === 0) found("a field without a label", field);
    if (!field.autocomplete) found("a field without autocomplete", field);
}
const letters = (text) => text.replace(/\s+/g, "");
const nameOf = (element) => letters(element.getAttribute("aria-label") ?? element.textContent);
for (const element of all("a[href], button, summary")) {
    if (nameOf(element) === "") found("no name", element);
    const seen = letters(element.innerText).toLowerCase();
    if (!nameOf(element).toLowerCase().includes(seen)) found("its name lacks the text that is seen", element);
}
const names = all("button").map(nameOf).filter((name, place, list) => list.indexOf(name) !== place);
for (const name of names) if (!/pass/i.test(name)) found(`two buttons called ${name}`, document.body);
const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
if (new Set(ids).size !== ids.length) found("an id twice", document.body);
for (const attribute of ["aria-describedby", "aria-labelledby", "aria-controls", "for"]) {
    for (const element of document.querySelectorAll(`[${attribute}]`)) {
        for (const id of element.getAttribute(attribute).split(/\s+/).filter(Boolean)) {
            if (!document.getElementById(id)) found(`${attribute} leads nowhere`, element);
        }
    }
}
for (const link of document.querySelectorAll("a[href^='#']")) {
    if (!document.getElementById(link.hash.slice(1))) found("a link leads nowhere", link);
}
for (const element of document.querySelectorAll("[tabindex]")) {
    if (element.tabIndex > 0) found("a positive tabindex", element);
}
for (const image of all("img")) if (!image.hasAttribute("alt")) found("an image without alt", image);
for (const field of all("[aria-invalid=true]")) {
    const told = (field.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id));
    if (!told.some((element) => element?.className === "mistake")) found("a wrong field does not say why", field);
}

// Contrast: of every text on the ground that it stands on, and of the edges of fields and buttons.
const parse = (colour) => {
    const parts = colour.match(/[\d.]+/g).map(Number);
    return {rgb: parts.slice(0, 3), alpha: parts[3] ?? 1};
};
const luminance = (rgb) => {
    const [r, g, b] = rgb.map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
};
const ground = (element) => {
    for (let node = element; node; node = node.parentElement) {
        const colour = parse(getComputedStyle(node).backgroundColor);
        if (colour.alpha === 1) return colour.rgb;
        if (colour.alpha > 0) found("a ground that is half transparent", node);
    }
    return [255, 255, 255];
};
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
let textCount = 0;
while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.textContent.trim() || !isShown(element) || element.closest(".visually-hidden")) continue;
    textCount += 1;
    const ratio = contrast(parse(getComputedStyle(element).color).rgb, ground(element));
    if (ratio < 4.5) found(`contrast ${ratio.toFixed(2)}`, element);
}
if (textCount < 4) found("hardly any text", document.body);
for (const element of all("input:not([type=hidden]), button.second, button.reveal")) {
    const style = getComputedStyle(element);
    const around = ground(element.parentElement);
    const edge = parse(style.borderTopColor);
    const filled = contrast(ground(element), around);
    if (Math.max(filled, edge.alpha === 1 ? contrast(edge.rgb, around) : 0) < 3) found("an edge that is hard to see", element);
}

// Size: 24 by 24 at least, but for links within a sentence; and nothing to scroll sideways.
for (const element of all("a[href], button, input:not([type=hidden]), summary")) {
    if (element.className === "skip") continue;
    const inSentence = element.tagName === "A" && getComputedStyle(element).display === "inline";
    const {width, height} = element.getBoundingClientRect();
    if (!inSentence && (width < 24 || height < 24)) found(`only ${width} by ${height}`, element);
}
const wide = document.documentElement.scrollWidth;
if (wide > window.innerWidth) {
    const guilty = all("body *").find((element) => element.getBoundingClientRect().right > window.innerWidth + 1);
    found(`${wide} wide on ${window.innerWidth}`, guilty);
}
if (document.getAnimations().length > 0) found("something moves", document.body);

// A page that refuses a form says so first.
const mistakes = document.getElementById("mistakes");
const isTyping = document.activeElement?.tagName === "INPUT";
if (mistakes && document.activeElement !== mistakes && !isTyping) found("the mistakes do not have the focus", mistakes);
if (mistakes && !/^(Error|Fehler): /.test(document.title)) found("the title does not tell of an error", mistakes);
return problems;
"""

# What can be reached by keyboard, in the order in which it stands in the page.
REACHABLE = """
return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), summary")]
    .filter((element) => element.checkVisibility({visibilityProperty: true}) && !element.disabled);
"""

HAS_VISIBLE_FOCUS = """
const style = getComputedStyle(arguments[0]);
return arguments[0].matches(":focus-visible") && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
"""


def check(browser):
    """The problems of the page as it is now, on a phone and on a desktop, light and dark."""
    problems = []
    for width in [320, 1280]:
        for dark in [False, True]:
            browser.look(width=width, dark=dark)
            theme = "dark" if dark else "light"
            problems += [f"{width} {theme}: {problem}" for problem in browser.run(CHECKS)]
    return problems


def check_keyboard(browser):
    """Goes through the page with the tab key: everything is reached, in order, and shows that it has the focus."""
    # Where the tab key begins is where the focus was last.
    browser.run("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex');")
    problems = []
    expected = browser.run(REACHABLE)
    for place, element in enumerate(expected):
        focused = browser.tab()
        if focused != element:
            seen, wanted = (browser.run("return arguments[0].outerHTML.slice(0, 100)", one) for one in [focused, element])
            return problems + [f"tab {place + 1} leads to {seen}, not to {wanted}"]
        if not browser.run(HAS_VISIBLE_FOCUS, focused):
            problems.append("no visible focus: " + browser.run("return arguments[0].outerHTML.slice(0, 100)", focused))
    return problems
