"""Trains the tokenizer on the scenes' prompts, until every word in them is one token.

    python -m training.tokenizer --work DIR
"""

from pathlib import Path

import torch
from transformers import CLIPTokenizer

from tiny_tokenizer import vocabulary, write_tokenizer

from . import scenes
from .configuration import Workplace, argument_parser, workplace
from .prompts import Styles, class_words, prompts

MOST_MERGES = 2048


def folder(place: Workplace) -> Path:
    return place.run("tokenizer")


def load(place: Workplace) -> CLIPTokenizer:
    return CLIPTokenizer.from_pretrained(folder(place))


def read_prompts(place: Workplace, held_out: bool = False, styles: Styles = prompts) -> list[tuple[str, ...]]:
    """Every scene's prompts."""
    captions = scenes.read(place, "captions", held_out)
    masks = scenes.read(place, "classes", held_out)
    return [styles(str(text), class_words(mask)) for text, mask in zip(captions, masks, strict=True)]


def tokens(tokenizer: CLIPTokenizer, texts: list[tuple[str, ...]]) -> torch.Tensor:
    """The prompts of N scenes, `[N, P, T]`, padded and, where too long, cut, as the pipelines do it."""
    ids = tokenizer(
        [text for prompts in texts for text in prompts],
        padding="max_length",
        truncation=True,
        max_length=tokenizer.model_max_length,
        return_tensors="pt",
    ).input_ids
    return ids.unflatten(0, (len(texts), -1))


def main() -> None:
    place = workplace(argument_parser(__doc__).parse_args())
    trained = vocabulary([text.lower() for texts in read_prompts(place) for text in texts], MOST_MERGES)
    write_tokenizer(folder(place), trained=trained, max_length=place.configuration.tokens)
    tokenizer = load(place)
    lengths = [len(tokenizer(texts[0]).input_ids) for texts in read_prompts(place, held_out=True)]
    print(
        f"{len(trained[0])} tokens, {len(trained[1])} of them merged. Held-out prompts have "
        f"{sum(lengths) / len(lengths):.1f} tokens, {max(lengths)} at most, of {tokenizer.model_max_length}."
    )


if __name__ == "__main__":
    main()
