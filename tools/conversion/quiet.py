"""Keeps diffusers and transformers from telling users of a program how to program with them, once it is imported."""

from diffusers.utils import logging as diffusers_logging
from transformers.utils import logging as transformers_logging

for logging in (diffusers_logging, transformers_logging):
    logging.set_verbosity_error()
    logging.disable_progress_bar()
