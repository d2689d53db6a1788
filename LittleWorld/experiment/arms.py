"""What is compared: every arm is a training set, and every table some arms."""

from dataclasses import dataclass

SMALL, LARGE = 60, 240
"""Labelled originals."""
USUAL = "lineart"
LINEART = "--adapter {0}/adapters/lineart --prior lineart --prior-model {0}/lineart"
CONTROLS = {
    USUAL: f"--model {{0}} {LINEART}",
    "canny": "--model {0} --adapter {0}/adapters/canny --prior canny",
    "label": "--model {0} --adapter {0}/adapters/label --prior label-edges",
    "controlnet": "--model {0} --control {0}/controlnets/label --prior label-colours",
    "inpainting": "--model {0}-inpainting --repaint objects",
    "inpainting-lineart": f"--model {{0}}-inpainting {LINEART} --repaint objects",
}
"""Options of `spolvero augment`; {0} is the model's folder, beside which the inpainting model lies."""
KEPT = 0.3
FILTERS = {
    "clip-rank": f"--keep {KEPT} --by clip-rank --clip {{0}}-clip",
    "agreement": f"--keep {KEPT} --by agreement --segmenter {{0}}-segmenter",
}
"""Options of `spolvero filter`, which chooses as many pictures as there are originals."""


@dataclass(frozen=True)
class Arm:
    """Originals, and how `spolvero augment` adds to them; nothing is added without `options`."""

    originals: int
    options: tuple[str, ...] | None = None
    control: str = USUAL
    """What guides the painting, of `CONTROLS`."""
    described: bool = False
    """Whether the captioner in the box says what the originals show, instead of the world."""
    kept: str | None = None
    """How `spolvero filter` chooses among the pictures, of `FILTERS`; all are kept without one."""

    @property
    def name(self) -> str:
        """The arm's key in the results and its folder's name."""
        words = ["none"] if self.options is None else [word.lstrip("-") for word in self.options]
        if self.control != USUAL:
            words.append(self.control)
        if self.described:
            words.append("described")
        if self.kept:
            words.append(f"kept-{self.kept}")
        return f"{self.originals}-" + "_".join(words)


def generated(originals: int = SMALL, times: float = 1, **options: object) -> Arm:
    """As many generated pictures as originals, or `times` as many; an arm's own traits, and options of the program by
    their names on the command line."""
    traits = {key: options.pop(key) for key in ("control", "described", "kept") if key in options}
    amount = {} if "copies" in options else {"images": round(times * originals)}
    words = [[f"--{key.replace('_', '-')}", str(value)] for key, value in (amount | options).items()]
    return Arm(originals, tuple(sum(words, [])), **traits)


BASE = generated()
CHOSEN_OF = 1 / KEPT
"""Pictures that are painted for one that is kept."""
TABLES: dict[str, dict[str, Arm]] = {
    f"Generated pictures beside {SMALL} originals (the paper's Tables 1 and 4)": {
        "none": Arm(SMALL),
        "1 ×": BASE,
        "2 ×": generated(times=2),
        "3 ×": generated(times=3),
    },
    f"Beside {LARGE} originals": {"none": Arm(LARGE), "1 ×": generated(LARGE)},
    "Prompts (Table 5)": {
        "caption with classes appended": BASE,
        "caption only": generated(prompt_style="caption"),
        "A photo of …": generated(prompt_style="simple"),
        "written caption with classes appended": generated(described=True),
        "written caption only": generated(described=True, prompt_style="caption"),
    },
    "What guides the painting (Table 6)": {
        "line art": BASE,
        "Canny's edges": generated(control="canny"),
        "edges of the labels, a sketch": generated(control="label"),
        "ControlNet, labels as colours": generated(control="controlnet"),
        "inpainting of the objects": generated(control="inpainting"),
        "inpainting of the objects, line art": generated(control="inpainting-lineart"),
    },
    "Weights of the outlines of picture and labels (Tables 3 and 7)": {
        "0.7, 0.9": BASE,
        "1.0, 0.0 (picture only)": generated(image_weight=1.0, label_weight=0.0),
        "0.0, 1.0 (labels only)": generated(image_weight=0.0, label_weight=1.0),
        "0.5, 0.5": generated(image_weight=0.5, label_weight=0.5),
        "1.0, 1.0": generated(image_weight=1.0, label_weight=1.0),
    },
    "The best three tenths of more (Table 3)": {
        "as many as are kept": BASE,
        "best by CLIP rank": generated(times=CHOSEN_OF, kept="clip-rank"),
        "best by agreement": generated(times=CHOSEN_OF, kept="agreement"),
    },
    "Balancing": {"classes evened out": BASE, "every original once": generated(copies=1)},
}


def tables(text: str = "") -> dict[str, dict[str, Arm]]:
    """Those with some text in their titles."""
    return {title: arms for title, arms in TABLES.items() if text in title}


def arms_of(tables: dict[str, dict[str, Arm]]) -> list[Arm]:
    """Every arm once, in the tables' order."""
    return list(dict.fromkeys(arm for table in tables.values() for arm in table.values()))
