"""The prompts that a scene is trained with: those that `spolvero augment` makes, and none at all."""

import numpy as np

from littleworld import CLASSES

BORDER = 255
SPELLED_APART = {"diningtable": "dining table", "pottedplant": "potted plant", "tvmonitor": "tv monitor"}
WORDS = {index: SPELLED_APART.get(name, name) for name, index in CLASSES.items()}
"""The class's name in words, by its id, as the program writes it into prompts."""

SHARES = (0.4, 0.35, 0.15, 0.1)
"""How often a scene comes with each of its `prompts`; the last one teaches guidance what no prompt means."""


def class_words(mask: np.ndarray) -> list[str]:
    """The words for the classes in a mask, in ascending order of their ids."""
    return [WORDS[int(index)] for index in np.unique(mask) if index not in (0, BORDER)]


def prompts(caption: str, words: list[str]) -> tuple[str, str, str, str]:
    """What `--prompt-style` calls appended, caption and simple; and the empty prompt."""
    listed = ", ".join(words)
    appended = f"{caption}; {listed}" if words else caption
    simple = f"A photo of {listed}" if words else "A photo"
    return appended, caption, simple, ""
