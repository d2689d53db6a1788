#!/usr/bin/env python3
"""Opens a report of `spolvero report` in headless Chromium and uses it as a person does: clicks, keys, filters,
decisions, export. Needs Chromium and nothing else: it speaks DevTools' protocol through a pipe.

    tools/check_report.py report.html --screenshots .build/report
    tools/check_report.py report.html --filter .build/release/spolvero augmented
    tools/check_report.py --enlarge augmented 5000 large && spolvero report large -o large.html

It ends with 0 when all holds, with 1 and the first thing that does not, and with 77 where there is no Chromium."""

import argparse
import base64
import itertools
import json
import os
import pathlib
import select
import shutil
import subprocess
import sys
import tempfile
import time

CODES = {"Enter": 13, "Escape": 27, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}
NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]


class Browser:
    """A Chromium with one page."""

    def __init__(self, program: str, profile: str):
        ours_in, its_out = os.pipe()
        its_in, ours_out = os.pipe()

        def arrange():
            # Chromium reads from 3 and writes to 4.
            copies = os.dup(its_in), os.dup(its_out)
            os.dup2(copies[0], 3)
            os.dup2(copies[1], 4)

        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
            + ["--remote-debugging-pipe", f"--user-data-dir={profile}", "--window-size=1280,900", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            close_fds=False,
            preexec_fn=arrange,
        )
        os.close(its_in)
        os.close(its_out)
        self.reader, self.writer = ours_in, ours_out
        self.numbers, self.buffer, self.events = itertools.count(1), b"", []
        self.session = None
        target = self("Target.createTarget", url="about:blank")["targetId"]
        self.session = self("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Network", "Log", "Performance"]:
            self(f"{domain}.enable")

    def __call__(self, method: str, **parameters):
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": parameters}
        if self.session and not method.startswith(("Target.", "Browser.")):
            message["sessionId"] = self.session
        os.write(self.writer, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read(120)
            if answer.get("id") == number:
                if "error" in answer:
                    raise AssertionError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def read(self, seconds: float):
        while b"\0" not in self.buffer:
            if not select.select([self.reader], [], [], seconds)[0]:
                raise AssertionError(f"the browser has not answered for {seconds} s")
            piece = os.read(self.reader, 1 << 20)
            if not piece:
                raise AssertionError("the browser has ended")
            self.buffer += piece
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def value(self, expression: str):
        """What a script finds in the page."""
        answer = self("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise AssertionError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait(self, expression: str, seconds: float = 60):
        end = time.monotonic() + seconds
        while not self.value(f"!!({expression})"):
            if time.monotonic() > end:
                raise AssertionError(f"not so after {seconds} s: {expression}")
            time.sleep(0.05)

    def press(self, key: str):
        text = key if len(key) == 1 else "\r" if key == "Enter" else ""
        code = CODES.get(key, 0)
        both = {"key": key, "windowsVirtualKeyCode": code, "code": key if code else ""}
        self("Input.dispatchKeyEvent", type="keyDown", text=text, **both)
        self("Input.dispatchKeyEvent", type="keyUp", **both)

    def box(self, selector: str):
        return self.value(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            " e.scrollIntoView({block: 'nearest'}); const r = e.getBoundingClientRect();"
            " return [r.left, r.top, r.width, r.height]; })()"
        )

    def click(self, selector: str):
        left, top, width, height = self.box(selector)
        self.mouse("mousePressed", left + width / 2, top + height / 2)
        self.mouse("mouseReleased", left + width / 2, top + height / 2)

    def mouse(self, kind: str, x: float, y: float):
        self("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", buttons=1, clickCount=1)

    def choose(self, selector: str, value):
        """Types or chooses in a field of a form."""
        self.value(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); e.value = {json.dumps(str(value))};"
            " for (const name of ['input', 'change']) e.dispatchEvent(new Event(name, {bubbles: true})); })()"
        )

    def size(self, width: int, height: int, is_phone: bool = False):
        self(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=2 if is_phone else 1,
            mobile=is_phone,
        )

    def colours(self, scheme: str):
        self("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def memory(self) -> int:
        """What the browser and the processes below it hold, in bytes."""
        parents = {}
        for path in pathlib.Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rsplit(")", 1)[1].split()
                parents[int(path.parent.name)] = int(fields[1])
            except OSError:
                continue
        family, grown = {self.process.pid}, True
        while grown:
            more = {child for child, parent in parents.items() if parent in family} - family
            family, grown = family | more, bool(more)
        pages = 0
        for number in family:
            try:
                lines = pathlib.Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
                pages += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
            except OSError:
                continue
        return pages * 1024

    def complaints(self) -> list:
        """Errors, and requests for anything that is not in the file."""
        found = []
        for event in self.events:
            method, parameters = event.get("method"), event.get("params", {})
            if method == "Runtime.exceptionThrown":
                found.append(parameters["exceptionDetails"])
            elif method == "Log.entryAdded" and parameters["entry"]["level"] == "error":
                found.append(parameters["entry"]["text"])
            elif method == "Network.requestWillBeSent":
                url = parameters["request"]["url"]
                if not url.startswith(("file:", "data:", "blob:", "about:")):
                    found.append(url)
        return found

    def close(self):
        try:
            self("Browser.close")
        except (AssertionError, OSError):
            self.process.kill()
        self.process.wait(30)


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


def enlarge(folder: pathlib.Path, count: int, target: pathlib.Path):
    """A run of many images with the files of a small one, linked, each from a photograph of its own."""
    lines = [json.loads(line) for line in (folder / "ledger.jsonl").read_text().splitlines()]
    # What images share has lines of its own.
    setups, lines = [line for line in lines if "image" not in line], [line for line in lines if "image" in line]
    target.mkdir()
    if (folder / "spolvero.json").exists():
        shutil.copy(folder / "spolvero.json", target)

    def link(path: str, new: str):
        (target / new).parent.mkdir(parents=True, exist_ok=True)
        os.link(folder / path, target / new)

    with open(target / "ledger.jsonl", "w") as ledger:
        ledger.writelines(json.dumps(setup) + "\n" for setup in setups)
        for number in range(count):
            line = dict(lines[number % len(lines)])
            source = pathlib.Path(line["image"]).with_name(line["source"])
            photograph = next(p for p in (folder / source.parent).glob(line["source"] + ".*")).relative_to(folder)
            mask = pathlib.Path(line["mask"])
            stem = f"photograph_{number:06d}"
            link(photograph, photograph.with_stem(stem))
            link(mask.with_stem(line["source"]), mask.with_stem(stem))
            # Photographs have the detail that decides how large a picture becomes.
            link(photograph, photograph.with_stem(stem + "_1"))
            link(mask, mask.with_stem(stem + "_1"))
            line |= {"image": str(photograph.with_stem(stem + "_1")), "mask": str(mask.with_stem(stem + "_1"))}
            line |= {"source": stem, "copy": 1, "maskSHA256": f"{number:064x}", "imageSHA256": f"{number:064x}"}
            line |= {"fit": round(number * 7919 % count / count, 3)}
            line.pop("instances", None)
            ledger.write(json.dumps(line) + "\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=pathlib.Path, nargs="?")
    parser.add_argument("--screenshots", type=pathlib.Path, help="folder for pictures of the page")
    parser.add_argument("--filter", nargs=2, metavar=("PROGRAM", "FOLDER"), help="give the decisions to 'filter'")
    parser.add_argument("--enlarge", nargs=3, metavar=("FOLDER", "COUNT", "NEW"), help="make a large run to try")
    options = parser.parse_args()
    if options.enlarge:
        folder, count, new = options.enlarge
        enlarge(pathlib.Path(folder), int(count), pathlib.Path(new))
        return 0
    program = next(filter(None, map(shutil.which, NAMES)), None)
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
