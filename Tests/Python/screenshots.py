"""Takes pictures of every page in every state: light and dark, on a phone and on a desktop.

Usage: screenshots.py BASE_URL WEBHOOK_TOKEN MAIL_FOLDER CHROMIUM CHROMEDRIVER FOLDER [LANGUAGE]
"""

import itertools
import pathlib
import sys

from browser import Browser
from site_under_test import Site
from tour import tour

URL, TOKEN, MAIL_FOLDER, CHROMIUM, CHROMEDRIVER, FOLDER = sys.argv[1:7]
LANGUAGE = sys.argv[7] if len(sys.argv) > 7 else "en"

folder = pathlib.Path(FOLDER)
folder.mkdir(parents=True, exist_ok=True)
with Browser(CHROMIUM, CHROMEDRIVER, language=LANGUAGE) as browser:
    for name in tour(Site(URL, TOKEN, MAIL_FOLDER), browser):
        for width, dark in itertools.product([390, 1280], [False, True]):
            browser.look(width=width, dark=dark)
            browser.picture(folder / f"{name}-{width}-{'dark' if dark else 'light'}.png")
print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")
