"""The captioner's vocabulary: BERT's word pieces, of which every word in the scenes' captions is one.

    python -m training.wordpieces --work DIR
"""

import re
import string
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from transformers import BertTokenizer

from tiny_tokenizer import write_json

from . import scenes
from .configuration import Workplace, argument_parser, workplace

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
SIGNS = string.ascii_lowercase + string.digits + string.punctuation


def vocabulary(captions: Iterable[str]) -> list[str]:
    """The special tokens, single signs, those within words, and the words, most frequent first."""
    words = Counter(word for text in captions for word in re.findall(r"[a-z]+", text.lower()))
    frequent = [word for word, _ in sorted(words.items(), key=lambda entry: (-entry[1], entry[0])) if len(word) > 1]
    return [*SPECIAL, *SIGNS, *(f"##{letter}" for letter in string.ascii_lowercase), *frequent]


def write(folder: Path, tokens: list[str]) -> None:
    """As published BERT folders hold it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.txt").write_text("\n".join(tokens) + "\n")
    write_json(folder / "tokenizer_config.json", {"tokenizer_class": "BertTokenizer", "do_lower_case": True})


def folder(place: Workplace) -> Path:
    return place.run("wordpieces")


def load(place: Workplace) -> BertTokenizer:
    return BertTokenizer.from_pretrained(folder(place))


def main() -> None:
    place = workplace(argument_parser(__doc__).parse_args())
    write(folder(place), vocabulary(str(text) for text in scenes.read(place, "captions")))
    print(f"{len(load(place))} tokens")


if __name__ == "__main__":
    main()
