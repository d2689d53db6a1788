"""Trains a CLIP pair on the scenes and their prompts, and on what is in them and its classes' words.

    python -m training.clip --work DIR

It reads words as the exported model does, by the same tokens.
"""

import math

import torch
from torch.nn import functional as F
from transformers import CLIPConfig, CLIPModel

from . import exported, objects, scenes, tokenizer
from .configuration import Workplace, argument_parser, workplace
from .loop import Run, load_average
from .pictures import Pictures, relit
from .prompts import WORDS, class_words, prompts

PREFIX = "A photo depicts "
"""CLIPScore's."""
DIRECTIONS = 64
"""Channels in which pictures and words are compared."""
MOST = math.log(100)
"""Of the scale's logarithm, as for CLIP."""
LIGHT = 0.05
"""Little: colours have names."""


def make_clip(place: Workplace) -> CLIPModel:
    configuration, words = place.configuration, exported.load_tokenizer(place)
    channels = configuration.clip_channels
    widths = dict(hidden_size=channels, intermediate_size=4 * channels, num_attention_heads=channels // 32)
    text = widths | {
        "num_hidden_layers": 2,
        "vocab_size": len(words),
        "max_position_embeddings": words.model_max_length,
        "bos_token_id": words.bos_token_id,
        "eos_token_id": words.eos_token_id,
        "pad_token_id": words.pad_token_id,
    }
    vision = widths | {"num_hidden_layers": 4, "image_size": configuration.size, "patch_size": 8}
    return CLIPModel(CLIPConfig(text_config=text, vision_config=vision, projection_dim=DIRECTIONS))


def load(place: Workplace) -> CLIPModel:
    return load_average(place.run("clip"), make_clip(place))


def of_images(model: CLIPModel, images: torch.Tensor) -> torch.Tensor:
    """Directions of pictures, `[N, 64]`."""
    return F.normalize(model.visual_projection(model.vision_model(images).pooler_output).float(), dim=-1)


def of_texts(model: CLIPModel, tokens: torch.Tensor) -> torch.Tensor:
    """Directions of texts, `[N, T]` to `[N, 64]`."""
    return F.normalize(model.text_projection(model.text_model(tokens).pooler_output).float(), dim=-1)


class Texts:
    """The texts that scenes and classes are compared with, as tokens on the device."""

    def __init__(self, place: Workplace, held_out: bool = False):
        words = exported.load_tokenizer(place)
        captions = [str(text) for text in scenes.read(place, "captions", held_out)]
        listed = map(class_words, scenes.read(place, "classes", held_out))
        told = [(text, PREFIX + text, *prompts(text, kinds)[::2]) for text, kinds in zip(captions, listed, strict=True)]
        self.of_scenes = tokenizer.tokens(words, told)
        self.of_classes = tokenizer.tokens(words, [(f"a photo of a {word}",) for word in WORDS.values()])[:, 0]
        self.places = torch.zeros(max(WORDS) + 1, dtype=torch.long)
        self.places[list(WORDS)] = torch.arange(len(WORDS))

    def to(self, target: torch.device) -> "Texts":
        for name in ("of_scenes", "of_classes", "places"):
            setattr(self, name, getattr(self, name).to(target))
        return self


def pairing_loss(logits: torch.Tensor, tokens: torch.Tensor) -> torch.Tensor:
    """CLIP's loss of `[N, N]` pictures by texts; texts that are the same are all of them right."""
    same = (tokens[:, None] == tokens[None]).all(-1).float()
    wanted = same / same.sum(1, keepdim=True)
    return (F.cross_entropy(logits, wanted) + F.cross_entropy(logits.T, wanted)) / 2


def train(place: Workplace) -> None:
    settings = place.configuration.clip
    run = Run(place.run("clip"), lambda: make_clip(place), settings)
    pictures, held_out = Pictures(place), Pictures(place, held_out=True)
    texts, held_out_texts = Texts(place).to(run.device), Texts(place, held_out=True).to(run.device)
    things, held_out_things = (objects.of_workplace(place, which).to(run.device) for which in (False, True))

    def step() -> dict[str, torch.Tensor]:
        indices, _, whole = pictures.random(settings.batch, LIGHT)
        tokens = texts.of_scenes[indices, torch.randint(texts.of_scenes.shape[1], indices.shape, device=run.device)]
        chosen = things.random(settings.batch)
        crops = relit(objects.crops(pictures[chosen.scenes], chosen.corners), LIGHT)
        seen = of_images(run.model, torch.cat([whole, crops]))
        told = of_texts(run.model, torch.cat([tokens, texts.of_classes]))
        scale = run.model.logit_scale.clamp(max=MOST).exp()
        scene = pairing_loss(scale * seen[: len(whole)] @ told[: len(tokens)].T, tokens)
        thing = F.cross_entropy(scale * seen[len(whole) :] @ told[len(tokens) :].T, texts.places[chosen.classes])
        return {"loss": scene + thing, "scenes": scene, "things": thing}

    def validate(model: CLIPModel) -> dict[str, float]:
        seen = of_images(model, held_out[:])
        near = seen @ of_texts(model, held_out_texts.of_scenes[:, 0]).T
        right = near.argmax(1) == torch.arange(len(near), device=near.device)
        crops = of_images(model, objects.crops(held_out[held_out_things.scenes], held_out_things.corners))
        kinds = (crops @ of_texts(model, held_out_texts.of_classes).T).argmax(1)
        known = kinds == held_out_texts.places[held_out_things.classes]
        return {"captions found": float(right.float().mean()), "things known": float(known.float().mean())}

    run.train(step, validate)


def main() -> None:
    train(workplace(argument_parser(__doc__).parse_args()))


if __name__ == "__main__":
    main()
