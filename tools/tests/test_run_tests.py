"""`make test` prints what one wants to see, ends with the runner's own line and fails as the runner does."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

TOOLS = Path(__file__).resolve().parents[1]

RUN = """\
[0/1] Planning build
◇ Test run started.
↳ Testing Library Version: 6.3.1 (937120cbc281cf2)
◇ Test draws() started.
➜ Test validates() skipped: "spirv-val is not installed"
➜ Test validatesMore() skipped: "spirv-val is not installed"
✘ Test draws() recorded an issue at DrawingTests.swift:17:5: Expectation failed: a == b
↳ draws another line
◇ Test case passing 1 argument text → "a,x
b,"no end
c" to reads(text:) started.
✔ Test paints() passed after 0.004 seconds.
✔ Suite PaintingTests passed after 0.021 seconds.
Fatal error: Index out of range
✘ Test run with 2 tests in 2 suites failed after 0.021 seconds with 1 issue.
"""

SUMMARY = """\
✘ Test draws() recorded an issue at DrawingTests.swift:17:5: Expectation failed: a == b
↳ draws another line
Fatal error: Index out of range
2 skipped: "spirv-val is not installed"
✘ Test run with 2 tests in 2 suites failed after 0.021 seconds with 1 issue.
"""


@pytest.mark.parametrize("status", [0, 1])
def test_leaves_failures_skips_and_the_closing_line(tmp_path, status):
    (tmp_path / "tools").mkdir()
    for name in ["run_tests.sh", "test_summary.awk"]:
        shutil.copy(TOOLS / name, tmp_path / "tools")
    (tmp_path / "said").write_text(RUN)
    swift = tmp_path / "swift"
    swift.write_text(f'#!/bin/sh\n[ "$1" = build ] && exit 0\ncat "{tmp_path}/said" >&2\nexit {status}\n')
    swift.chmod(0o755)
    run = subprocess.run(
        [tmp_path / "tools/run_tests.sh"], env=os.environ | {"SWIFT": str(swift)}, capture_output=True, text=True
    )
    assert (run.stdout, run.returncode) == (SUMMARY, status)
    assert (tmp_path / ".build/test.log").read_text() == RUN
