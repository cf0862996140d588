"""Resets a password and uses the account in a real browser, by https and through a proxy.

Usage: https_story.py BASE_URL PORT RESET_LINK EMAIL CHROMIUM CHROMEDRIVER
PORT is where the proxy listens on this machine; the browser trusts what the NSS database in HOME does.
Prints a line for each step, and ends with 1 if any came out wrong.
"""

import sys
from urllib.parse import urlsplit

from browser import Browser, Results

URL, PORT, LINK, EMAIL, CHROMIUM, CHROMEDRIVER = sys.argv[1:]
PASSWORD = "granite lantern 94"
HOST = urlsplit(URL).hostname
results = Results()
expect = results.expect

with Browser(CHROMIUM, CHROMEDRIVER, arguments=[f"--host-resolver-rules=MAP {HOST}:443 127.0.0.1:{PORT}"]) as page:
    page.open(LINK)
    expect("the page of the link is there", len(page.all("input[autocomplete=new-password]")) == 2, page.text)
    page.submit(password=PASSWORD, confirm=PASSWORD)
    expect("the password is set", "Your password is set" in page.text, page.text)
    protocol = page.run("return performance.getEntriesByType('navigation')[0].nextHopProtocol")
    expect("it came by HTTP/2", protocol == "h2", protocol)
    page.open(LINK)
    expect("the spent link leads to a page of the same address", page.address.startswith(URL + "/401"), page.address)

    page.open(URL + "/account")
    page.submit(email=EMAIL, password=PASSWORD)
    expect("the account is shown", "Your account" in page.text, page.text)
    cookie = page.driver.get_cookie("__Host-account")
    expect("its cookie is kept, and goes over TLS alone",
           cookie and cookie["secure"] and cookie["httpOnly"] and cookie["sameSite"] == "Strict", cookie)
    page.press(".item form button")

    page.open(URL + "/")
    status = page.run("""
        const [email, password] = arguments;
        return fetch("/api/auth/login", {method: "POST", headers: {"Content-Type": "application/json"},
            body: JSON.stringify({email, password})}).then((answer) => answer.status)
    """, EMAIL, PASSWORD)
    expect("the application logs in", status == 200, status)
    first = page.driver.get_cookie("__Host-refreshToken")
    expect("its cookie is kept, and goes over TLS alone",
           first and first["secure"] and first["httpOnly"] and first["sameSite"] == "Strict" and first["path"] == "/", first)
    status = page.run("return fetch('/api/auth/refresh-token', {method: 'POST'}).then((answer) => answer.status)")
    expect("the cookie refreshes", status == 200, status)
    second = page.driver.get_cookie("__Host-refreshToken")
    expect("and is another one then", first and second and first["value"] != second["value"])
    complaints = page.complaints()
    expect("the browser has nothing to complain about", complaints == [], complaints)

sys.exit(1 if results.failed else 0)
