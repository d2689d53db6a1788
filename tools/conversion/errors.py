"""The errors that a user sees."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

COLOURS = re.compile(r"\x1b\[[\d;]*m")


class ConversionError(Exception):
    """What was found, what was expected, what to do."""


@contextmanager
def explaining(fault: str, advice: str) -> Iterator[None]:
    """Turns whatever a library throws into one message of two sentences: what is wrong and why, what to do.

    Which classes diffusers, transformers and pickles throw is nowhere written down, hence all of them.
    """
    try:
        yield
    except ConversionError:
        raise
    except Exception as error:
        raise ConversionError(f"{fault} ({reason(error)}). {advice}") from error


def reason(error: Exception) -> str:
    """The first sentence of what a library says, which may go on for a page and in colours; 200 characters at most."""
    text = f"there is no {error}" if isinstance(error, KeyError) else COLOURS.sub("", str(error))
    sentence = re.split(r"\.\s", " ".join(text.split()) + " ")[0]
    return sentence[:200].rstrip(" .:") or type(error).__name__
