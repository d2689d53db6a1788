"""The paper's questions, asked of the little world."""
