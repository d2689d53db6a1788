"""What check_kubernetes.sh does: validates the manifest, and stands in for the controller and the kubelet.

python tools/check_kubernetes.py MANIFEST check
python tools/check_kubernetes.py MANIFEST run ROOT WORD...

The first form compares the manifest with Kubernetes' own schemas, and with its rules that schemas do not know. The
second runs the job: each index is a process in the file system ROOT, with the manifest's user and words and the given
ones behind them. Pods are killed, evicted and doubled on the way, and started again as the manifest's policy says.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time

import kubernetes_validate
import yaml

# The first release that has all of what the manifest says switched on.
FIRST = (1, 29)


def check(documents: list[dict]) -> None:
    versions = {
        tuple(int(number) for number in text.split(".")[:2]) for text in kubernetes_validate.utils.all_versions()
    }
    releases = [f"{major}.{minor}" for major, minor in sorted(versions) if (major, minor) >= FIRST]
    for document in documents:
        for release in releases:
            kubernetes_validate.validate(document, release, strict=True)
        print(f"{document['kind']} {document['metadata']['name']}: valid, strictly, in {', '.join(releases)}")
    claim, job = documents[0], documents[1]["spec"]
    pod = job["template"]["spec"]
    container = pod["containers"][0]
    words = dict(word.removeprefix("--").split("=", 1) for word in container["args"] if "=" in word)
    names = {volume["name"]: volume["persistentVolumeClaim"]["claimName"] for volume in pod["volumes"]}
    exits = [rule["onExitCodes"] for rule in job["podFailurePolicy"]["rules"] if "onExitCodes" in rule]
    rules = {
        "as many shards as completions": words["shard"] == f"auto/{job['completions']}",
        "no more pods at once than shards": job["parallelism"] <= job["completions"],
        "a policy and a limit per index, so pods that are not restarted in place": pod["restartPolicy"] == "Never",
        "the policy names the container": {code["containerName"] for code in exits} == {container["name"]},
        "its exit codes ascend, as the API wants them": all(code["values"] == sorted(code["values"]) for code in exits),
        "SIGKILL comes after the grace": int(words["grace"]) < pod["terminationGracePeriodSeconds"],
        "what is mounted is claimed": {names[mount["name"]] for mount in container["volumeMounts"]}
        == {claim["metadata"]["name"]},
    }
    for rule, holds in rules.items():
        print(f"{'holds' if holds else 'FAILS'}: {rule}")
    if not all(rules.values()):
        sys.exit(1)


class Pod:
    """A container of one index."""

    def __init__(self, job: dict, root: str, words: list[str], index: int | None = None):
        spec = job["template"]["spec"]
        container, user = spec["containers"][0], spec["securityContext"]
        self.index = index
        self.grace = spec["terminationGracePeriodSeconds"]
        self.log = tempfile.TemporaryFile("w+")
        identity = f"--userspec={user['runAsUser']}:{user['runAsGroup']}"
        enter = f'cd {container["workingDir"]} && exec spolvero "$@"'
        self.process = subprocess.Popen(
            ["chroot", identity, root, "sh", "-c", enter, "spolvero", *words],
            env={"PATH": os.environ["PATH"], "LD_LIBRARY_PATH": "/usr/local/lib", "HOME": "/"}
            | ({} if index is None else {"JOB_COMPLETION_INDEX": str(index)}),
            stdout=subprocess.DEVNULL,
            stderr=self.log,
        )

    def wait(self) -> int:
        """The exit code, as the kubelet reports it."""
        code = self.process.wait()
        return code if code >= 0 else 128 - code

    def evict(self) -> None:
        """As the kubelet ends a pod."""
        started = time.monotonic()
        self.process.terminate()
        self.process.wait(self.grace)
        print(f"index {self.index}: SIGTERM; status {self.wait()} {time.monotonic() - started:.1f} s later")
        print(f"    its last line: {self.lines()[-1]}")

    def lines(self) -> list[str]:
        self.log.seek(0)
        return self.log.read().splitlines() or [""]


def action(job: dict, code: int) -> str:
    """What the policy says about a container's exit code."""
    for rule in job["podFailurePolicy"]["rules"]:
        if code in rule.get("onExitCodes", {}).get("values", []):
            return rule["action"]
    return "Count"


def run_unbroken(job: dict, root: str, words: list[str]) -> None:
    """One pod that is no shard, into the folder `unbroken`."""
    pod = Pod(job, root, [word for word in words if not word.startswith("--shard=")] + ["--output=unbroken"])
    if code := pod.wait():
        sys.exit(f"status {code}: {pod.lines()[-1]}")
    print("a pod that is no shard and that nobody breaks is done")


def run_broken(job: dict, root: str, words: list[str]) -> None:
    """All indexes, started again until they are done."""
    count, failures = job["completions"], 0
    words = [*words, "--output=augmented"]
    pods = [Pod(job, root, words, index) for index in [*range(count), count - 1]]
    print(f"{count} pods are started, and one more of index {count - 1}")
    time.sleep(float(os.environ.get("BREAK_AFTER", "10")))
    print("index 0: SIGKILL, as by the kernel where memory is short")
    pods[0].process.kill()
    for pod in pods[1:3]:
        pod.evict()
    while pods:
        pod = pods.pop(0)
        code = pod.wait()
        if code == 0:
            continue
        what = action(job, code)
        failures += what == "Count"
        if what == "FailIndex" or failures > job["backoffLimitPerIndex"]:
            sys.exit(f"index {pod.index}: status {code}, {what}: {pod.lines()[-1]}")
        print(f"index {pod.index}: status {code}, {what}: started again")
        pods.append(Pod(job, root, words, pod.index))
    print(f"all {count} indexes are done")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest")
    parser.add_argument("what", choices=["check", "run"])
    parser.add_argument("root", nargs="?")
    parser.add_argument("words", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    with open(options.manifest) as file:
        documents = list(yaml.safe_load_all(file))
    if options.what == "check":
        check(documents)
    else:
        job = documents[1]["spec"]
        words = job["template"]["spec"]["containers"][0]["args"]
        words = [word for word in words if not word.startswith("--output=")] + options.words
        run_unbroken(job, options.root, words)
        run_broken(job, options.root, words)


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)
    main()
