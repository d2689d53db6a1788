"""What check_kubernetes.sh does: validates the manifest, and stands in for the controller of its job.

python tools/check_kubernetes.py MANIFEST check
python tools/check_kubernetes.py MANIFEST run IMAGE WORD...

The first form compares the manifest with Kubernetes' own schemas, and with its rules that schemas do not know. The
second runs the job: podman plays the manifest's pods, from IMAGE and with the given words behind the manifest's. They
are killed, evicted and doubled on the way, and started again as the manifest's policy says.
"""

import argparse
import copy
import os
import subprocess
import sys
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


def podman(*words: str, **options) -> str:
    return subprocess.run(["podman", *words], check=True, text=True, capture_output=True, **options).stdout.strip()


class Pod:
    """A pod of the job's template, of an index or of none."""

    started = 0

    def __init__(self, job: dict, image: str, words: list[str], index: int | None = None):
        spec = copy.deepcopy(job["template"]["spec"])
        container = spec["containers"][0]
        Pod.started += 1
        name = f"spolvero-{Pod.started}"
        self.index, self.grace = index, spec["terminationGracePeriodSeconds"]
        self.container = f"{name}-{container['name']}"
        # This machine is a small one.
        container |= {"image": image, "imagePullPolicy": "Never", "args": words}
        container["resources"] = {"limits": {"cpu": "1", "memory": "2Gi"}}
        if index is not None:
            container["env"] = [{"name": "JOB_COMPLETION_INDEX", "value": str(index)}]
        pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": spec}
        podman("kube", "play", "--network", "none", "-", input=yaml.safe_dump(pod))

    def wait(self) -> int:
        """The exit code."""
        return int(podman("wait", self.container))

    def kill(self) -> None:
        podman("kill", "--signal", "KILL", self.container)

    def evict(self) -> None:
        """As the kubelet ends a pod: SIGTERM, and SIGKILL when the time is up."""
        started = time.monotonic()
        podman("stop", "--time", str(self.grace), self.container)
        print(f"index {self.index}: SIGTERM; status {self.wait()} {time.monotonic() - started:.1f} s later")
        print(f"    its last line: {self.last_line()}")

    def last_line(self) -> str:
        log = subprocess.run(["podman", "logs", "--tail", "1", self.container], text=True, capture_output=True)
        return (log.stdout + log.stderr).strip()


def action(job: dict, code: int) -> str:
    """What the policy says about a container's exit code."""
    for rule in job["podFailurePolicy"]["rules"]:
        if code in rule.get("onExitCodes", {}).get("values", []):
            return rule["action"]
    return "Count"


def run_unbroken(job: dict, image: str, words: list[str]) -> None:
    """One pod that is no shard, into the folder `unbroken`."""
    pod = Pod(job, image, [word for word in words if not word.startswith("--shard=")] + ["--output=unbroken"])
    if code := pod.wait():
        sys.exit(f"status {code}: {pod.last_line()}")
    print("a pod that is no shard and that nobody breaks is done")


def run_broken(job: dict, image: str, words: list[str]) -> None:
    """All indexes, started again until they are done."""
    count, failures = job["completions"], 0
    words = [*words, "--output=augmented"]
    pods = [Pod(job, image, words, index) for index in [*range(count), count - 1]]
    print(f"{count} pods are started, and one more of index {count - 1}")
    time.sleep(float(os.environ.get("BREAK_AFTER", "10")))
    print("index 0: SIGKILL, as by the kernel where memory is short")
    pods[0].kill()
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
            sys.exit(f"index {pod.index}: status {code}, {what}: {pod.last_line()}")
        print(f"index {pod.index}: status {code}, {what}: started again")
        pods.append(Pod(job, image, words, pod.index))
    print(f"all {count} indexes are done")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest")
    parser.add_argument("what", choices=["check", "run"])
    parser.add_argument("image", nargs="?")
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
        run_unbroken(job, options.image, words)
        run_broken(job, options.image, words)


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)
    main()
