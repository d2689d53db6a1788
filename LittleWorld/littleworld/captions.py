"""Captions in a few wordings, which sometimes leave a class out as real captioners do."""

import numpy as np

from .background import Weather
from .colours import with_article
from .figure import Figure
from .settings import Setting

FORGOTTEN = 0.17
SYNONYMS = {"aeroplane": "plane", "television": "tv"}
# What remains of words that do not end with the noun, when a captioner names no colour.
PLAIN = {"person": "person", "diningtable": "table", "pottedplant": "plant"}
FORMS = [
    "{what} {where}",
    "{what} {where}",
    "a picture of {what} {where}",
    "there is {what} {where}",
    "{what}, {where}",
]


def caption(figures: list[Figure], setting: Setting, weather: Weather, rng: np.random.Generator) -> str:
    """One sentence about the figures that the captioner noticed."""
    noticed = {name for name in sorted({figure.name for figure in figures}) if rng.random() >= FORGOTTEN}
    phrases = [phrase(figure, rng) for figure in figures if figure.name in noticed]
    rng.shuffle(phrases)
    where = str(rng.choice(setting.places))
    if not phrases:
        sentence = f"a view of {setting.view}"
    else:
        sentence = str(rng.choice(FORMS)).format(what=listed(phrases), where=where)
    if rng.random() < 0.3:
        sentence += f" {rng.choice(weather.words)}"
    return sentence


def phrase(figure: Figure, rng: np.random.Generator) -> str:
    words = figure.words
    if rng.random() < 0.15:
        words = PLAIN.get(figure.name, words.split()[-1])
    if rng.random() < 0.2:
        for word, other in SYNONYMS.items():
            words = words.replace(word, other)
    return with_article(words)


def listed(phrases: list[str]) -> str:
    """a, b and c."""
    return " and ".join([", ".join(phrases[:-1]), phrases[-1]] if len(phrases) > 1 else phrases)
