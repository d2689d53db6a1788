"""A small byte-level BPE tokenizer in CLIP's file format, trained on sentences about everyday scenes."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

START, END = "<|startoftext|>", "<|endoftext|>"
WORD_END = "</w>"
MERGES = 192

# Class words of PASCAL VOC in the sentences that the pipeline makes of them.
NOUNS = (
    "aeroplane bicycle bird boat bottle bus car cat chair cow table dog horse motorbike person "
    "plant sheep sofa train monitor"
).split()
CORPUS = [
    sentence
    for noun in NOUNS
    for sentence in (
        f"a photo of a {noun}",
        f"a photograph of two {noun}s standing beside the road",
        f"the old {noun} is in the garden behind the house; {noun}",
        f"blurred, low quality picture of a {noun}",
    )
]


Vocabulary = tuple[dict[str, int], list[tuple[str, str]]]


def vocabulary(corpus: Iterable[str] = CORPUS, limit: int = MERGES) -> Vocabulary:
    """The tokens in CLIP's order (bytes, bytes ending a word, merges, specials) and the merges."""
    merges = train(corpus, limit)
    characters = [bytes_to_unicode()[byte] for byte in clip_byte_order()]
    tokens = characters + [character + WORD_END for character in characters]
    tokens += ["".join(pair) for pair in merges] + [START, END]
    return {token: index for index, token in enumerate(tokens)}, merges


def train(corpus: Iterable[str], limit: int) -> list[tuple[str, str]]:
    """Byte-pair encoding's merges, most frequent pair first.

    The trainer of the `tokenizers` package breaks ties differently from run to run; here the pair that sorts last
    wins.
    """
    words = Counter(word for sentence in corpus for word in re.findall(r"[a-z]+|[^a-z\s]", sentence))
    splits = {word: (*word[:-1], word[-1] + WORD_END) for word in words}
    merges = []
    while len(merges) < limit:
        pairs = Counter()
        for word, split in splits.items():
            for pair in pairwise(split):
                pairs[pair] += words[word]
        if not pairs:
            break
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        merges.append(best)
        splits = {word: merge(split, best) for word, split in splits.items()}
    return merges


def merge(split: tuple[str, ...], pair: tuple[str, str]) -> tuple[str, ...]:
    """The word's pieces with every occurrence of `pair` joined, from the left."""
    joined = []
    for piece in split:
        if joined and (joined[-1], piece) == pair:
            joined[-1] += piece
        else:
            joined.append(piece)
    return tuple(joined)


def clip_byte_order() -> list[int]:
    """The bytes in the order of CLIP's first 256 tokens: printable ones first."""
    printable = [*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    return printable + [byte for byte in range(256) if byte not in printable]


def bytes_to_unicode() -> dict[int, str]:
    """The printable stand-in of every byte in a byte-level vocabulary."""
    order = clip_byte_order()
    printable = order.index(0)
    stand_ins = {byte: chr(byte) for byte in order[:printable]}
    return stand_ins | {byte: chr(256 + index) for index, byte in enumerate(order[printable:])}


def write_tokenizer(
    folder: Path, pad_token: str = END, trained: Vocabulary | None = None, max_length: int = 77
) -> None:
    """Writes the files of a slow CLIP tokenizer, as the published Stable Diffusion folders hold them."""
    folder.mkdir(parents=True, exist_ok=True)
    vocab, merges = trained or vocabulary()
    specials = {"bos_token": START, "eos_token": END, "unk_token": END, "pad_token": pad_token}
    (folder / "vocab.json").write_text(json.dumps(vocab, ensure_ascii=False), encoding="utf-8")
    lines = ["#version: 0.2"] + [" ".join(pair) for pair in merges]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    write_json(folder / "special_tokens_map.json", specials)
    configuration = specials | {
        "tokenizer_class": "CLIPTokenizer",
        "add_prefix_space": False,
        "do_lower_case": True,
        "errors": "replace",
        "model_max_length": max_length,
    }
    write_json(folder / "tokenizer_config.json", configuration)


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
