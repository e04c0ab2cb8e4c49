"""Shows the playground in a real browser: by keyboard, on a phone, in two windows, and across a restart."""

import re
import socket

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from storage.database import Database
from tests.web import demo_commands
from tests.web.http import Client
from tests.web.serving import Playground, serving

PHONE: ViewportSize = {"width": 390, "height": 844}
NAMELESS = """() => [...document.querySelectorAll('button, a, input, select, textarea')]
    .filter((one) => !`${one.textContent}${one.ariaLabel ?? ''}${one.labels?.length || ''}`.trim())
    .map((one) => one.outerHTML)"""


async def _say(page: Page, words: str) -> None:
    await page.locator("#say").fill(words)
    await page.locator("#say").press("Enter")


async def test_everything_can_be_done_by_keyboard(page: Page) -> None:
    await page.reload()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the message field")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#say")).to_be_focused()

    await page.keyboard.type("/career ask wo")
    await expect(page.get_by_role("option", name="/career ask words")).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("Enter")
    await expect(page.locator("#say")).to_have_value("/career ask words ")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("dialog", name="Words, please")).to_be_visible()
    await expect(page.get_by_label("Their name")).to_be_focused()
    await page.keyboard.type("Maria")
    for _field in range(4):
        await page.keyboard.press("Tab")
    await page.keyboard.type("Manc")
    await expect(page.get_by_role("option", name="Manchester")).to_be_visible()
    await expect(page.get_by_role("option", name="Manila")).to_be_hidden()  # the list for all four letters is there
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Town")).to_have_value("Manchester")
    await page.keyboard.press("Enter")

    await expect(page.get_by_role("heading", name="Thank you for the words")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(page.locator("#say")).to_be_focused()


async def test_a_form_that_comes_back_says_where_and_keeps_every_word(page: Page) -> None:
    await _say(page, "/career ask words")
    await page.get_by_label("Their name").fill("x" * 25)
    await page.get_by_label("E-mail").fill("not an address")
    await page.get_by_label("A note").fill("as it was\nin two lines")
    await page.get_by_role("button", name="Save").click()

    await expect(page.locator(".summary")).to_be_focused()
    await expect(page.get_by_label("E-mail")).to_have_attribute("aria-invalid", "true")
    await expect(page.get_by_label("E-mail")).to_have_accessible_description(re.compile("maria@example.org"))
    await expect(page.get_by_label("Their name")).to_have_value("x" * 25)
    await expect(page.get_by_label("A note")).to_have_value("as it was\nin two lines")
    await page.get_by_role("link", name="E-mail").click()
    await expect(page.get_by_label("E-mail")).to_be_focused()


async def test_every_kind_of_field_arrives(page: Page) -> None:
    await _say(page, "/career ask when")
    await page.get_by_label("Which day?").fill("2099-12-08")
    await page.get_by_label("What time?").fill("09:30")
    await page.get_by_label("How many minutes?").fill("20")
    await page.get_by_label("Video").check()
    await page.get_by_label("I am sure").check()
    await page.get_by_role("button", name="Save").click()
    answer = page.get_by_role("article").filter(has_text="Noted")

    for words in ("2099-12-08", "09:30", "20", "video", "yes"):
        await expect(answer).to_contain_text(words)


async def test_one_of_many_and_some_of_many_arrive(page: Page) -> None:
    await _say(page, "/career ask which")
    await page.get_by_label("A number").select_option("Number 11")
    await page.get_by_role("group", name="Ways to meet").get_by_label("Phone").check()
    await page.get_by_role("group", name="Ways to meet").get_by_label("Visit").check()
    await page.get_by_role("radiogroup", name="The best way").get_by_label("Leave it open").check()
    await page.get_by_role("button", name="Save").click()
    answer = page.get_by_role("article").filter(has_text="Chosen")

    for words in ("11", "phone, visit", "none"):
        await expect(answer).to_contain_text(words)


async def test_what_is_too_long_is_counted_and_never_cut(page: Page) -> None:
    await _say(page, "/career ask words")
    await page.get_by_label("A note").fill("n" * 130)

    await expect(page.get_by_text("30 characters too many. Nothing is cut.")).to_be_visible()
    await expect(page.get_by_label("A note")).to_have_value("n" * 130)


async def test_escape_closes_a_form_and_gives_the_focus_back(page: Page) -> None:
    await _say(page, "/career ask words")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")

    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(page.locator("#say")).to_be_focused()


async def test_a_button_answers_in_place_and_keeps_the_focus_near(page: Page) -> None:
    await _say(page, "/career show all")
    await page.get_by_role("button", name="Count").press("Enter")
    counted = page.get_by_role("article").filter(has_text="Counted to 1")

    await expect(counted).to_be_focused()
    await expect(page.get_by_role("heading", name="Every element")).to_be_hidden()


async def test_a_menu_waits_for_its_button(page: Page) -> None:
    await _say(page, "/career show all")
    await page.get_by_label("How far?", exact=True).select_option("7")
    await expect(page.get_by_role("heading", name="Every element")).to_be_visible()
    await page.get_by_role("button", name="Show: How far?").click()

    await expect(page.locator("#messages").get_by_text("Counted to 7")).to_be_visible()


async def test_others_see_what_is_said_without_loading_again(browser: Browser, demo: Playground, page: Page) -> None:
    ben = await (await browser.new_context()).new_page()
    await ben.goto(f"{demo.url}/at/northside/ben/careers")
    await _say(page, "Hello from New York")

    await expect(ben.locator("#messages").get_by_text("Hello from New York")).to_be_visible()
    await expect(ben.get_by_role("status").filter(has_text="Ana Reyes. Hello from New York")).to_have_count(1)


async def test_a_room_with_news_is_marked_until_it_is_read(demo: Playground, page: Page) -> None:
    await Client(demo.url).say("Over here", "/at/northside/ben/general")
    room = page.get_by_role("link", name="general")
    await expect(room).to_contain_text("new")
    await room.click()

    await expect(page.locator("#messages").get_by_text("Over here")).to_be_visible()
    await expect(page.get_by_role("link", name="general")).not_to_contain_text("new")


async def test_a_member_with_news_is_marked(demo: Playground, page: Page) -> None:
    await Client(demo.url).say("/career help", "/at/northside/ben/direct")

    await expect(page.get_by_role("link", name="Ben Cruz")).to_contain_text("new")


async def test_the_clock_moves_for_everybody(demo: Playground, page: Page) -> None:
    await page.get_by_role("button", name="Move the clock").click()
    await page.get_by_role("button", name="Tomorrow 9:00").click()

    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(page.locator("#now")).to_contain_text("9:00")
    await expect(page.get_by_role("link", name="Ben Cruz")).to_contain_text(re.compile("2[23]:00"))


async def test_whoever_moves_the_clock_is_led_to_the_newest_message(page: Page) -> None:
    for _ in range(3):
        await _say(page, "/career show all " + "long " * 200)
    newest = page.locator("#messages").get_by_text("You get this because you asked.").last
    await expect(newest).to_be_visible()
    await page.evaluate("scrollTo(0, 0)")

    await page.get_by_role("button", name="Move the clock").click()
    await page.get_by_role("button", name="Tomorrow 9:00").click()

    await expect(newest).to_be_in_viewport()


async def test_a_reset_asks_first_and_then_starts_over(page: Page) -> None:
    await _say(page, "soon forgotten")
    await expect(page.locator("#messages").get_by_text("soon forgotten")).to_be_visible()
    await page.get_by_role("button", name="Reset the playground").click()
    await page.get_by_role("dialog", name="Start over?").get_by_role("button", name="Start over").click()

    await expect(page.locator("#messages").get_by_text("soon forgotten")).to_have_count(0)
    await expect(page.get_by_role("heading", name="Welcome")).to_be_visible()


async def test_the_first_steps_lead_somewhere(browser: Browser, demo: Playground) -> None:
    page = await (await browser.new_context()).new_page()
    await page.goto(demo.url)
    await page.get_by_role("button", name="Share a contact").click()
    await expect(page.locator("#say")).to_have_value("/career refer")
    await page.get_by_role("link", name="Find them as Ben").click()

    await expect(page).to_have_url(f"{demo.url}/at/northside/ben/careers")
    await expect(page.locator("#say")).to_have_value("/career board")
    await expect(page.locator("#say")).to_be_focused()


async def test_typed_markup_runs_nothing(page: Page) -> None:
    alarms: list[str] = []
    page.on("dialog", lambda dialog: alarms.append(dialog.message))
    page.on("console", lambda message: alarms.append(message.text))
    for words in ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>'):
        await _say(page, words)
        await _say(page, f"/career shout {words}")
        await expect(page.get_by_role("article").get_by_text(words)).to_have_count(3)

    assert not alarms


@pytest.mark.parametrize("dark", ["light", "dark"])
async def test_nothing_is_wider_than_a_phone(browser: Browser, demo: Playground, dark: str) -> None:
    context = await browser.new_context(viewport=PHONE, color_scheme="dark" if dark == "dark" else "light")
    page = await context.new_page()
    await page.goto(demo.url)
    await _say(page, "/career show all " + "w" * 300)
    await expect(page.locator("#messages").get_by_text("You get this because you asked.")).to_be_visible()
    room = await page.evaluate("document.documentElement.scrollWidth")
    await _say(page, "/career ask when")
    await expect(page.get_by_role("dialog")).to_be_visible()
    dialog = await page.evaluate("document.querySelector('dialog[open]').scrollWidth")
    await page.goto(f"{demo.url}/preview")

    assert room == PHONE["width"]
    assert dialog <= PHONE["width"]
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


async def test_a_phone_keeps_rooms_and_people_behind_a_button(browser: Browser, demo: Playground) -> None:
    page = await (await browser.new_context(viewport=PHONE)).new_page()
    await page.goto(demo.url)
    await expect(page.get_by_role("link", name="Ben Cruz")).to_be_hidden()
    await page.get_by_role("button", name="Menu").click()
    await expect(page.get_by_role("link", name="Ben Cruz")).to_be_visible()
    await page.keyboard.press("Escape")

    await expect(page.get_by_role("link", name="Ben Cruz")).to_be_hidden()
    await expect(page.get_by_role("button", name="Menu")).to_be_focused()


async def test_a_phone_says_the_day_in_short_so_that_the_room_keeps_its_name(
    browser: Browser, demo: Playground
) -> None:
    page = await (await browser.new_context(viewport=PHONE)).new_page()
    await page.goto(demo.url)

    await expect(page.locator("#now")).to_have_text(re.compile(r"^\w{3} \d{1,2} \w{3,4} \d{1,2}:\d\d$"))


async def test_the_page_has_landmarks_and_named_controls(page: Page) -> None:
    await expect(page.get_by_role("navigation", name="Groups, people and rooms")).to_be_visible()
    await expect(page.get_by_role("main", name="careers")).to_be_visible()
    await expect(page.get_by_role("heading", level=1, name="careers")).to_be_visible()

    assert await page.evaluate(NAMELESS) == []


async def test_a_restart_loses_nothing_and_doubles_nothing(browser: Browser, store: Database) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    page = await (await browser.new_context()).new_page()
    async with serving(store, demo_commands, port=port) as first:
        await page.goto(first.url)
        await _say(page, "before")
        await expect(page.locator("#messages").get_by_text("before")).to_be_visible()
    await _say(page, "/career shout in between")
    await expect(page.get_by_text("Reconnecting.")).to_be_visible()
    async with serving(store, demo_commands, port=port):
        await expect(page.locator("#messages").get_by_text("in between", exact=True)).to_have_count(1, timeout=15_000)
        await expect(page.get_by_text("Reconnecting.")).to_be_hidden(timeout=15_000)
        await page.reload()

        await expect(page.locator("#messages").get_by_text("in between", exact=True)).to_have_count(1)
