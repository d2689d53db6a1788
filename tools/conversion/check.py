"""Comparing what the source computes with what the converted folder computes."""

import torch

from .errors import ConversionError

# Relative errors of an output, with weights rounded to 23, 10 and 7 bits and everything else in fp32.
TOLERANCES = {torch.float32: 1e-5, torch.float16: 1e-2, torch.bfloat16: 8e-2}


def check_outputs(
    part: str, expected: list[torch.Tensor], found: list[torch.Tensor], dtype: torch.dtype
) -> None:
    """Refuses a conversion whose outputs are not those of the source; says how far they are apart."""
    errors = [relative_error(a, b) for a, b in zip(found, expected, strict=True)]
    print(f"{part}: largest relative error of {len(errors)} outputs {max(errors):.1e}")
    if not max(errors) <= TOLERANCES[dtype]:
        raise ConversionError(
            f"The converted {part} does not compute what its source does: the relative error is {max(errors):.1e}, "
            f"at most {TOLERANCES[dtype]:.0e} was expected for {dtype}. Nothing was written; please report it."
        )


def relative_error(found: torch.Tensor, expected: torch.Tensor) -> float:
    found, expected = found.double(), expected.double()
    return ((found - expected).norm() / expected.norm().clamp_min(1e-12)).item()


def seeded_noise(*shape: int) -> torch.Tensor:
    """The same input for source and result."""
    return torch.randn(shape, generator=torch.Generator().manual_seed(0))
