"""Trains a BLIP to say what the scenes show, in their captions' words.

    python -m training.captioner --work DIR
"""

import torch
from transformers import BertTokenizer, BlipConfig, BlipForConditionalGeneration

from . import scenes, wordpieces
from .configuration import Workplace, argument_parser, workplace
from .loop import Run, load_average
from .pictures import Pictures

LIGHT = 0.05
"""Little: colours have names."""
LONGEST = 48
"""Tokens of a caption."""
IGNORED = -100


def make_captioner(place: Workplace, words: BertTokenizer) -> BlipForConditionalGeneration:
    channels = place.configuration.captioner_channels
    widths = dict(hidden_size=channels, intermediate_size=4 * channels, num_attention_heads=channels // 32)
    text = widths | {
        "vocab_size": len(words) + 1,
        "num_hidden_layers": 2,
        "max_position_embeddings": LONGEST,
        "bos_token_id": len(words),  # [DEC], which no text can hold
        "eos_token_id": words.sep_token_id,
        "sep_token_id": words.sep_token_id,
        "pad_token_id": words.pad_token_id,
        "label_smoothing": 0.0,
    }
    vision = widths | {"num_hidden_layers": 3, "image_size": place.configuration.size, "patch_size": 8}
    return BlipForConditionalGeneration(BlipConfig(text_config=text, vision_config=vision))


def load(place: Workplace) -> BlipForConditionalGeneration:
    return load_average(place.run("captioner"), make_captioner(place, wordpieces.load(place)))


def read_captions(place: Workplace, words: BertTokenizer, held_out: bool = False) -> torch.Tensor:
    """Every scene's caption, `[N, T]`, begun as BLIP's decoder begins and padded at its end."""
    captions = [str(text) for text in scenes.read(place, "captions", held_out)]
    ids = words(captions, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt").input_ids
    ids[:, 0] = len(words)
    return ids


def loss(model: BlipForConditionalGeneration, images: torch.Tensor, captions: torch.Tensor) -> torch.Tensor:
    """Cross entropy of every token after those before it."""
    seen = model.vision_model(images).last_hidden_state
    said = captions != model.config.text_config.pad_token_id
    labels = captions.masked_fill(~said, IGNORED)
    return model.text_decoder(captions, said, encoder_hidden_states=seen, labels=labels, reduction="mean").loss


def train(place: Workplace) -> None:
    settings = place.configuration.captioner
    words = wordpieces.load(place)
    run = Run(place.run("captioner"), lambda: make_captioner(place, words), settings)
    pictures, held_out = Pictures(place), Pictures(place, held_out=True)
    captions = read_captions(place, words).to(run.device)
    held_out_captions = read_captions(place, words, held_out=True).to(run.device)

    def step() -> dict[str, torch.Tensor]:
        indices, _, images = pictures.random(settings.batch, LIGHT)
        return {"loss": loss(run.model, images, captions[indices])}

    def validate(model: BlipForConditionalGeneration) -> dict[str, float]:
        return {"loss": float(loss(model, held_out[:], held_out_captions))}

    run.train(step, validate)


def main() -> None:
    train(workplace(argument_parser(__doc__).parse_args()))


if __name__ == "__main__":
    main()
