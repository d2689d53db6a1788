"""Trains the model in the box on the little world: see README.md."""
