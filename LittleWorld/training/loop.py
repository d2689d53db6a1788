"""What every training run shares: optimiser, moving average, losses on paper, checkpoints to go on from."""

import csv
import math
import os
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel

from .configuration import Training

CHECKPOINT = "checkpoint.pt"
LOSSES = "losses.csv"
COLUMNS = ("step", "seconds", "name", "value")
SEED = 0
SECONDS_BETWEEN_CHECKPOINTS = 60
LEAST_RATE = 0.02
"""Where the cosine ends, as a share of the rate it begins with."""


def device() -> torch.device:
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def memory_format(target: torch.device) -> torch.memory_format:
    """Tensor cores want channels last; on a CPU it takes half as long again as channels first."""
    return torch.channels_last if target.type == "cuda" else torch.contiguous_format


def computes_in_half(target: torch.device) -> bool:
    """Whether bfloat16 is faster than single precision: of CPUs, on those with tiles (AMX) alone."""
    return target.type == "cuda" or torch.cpu._is_amx_tile_supported()


def clock(target: torch.device) -> float:
    """Seconds of work: a CPU's do not go on while the process is paused."""
    return time.monotonic() if target.type == "cuda" else time.process_time() / torch.get_num_threads()


def recorded(network: nn.Module, *example: torch.Tensor) -> nn.Module:
    """On a GPU, a step forward and back is recorded and replayed: asking for its thousands of kernels takes longer.

    Args:
        network: What is trained, and what it is used with; not what is averaged, which stays as it is.
        example: Its inputs; all others have their shapes.
    """
    if example[0].device.type == "cpu":
        return network
    with torch.autocast("cuda", torch.bfloat16, cache_enabled=False):
        return torch.cuda.make_graphed_callables(network, example, allow_unused_input=True)


class Run:
    """One network's training. Begins anew or, where its folder holds a checkpoint, goes on from there."""

    def __init__(self, folder: Path, build: Callable[[], nn.Module], settings: Training):
        self.folder, self.settings = folder, settings
        self.device = device()
        torch.manual_seed(SEED)
        self.model = build().to(self.device, memory_format=memory_format(self.device))
        self.average = AveragedModel(self.model, multi_avg_fn=self._average)
        self.optimizer = torch.optim.AdamW(
            self.model.parameters(), lr=settings.rate, weight_decay=settings.weight_decay, fused=True
        )
        self.step, self.seconds = 0, 0.0
        self._stopped = False
        folder.mkdir(parents=True, exist_ok=True)
        if is_trained(folder):
            self._load()

    @property
    def progress(self) -> float:
        """The share of the way that is gone: of the steps, or of the minutes where these end first."""
        return max(self.step / self.settings.steps, self.seconds / 60 / self.settings.minutes)

    def train(
        self,
        losses: Callable[[], dict[str, torch.Tensor]],
        validate: Callable[[nn.Module], dict[str, float]],
        report_every: int = 50,
        validate_every: int = 500,
    ) -> None:
        """Trains for the number of steps in the settings, or of minutes.

        Args:
            losses: Computes a batch's losses, of which `loss` is what is minimised; under autocast.
            validate: Measures the averaged model; without gradients, in single precision.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        sums, count = defaultdict(float), 0
        began, saved = clock(self.device), time.monotonic()
        while self.progress < 1 and not self._stopped:
            for name, value in self._update(losses).items():
                sums[name] += value.detach()
            count += 1
            now = clock(self.device)
            self.seconds, began = self.seconds + now - began, now
            if self.step % report_every == 0:
                self._report({name: float(value) / count for name, value in sums.items()})
                sums, count = defaultdict(float), 0
            if self.step % validate_every == 0 or self.progress >= 1:
                self._report(self._validated(validate))
            if time.monotonic() - saved > SECONDS_BETWEEN_CHECKPOINTS:
                self._save()
                saved = time.monotonic()
        self._save()
        if self.progress < 1:
            sys.exit(f"Stopped at step {self.step}; started again, it goes on from there.")

    def _update(self, losses: Callable[[], dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
        for group in self.optimizer.param_groups:
            group["lr"] = self.settings.rate * self._share()
        with torch.autocast(self.device.type, torch.bfloat16, enabled=computes_in_half(self.device)):
            values = losses()
        values["loss"].backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.average.update_parameters(self.model)
        self.step += 1
        return values

    def _share(self) -> float:
        """The rate's course: a linear rise, then half a cosine."""
        rise = min(1.0, (self.step + 1) / self.settings.warmup)
        fall = (1 + math.cos(math.pi * min(self.progress, 1))) / 2
        return rise * (LEAST_RATE + (1 - LEAST_RATE) * fall)

    @torch.no_grad()
    def _average(self, averages: list[torch.Tensor], values: list[torch.Tensor], count: torch.Tensor) -> None:
        # Shorter at first, or the random beginning would stay in the average for thousands of steps.
        # Not by `count`, which would have to be fetched from a GPU in every step.
        decay = min(self.settings.decay, (1 + self.step) / (10 + self.step))
        torch._foreach_lerp_(averages, values, 1 - decay)

    @torch.no_grad()
    def _validated(self, validate: Callable[[nn.Module], dict[str, float]]) -> dict[str, float]:
        model = self.average.module.eval()
        # Always the same crops and noise, and none of the training's random numbers used up.
        with torch.random.fork_rng(enabled=True):
            torch.manual_seed(1)
            return {f"held-out {name}": value for name, value in validate(model).items()}

    def _report(self, values: dict[str, float]) -> None:
        rate = self.optimizer.param_groups[0]["lr"]
        text = "  ".join(f"{name} {value:.5g}" for name, value in values.items())
        print(f"{self.folder.name}  step {self.step}  {self.seconds:.0f} s  rate {rate:.2g}  {text}", flush=True)
        is_new = not (self.folder / LOSSES).exists()
        with (self.folder / LOSSES).open("a", newline="") as file:
            writer = csv.writer(file)
            if is_new:
                writer.writerow(COLUMNS)
            writer.writerows(
                (self.step, round(self.seconds, 1), name, f"{value:.6g}") for name, value in values.items()
            )

    def _stop(self, number: int, frame: object) -> None:
        self._stopped = True

    def _save(self) -> None:
        state = {
            "step": self.step,
            "seconds": self.seconds,
            "model": self.model.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "random": torch.get_rng_state(),
            "cuda_random": torch.cuda.get_rng_state_all(),
        }
        save_atomically(state, self.folder / CHECKPOINT)

    def _load(self) -> None:
        state = torch.load(self.folder / CHECKPOINT, map_location="cpu", weights_only=True)
        self.step, self.seconds = state["step"], state["seconds"]
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        self.optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"])
        if len(state["cuda_random"]) == torch.cuda.device_count():
            torch.cuda.set_rng_state_all(state["cuda_random"])
        self._forget_losses_after(self.step)
        print(f"{self.folder}: goes on from step {self.step}", flush=True)

    def _forget_losses_after(self, step: int) -> None:
        """Takes out what was written after the checkpoint, and will be written again."""
        rows = read_losses(self.folder)
        with (self.folder / LOSSES).open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(row for row in rows if int(row[0]) <= step)


def read_losses(folder: Path) -> list[list[str]]:
    """The rows of a run's losses: step, seconds, name, value."""
    if not (folder / LOSSES).exists():
        return []
    with (folder / LOSSES).open(newline="") as file:
        return list(csv.reader(file))[1:]


def save_atomically(value: object, path: Path) -> None:
    """Writes a file that is there whole or not at all, whenever the machine stops."""
    aside = path.with_suffix(".part")
    with aside.open("wb") as file:
        torch.save(value, file)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)


def is_trained(folder: Path) -> bool:
    """Whether a run has come to a checkpoint."""
    return (folder / CHECKPOINT).exists()


def trained(folder: Path, model: nn.Module) -> nn.Module:
    """As `load_average` where the run was begun; else the model as it is."""
    return load_average(folder, model) if is_trained(folder) else model.eval()


def load_average(folder: Path, model: nn.Module) -> nn.Module:
    """Fills `model` with the averaged weights of a run's last checkpoint, and freezes it."""
    state = torch.load(folder / CHECKPOINT, map_location="cpu", weights_only=True)["average"]
    prefix = "module."
    weights = {name.removeprefix(prefix): v for name, v in state.items() if name.startswith(prefix)}
    model.load_state_dict(weights)
    return model.eval().requires_grad_(False)
