"""Drives Chromium as a person does, and says what came out wrong."""

import base64
import json

from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

# Gathers what the page's policy forbade, from the first moment on.
LISTEN = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
        window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
    });
"""


class Results:
    """What was expected, and whether it was so; a line for each."""

    def __init__(self):
        self.failed = 0

    def expect(self, name, is_right, seen=""):
        self.failed += not is_right
        print(f"{'ok' if is_right else 'WRONG'}: {name}" + ("" if is_right else f": {seen}"), flush=True)


class Browser:
    def __init__(self, chromium, chromedriver, *, javascript=True, language="en", width=1000, arguments=()):
        options = Options()
        options.binary_location = chromium
        for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                         f"--window-size={width},900", *arguments]:
            options.add_argument(argument)
        preferences = {"intl.accept_languages": language, "credentials_enable_service": False}
        if not javascript:
            preferences["profile.managed_default_content_settings.javascript"] = 2
        options.add_experimental_option("prefs", preferences)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.javascript = javascript
        self.driver = webdriver.Chrome(options=options, service=Service(chromedriver))
        if javascript:
            self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": LISTEN})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    def open(self, url):
        self.driver.get(url)

    @property
    def text(self):
        return self.driver.find_element(By.TAG_NAME, "body").text

    @property
    def title(self):
        return self.driver.title

    @property
    def address(self):
        return self.driver.current_url

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def fill(self, **fields):
        for name, value in fields.items():
            field = self.one(f"input[name={name}]:not([type=hidden])")
            field.clear()
            field.send_keys(value)

    def press(self, button):
        """Presses a button that leads to another page, and waits for that."""
        button = self.one(button) if isinstance(button, str) else button
        button.click()
        # The click returns before the answer is there.
        self.wait(lambda: self.is_gone(button))

    @staticmethod
    def is_gone(element):
        try:
            element.is_enabled()
            return False
        except WebDriverException:
            # Stale, or of a document that is being replaced at this moment.
            return True

    def submit(self, **fields):
        self.fill(**fields)
        self.press("main form button[type=submit]")

    def wait(self, condition):
        return WebDriverWait(self.driver, 20, poll_frequency=0.05).until(lambda _: condition())

    def tab(self):
        """Goes on to the next element by keyboard; what has the focus then."""
        self.driver.switch_to.active_element.send_keys(Keys.TAB)
        return self.driver.switch_to.active_element

    def look(self, *, width, dark):
        """The same page on another device."""
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 844 if width < 600 else 800, "deviceScaleFactor": 1, "mobile": False})
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})

    def picture(self, path):
        """The whole page as PNG."""
        size = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {
            "captureBeyondViewport": True,
            "clip": {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}})
        with open(path, "wb") as file:
            file.write(base64.b64decode(shot["data"]))

    def complaints(self):
        """What the browser says against the pages since this was asked last; a refused form is no complaint."""
        log = [entry["message"] for entry in self.driver.get_log("browser")]
        blocked = self.run("return window.violations ?? []") if self.javascript else []
        return [line for line in log if "the server responded with a status of 4" not in line] + blocked

    def json(self, script):
        return json.loads(self.run(f"return JSON.stringify({script})"))
