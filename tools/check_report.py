#!/usr/bin/env python3
"""Opens a report of `spolvero report` in headless Chromium and uses it as a person does: clicks, keys, filters,
decisions, export. Needs Chromium and nothing else.

    tools/check_report.py report.html --screenshots .build/report
    tools/check_report.py report.html --filter .build/release/spolvero augmented

It ends with 0 when all holds, with 1 and the first thing that does not, and with 77 where there is no Chromium."""

import argparse
import base64
import json
import pathlib
import subprocess
import sys
import tempfile
import time

from browser import Browser, chromium


class Check:
    """One report under a browser."""

    def __init__(self, browser: Browser, report: pathlib.Path, folder: pathlib.Path, screenshots: pathlib.Path | None):
        self.browser, self.report, self.folder, self.screenshots = browser, report, folder, screenshots

    def shoot(self, name: str):
        if self.screenshots:
            picture = self.browser("Page.captureScreenshot", format="png")["data"]
            (self.screenshots / f"{name}.png").write_bytes(base64.b64decode(picture))

    def same(self, found, expected, what: str):
        if found != expected:
            raise AssertionError(f"{what}: found {found!r}, expected {expected!r}")

    def open(self):
        browser = self.browser
        start = time.monotonic()
        browser("Page.navigate", url=self.report.resolve().as_uri())
        browser.wait("document.querySelector('#grid img[src]') && document.querySelector('#count').textContent")
        first = time.monotonic() - start
        browser.wait("document.readyState === 'complete'", 300)
        whole = time.monotonic() - start
        browser.wait("[...document.querySelectorAll('#grid img[src]')].every((image) => image.naturalWidth)")
        print(
            f"{self.report.name}: {self.report.stat().st_size / 1e6:.1f} MB; first images after {first:.1f} s, "
            f"all read after {whole:.1f} s; the browser holds {browser.memory() / 1e6:.0f} MB"
        )

    def names(self) -> list:
        """The images of the page that is shown."""
        return self.browser.value("[...document.querySelectorAll('#grid bdi')].map((name) => name.textContent)")

    def decisions(self) -> dict:
        """Exports the decisions, as a person does, and reads them."""
        for old in self.folder.glob("*.jsonl"):
            old.unlink()
        self.browser.press("e")
        end = time.monotonic() + 20
        while not (found := list(self.folder.glob("*.jsonl"))):
            if time.monotonic() > end:
                raise AssertionError("nothing was exported")
            time.sleep(0.05)
        time.sleep(0.2)
        lines = [json.loads(line) for line in found[0].read_text().splitlines()]
        return {line["image"]: line["decision"] for line in lines}

    def everything(self):
        self.open()
        self.order()
        self.judging()
        self.viewer()
        self.filters()
        self.looks()
        if found := self.browser.complaints():
            raise AssertionError(f"the page complains: {found[:3]}")

    def order(self):
        trust = self.browser.value("images.map((image) => image.trust ?? -1)")
        self.same(trust, sorted(trust), "the images' order")
        shown = self.names()
        self.same(shown, self.browser.value("images.slice(0, 60).map((image) => image.name)"), "the first page")
        self.shoot("light")

    def judging(self):
        browser, shown = self.browser, self.names()
        paths = browser.value("images.slice(0, 4).map((image) => image.line.image)")
        for key in ["r", "a", "r", "u"]:
            browser.press(key)
        self.same(self.decisions(), {paths[0]: "reject", paths[1]: "accept"}, "decisions")
        browser("Page.reload")
        browser.wait("document.readyState === 'complete' && document.querySelector('.badge')", 300)
        self.same(
            browser.value("[...document.querySelectorAll('.badge')].map((badge) => badge.textContent).join('')"),
            "✕✓",
            "decisions after the page was opened again",
        )
        for key in ["j", "j", "k", "ArrowRight", "ArrowLeft"]:
            browser.press(key)
        self.same(browser.value("document.querySelector('.card.current bdi').textContent"), shown[1], "where keys lead")

    def viewer(self):
        browser = self.browser
        browser.click("#grid li:first-child .card")
        browser.wait("viewer.open && ['left', 'right', 'over'].every((id) => document.getElementById(id).naturalWidth)")
        self.shoot("viewer")
        left, top, width, height = browser.box("#stage")
        browser.mouse("mousePressed", left + width / 4, top + height / 2)
        browser.mouse("mouseMoved", left + width / 4, top + height / 2)
        browser.mouse("mouseReleased", left + width / 4, top + height / 2)
        self.same(round(browser.value("Number(wipe.value ?? at('wipe').value)")), 25, "where the wipe is")
        browser.press("x")
        self.same(browser.value("at('wipe').value"), "100", "the wipe when flipped")
        browser.press("m")
        self.same(browser.value("at('over').style.opacity"), "0.5", "how far the mask covers")
        for layer in browser.value("choices.map(([name], place) => place)"):
            browser.choose("#leftLayer", layer)
            browser.wait("at('left').naturalWidth || !at('left').hasAttribute('src')")
        browser.choose("#leftLayer", 0)
        first = browser.value("at('title').textContent")
        browser.press("r")
        second = browser.value("at('title').textContent")
        if browser.value("images.length > 1") and first == second:
            raise AssertionError("a decision does not lead to the next image")
        browser.press("u")
        self.same(browser.value("at('title').textContent"), first, "where undoing leads")
        browser.click("#line summary")
        line = json.loads(browser.value("at('json').textContent"))
        if not {"settings", "models", "seed", "imageSHA256"} <= set(line):
            raise AssertionError(f"the ledger's line lacks something: {sorted(line)}")
        self.shoot("line")
        browser.press("Escape")
        browser.wait("!viewer.open")
        browser.press("?")
        browser.wait("help.open")
        self.shoot("help")
        browser.press("Escape")
        browser.wait("!help.open")

    def filters(self):
        browser = self.browser
        browser.choose("#class", 0)
        shown = browser.value("shown.every((image) => image.classes.includes(0)) && shown.length")
        known = browser.value("images.filter((image) => image.classes.includes(0)).length")
        self.same(shown, known, "images of a class")
        browser.choose("#class", "")
        source = browser.value("images.map((image) => image.line.source).find(Boolean)")
        if source:
            browser.choose("#source", source)
            self.same(browser.value("shown.length > 0"), True, "images of a source")
            browser.choose("#source", "")
        middle = browser.value("images[Math.floor(images.length / 2)].trust")
        browser.choose("#high", middle)
        self.same(browser.value("shown.every((image) => image.trust <= Number(at('high').value))"), True, "a range")
        browser.choose("#decision", "reject")
        self.same(browser.value("shown.map(decision)"), ["reject"], "what is rejected")
        browser.click("#clear")
        browser.wait("shown.length === images.length")
        browser.choose("#order", -1)
        self.same(browser.value("shown[0].trust >= shown.at(-1).trust"), True, "the best first")
        browser.choose("#order", 1)
        browser.choose("#words", "no such thing anywhere")
        self.same(self.names(), [], "images of no name")
        browser.choose("#words", "")
        if browser.value("images.length > 60"):
            browser.click("#on")
            browser.wait("at('page').textContent.startsWith('2 of')")
            browser.wait("[...document.querySelectorAll('#grid img')].every((image) => image.naturalWidth)")
            browser.click("#back")

    def looks(self):
        browser = self.browser
        browser.value("scrollTo(0, 0)")
        browser.colours("dark")
        self.shoot("dark")
        browser.press("k")
        browser.press("Enter")
        browser.wait("viewer.open")
        self.shoot("viewer-dark")
        browser.size(390, 844, is_phone=True)
        time.sleep(0.3)
        self.shoot("viewer-phone")
        browser.press("Escape")
        browser.wait("!viewer.open")
        browser.colours("light")
        browser.value("scrollTo(0, 0)")
        time.sleep(0.3)
        self.shoot("phone")
        wide = browser.value("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            raise AssertionError(f"on a phone the page is {wide} pixels too wide")
        browser.size(1280, 900)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=pathlib.Path)
    parser.add_argument("--screenshots", type=pathlib.Path, help="folder for pictures of the page")
    parser.add_argument("--filter", nargs=2, metavar=("PROGRAM", "FOLDER"), help="give the decisions to 'filter'")
    options = parser.parse_args()
    program = chromium()
    if program is None:
        print("no Chromium is here: the report was not opened", file=sys.stderr)
        return 77
    if options.screenshots:
        options.screenshots.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        downloads = pathlib.Path(scratch) / "downloads"
        downloads.mkdir()
        browser = Browser(program, scratch + "/profile")
        try:
            browser("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(downloads))
            check = Check(browser, options.report, downloads, options.screenshots)
            check.everything()
            if options.filter:
                decided = check.decisions()
                filtered(options.filter, next(downloads.glob("*.jsonl")), decided)
        except AssertionError as error:
            print(f"{options.report}: {error}", file=sys.stderr)
            return 1
        finally:
            browser.close()
    print("the page does what it should")
    return 0


def filtered(command: list, decisions: pathlib.Path, decided: dict):
    """Whether the program leaves out what was rejected in the page, and keeps what was accepted."""
    program, folder = command
    subprocess.run([program, "filter", folder, "--decisions", decisions], check=True, stdout=subprocess.DEVNULL)
    for line in map(json.loads, (pathlib.Path(folder) / "filter.jsonl").read_text().splitlines()):
        if line["kept"] != (decided.get(line["image"]) != "reject"):
            raise AssertionError(f"filter has not followed: {line}")


if __name__ == "__main__":
    sys.exit(main())
