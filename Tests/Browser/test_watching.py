"""Whose a session is: who comes to somebody else's watches it, and gets a copy with one press."""

from playwright.sync_api import expect

from lab_page import fresh, set_field, step, wait_for_open, wait_for_step


def session(page):
    return page.evaluate("sessionStorage.getItem('session')")


def visit(open_page, lab, page):
    """Another browser in which somebody opens the session of this page."""
    page.wait_for_function("sessionStorage.getItem('session') !== null")
    other = open_page("/favicon.svg", faults_expected=True)  # A picture has no icon of its own.
    other.evaluate("name => { sessionStorage.setItem('session', name); sessionStorage.setItem('hash', '') }", session(page))
    other.goto(lab.url + "/")
    wait_for_open(other)
    return other


def test_a_visitor_watches_and_steers_a_copy(open_page, lab):
    page = fresh(open_page)
    page.locator("#step-both").click()
    wait_for_step(page, 1)
    expect(page.locator("#watching")).to_be_hidden()
    other = visit(open_page, lab, page)
    expect(other.locator("#step")).to_have_attribute("data-step", "1")
    expect(other.locator("#watching")).to_be_visible()
    other.locator("#step-both").click()
    expect(other.locator("#notices .notice[data-kind=error]")).to_be_visible()
    assert step(page) == 1
    page.locator("#step-both").click()
    wait_for_step(other, 2)
    other.locator("#watching-copy").click()
    expect(other.locator("#watching")).to_be_hidden()
    expect(other.locator("#step")).to_have_attribute("data-step", "2")
    other.locator("#step-both").click()
    wait_for_step(other, 3)
    set_field(other, "batch", "64")
    expect(other.locator("#field-batch")).to_have_value("64")
    assert step(page) == 2
    expect(page.locator("#field-batch")).to_have_value("128")


def test_two_tabs_of_a_browser_steer_the_same_session(open_page, lab):
    page = fresh(open_page)
    page.wait_for_function("sessionStorage.getItem('session') !== null")
    tab = page.context.new_page()
    tab.goto(lab.url + "/favicon.svg")
    tab.evaluate("name => { sessionStorage.setItem('session', name); sessionStorage.setItem('hash', '') }", session(page))
    tab.goto(lab.url + "/")
    wait_for_open(tab)
    expect(tab.locator("#watching")).to_be_hidden()
    tab.locator("#step-both").click()
    wait_for_step(page, 1)


def test_without_storage_the_lab_works_for_as_long_as_the_tab_is_open(chromium, lab):
    context = chromium.new_context(locale="en-GB")
    context.add_init_script("""
        const refuse = { get() { throw new DOMException("blocked", "SecurityError"); } };
        Object.defineProperty(window, "localStorage", refuse);
        Object.defineProperty(window, "sessionStorage", refuse);""")
    page = context.new_page()
    page.goto(lab.url)
    wait_for_open(page)
    page.locator("#reset").click()
    expect(page.locator("#step")).to_have_attribute("data-step", "0")
    lab.kill()
    expect(page.locator("#lab")).to_have_attribute("data-connection", "lost")
    lab.start()
    wait_for_open(page)
    page.locator("#step-both").click()
    wait_for_step(page, 1)
    context.close()
