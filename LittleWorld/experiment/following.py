"""Forms of a score that says, without any model, how well a picture follows its mask.

Each takes the picture, the photograph that the mask was drawn for and the mask, and is 1 for a picture that follows it
as well as the photograph does.
"""

import cv2
import numpy as np

LEAST_CLARITY = 0.02
"""What the photograph has to show at least of what is measured, as in `MaskFit`."""


def gradient(image: np.ndarray) -> np.ndarray:
    """|dx| + |dy| of Sobel's derivatives of the strongest channel."""
    x, y = (cv2.Sobel(image, cv2.CV_32F, *order, borderType=cv2.BORDER_REPLICATE) for order in ((1, 0), (0, 1)))
    return (np.abs(x) + np.abs(y)).max(axis=2)


def borders(mask: np.ndarray, radius: int) -> np.ndarray:
    """Pixels within `radius` of one whose neighbour has another id."""
    differs = np.zeros(mask.shape, np.uint8)
    for a, b in ((np.s_[1:, :], np.s_[:-1, :]), (np.s_[:, 1:], np.s_[:, :-1])):
        differs[a] |= mask[a] != mask[b]
        differs[b] |= mask[a] != mask[b]
    return cv2.dilate(differs, np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)) > 0


def bands(mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pixels on the mask's outlines and around them, as far as `MaskFit` has it."""
    shorter = min(mask.shape)
    return borders(mask, shorter // 192), borders(mask, shorter // 24)


def share(strength: np.ndarray, on: np.ndarray, around: np.ndarray) -> float:
    return float(strength[on].sum() / max(strength[around].sum(), 1))


def above_chance(strength: np.ndarray, mask: np.ndarray) -> float:
    on, around = bands(mask)
    return share(strength, on, around) - on.sum() / max(around.sum(), 1)


def relative(made: float, photograph: float) -> float:
    return made / max(photograph, LEAST_CLARITY)


def around_above_chance(made: np.ndarray, photograph: np.ndarray, mask: np.ndarray) -> float:
    return relative(above_chance(gradient(made), mask), above_chance(gradient(photograph), mask))


def around_outlines(made: np.ndarray, photograph: np.ndarray, mask: np.ndarray) -> float:
    return share(gradient(made), *bands(mask)) / share(gradient(photograph), *bands(mask))


def of_the_picture(made: np.ndarray, photograph: np.ndarray, mask: np.ndarray) -> float:
    on, everything = borders(mask, 1), np.ones(mask.shape, bool)
    return share(gradient(made), on, everything) / share(gradient(photograph), on, everything)


def of_roots(made: np.ndarray, photograph: np.ndarray, mask: np.ndarray) -> float:
    """Strong edges count less: a single one cannot stand for all outlines."""
    return relative(*(above_chance(np.sqrt(gradient(image)), mask) for image in (made, photograph)))


def mean_over_ids(made: np.ndarray, photograph: np.ndarray, mask: np.ndarray) -> float:
    """Every id's outlines count alike, as in mean IoU; those that the photograph does not show are left out."""
    found = []
    for which in set(np.unique(mask)) - {255}:
        clarity = above_chance(gradient(photograph), mask == which)
        if clarity >= LEAST_CLARITY:
            found.append(above_chance(gradient(made), mask == which) / clarity)
    return float(np.mean(found)) if found else 0.0


def in_order(made: np.ndarray, photograph: np.ndarray, mask: np.ndarray) -> float:
    """How probable it is that a pixel on the outlines has more gradient than one beside them, above a half."""
    on, around = bands(mask)

    def advantage(image: np.ndarray) -> float:
        places = gradient(image)[around].argsort().argsort()
        marks = on[around]
        hits, others = marks.sum(), (~marks).sum()
        return (places[marks].sum() - hits * (hits - 1) / 2) / max(hits * others, 1) - 0.5

    return relative(advantage(made), advantage(photograph))


def colours(made: np.ndarray, photograph: np.ndarray, mask: np.ndarray) -> float:
    """How much of the colours' variance around the outlines the ids explain."""
    _, around = bands(mask)
    around &= mask != 255

    def explained(image: np.ndarray) -> float:
        pixels, ids = image[around].astype(float), mask[around]
        within = sum(((pixels[ids == i] - pixels[ids == i].mean(0)) ** 2).sum() for i in np.unique(ids))
        return 1 - within / max(((pixels - pixels.mean(0)) ** 2).sum(), 1)

    return relative(explained(made), explained(photograph))


def like_the_photograph(made: np.ndarray, photograph: np.ndarray, mask: np.ndarray) -> float:
    """Correlation with the photograph's own gradient around the outlines."""
    _, around = bands(mask)
    one, other = (cv2.blur(gradient(image), (3, 3))[around] for image in (made, photograph))
    return float(np.corrcoef(one, other)[0, 1]) if one.std() > 0 and other.std() > 0 else 0.0


FORMS = {
    "gradient on outlines, of that around them, above chance": around_above_chance,
    "gradient on outlines, of that around them": around_outlines,
    "gradient on outlines, of the whole picture's": of_the_picture,
    "the first, of the gradient's square root": of_roots,
    "the first for each id's outlines, mean": mean_over_ids,
    "rank of the gradient on outlines among that around them": in_order,
    "variance of colours around outlines that ids explain": colours,
    "correlation with the photograph's gradient around outlines": like_the_photograph,
}
