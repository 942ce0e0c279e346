"""A spaced-repetition engine for ML-systems interviews, in a terminal."""
