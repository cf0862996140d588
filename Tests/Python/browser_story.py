"""Walks through the pages in a real browser, with JavaScript and without, in English and in German.

Usage: browser_story.py BASE_URL WEBHOOK_TOKEN MAIL_FOLDER CHROMIUM CHROMEDRIVER
Prints a line for each step, and ends with 1 if any came out wrong.
"""

import sys

import accessibility
from browser import Browser, Results
from site_under_test import Site
from tour import LAPTOP, PHONE, tour

URL, TOKEN, MAIL_FOLDER, CHROMIUM, CHROMEDRIVER = sys.argv[1:]
NEW_PASSWORD = "granite lantern 94"
site = Site(URL, TOKEN, MAIL_FOLDER)
results = Results()
expect = results.expect


def browser(**options):
    return Browser(CHROMIUM, CHROMEDRIVER, **options)


def expect_no_complaints(page, when):
    complaints = page.complaints()
    expect(f"the browser has nothing to complain about, {when}", complaints == [], complaints)


def a_password_without_javascript():
    address, _ = site.customer()
    with browser(javascript=False, width=420) as page:
        page.open(URL + "/reset-password")
        page.submit(email="nobody@example.com")
        unknown = page.text.replace("nobody@example.com", "")
        expect("a reset for an unknown address promises a mail if there is an account", "If there is an account" in unknown, unknown)
        expect("it says how long the link lives", "30 minutes" in unknown, unknown)
        page.open(URL + "/reset-password")
        page.submit(email=address)
        expect("a known address gets the same page", page.text.replace(address, "") == unknown, page.text)
        first = site.reset_mail(address)
        page.press("main form button[type=submit]")
        expect("the mail can be sent again", "once more" in page.text, page.text)
        second = site.reset_mail(address)
        expect("the second mail has a link of its own", first != second)

        link = site.link(address)
        page.open(link)
        page.open(link)
        expect("opening a link twice spends nothing", len(page.all("input[autocomplete=new-password]")) == 2, page.text)
        expect("without a script there is no button to show a password",
               not any(button.is_displayed() for button in page.all("button.reveal")))
        page.submit(password=NEW_PASSWORD, confirm=NEW_PASSWORD + "x")
        expect("unequal passwords are named", "not the same" in page.text, page.text)
        expect("the title tells of the error", page.title.startswith("Error: "), page.title)
        expect("the token is not in the address any more", "token" not in page.address, page.address)
        for password, said in [("short", "at least 8"), (address, "not your address"), ("Anna Berger", "your name"),
                               ("iloveyou", "first that others"), ("é" * 600, "at most 1024 bytes")]:
            page.submit(password=password, confirm=password)
            expect(f"a weak password is told: {said}", said in page.one(".notice.bad").text, page.text)
        page.submit(password=NEW_PASSWORD, confirm=NEW_PASSWORD)
        expect("the password is set", "Your password is set" in page.text, page.text)
        expect("the page leads on to the account", page.all("main a[href='/account']") != [])
        page.open(link)
        expect("the used link leads to a page that says so", "has been used" in page.text, page.text)
        page.submit(email=address)
        expect("and from which a new one can be had", "If there is an account" in page.text, page.text)
    expect("the new password works", "accessToken" in site.log_in(address, NEW_PASSWORD))


def a_seat_without_javascript():
    address, password = site.customer(seats=1)
    held = site.log_in(address, password, PHONE, city="Linz")
    expect("a second device is limited", site.log_in(address, password, LAPTOP)["limitedReason"] == "no-free-seat")
    with browser(javascript=False, width=420) as page:
        page.open(URL + "/account")
        page.submit(email=address, password="wrong")
        expect("a wrong password is told", "The address or the password is wrong" in page.text, page.text)
        page.submit(email=address, password=password)
        expect("the account says that all seats are taken", "All your seats are taken" in page.text, page.text)
        expect("it shows seats", "1 of 1 seats taken" in page.text, page.text)
        expect("it shows until when", "valid until 1 December 2031, 00:00 UTC" in page.text, page.text)
        expect("it tells this browser from others", page.one(".item .tag.own").text == "this browser", page.text)
        expect("the session of the page says so", "Account page, Chrome on Linux" in page.text, page.text)
        holder = next(item for item in page.all(".item") if "holds a seat" in item.text)
        expect("the device that holds the seat is named", "Safari on iPhone" in holder.text, holder.text)
        expect("and its place", "Linz, Austria" in holder.text, holder.text)
        page.press(holder.find_element("css selector", "button"))
        expect("it is logged out", "Safari on iPhone" not in page.text and "0 of 1 seats taken" in page.text, page.text)
        expect("its session has ended", not site.is_live(held, PHONE))
        expect("the next login gets the seat", site.log_in(address, password, LAPTOP)["limited"] is False)
        page.open(URL + "/account")
        page.press(".item form button")
        expect("one can log out of the page", "You are logged out." in page.text, page.text)
        expect("the cookie is gone", page.driver.get_cookie("account") is None)
        page.open(URL + "/account/password")
        expect("then the account is not shown", page.all("input[autocomplete=current-password]") != [], page.text)


def a_new_password_with_javascript():
    address, password = site.customer()
    with browser() as page:
        page.open(site.link(address))
        expect("the token leaves the address at once", page.address == URL + "/create-password", page.address)
        user = page.one("input[autocomplete=username]").get_attribute("value")
        expect("a password manager learns whose password it is", user == address, user)
        button = page.all("button.reveal")[0]
        field = page.one("#password")
        page.fill(password="walnut")
        expect("the button says what it does",
               button.get_attribute("aria-label") == "Show the password" and button.get_attribute("aria-pressed") == "false")
        button.click()
        expect("it shows the password", field.get_attribute("type") == "text" and button.get_attribute("aria-pressed") == "true")
        button.click()
        expect("and hides it again", field.get_attribute("type") == "password")

        def states():
            return {item.get_attribute("data-rule"): item.get_attribute("data-state") for item in page.all("[data-rule]")}

        def typed(value, **wanted):
            page.fill(password=value)
            try:
                page.wait(lambda: wanted.items() <= states().items())
            except Exception:
                pass
            expect(f"while typing {value[:20]}: {wanted}", wanted.items() <= states().items(), states())

        typed("1234567", length="open")
        typed("🦊🦊🦊🦊🦊🦊🦊", length="open")
        typed("🦊🦊🦊🦊🦊🦊🦊🦊", length="met", identity="met", common="met", bytes="met")
        typed("Password1", common="broken")
        typed("anna berger", identity="broken", length="met")
        typed(address.upper(), identity="broken")
        typed("é" * 513, bytes="broken")
        typed(NEW_PASSWORD, length="met", bytes="met", identity="met", common="met")
        expect("a screen reader is told", page.one("#password-status").get_attribute("textContent") == "4 of 4 rules are met.")
        page.fill(confirm="granite")
        expect("sameness is told while typing", "not the same yet" in page.one("#confirm-status").text)
        page.fill(confirm=NEW_PASSWORD)
        expect("also when it is right", "are the same" in page.one("#confirm-status").text)
        page.submit()
        expect("the password is set", "Your password is set" in page.text, page.text)
        expect("the history has no token", "token" not in page.address)
        expect_no_complaints(page, "so far")


def an_account_with_javascript():
    address, password = site.customer(seats=2)
    laptop, phone = (site.log_in(address, password, device) for device in [LAPTOP, PHONE])
    with browser() as page:
        page.open(URL + "/.well-known/change-password")
        page.submit(email=address, password=password)
        expect("a password manager finds the page to change it", page.address == URL + "/account/password", page.address)
        cookie = page.driver.get_cookie("account")
        expect("the page's cookie is out of reach of scripts and other sites",
               cookie["httpOnly"] and cookie["sameSite"] == "Strict" and cookie["path"] == "/", cookie)
        page.open(URL + "/account")
        before = page.driver.get_cookie("account")["value"]
        page.driver.refresh()
        expect("looking rotates nothing", page.driver.get_cookie("account")["value"] == before)
        expect("looking takes no seat", "2 of 2 seats taken" in page.text and len(page.all(".item form")) == 3, page.text)
        times = page.all("time")
        expect("moments are told in the reader's time zone", times and "UTC" not in times[0].text, page.text)

        item = next(item for item in page.all(".item") if "iPhone" in item.text)
        page.press(item.find_element("css selector", "button"))
        expect("the other device's session has ended", not site.is_live(phone, PHONE))
        page.open(URL + "/account/password")
        page.submit(oldPassword="not this", password=NEW_PASSWORD, confirm=NEW_PASSWORD)
        expect("a wrong old password is told", "not your current password" in page.text, page.text)
        page.submit(oldPassword=password, password=NEW_PASSWORD, confirm=NEW_PASSWORD)
        expect("the password is changed", "Your password is changed" in page.text, page.text)
        expect("the old session is dead", not site.is_live(laptop, LAPTOP))
        expect("a mail tells of it", "password" in site.mail(address, "password").lower())
        expect("only the page's session is left", len(page.all(".item form")) == 1, page.text)
        others = [site.log_in(address, NEW_PASSWORD) for _ in range(2)]
        page.open(URL + "/account")
        page.one("summary").click()
        page.press("details button")
        expect("one can log out everywhere", "logged out everywhere" in page.text, page.text)
        expect("then all sessions have ended", not any(site.is_live(other) for other in others))
        expect_no_complaints(page, "so far")

        # As the application does, whose pages live on the same host.
        page.open(URL + "/")
        page.run("""
            const [email, password] = arguments;
            return fetch("/api/auth/login", {method: "POST", headers: {"Content-Type": "application/json"},
                body: JSON.stringify({email, password})}).then((answer) => answer.status)
        """, address, NEW_PASSWORD)
        page.open(URL + "/account")
        expect("who is logged in by the application needs no other login", "Your account" in page.text, page.text)
        application = page.driver.get_cookie("refreshToken")["value"]
        page.open(URL + "/account/password")
        expect("the application's cookie stays as it is", page.driver.get_cookie("refreshToken")["value"] == application)
        expect("and there is no second session", page.driver.get_cookie("account") is None)
        page.open(URL + "/account")
        page.press(".item form button")
        expect("who ends the application's session here loses its cookie", page.driver.get_cookie("refreshToken") is None)


WORDS = """
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const words = [document.title.split(" – ")[0]];
while (texts.nextNode()) words.push(texts.currentNode.textContent.trim());
for (const element of document.querySelectorAll("[aria-label]")) words.push(element.getAttribute("aria-label"));
for (const element of document.querySelectorAll("[data-met], [data-text], [data-same]")) {
    for (const name of ["met", "broken", "text", "same", "different"]) words.push(element.dataset[name] ?? "");
}
return words.filter((text) => /[a-z]{2}/i.test(text) && !/@|^(Usher|Studio|Anna|Chrome|Firefox|ush_)/.test(text));
"""


def every_page_in_both_languages():
    """Nothing that English pages say stands in German ones, but for names."""
    seen = {}
    for language in ["en", "de-AT,de"]:
        with browser(language=language) as page:
            for name in tour(site, page):
                expect(f"{name} speaks {language}", page.run("return document.documentElement.lang") == language[:2])
                seen.setdefault(name, []).append(set(page.run(WORDS)))
                if language == "en":
                    problems = accessibility.check(page)
                    expect(f"{name} can be read by everybody", problems == [], "\n  ".join(problems))
                    problems = accessibility.check_keyboard(page)
                    expect(f"{name} can be used by keyboard", problems == [], "\n  ".join(problems))
                else:
                    page.look(width=320, dark=False)
                    wide = page.run("return document.documentElement.scrollWidth")
                    expect(f"{name} fits a phone in German", wide <= 320, wide)
            expect_no_complaints(page, language)
    for name, (english, german) in seen.items():
        # The number of a request is a word of no language.
        both = {text for text in english & german if " " in text or text.isalpha()}
        expect(f"{name} has no English in German", both == set(), both)


a_password_without_javascript()
a_seat_without_javascript()
a_new_password_with_javascript()
an_account_with_javascript()
every_page_in_both_languages()
sys.exit(1 if results.failed else 0)
