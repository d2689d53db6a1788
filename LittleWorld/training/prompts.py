"""The prompts that a scene is trained with: those that `spolvero augment` makes, and none at all."""

from collections.abc import Callable

import numpy as np

from littleworld import CLASSES

BORDER = 255
SPELLED_APART = {"diningtable": "dining table", "pottedplant": "potted plant", "tvmonitor": "tv monitor"}
WORDS = {index: SPELLED_APART.get(name, name) for name, index in CLASSES.items()}
"""The class's name in words, by its id, as the program writes it into prompts."""

SHARES = (0.4, 0.35, 0.15, 0.1)
"""How often a scene comes with each of its `prompts`; the last one teaches guidance what no prompt means."""


Styles = Callable[[str, list[str]], tuple[str, ...]]
"""Makes the prompts of a caption and the words for the classes."""


def class_words(mask: np.ndarray) -> list[str]:
    """The words for the classes in a mask, in ascending order of their ids."""
    return [WORDS[int(index)] for index in np.unique(mask) if index not in (0, BORDER)]


def prompts(caption: str, words: list[str]) -> tuple[str, str, str, str]:
    """What `--prompt-style` calls appended, caption and simple; and the empty prompt."""
    listed = ", ".join(words)
    appended = f"{caption}; {listed}" if words else caption
    simple = f"A photo of {listed}" if words else "A photo"
    return appended, caption, simple, ""


PUBLISHED = "a high-quality, detailed, and professional image"
"""What ScribbleGen says of every picture."""
PUBLISHED_SHARES = (0.4, 0.3, 0.2, 0.1)
"""How often a scene comes with each of its `published` prompts."""


def published(caption: str, words: list[str]) -> tuple[str, str, str, str]:
    """ScribbleGen's prompts, with and without classes; and those of the world, with and without."""
    listed = f" of {', '.join(words)}" if words else ""
    appended, plain, _, _ = prompts(caption, words)
    return PUBLISHED + listed, PUBLISHED, appended, plain
