"""A spaced-repetition engine for ML-systems interviews, in a terminal."""

import os

# The matrices of the insight are small: the threads of numpy's OpenBLAS would wait for each other
# longer than they work, which costs other programs their processor. Set before numpy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
