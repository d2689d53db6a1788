#!/usr/bin/env python3
"""Makes a large run of a small one: as many images as are wanted with the files of the small one, linked, each from a
photograph of its own. What a report or a ledger of that size costs can be tried with it.

    tools/enlarge_run.py augmented 5000 large && spolvero report large -o large.html"""

import argparse
import json
import os
import pathlib
import shutil


def enlarge(folder: pathlib.Path, count: int, target: pathlib.Path):
    lines = [json.loads(line) for line in (folder / "ledger.jsonl").read_text().splitlines()]
    # What images share has lines of its own.
    setups, lines = [line for line in lines if "image" not in line], [line for line in lines if "image" in line]
    target.mkdir()
    if (folder / "spolvero.json").exists():
        shutil.copy(folder / "spolvero.json", target)

    def link(path: str, new: str):
        (target / new).parent.mkdir(parents=True, exist_ok=True)
        os.link(folder / path, target / new)

    with open(target / "ledger.jsonl", "w") as ledger:
        ledger.writelines(json.dumps(setup) + "\n" for setup in setups)
        for number in range(count):
            line = dict(lines[number % len(lines)])
            source = pathlib.Path(line["image"]).with_name(line["source"])
            photograph = next(p for p in (folder / source.parent).glob(line["source"] + ".*")).relative_to(folder)
            mask = pathlib.Path(line["mask"])
            stem = f"photograph_{number:06d}"
            link(photograph, photograph.with_stem(stem))
            link(mask.with_stem(line["source"]), mask.with_stem(stem))
            # Photographs have the detail that decides how large a picture becomes.
            link(photograph, photograph.with_stem(stem + "_1"))
            link(mask, mask.with_stem(stem + "_1"))
            line |= {"image": str(photograph.with_stem(stem + "_1")), "mask": str(mask.with_stem(stem + "_1"))}
            line |= {"source": stem, "copy": 1, "maskSHA256": f"{number:064x}", "imageSHA256": f"{number:064x}"}
            line |= {"fit": round(number * 7919 % count / count, 3)}
            line.pop("instances", None)
            ledger.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path, help="a folder that 'augment' has written")
    parser.add_argument("count", type=int, help="how many images")
    parser.add_argument("target", type=pathlib.Path, help="a new folder")
    options = parser.parse_args()
    enlarge(options.folder, options.count, options.target)
