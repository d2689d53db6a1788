"""Where scenes take place, and which figures belong there."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .background import Background, Weather
from .indoors import room
from .outdoors import airfield, beach, garden, lake, meadow, railway, sky, street, winter


@dataclass(frozen=True)
class Setting:
    paint: Callable[[Background, Weather, np.random.Generator], None]
    places: tuple[str, ...]
    view: str
    names: tuple[str, ...]
    horizon: tuple[float, float] = (0.42, 0.56)
    # How far in front of the horizon figures may stand.
    margin: float = 0.14
    # Who flies here.
    airborne: tuple[str, ...] = ()
    # Who must be there; anyone of `names` if empty.
    host: str = ""


def setting(paint: Callable, names: str, view: str, *places: str, **more) -> Setting:
    return Setting(paint, places, view, tuple(names.split()), **more)


SETTINGS = {
    "meadow": setting(
        meadow,
        "person cow horse sheep dog bird cat",
        "a green meadow",
        "on a meadow",
        "in a green field",
        "on the grass",
    ),
    "garden": setting(
        garden,
        "person cat dog chair diningtable pottedplant bird",
        "a house with a garden",
        "in a garden",
        "in front of a house",
    ),
    "street": setting(
        street, "person car bus dog cat bird", "a street in a town", "on a street", "in a town", "in front of houses"
    ),
    "lake": setting(
        lake, "boat bird", "a calm lake", "on a lake", "on the water", "on blue water", horizon=(0.36, 0.55), margin=0.1
    ),
    "beach": setting(
        beach,
        "person dog bird chair",
        "a sandy beach",
        "on a beach",
        "on the sand by the sea",
        horizon=(0.3, 0.42),
        margin=0.26,
    ),
    "winter": setting(winter, "person dog horse bird car", "a snowy landscape", "in the snow", "on a winter day"),
    "sky": setting(
        sky,
        "aeroplane bird",
        "a wide sky",
        "in the sky",
        "above the hills",
        horizon=(0.84, 0.94),
        airborne=("aeroplane", "bird"),
    ),
    "railway": setting(
        railway,
        "train person cow sheep",
        "a railway line in the country",
        "on a railway",
        "in the country",
        margin=0.2,
        host="train",
    ),
    "airfield": setting(
        airfield,
        "aeroplane person car bus",
        "an airfield",
        "on an airfield",
        "at an airport",
        margin=0.22,
        host="aeroplane",
    ),
    "room": setting(
        room,
        "person cat dog chair diningtable sofa pottedplant tvmonitor",
        "an empty room",
        "in a room",
        "in a living room",
        "indoors",
        horizon=(0.56, 0.68),
        margin=0.12,
    ),
}
