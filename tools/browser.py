"""Headless Chromium by DevTools' protocol through a pipe: pages, clicks, keys, memory, complaints.
Needs Chromium and nothing else."""

import itertools
import json
import os
import pathlib
import select
import shutil
import subprocess
import time

CODES = {"Enter": 13, "Escape": 27, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}
NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]


def chromium() -> str | None:
    """The program of this machine, if it has one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


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
