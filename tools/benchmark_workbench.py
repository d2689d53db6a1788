"""The networks and operations that PyTorch runs and OpenVINO is given: those of our benchmarks, under the same names.

A method makes the work of `kind/details`: of a network something to call, of an operation a function and its operands.
"""

import torch
import torch.nn.functional as F

CROSS_DOWN, DOWN = "CrossAttnDownBlock2D", "DownBlock2D"
CROSS_UP, UP = "CrossAttnUpBlock2D", "UpBlock2D"
UNETS = {
    "sd15": dict(cross_attention_dim=768, attention_head_dim=8),
    "sdxl": dict(
        down_block_types=(DOWN, CROSS_DOWN, CROSS_DOWN),
        up_block_types=(CROSS_UP, CROSS_UP, UP),
        block_out_channels=(320, 640, 1280),
        transformer_layers_per_block=(1, 2, 10),
        attention_head_dim=(5, 10, 20),
        cross_attention_dim=2048,
        use_linear_projection=True,
        addition_embed_type="text_time",
        addition_time_embed_dim=256,
        projection_class_embeddings_input_dim=2816,
    ),
}
UNETS["sd15-inpainting"] = UNETS["sd15"] | dict(in_channels=9)
VAE = dict(
    down_block_types=("DownEncoderBlock2D",) * 4,
    up_block_types=("UpDecoderBlock2D",) * 4,
    block_out_channels=(128, 256, 512, 512),
    layers_per_block=2,
)
ADAPTERS = {
    "sd15": dict(in_channels=1, downscale_factor=8, adapter_type="full_adapter"),
    "sdxl": dict(in_channels=3, downscale_factor=16, adapter_type="full_adapter_xl"),
}
TEXT_ENCODERS = {
    "clip-l": dict(hidden_size=768, intermediate_size=3072, num_attention_heads=12),
    "openclip-bigg": dict(
        hidden_size=1280,
        intermediate_size=5120,
        projection_dim=1280,
        num_hidden_layers=32,
        num_attention_heads=20,
        hidden_act="gelu",
    ),
}

VISION_ENCODERS = {
    "clip-b32": {},
    "clip-l14": dict(
        hidden_size=1024,
        intermediate_size=4096,
        num_hidden_layers=24,
        num_attention_heads=16,
        patch_size=14,
        projection_dim=768,
    ),
}


def blip() -> torch.nn.Module:
    from transformers import BlipConfig, BlipForConditionalGeneration

    words = dict(vocab_size=30524, num_attention_heads=12, is_decoder=True, bos_token_id=30522, sep_token_id=102)
    return BlipForConditionalGeneration(BlipConfig(vision_config=dict(image_size=384), text_config=words))


def blip2() -> torch.nn.Module:
    from transformers import Blip2Config, Blip2ForConditionalGeneration

    words = dict(
        model_type="opt",
        vocab_size=50304,
        hidden_size=2560,
        ffn_dim=10240,
        num_hidden_layers=32,
        num_attention_heads=32,
        word_embed_proj_dim=2560,
        eos_token_id=50118,
    )
    return Blip2ForConditionalGeneration(Blip2Config(text_config=words, image_token_index=50265, num_query_tokens=32))


CAPTIONERS = {"blip-base": blip, "blip2-opt-2.7b": blip2}


def mask2former_swin_large() -> torch.nn.Module:
    from transformers import Mask2FormerConfig, Mask2FormerForUniversalSegmentation, SwinConfig

    backbone = SwinConfig(
        embed_dim=192,
        depths=[2, 2, 18, 2],
        num_heads=[6, 12, 24, 48],
        window_size=12,
        out_features=["stage1", "stage2", "stage3", "stage4"],
    )
    return Mask2FormerForUniversalSegmentation(
        Mask2FormerConfig(backbone_config=backbone, num_queries=200, num_labels=80)
    )


def inception() -> torch.nn.Module:
    """pytorch-fid's network, which reads images as they are; its weights are not downloaded."""
    from unittest import mock

    import pytorch_fid.inception
    from torchvision.models import Inception3

    with (
        mock.patch.object(pytorch_fid.inception, "load_state_dict_from_url"),
        mock.patch.object(Inception3, "load_state_dict"),
    ):
        return pytorch_fid.inception.InceptionV3(resize_input=False, normalize_input=False)


def steer(network: torch.nn.Module, image: torch.Tensor):
    """Lets a ControlNet add to what a UNet is told; as diffusers' pipeline, it looks at its image in every step."""

    def hook(_unet, inputs, told):
        context, added = told["encoder_hidden_states"], told["added_cond_kwargs"]
        skips, middle = network(*inputs, context, image, added_cond_kwargs=added, return_dict=False)
        return inputs, told | dict(down_block_additional_residuals=skips, mid_block_additional_residual=middle)

    return hook


def extents(text: str) -> list[int]:
    return [int(extent) for extent in text.split("x")]


class Workbench:
    """Makes operands and networks of PyTorch's default type, and remembers the networks, which may be compiled."""

    def __init__(self):
        self.networks: list[torch.nn.Module] = []

    def samples(self, *shape: int) -> torch.Tensor:
        x = torch.randn(*shape)
        return x.to(memory_format=torch.channels_last) if len(shape) == 4 else x

    def network(self, make) -> torch.nn.Module:
        """A network whose weights are small normal numbers; made without initialising them twice."""
        with torch.device("meta"):
            network = make()
        network = network.to_empty(device=torch.get_default_device()).eval()
        for parameter in network.parameters():
            parameter.data.normal_(0, 0.02)
        for name, buffer in network.named_buffers():
            # The positions of CLIP's encoders, and the statistics of batch normalisations; others may be zeros.
            if name.endswith("position_ids"):
                buffer.copy_(torch.arange(buffer.shape[-1]).expand_as(buffer))
            else:
                buffer.fill_(name.endswith("running_var"))
        self.networks.append(network.to(memory_format=torch.channels_last))
        return self.networks[-1]

    # Networks

    def unet(self, name: str, side: str, _guided: str, pictures: str = "1"):
        from diffusers import UNet2DConditionModel

        unet = self.network(lambda: UNet2DConditionModel(**UNETS[name]))
        batch = 2 * int(pictures)
        sample = self.samples(batch, UNETS[name].get("in_channels", 4), int(side) // 8, int(side) // 8)
        context = self.samples(batch, 77, UNETS[name]["cross_attention_dim"])
        added = dict(text_embeds=self.samples(batch, 1280), time_ids=self.samples(batch, 6)) if name == "sdxl" else None
        time = torch.tensor(500)
        return lambda: unet(sample, time, encoder_hidden_states=context, added_cond_kwargs=added)

    def controlnet(self, name: str, side: str, guided: str):
        from diffusers import ControlNetModel

        options = {key: value for key, value in UNETS[name].items() if key != "up_block_types"}
        network = self.network(lambda: ControlNetModel(**options))
        image = self.samples(2, 3, int(side), int(side))
        step = self.unet(name, side, guided)
        unet = self.networks[-1]
        unet.register_forward_pre_hook(steer(network, image), with_kwargs=True)
        return step

    def vae(self, _decode: str, side: str):
        from diffusers import AutoencoderKL

        autoencoder = self.network(lambda: AutoencoderKL(**VAE))
        # What a compiler sees is the module's call.
        autoencoder.forward = lambda latents: autoencoder.decode(latents).sample
        latents = self.samples(1, 4, int(side) // 8, int(side) // 8)
        return lambda: autoencoder(latents)

    def text(self, name: str):
        from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

        settings = TEXT_ENCODERS[name]
        kind = CLIPTextModelWithProjection if "projection_dim" in settings else CLIPTextModel
        encoder = self.network(lambda: kind(CLIPTextConfig(**settings)))
        tokens = torch.arange(1, 78).unsqueeze(0)
        return lambda: encoder(tokens)

    def adapter(self, name: str, side: str):
        from diffusers import T2IAdapter

        channels = [320, 640, 1280, 1280]
        adapter = self.network(lambda: T2IAdapter(channels=channels, num_res_blocks=2, **ADAPTERS[name]))
        outline = self.samples(1, ADAPTERS[name]["in_channels"], int(side), int(side))
        return lambda: adapter(outline)

    def annotator(self, name: str, side: str):
        from functools import partial

        from controlnet_aux.hed import ControlNetHED_Apache2
        from controlnet_aux.lineart import Generator
        from controlnet_aux.lineart_anime import UnetGenerator
        from controlnet_aux.midas.midas.dpt_depth import DPTDepthModel
        from controlnet_aux.pidi.model import pidinet

        kinds = {
            "hed": ControlNetHED_Apache2,
            "pidinet": pidinet,
            "depth": lambda: DPTDepthModel(backbone="vitb_rn50_384"),
            "depth-large": lambda: DPTDepthModel(backbone="vitl16_384"),
            "lineart": lambda: Generator(3, 1, 3),
            "lineart-anime": lambda: UnetGenerator(3, 1, 8, norm_layer=partial(torch.nn.InstanceNorm2d, affine=False)),
        }
        network = self.network(kinds[name])
        if name == "hed":
            # What a compiler sees is the module's forward; this one has a call of its own.
            network.forward = type(network).__call__.__get__(network)
        image = self.samples(1, 3, int(side), int(side))
        return lambda: network(image)

    def sight(self, name: str, side: str):
        from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

        if name == "inception":
            network = self.network(inception)
        elif name == "mask2former-swin-l":
            network = self.network(mask2former_swin_large)
        else:
            network = self.network(lambda: CLIPVisionModelWithProjection(CLIPVisionConfig(**VISION_ENCODERS[name])))
        image = self.samples(1, 3, int(side), int(side))
        return lambda: network(image)

    def caption(self, name: str, tokens: str):
        """A caption of so many tokens by transformers' own `generate`; what writes has texts of any length."""
        network = self.network(CAPTIONERS[name])
        self.networks = [part for part in network.children() if not isinstance(part, torch.nn.Linear)]
        self.networks[-1].has_any_length = True
        network.generation_config.eos_token_id = None
        image = self.samples(1, 3, network.config.vision_config.image_size, network.config.vision_config.image_size)
        length = dict(max_new_tokens=int(tokens), min_new_tokens=int(tokens))
        return lambda: network.generate(pixel_values=image, num_beams=1, do_sample=False, **length)

    def image(self, name: str, side: str, steps: str):
        """A picture by diffusers' own pipeline, but for the tokenizer, which has no file."""
        from diffusers import AutoencoderKL, DDIMScheduler, StableDiffusionPipeline, UNet2DConditionModel

        self.text("clip-l")
        encoder = self.networks[-1]
        pipeline = StableDiffusionPipeline(
            vae=self.network(lambda: AutoencoderKL(**VAE)),
            text_encoder=None,
            tokenizer=None,
            unet=self.network(lambda: UNet2DConditionModel(**UNETS[name])),
            scheduler=DDIMScheduler(
                beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", clip_sample=False
            ),
            safety_checker=None,
            feature_extractor=None,
            requires_safety_checker=False,
        )
        pipeline.set_progress_bar_config(disable=True)
        autoencoder = pipeline.vae
        # What a compiler sees is the module's call.
        autoencoder.forward = lambda latents: type(autoencoder).decode(autoencoder, latents, return_dict=False)
        autoencoder.decode = lambda latents, **_: autoencoder(latents)
        tokens = torch.arange(1, 78).unsqueeze(0)

        def paint():
            prompt, negative = (encoder(tokens).last_hidden_state for _ in range(2))
            return pipeline(
                prompt_embeds=prompt,
                negative_prompt_embeds=negative,
                height=int(side),
                width=int(side),
                num_inference_steps=int(steps),
            )

        return paint

    # Operations: functions of tensors, which a compiler may fuse

    def linear(self, sizes: str):
        rows, inputs, outputs = extents(sizes)
        x, weight, bias = self.samples(2, rows // 2, inputs), self.samples(outputs, inputs), self.samples(outputs)
        return F.linear, x, weight, bias

    def gated(self, sizes: str):
        rows, inputs, outputs = extents(sizes)
        x, weight = self.samples(2, rows // 2, inputs), self.samples(2 * outputs, inputs)

        def gated(x, weight, bias):
            value, gate = F.linear(x, weight, bias).chunk(2, dim=-1)
            return value * F.gelu(gate)

        return gated, x, weight, self.samples(2 * outputs)

    def conv2d(self, sizes: str, side: str, stride: str = "1"):
        inputs, outputs, height, width = extents(sizes)
        x = self.samples(2, inputs, int(side), int(side))
        weight, bias = self.samples(outputs, inputs, height, width), self.samples(outputs)
        step, padding = int(stride), height // 2
        return lambda x, weight, bias: F.conv2d(x, weight, bias, step, padding), x, weight, bias

    def attention(self, sizes: str, *details: str):
        positions, size, heads = extents(sizes)
        causal = "causal" in details
        keys = next((int(detail) for detail in details if detail.isdigit()), positions)
        q, k = self.samples(2, positions, heads * size), self.samples(2, keys, heads * size)

        def split(x: torch.Tensor) -> torch.Tensor:
            return x.unflatten(2, (heads, size)).transpose(1, 2)

        def attend(q, k):
            y = F.scaled_dot_product_attention(split(q), split(k), split(k), is_causal=causal)
            return y.transpose(1, 2).flatten(2)

        return attend, q, k

    def groupNorm(self, sizes: str):
        samples, height, width, channels = extents(sizes)
        x, one = self.samples(samples, channels, height, width), self.samples(channels)
        return lambda x, one: F.silu(F.group_norm(x, 32, one, one)), x, one

    def layerNorm(self, sizes: str):
        x = self.samples(*extents(sizes))
        one = self.samples(x.shape[-1])
        return lambda x, one: F.layer_norm(x, (x.shape[-1],), one, one), x, one

    def silu(self, sizes: str):
        return F.silu, self.samples(*extents(sizes))

    def geglu(self, sizes: str):
        def geglu(x):
            value, gate = x.chunk(2, dim=-1)
            return value * F.gelu(gate)

        return geglu, self.samples(*extents(sizes))

    def add(self, sizes: str):
        return torch.add, self.samples(*extents(sizes)), self.samples(*extents(sizes))

    def concatenate(self, sizes: str):
        samples, height, width, channels = extents(sizes)
        x, y = (self.samples(samples, channels, height, width) for _ in range(2))
        return lambda x, y: torch.cat((x, y), dim=1), x, y

    def resize(self, sizes: str):
        samples, height, width, channels = extents(sizes)
        x = self.samples(samples, channels, height, width)
        return lambda x: F.interpolate(x, scale_factor=2, mode="nearest"), x

    def transposed(self, sizes: str):
        return lambda x: x.transpose(1, 2).contiguous(), self.samples(*extents(sizes))


KINDS = [name for name in vars(Workbench) if not name.startswith("_") and name not in ("samples", "network")]
