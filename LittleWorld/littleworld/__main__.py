"""python -m littleworld shards | voc | sheet"""

import argparse
from pathlib import Path

from .roles import SEEDS
from .shards import write_shard
from .sheet import write_sheet
from .voc import write_voc

COMMANDS = {"shards": write_shard, "voc": write_voc, "sheet": write_sheet}


def main() -> None:
    parser = argparse.ArgumentParser(prog="littleworld", description="Draws labelled scenes from seeds.")
    parser.add_argument("command", choices=COMMANDS, help="an npz file, a VOC folder, or a PNG to look at")
    parser.add_argument("--role", choices=SEEDS, default="world")
    parser.add_argument("--first", type=int, default=0, help="the first scene's index")
    parser.add_argument("--count", type=int, default=24)
    parser.add_argument("--side", type=int, default=96, help="pixels")
    parser.add_argument("--out", type=Path, required=True)
    options = vars(parser.parse_args())
    COMMANDS[options.pop("command")](**options)


if __name__ == "__main__":
    main()
