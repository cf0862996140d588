"""Walks through the pages in a real browser, with JavaScript and without.

Usage: browser_story.py BASE_URL LINK CHROMIUM CHROMEDRIVER SCREENSHOT_FOLDER
LINK is a mail link that nobody has used. Prints a line for each step, and ends with 1 if any came out wrong.
"""

import sys

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions
from selenium.webdriver.support.ui import WebDriverWait

BASE_URL, LINK, CHROMIUM, CHROMEDRIVER, SHOTS = sys.argv[1:]
PASSWORD = "granite lantern 94"
failed = 0


def expect(name, is_right, seen=""):
    global failed
    failed += not is_right
    print(f"{'ok' if is_right else 'WRONG'}: {name}" + ("" if is_right else f": {seen}"))


def browser(with_javascript, width=1000):
    options = Options()
    options.binary_location = CHROMIUM
    for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", f"--window-size={width},900"]:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    if not with_javascript:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    return webdriver.Chrome(options=options, service=Service(CHROMEDRIVER))


def text(driver):
    return driver.find_element(By.TAG_NAME, "body").text


def submit(driver, **fields):
    for name, value in fields.items():
        field = driver.find_element(By.NAME, name)
        field.clear()
        field.send_keys(value)
    button = driver.find_element(By.CSS_SELECTOR, "form button[type=submit]")
    button.click()
    # The click returns before the answer is there.
    WebDriverWait(driver, 20).until(expected_conditions.staleness_of(button))


def ask_for_a_reset(driver, name):
    driver.get(BASE_URL + "/reset-password")
    expect(f"{name}: the reset page has a heading", driver.find_elements(By.TAG_NAME, "h1") != [])
    driver.save_screenshot(f"{SHOTS}/{name}-reset.png")
    submit(driver, email="nobody@example.com")
    expect(f"{name}: a reset for an unknown address says that a mail is on its way if there is an account",
           "if" in text(driver).lower() and "mail" in text(driver).lower(), text(driver))
    driver.save_screenshot(f"{SHOTS}/{name}-reset-done.png")


def set_a_password(driver, name):
    driver.get(LINK)
    driver.get(LINK)
    fields = driver.find_elements(By.CSS_SELECTOR, "input[autocomplete=new-password]")
    expect(f"{name}: opening the link twice spends nothing", len(fields) == 2, text(driver))
    driver.save_screenshot(f"{SHOTS}/{name}-create.png")
    submit(driver, password=PASSWORD, confirm=PASSWORD + "x")
    expect(f"{name}: unequal passwords are named", "not the same" in text(driver), text(driver))
    driver.save_screenshot(f"{SHOTS}/{name}-create-error.png")
    submit(driver, password=PASSWORD, confirm=PASSWORD)
    expect(f"{name}: the password is set", not driver.find_elements(By.CSS_SELECTOR, "input[type=password]"), text(driver))
    driver.save_screenshot(f"{SHOTS}/{name}-create-done.png")
    driver.get(LINK)
    expect(f"{name}: the used link leads to /401", "/401" in driver.current_url, driver.current_url)
    driver.save_screenshot(f"{SHOTS}/{name}-401.png")


def complaints(driver):
    """What the browser says about our own pages; a blocked resource would be among them."""
    return [entry["message"] for entry in driver.get_log("browser")
            if "favicon" not in entry["message"] and "422" not in entry["message"]]


def main():
    with browser(with_javascript=False, width=420) as driver:
        ask_for_a_reset(driver, "phone")
        set_a_password(driver, "phone")
    with browser(with_javascript=True) as driver:
        ask_for_a_reset(driver, "desktop")
        driver.get(BASE_URL + "/")
        driver.save_screenshot(f"{SHOTS}/desktop-home.png")
        expect("desktop: the first page links to the forms",
               driver.find_elements(By.CSS_SELECTOR, "a[href='/reset-password']") != [], driver.page_source)
        expect("desktop: the browser has nothing to complain about", complaints(driver) == [], complaints(driver))
    sys.exit(1 if failed else 0)


main()
