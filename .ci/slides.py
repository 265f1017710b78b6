#!/usr/bin/env python3
"""Tries decks in headless Chromium as a speaker would: `slides.py CHROMEDRIVER CHROMIUM DECK.html…`.

Keys are pressed by the browser itself (WebDriver), so that a key handler that is broken is noticed. What a deck does not do is printed.
Ends with 1 where anything was found.
"""
import base64
import contextlib
import json
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ARROW_RIGHT, ARROW_LEFT, ARROW_DOWN, PAGE_UP, PAGE_DOWN = "\ue014", "\ue012", "\ue015", "\ue00e", "\ue00f"
HOME, END, ENTER = "\ue011", "\ue010", "\ue007"

# What is to be seen: the numbers of the slides that are, and what is beside them.
LOOK = """
const seen = [...document.querySelectorAll('.slide')].map((slide, at) => [slide, at + 1])
  .filter(([slide]) => { const box = slide.getBoundingClientRect(); return box.width > 0 && box.height > 0; });
const current = document.querySelector('.slide.current');
const face = current.querySelector('.face').getBoundingClientRect(), frame = current.getBoundingClientRect();
const speaker = document.querySelector('[data-deck="speaker"]');
return {
  seen: seen.map(([, number]) => number), slides: document.querySelectorAll('.slide').length,
  current: [...document.querySelectorAll('.slide')].indexOf(current) + 1, hash: location.hash,
  notes: speaker.hidden || !speaker.getBoundingClientRect().width ? null : document.querySelector('[data-deck="said"]').textContent.trim(),
  own: current.querySelector(':scope > .notes')?.textContent.trim() || '',
  cut: face.bottom > frame.bottom + 1 && getComputedStyle(current).overflowY !== 'auto',
  blank: !current.querySelector('.face').innerText.trim(),
  wide: seen.filter(([slide]) => slide.querySelector('.face').getBoundingClientRect().right > slide.getBoundingClientRect().right + 1).length,
  outside: frame.top < -1 || frame.bottom > innerHeight + 1 || frame.left < -1 || frame.right > innerWidth + 1,
};
"""

# A slide that holds far too much, made of the one that is shown.
OVERFILL = """
const face = document.querySelector('.slide.current .face');
for (let i = 0; i < 60; i++) { const p = document.createElement('p'); p.textContent = 'More ' + i; face.append(p); }
window.dispatchEvent(new Event('resize'));
"""


class Browser:
    def __init__(self, port, chromium, profile):
        self.at = f"http://127.0.0.1:{port}"
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-sync",
                     "--disable-background-networking", "--disable-component-update", f"--user-data-dir={profile}"]
        options = {"binary": chromium, "args": arguments}
        wanted = {"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options}}}
        self.at += "/session/" + self.ask("/session", wanted)["sessionId"]
        # Measured without the frame of a window.
        self.cdp("Emulation.setDeviceMetricsOverride", width=1280, height=720, deviceScaleFactor=1, mobile=False)

    def ask(self, path, data=None, method="POST"):
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(self.at + path, body, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            sys.exit(f"the browser: {json.load(error)['value']['message']}")

    def cdp(self, command, **params):
        return self.ask("/goog/cdp/execute", {"cmd": command, "params": params})

    def run(self, script):
        return self.ask("/execute/sync", {"script": script, "args": []})

    def press(self, *keys):
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.ask("/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def open(self, page, place=""):
        self.ask("/url", {"url": "about:blank"})
        self.ask("/url", {"url": page.resolve().as_uri() + place})

    def printed(self):
        pdf = base64.b64decode(self.cdp("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])
        boxes = {tuple(round(float(edge)) for edge in box.split()) for box in re.findall(rb"/MediaBox \[([^\]]*)\]", pdf)}
        return len(re.findall(rb"/Type\s*/Page\b", pdf)), boxes


def tried(browser, page):
    """What the deck does not do."""
    faults = []

    def hold(what, found, wanted):
        if found != wanted:
            faults.append(f"{what}: found {found}, expected {wanted}")

    def shown(what, number):
        look = browser.run(LOOK)
        hold(what, (look["current"], look["seen"], look["hash"]), (number, [number], f"#slide-{number}"))

    browser.open(page)
    last = browser.run(LOOK)["slides"]
    if last < 3:
        return [f"only {last} slides: too few to be tried"]
    shown("opened", 1)
    for name, key, number in [("right", ARROW_RIGHT, 2), ("down", ARROW_DOWN, 3), ("left", ARROW_LEFT, 2), ("space", " ", 3),
                              ("page up", PAGE_UP, 2), ("End", END, last), ("right on the last slide", ARROW_RIGHT, last),
                              ("Home", HOME, 1), ("left on the first slide", ARROW_LEFT, 1)]:
        browser.press(key)
        shown(name, number)
    # Each slide is seen whole, or scrolls; and speaks its own notes.
    noted = []
    for number in range(1, last + 1):
        look = browser.run(LOOK)
        hold(f"slide {number} by the arrow keys", look["current"], number)
        hold(f"slide {number} is cut, stands out or is blank", (look["cut"], look["outside"], look["wide"], look["blank"]), (False, False, 0, False))
        if look["own"]:
            noted.append(number)
        browser.press(ARROW_RIGHT)
    if not noted:
        faults.append("no slide has notes")
    for number in noted[:2]:
        browser.open(page, f"#slide-{number}")
        hold("notes before they are asked for", browser.run(LOOK)["notes"], None)
        browser.press("n")
        look = browser.run(LOOK)
        hold(f"notes of slide {number}", look["notes"], look["own"])
        browser.press("n")
        hold("notes that were put away", browser.run(LOOK)["notes"], None)
    # The overview shows all, moves, and opens what was chosen.
    browser.open(page, "#slide-2")
    shown("deep link", 2)
    browser.press("o")
    look = browser.run(LOOK)
    hold("overview", (look["seen"], look["wide"]), (list(range(1, last + 1)), 0))
    browser.press(ARROW_RIGHT)
    browser.press(ENTER)
    shown("Enter in the overview", 3)
    browser.press("o", "o")
    shown("overview opened and closed", 3)
    # Printing gives each slide once, whichever is shown, and also those that nobody has seen.
    sheet = {(0, 0, 960, 540)}
    for place in ("", f"#slide-{last}"):
        browser.open(page, place)
        hold(f"printed from {place or 'the beginning'}", browser.printed(), (last, sheet))
    browser.press("n")
    hold("printed with the notes open", browser.printed(), (last, sheet))
    # What cannot be made small enough scrolls, by the keys too, before they leave the slide.
    browser.open(page, "#slide-2")
    browser.run(OVERFILL)
    look = browser.run(LOOK)
    hold("a slide that holds too much is cut", look["cut"], False)
    size = browser.run("return parseFloat(document.querySelector('.slide.current .face').style.zoom)")
    if size < 0.6:
        faults.append(f"a slide that holds too much is set too small: {size}")
    browser.press(PAGE_DOWN)
    shown("page down within a slide that scrolls", 2)
    if not browser.run("return document.querySelector('.slide.current').scrollTop") > 0:
        faults.append("page down does not scroll a slide that holds too much")
    browser.press(*[PAGE_DOWN] * 12)
    if not browser.run(LOOK)["current"] > 2:
        faults.append("page down does not leave a slide that was scrolled to its end")
    return faults


def main():
    driver, chromium, *pages = sys.argv[1:]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    bad = 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen([driver, f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(100):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.1)
            browser = Browser(port, chromium, profile)
            for page in map(pathlib.Path, pages):
                for fault in tried(browser, page):
                    bad += 1
                    print(f"{page}: {fault}")
            browser.ask("", method="DELETE")
        finally:
            process.terminate()
            process.wait()
    print(f"slides: {len(pages)} decks tried in a browser, {bad} findings")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
