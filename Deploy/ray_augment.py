"""Paints one dataset on a Ray cluster, a shard a task.

    python Deploy/ray_augment.py --shards 16 --cpus 8 -- --dataset /data/VOC2012 --model /data/models/sd15 \
      --adapter /data/models/canny-sd15 --precision fp32 --output /data/augmented

The words after `--` are those of `spolvero augment`. Paths are absolute, and every node sees the same files. The last
shard to finish writes the lists and the ledger. The same line again, with as many shards or not, goes on with what is
missing. Ctrl-C and SIGTERM (`ray job stop`) stop all shards cleanly.
"""

import argparse
import signal
import subprocess
import sys
import time

import ray

INTERRUPTED = 130
# The command or its files are wrong, and trying again does not make them right.
HOPELESS = {64, 65, 66}


class ShardStopped(Exception):
    """A shard ended before it was done, and may be started again."""


class ShardFailed(Exception):
    """A shard cannot be done."""


def paint(command: list[str]) -> None:
    """Runs one shard to its end, wherever Ray puts this task."""
    # Should this worker be killed, its program stops as well: Ray starts the shard again somewhere.
    process = subprocess.Popen(["setpriv", "--pdeathsig", "TERM", *command])
    try:
        # Ray cancels a task by an interruption that does not end a blocking wait.
        while process.poll() is None:
            time.sleep(0.2)
    except BaseException:
        # Cancelled. One signal finishes the image that is being painted; a second would not.
        process.terminate()
        process.wait()
        raise
    if process.returncode in HOPELESS:
        raise ShardFailed(f"{' '.join(command)} ended with {process.returncode}; its messages say why.")
    if process.returncode != 0:
        raise ShardStopped(f"{' '.join(command)} ended with {process.returncode}.")


def outcome(shard: ray.ObjectRef) -> int:
    """0 for a shard that is done, else what to exit with."""
    try:
        ray.get(shard)
        return 0
    except (ray.exceptions.TaskCancelledError, KeyboardInterrupt):
        return INTERRUPTED
    except ray.exceptions.RayError as error:
        print(error, file=sys.stderr)
        return 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shards", type=int, required=True, help="how many tasks; a few for each node")
    parser.add_argument("--cpus", type=float, default=1, help="processors of a task, which are its threads")
    parser.add_argument("--gpus", type=float, default=0, help="graphics cards of a task")
    parser.add_argument("--retries", type=int, default=10, help="how often a shard may be lost or stopped")
    parser.add_argument("--spolvero", default="spolvero", help="the program, as the nodes find it")
    parser.add_argument("augment", nargs="+", help="what `spolvero augment` is told, after --")
    options = parser.parse_args()

    def stop(*_):
        raise KeyboardInterrupt

    # The cluster that RAY_ADDRESS or `ray start` on this machine names. It takes SIGTERM for itself, so first.
    ray.init()
    signal.signal(signal.SIGTERM, stop)
    task = ray.remote(paint).options(
        num_cpus=options.cpus,
        num_gpus=options.gpus,
        max_retries=options.retries,
        retry_exceptions=[ShardStopped],
        scheduling_strategy="SPREAD",
    )
    threads = str(max(1, int(options.cpus)))
    augment = [options.spolvero, "augment", "--threads", threads, *options.augment]
    shards = [task.remote([*augment, "--shard", f"{i}/{options.shards}"]) for i in range(1, options.shards + 1)]
    try:
        ray.wait(shards, num_returns=len(shards))
    except KeyboardInterrupt:
        for shard in shards:
            ray.cancel(shard)
    return max(outcome(shard) for shard in shards)


if __name__ == "__main__":
    sys.exit(main())
