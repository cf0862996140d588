// What pages can do besides, when a browser runs scripts: everything works without this file too.
"use strict";

/** The token of a mail's link is in the form by now; the address need not show it, nor the history keep it. */
function hideToken() {
    if (new URLSearchParams(location.search).has("token")) history.replaceState(null, "", location.pathname);
}

/** Older browsers focus fields alone by `autofocus`. */
function focusMistakes() {
    if (!("autofocus" in HTMLElement.prototype)) document.getElementById("mistakes")?.focus();
}

/** Moments are in UTC; says them in the reader's own time zone. */
function localiseTimes() {
    const language = document.documentElement.lang;
    const own = navigator.languages.find((tag) => tag.split("-")[0] === language) ?? language;
    const format = new Intl.DateTimeFormat(own, { dateStyle: "long", timeStyle: "short" });
    for (const time of document.querySelectorAll("time[datetime]")) {
        time.title = time.textContent;
        time.textContent = format.format(new Date(time.dateTime));
    }
}

/** Buttons that show what was typed into the field beside them, and hide it again. */
function enableReveal() {
    for (const button of document.querySelectorAll("button.reveal")) {
        const field = document.getElementById(button.getAttribute("aria-controls"));
        const show = (isShown) => {
            field.type = isShown ? "text" : "password";
            button.setAttribute("aria-pressed", String(isShown));
        };
        button.hidden = false;
        button.addEventListener("click", () => show(field.type === "password"));
        // A browser must not keep it among the texts that it offers elsewhere.
        field.form.addEventListener("submit", () => show(false));
    }
}

/** The list that the server checks against, asked for once when somebody begins to type. */
let commonPasswords;

function loadCommonPasswords() {
    commonPasswords ??= fetch("/assets/common-passwords.txt")
        .then((answer) => (answer.ok ? answer.text() : ""))
        .then((text) => new Set(text.split("\n")))
        // Then the server alone says so.
        .catch(() => new Set());
    return commonPasswords;
}

/** As the server has it: the password is the identifier, or little more than it. Both in lower case. */
function isNearly(password, identifier) {
    return identifier !== "" && password.includes(identifier)
        && [...identifier].length * 10 >= [...password].length * 9;
}

/** Which rules a password keeps, by their names in the page. */
function checkRules(password, rules, common) {
    const lower = password.toLowerCase();
    const { email, name, app, minimum, maximum } = rules.dataset;
    const identities = [email, email.slice(0, Math.max(0, email.lastIndexOf("@"))), name, app];
    return {
        length: [...password].length >= Number(minimum),
        bytes: new TextEncoder().encode(password).length <= Number(maximum),
        identity: !identities.some((identifier) => isNearly(lower, identifier.toLowerCase())),
        common: !common.has(lower),
    };
}

/** Says while somebody types which rules are met, and whether both fields have the same. */
function watchNewPassword() {
    const rules = document.getElementById("password-rules");
    if (!rules) return;
    const password = document.getElementById("password");
    const confirm = document.getElementById("confirm");
    const status = document.getElementById("password-status");
    const sameness = document.getElementById("confirm-status");

    const showRules = async () => {
        const common = await loadCommonPasswords();
        const kept = checkRules(password.value, rules, common);
        for (const item of rules.querySelectorAll("[data-rule]")) {
            const isKept = kept[item.dataset.rule];
            // Too short is what everybody is at the beginning: no reproach.
            const isOpen = password.value === "" || (!isKept && item.dataset.rule === "length");
            item.dataset.state = isOpen ? "open" : isKept ? "met" : "broken";
            item.querySelector(".visually-hidden")?.remove();
            if (isOpen) continue;
            const word = document.createElement("span");
            word.className = "visually-hidden";
            word.textContent = ` (${isKept ? rules.dataset.met : rules.dataset.broken})`;
            item.append(word);
        }
        const values = Object.values(kept);
        const text = status.dataset.text.replace("%1", values.filter(Boolean).length).replace("%2", values.length);
        if (password.value !== "" && status.textContent !== text) status.textContent = text;
    };
    const showSameness = () => {
        const isSame = password.value === confirm.value;
        const text = confirm.value === "" ? "" : isSame ? sameness.dataset.same : sameness.dataset.different;
        sameness.dataset.state = isSame ? "met" : "open";
        if (sameness.textContent !== text) sameness.textContent = text;
    };
    password.addEventListener("focus", loadCommonPasswords);
    password.addEventListener("input", showRules);
    password.addEventListener("input", showSameness);
    confirm.addEventListener("input", showSameness);
}

hideToken();
focusMistakes();
localiseTimes();
enableReveal();
watchNewPassword();
