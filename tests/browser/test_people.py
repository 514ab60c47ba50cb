"""A shared Patella in a real browser: an invitation, a passkey that a device keeps, sharing, and who lets people in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.clinic import open_clinic
from browser.conftest import PATIENCE_MS
from browser.flags import REPORTS
from browser.test_accessibility import RULES, SCAN
from browser.tools import node_modules
from members import WORDS
from patella.store.people import accounts, invitations
from patella.store.people.people import Role
from patella.store.people.sharing import What, seen_by
from web.people.house import House

Clinic = tuple[House, str]
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    with open_clinic(tmp_path_factory.mktemp("clinic")) as (house, url):
        house.clinic.clock.now_s = time.time()
        house.join("admira", Role.ADMINISTRATOR)
        house.join("petra", Role.PHYSIOTHERAPIST)
        yield house, url


@contextmanager
def a_page(browser: Browser, width: int = 390, theme: Literal["light", "dark"] = "light") -> Iterator[Page]:
    """A browser of somebody; nothing goes wrong in it but that a request is refused."""
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=theme, locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(REPORTS)
    page, wrong = context.new_page(), list[str]()
    page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    context.on("weberror", lambda e: wrong.append(str(e.error)))
    yield page
    assert [w for w in wrong if "status of 4" not in w and "ERR_INTERNET_DISCONNECTED" not in w] == []
    context.close()


def type_password(page: Page, password: str) -> None:
    """By keyboard, Enter at the end."""
    page.get_by_label("Password", exact=True).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def sign_in(page: Page, url: str, handle: str) -> None:
    page.goto(f"{url}/sign-in")
    page.get_by_label("Your sign-in name").fill(handle)
    type_password(page, WORDS)


def heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


def test_an_invited_runner_comes_in_shares_a_part_adds_a_passkey_and_comes_back_by_it(
    browser: Browser, clinic: Clinic
) -> None:
    house, url = clinic
    people = house.clinic.people
    petra = next(a.account for a in accounts.listed(people) if a.account.handle == "petra")
    key = invitations.invite(people, name="Anna", role=Role.RUNNER, physiotherapist=petra.id)
    with a_page(browser) as page:
        page.goto(f"{url}/join#{key}")
        heading(page, "Welcome to Patella")
        assert key not in page.url
        page.reload()  # half-way: the link is still good
        page.get_by_label("Your sign-in name").fill("anna")
        type_password(page, "password1")
        expect(page.get_by_role("alert")).to_contain_text("Four or five words")
        type_password(page, WORDS)
        heading(page, "Who sees my diary")
        expect(page.get_by_text("Nothing is shared yet.")).to_be_visible()
        expect(page.get_by_role("switch", checked=True)).to_have_count(0)
        page.get_by_role("switch", name="Pain and the knee").press("Space")
        page.get_by_role("button", name="Share this").press("Enter")
        expect(page.get_by_text("It counts from now on")).to_be_visible()
        anna = next(a.account for a in accounts.listed(people) if a.account.handle == "anna")
        seen_by(people, petra, anna.id, What.PAIN)
        page.reload()
        expect(page.get_by_text("Petra looked at your pain")).to_be_visible()
        with page.context.expect_page() as opened:
            page.evaluate("window.open('/sharing')")
        opened.value.get_by_role("switch", name="Runs").click()
        opened.value.get_by_role("button", name="Save").click()
        expect(opened.value.get_by_text("It counts from now on")).to_be_visible()
        opened.value.close()
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # one comes back to it
        expect(page.get_by_role("switch", name="Runs")).to_be_checked()
        page.get_by_role("button", name="Stop sharing with Petra").click()
        expect(page.get_by_role("heading", name="Petra")).to_have_count(0)
        expect(page.get_by_text("Petra sees nothing of your diary now.")).to_be_visible()

        page.goto(f"{url}/account")
        with_a_device(page)
        page.get_by_role("button", name="Add a passkey").click()
        page.get_by_label("What to call it").fill("My phone")
        page.get_by_label("Your password").fill(WORDS)
        page.get_by_role("button", name="Add it").click()
        expect(page.get_by_role("button", name="Remove My phone")).to_be_visible()
        page.get_by_role("button", name="Sign out", exact=True).click()
        heading(page, "Sign in")
        assert page.context.cookies() == []
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.wait_for_url("**/today")
        (cookie,) = page.context.cookies()
        assert (cookie["name"], cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (
            "__Host-patella", True, True, "Strict",
        )  # fmt: skip


def with_a_device(page: Page) -> Callable[[], object]:
    """A device that keeps passkeys; what is given takes it away, as if it were lost."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    found = line.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return lambda: line.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": found["authenticatorId"]})


def test_somebody_joins_by_a_passkey_alone_and_comes_back_by_a_link_when_it_is_lost(
    browser: Browser, clinic: Clinic
) -> None:
    house, url = clinic
    people = house.clinic.people
    with a_page(browser) as page:
        lose = with_a_device(page)
        page.goto(f"{url}/join#{invitations.invite(people, name='Eva', role=Role.RUNNER)}")
        page.get_by_role("button", name="Come in with a passkey").click()
        expect(page.get_by_role("alert")).to_contain_text("A sign-in name has")
        page.get_by_label("Your sign-in name").fill("eva")
        page.get_by_role("button", name="Come in with a passkey").click()
        page.wait_for_url("**/welcome")
        page.goto(f"{url}/account")
        expect(page.get_by_text("the only way into your account")).to_be_visible()
        page.get_by_role("button", name="Remove").click()
        expect(page.get_by_role("alert")).to_contain_text("You come in by this passkey alone.")
        page.get_by_role("button", name="Sign out", exact=True).click()
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.wait_for_url("**/welcome")

        lose()
        lose = with_a_device(page)
        eva = next(a.account for a in accounts.listed(people) if a.account.handle == "eva")
        page.goto(f"{url}/join#{invitations.invite_back(people, eva.id)}")
        heading(page, "Welcome back, Eva")
        page.get_by_role("button", name="Come in with a passkey").click()
        page.wait_for_url("**/welcome")
        page.goto(f"{url}/account")
        expect(page.get_by_role("button", name="Remove")).to_have_count(1)
        page.get_by_label("New password").fill(WORDS)
        page.get_by_role("button", name="Set a password").click()
        expect(page.get_by_label("Password now")).to_be_visible()
        page.get_by_role("button", name="Remove").click()
        expect(page.get_by_role("button", name="Remove")).to_have_count(0)


def test_an_administrator_makes_a_link_shuts_somebody_out_and_sees_no_diary(browser: Browser, clinic: Clinic) -> None:
    house, url = clinic
    house.join("berta")
    with a_page(browser) as page:
        sign_in(page, url, "admira")
        heading(page, "People")
        page.get_by_role("button", name="Physiotherapist", exact=True).click()
        page.get_by_label("Their name").fill("Paula")
        page.get_by_role("button", name="Make a link").click()
        expect(page.get_by_text(f"{url}/join#")).to_be_visible()
        page.get_by_role("button", name="Withdraw the invitation of Paula").click()
        expect(page.get_by_role("button", name="Withdraw the invitation of Paula")).to_have_count(0)
        berta = page.get_by_role("listitem").filter(has_text="Berta")
        berta.locator("summary").click()
        berta.get_by_role("button", name="Shut out").click()
        expect(berta.get_by_role("button", name="Let in again")).to_be_visible()
        expect(berta.get_by_role("status")).to_have_text("Shut out. Their diary stays as it is.")
        page.context.set_offline(True)
        berta.get_by_role("button", name="Let in again").click()
        expect(berta.get_by_role("alert")).to_contain_text("No answer from the server")
        page.context.set_offline(False)
        page.goto(f"{url}/today")
        page.wait_for_url("**/people")


@pytest.mark.parametrize(("theme", "width"), [("light", 320), ("dark", 1280)])
def test_every_page_of_people_fits_and_is_told_to_who_listens(
    browser: Browser, clinic: Clinic, theme: Literal["light", "dark"], width: int
) -> None:
    house, url = clinic
    runner = house.join(f"cleo{width}").who
    assert runner is not None
    key = invitations.invite(house.clinic.people, name="Dora", role=Role.RUNNER)
    with a_page(browser, width, theme) as page:
        page.context.new_cdp_session(page).send("Page.setBypassCSP", {"enabled": True})
        for who, views in (
            ("", {"sign-in": "Sign in", f"join#{key}": "Welcome to Patella"}),
            (runner.handle, {"sharing": "Who sees my diary", "account": "Your account"}),
            ("admira", {"people": "People"}),
        ):
            if who:
                page.context.clear_cookies()
                sign_in(page, url, who)
                page.wait_for_url(lambda address: "sign-in" not in address)
            for view, name in views.items():
                page.goto(f"{url}/{view}")
                heading(page, name)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, view
                page.add_script_tag(path=node_modules() / "axe-core/axe.min.js")
                assert page.evaluate(SCAN, RULES) == [], view
