"""A whole story for tests, with nothing missing."""

from __future__ import annotations

P99 = "p99 rose after a model or dependency change. Walk me through it."
WHOLE = f"""---
story: The week p99 doubled
kind: serving
answers:
  - {P99}
---

## Situation

A ranking service at 9,000 requests a second. Its p99 went from 80 ms to 170 ms.

## Task

I owned the roll-out of the new ranker.

## Actions

- I compared queue wait and service time by hop
- I decided to roll back to the small model, against the wish of the product lead

## Result

p99 was back in 12 minutes; NDCG fell by 0.4 % while the small model served.

## Numbers

80 ms before, 170 ms after, 41 minutes, 2.1 million users.

## Trade-off

I rejected more replicas: they cost 30 % more and hid the cause.

## What I would do differently

A latency gate in the canary. Mirror traffic first.
"""
