"""Every page in every state that somebody can see, one after the other."""

LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Safari/604.1"


def passwords(site, browser):
    """The pages of the mails and their links."""
    address, _ = site.customer()
    browser.open(site.url + "/reset-password")
    yield "reset"
    browser.submit(email="anna")
    yield "reset-mistake"
    browser.submit(email=address)
    yield "reset-sent"
    browser.press("main form button[type=submit]")
    yield "reset-sent-again"
    browser.open(site.url + "/create-password")
    yield "create-without-link"
    browser.submit(token="", password="copper", confirm="copper")
    yield "create-without-link-mistake"
    link = site.link(address)
    browser.open(link)
    yield "create"
    browser.fill(password="copper meadow 17", confirm="copper meadow 17")
    browser.wait(lambda: len(browser.all("[data-rule][data-state=met]")) == 4)
    yield "create-all-met"
    browser.fill(password=address, confirm="copper")
    browser.wait(lambda: browser.all("[data-rule=identity][data-state=broken]"))
    browser.all("button.reveal")[0].click()
    yield "create-typing"
    browser.submit(password="iloveyou", confirm="iloveyou")
    yield "create-mistake"
    browser.submit(password="copper meadow 17", confirm="copper meadow 17")
    yield "create-done"
    browser.open(link)
    yield "refused-spent"
    for reason in ["expired", "unknown"]:
        browser.open(site.url + "/401?reason=" + reason)
        yield "refused-" + reason


def account(site, browser):
    """The pages of the account, for somebody whose seats are all taken."""
    address, password = site.customer(seats=2)
    site.log_in(address, password, LAPTOP, city="Vienna")
    site.log_in(address, password, "Studio/4.2 (Macintosh)", deviceId="Anna’s studio")
    site.log_in(address, password, PHONE, city="Linz")
    browser.open(site.url + "/account")
    yield "login"
    browser.submit(email=address, password="wrong")
    yield "login-mistake"
    browser.submit(email=address, password=password)
    yield "account"
    browser.press(browser.all("main .item form button")[1])
    yield "account-ended"
    browser.one("summary").click()
    yield "account-everywhere"
    browser.open(site.url + "/account/password")
    yield "change"
    browser.submit(oldPassword="wrong", password="copper meadow 17", confirm="copper meadow 17")
    yield "change-mistake"
    browser.submit(oldPassword=password, password="copper meadow 17", confirm="copper meadow 17")
    yield "change-done"
    browser.press("main .item form button")
    yield "logged-out"
    browser.open(site.url + "/account")
    newcomer, password = site.customer()
    browser.submit(email=newcomer, password=password)
    yield "account-without-licence"


def tour(site, browser):
    browser.open(site.url + "/")
    yield "home"
    yield from passwords(site, browser)
    yield from account(site, browser)
    browser.open(site.url + "/reset-password")
    browser.run("document.querySelector('input[name=form]').value = 'forged'")
    browser.submit(email="anna@example.com")
    yield "failure"
