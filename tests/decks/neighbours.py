"""Cards that share much of their wording, and why both are there.

Each row is a piece of two fronts and the difference between what they ask.
"""

from __future__ import annotations

NEIGHBOURS = [
    (
        "upgrade the embedding model of 30 million",
        "Canary or blue-green for a new embedding",
        "why not to re-embed in place, against which kind of release fits",
    ),
    (
        "newest event seen is stamped",
        "Watermark (in stream processing)",
        "where a watermark stands, against what the word means",
    ),
    (
        "one release of an LLM feature",
        "You roll back the weights at once",
        "the parts of an LLM release, against those of a ranking model",
    ),
    (
        "same features in two stores",
        "Materialisation (of a feature view)",
        "why there are two stores, against the name of the copy between them",
    ),
    (
        "Covariate drift changes",
        "A campaign doubles the share",
        "the names of the drifts, against which of them does harm",
    ),
    (
        "A small model costs 0.04 a call",
        "A small model costs 0.10",
        "cascade against router, against what a verifier may cost",
    ),
    (
        "A nightly drift alarm compares",
        "Evidently change its default",
        "which kind of test fits a size, against where one tool switches",
    ),
    (
        "declined customer asks why, four weeks later",
        "may ask at once why she was declined",
        "what must be stored with a decision, against when its reasons are computed",
    ),
    (
        "yet good customers of one are declined twice",
        "calibrated in two groups with different base rates",
        "which number shows the harm, against why not all of them can be equal",
    ),
    (
        "Eight pods carry 30 requests",
        "How far from its target must a metric be",
        "what the autoscaler asks for, against when it asks for nothing",
    ),
]
