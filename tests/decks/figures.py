"""The numbers that bundled cards print, each with the expression that gives it."""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from datetime import datetime, timedelta
from statistics import NormalDist, quantiles
from typing import NamedTuple

MINUTES_30_DAYS = 30 * 24 * 60


class Figure(NamedTuple):
    """A number printed on a card: a piece of the card's front, its value, and how it is printed.

    The value has the printed unit: 63.4 for `63%`, 2.1 for `2.1 TB`.
    """

    deck: str
    front: str
    value: float
    printed: str


def mm1(service_ms: float, load: float) -> float:
    """Return the mean time in an M/M/1 queue."""
    return service_ms / (1 - load)


def batched_p99(rate: float, size: int, batch_ms: float) -> float:
    """Return the p99 in ms of a server that takes what waits, up to a size, in a fixed time.

    Simulated: 200,000 random arrivals at a rate per second.
    """
    draw, clock, arrived = random.Random(1), 0.0, []
    for _ in range(200_000):
        clock += 1000 * draw.expovariate(rate)
        arrived.append(clock)
    waits: list[float] = []
    done = 0.0
    while len(waits) < len(arrived):
        first = len(waits)
        start = max(done, arrived[first])
        last = min(bisect_right(arrived, start), first + size)
        done = start + batch_ms
        waits += [done - each for each in arrived[first:last]]
    return quantiles(waits, n=100)[98]


def psi(expected: list[float], actual: list[float]) -> float:
    """Return the population stability index of two lists of shares."""
    return sum((a - e) * math.log(a / e) for e, a in zip(expected, actual, strict=True))


def runs(chance: float, length: int) -> float:
    """Return the mean number of independent nights until so many failures in a row."""
    return sum(chance**-nights for nights in range(1, length + 1))


def two_of_three(chance: float) -> float:
    """Return the mean number of independent nights until two of the last three failed.

    From a failure the next two nights decide; two quiet ones lead back to the start.
    """
    quiet = 1 - chance
    return (1 / chance + 1 + quiet) / (1 - quiet**2)


def users_per_arm(before: float, after: float) -> float:
    """Return the sample size for two proportions: two-sided 5 %, power 80 %."""
    mean = (before + after) / 2
    noise = 1.96 * math.sqrt(2 * mean * (1 - mean))
    signal = 0.8416 * math.sqrt(before * (1 - before) + after * (1 - after))
    return (noise + signal) ** 2 / (after - before) ** 2


def coin_reaches(correct: int, rows: int) -> float:
    """Return the chance that a coin-flip model is right on at least `correct` of `rows` rows."""
    return sum(math.comb(rows, k) for k in range(correct, rows + 1)) / 2.0**rows


def burn(rate: float, hours: float) -> float:
    """Return the share, in percent, of a 30-day error budget that a burn rate spends."""
    return 100 * rate * hours / (30 * 24)


def drafted(acceptance: float, tokens: int) -> float:
    """Return the tokens that a pass yields in speculative decoding: a geometric sum."""
    return sum(acceptance**k for k in range(tokens + 1))


def more_than(least: int, draws: int, chance: float) -> float:
    """Return the chance of more than `least` hits in so many independent draws."""
    return sum(
        math.comb(draws, k) * chance**k * (1 - chance) ** (draws - k)
        for k in range(least + 1, draws + 1)
    )


def largest_of(draws: int) -> float:
    """Return the mean of the largest of so many standard normal draws."""
    normal, step = NormalDist(), 0.001
    heights = [-8 + step * i for i in range(16_000)]
    return sum(x * draws * normal.cdf(x) ** (draws - 1) * normal.pdf(x) for x in heights) * step


def focal(chance: float, gamma: float) -> float:
    """Return the score at which the expected focal loss is least, for a true chance."""
    return min(
        (k / 10_000 for k in range(1, 10_000)),
        key=lambda q: (
            -chance * (1 - q) ** gamma * math.log(q) - (1 - chance) * q**gamma * math.log(1 - q)
        ),
    )


WATERMARK = datetime(2026, 1, 1, 12, 0, 30) - timedelta(seconds=20, milliseconds=1)

FRESHNESS = [
    ("newest event seen is stamped", WATERMARK.microsecond / 1e6 + WATERMARK.second, "09.999"),
    ("raise the out-of-orderness bound", 60 - 5, "55 s"),
    ("merchant key gets 25 events", 25 * 6 * 3600, "540,000"),
    ("12 million events behind", 12e6 / (90e3 - 60e3), "400 s"),
    ("12 million events behind", 12e6 / (65e3 - 60e3), "2,400 s"),
    ("train on 60 days", 60 + 30, "90 days"),
    ("train on 60 days", 168 / 24, "7 days"),
    ("AUC is 0.86", 0.79 - 0.71, "0.08"),
    ("35% of conversions", 100 - 35, "65%"),
    ("kept 1 in 10 negatives", 0.2 / (0.2 + (1 - 0.2) / 0.1), "0.024"),
    ("keep 5% of the shown", 1 / 0.05, "20"),
    ("filter blocks 60%", 60 * (1 - 0.01), "59.4%"),
    ("filter blocks 60%", 60 * 0.01, "0.6 points"),
    ("500 ranked items", 500 - 8, "492"),
    ("9:14 you read", 14 - 10, "4 min"),
    ("always lists `weather`", (10_300 - 10_000) ** 2 / 10_000, "9"),
    ("always lists `weather`", (400 - 40) ** 2 / 40, "3,240"),
    ("top 100 of a billion keys", 2e9 / 50_000, "40,000"),
    ("annotators agree on 80%", (1 + math.sqrt(2 * 0.80 - 1)) / 2, "0.89"),
    ("annotators agree on 80%", 100 * (1 + math.sqrt(2 * 0.80 - 1)) / 2, "89%"),
    ("30 million merchants", 30e6 * 120 * 4 / 1e9, "14.4 GB"),
    ("30 million merchants", 30e6 * 120 * 4 * 1.5 * 3 / 1e9, "65 GB"),
    ("dropped by 16-byte event ids", 20_000 * 86_400 / 1e9, "1.7 billion"),
    ("dropped by 16-byte event ids", 20_000 * 86_400 * 16 / 1e9, "28 GB"),
    ("dropped by 16-byte event ids", 20_000 * 10 * 60 * 16 / 1e9, "0.19 GB"),
    ("a day long and slides by a minute", 24 * 60, "1,440"),
    ("2,000 versions of a feature", 2_000 * 300, "600,000"),
    ("2,000 versions of a feature", 2_000 + 300, "2,300"),
    ("writers each drop a file", 64 * 24 * 60, "92,160"),
    ("LLM labels 100,000 chats", 12.0 + 14.8 - 11.2, "15.6%"),
]

BLOOM_BITS = -math.log(0.01) / math.log(2) ** 2

SERVING = [
    ("budget of 80 ms", 5 + 20 + 25 + 10, "60 ms"),
    ("budget of 80 ms", 80 - (5 + 20 + 25 + 10), "20 ms"),
    ("8, 12 and 6 ms", 8 + 12 + 6, "26 ms"),
    ("8, 12 and 6 ms", max(8, 12, 6), "12 ms"),
    ("35 ms at 4,000", 4000 * 0.035, "140"),
    ("Taking it as an M/M/1", mm1(10, 0.8), "50 ms"),
    ("Taking it as an M/M/1", mm1(10, 0.9), "100 ms"),
    ("Taking it as an M/M/1", mm1(10, 0.95), "200 ms"),
    ("ranks 400 items", 15_000 * 401 / 1e6, "6.0 million"),
    ("fans out to 100 leaves", 1 - 0.99**100, "0.634"),
    ("fans out to 100 leaves", 100 * (1 - 0.99**100), "63%"),
    ("fans out to 100 leaves", 100 * (1 - 0.99**10), "9.6%"),
    ("over 100 leaves may be slow", 100 * (1 - 0.99 ** (1 / 100)), "0.0100%"),
    ("over 100 leaves may be slow", 100 - 100 * (1 - 0.99 ** (1 / 100)), "99.99"),
    ("over 100 leaves may be slow", 100 * 0.99 ** (1 / 10), "99.9"),
    ("requests for up to 3 ms", 150 * 0.003, "0.45"),
    ("requests for up to 3 ms", 1 + 150 * 0.003, "1.45"),
    ("requests for up to 3 ms", 1 / 0.003, "333/s"),
    ("seven texts of 32 tokens", 7 * 32 + 512, "736"),
    ("seven texts of 32 tokens", 8 * 512, "4,096"),
    ("seven texts of 32 tokens", 100 * (7 * 32 + 512) / (8 * 512), "18%"),
    ("Three layers each", 3**3, "27"),
    ("With K = 2", max(0.0, (1000 - 2 * 300) / (1000 + 1)), "0.40"),
    ("canary takes 1%", 2000 * 600 * 0.01, "12,000"),
    ("canary takes 1%", round(users_per_arm(0.100, 0.102), -3), "356,000"),
    ("40 million vectors of 256", 4 * 256 + 8 * 32, "1,280"),
    ("40 million vectors of 256", 40e6 * (4 * 256 + 8 * 32) / 1e9, "51 GB"),
    ("40 million vectors of 256", 2 * 40e6 * (4 * 256 + 8 * 32) / 1e9, "102 GB"),
    ("40 million vectors of 256", 100e6 * (4 * 256 + 8 * 32) / 1e9, "128 GB"),
    ("index is IVF-PQ", 200e6 * (32 + 8) / 1e9, "8.0 GB"),
    ("index is IVF-PQ", 200e6 * 256 * 4 / 1e9, "205 GB"),
    ("tenant owns 0.2%", 50 * 0.002, "0.1 rows"),
    ("tenant owns 0.2%", 10 / 0.002, "5,000"),
    ("Eight pods", math.ceil(8 * 30 / 20), "12 pods"),
    ("Knative's autoscaler averages", 60 * 0.10, "6 s"),
    ("141 GB and storage", round(141 / 2, -1), "70 s"),
    ("climb by 50 requests", 50 * 3 * 60, "9,000"),
    ("over three zones", 1 / (1 - 1 / 3), "1.5 times"),
    ("Garbage collection stops", 100 * 0.2 / 60, "0.33%"),
    ("Garbage collection stops", 100 * (1 - (1 - 0.2 / 60) ** 30), "9.5%"),
    ("batch of up to 32 takes 12 ms", 32 / 0.012, "2,667"),
    ("batch of up to 32 takes 12 ms", 100 * 2000 / (32 / 0.012), "75%"),
    ("batch of up to 32 takes 12 ms", batched_p99(2000, 32, 12), "24 ms"),
    ("batch of up to 32 takes 12 ms", 2000 * 0.012, "24"),
    ("batch of up to 32 takes 12 ms", 32 - 2000 * 0.012, "8"),
    ("take 20 ms or 5 s", 50 * 0.020, "1 place"),
    ("take 20 ms or 5 s", 50 * 5, "250"),
    ("searches 50,000 vectors", 50_000 * 256 / 1e6, "12.8 million"),
    ("Load shedding drops 20%", 100 * (1 - 0.8**10), "89%"),
    ("Scores of 80 million users", 80e6 * 0.002, "160,000"),
    ("Scores of 80 million users", 4 * 3600, "14,400"),
    ("Scores of 80 million users", 80e6 * 0.002 / (4 * 3600), "11.1"),
    ("Scores of 80 million users", math.ceil(80e6 * 0.002 / (4 * 3600)), "12 cores"),
    ("Scores of 80 million users", 2 * 80e6 * 0.002 / (4 * 3600), "22.2"),
    ("Scores of 80 million users", math.ceil(2 * 80e6 * 0.002 / (4 * 3600)), "23"),
    ("called ten times a day", round(0.80 * 730, -1), "$580"),
    ("the same scorer with 400 floats", 400 * 4 / 1000, "1.6 KB"),
    ("the same scorer with 400 floats", 400 * 10 / 1000, "4 KB"),
    ("limited to 4 CPUs", 4 * 100 / 64, "6.25 ms"),
    ("Eight worker processes", 8 * 6, "48 GB"),
    ("Five minutes after a model release", 200 * 50, "10,000"),
    ("Bloom filters at 1%", BLOOM_BITS, "9.585"),
    ("Bloom filters at 1%", BLOOM_BITS * 2000 / 8 / 1000, "2.4 KB"),
    ("Bloom filters at 1%", round(BLOOM_BITS * 2000 / 8 * 100e6 / 1e9, -1), "240 GB"),
    ("Bloom filters at 1%", 2000 * 8 * 100e6 / 1e12, "1.6 TB"),
    ("Photos of 4 MB", 4e6 * 300 * 8 / 1e9, "9.6 Gbit/s"),
    ("Two thousand customers have a model", 64 / 0.4, "160 fit"),
    ("100 requests a minute", 2 * 100, "200"),
    ("100 requests a minute", 100 / 60, "1.67"),
    ("100 requests a minute", 20 + 100, "120"),
    ("spread at random over 20 shards", 100 / 20, "5 of them"),
    ("spread at random over 20 shards", 100 * 20 * more_than(15, 100, 1 / 20), "0.07%"),
    ("AUC rose and calibration", 0.5 + (1 - 0.5) / 2, "0.75"),
    ("automatic canary judge", 10 * 1, "10"),
    ("filter matches 10% of the rows", 40 * 0.10, "4"),
    ("recall@100 of 0.97", 100 * (0.97 - 0.91), "6 points"),
    ("metric be before Kubernetes", 21.5 / 20, "1.075"),
    ("settings of its training", 256 / 400, "0.64 s"),
    ("Guests ask for flats", 100 * 0.05 * 0.9, "4.5%"),
    ("Guests ask for flats", 100 * 0.08 * 0.3, "2.4%"),
]

ODDS_FACTOR = (0.04 / 0.96) / (0.02 / 0.98)
DAY_OF_LABELS = math.sqrt(0.95 * 0.05 / 200)  # standard error of a day's accuracy

KOLMOGOROV_5 = math.sqrt(-math.log(0.05 / 2) / 2)  # large samples, at 5 %

MONITORING = [
    ("99.95% over 30 days", MINUTES_30_DAYS * 0.0005, "21.6 minutes"),
    ("99.95% over 30 days", MINUTES_30_DAYS, "43,200 min"),
    ("99.95% over 30 days", 60 * 0.05, "3 minutes"),
    ("over which windows, does the SRE", burn(14.4, 1), "2%"),
    ("over which windows, does the SRE", burn(6, 6), "5%"),
    ("over which windows, does the SRE", burn(1, 72), "10%"),
    ("one twelfth", 60 / 12, "5 minutes"),
    ("ten requests an hour", (1 / 10) / 0.001, "100"),
    ("ten requests an hour", burn((1 / 10) / 0.001, 1), "13.9%"),
    ("four services in series", 100 * 0.999**4, "99.6%"),
    ("four services in series", 0.999**4, "0.9960"),
    ("50/30/20", psi([0.5, 0.3, 0.2], [0.6, 0.25, 0.15]), "0.042"),
    ("50/30/20", 0.1 * math.log(0.60 / 0.50), "0.0182"),
    ("50/30/20", -0.05 * math.log(0.25 / 0.30), "0.0091"),
    ("50/30/20", -0.05 * math.log(0.15 / 0.20), "0.0144"),
    ("PSI over 10 bins", (10 - 1) * (1 / 100 + 1 / 100), "0.18"),
    ("million rows", KOLMOGOROV_5, "1.358"),
    ("million rows", KOLMOGOROV_5 * math.sqrt(2 / 1e6), "0.0019"),
    ("million rows", KOLMOGOROV_5 * math.sqrt(2 / 1e3), "0.061"),
    ("200 features a day", 200 * 0.05, "10 false alarms"),
    ("nulls rise from 2%", 100 - 40, "60%"),
    ("by the L-infinity distance", max(0.005 - 0, 0.001), "0.005"),
    ("0.9, 0.8, 0.6 and 0.2", (0.9 + 0.8 + 0.6 + (1 - 0.2)) / 4, "0.775"),
    ("coin-flip model", 100 * coin_reaches(60, 100), "2.8%"),
    ("coin-flip model", 1 / coin_reaches(60, 100), "35"),
    ("coin-flip model", 100 * (1 - (1 - coin_reaches(60, 100)) ** 20), "44%"),
    ("coin-flip model", 100 * math.sqrt(0.25 / 100), "5 points"),
    ("One client version", 2 / 100 * (90 - 50), "0.8 points"),
    ("retrain costs $30k", math.sqrt(2 * 30 / 15), "2 weeks"),
    ("retrain costs $30k", 100 * (1 - math.sqrt(1 / 2)), "29%"),
    ("43.2 minutes of error budget", 20 * 0.10, "2 full"),
    ("43.2 minutes of error budget", 100 * 20 * 0.10 / 43.2, "4.6%"),
    ("43.2 minutes of error budget", 0.10 / 0.001, "100"),
    ("43.2 minutes of error budget", 30 * 24 / (0.10 / 0.001), "7.2 hours"),
    ("embeddings of 768", 768 * 0.05, "38"),
    ("100 labels a week", round(196 * math.sqrt(0.25 / 100), -1), "±10"),
    ("labelled sample of 400", 196 * math.sqrt(0.92 * 0.08 / 400), "2.7"),
    ("labelled sample of 400", round(16 * 0.92 * 0.08 / 0.01**2, -3), "12,000"),
    ("100 labels a week", 100 * (math.sqrt(100 / 50) - 1), "41%"),
    ("makes 5,000 predictions a second", 5_000 * 2e3 * 86_400 / 1e9, "864 GB"),
    ("makes 5,000 predictions a second", 5_000 * 2e3 * 86_400 / 1e9 / 10, "86 GB"),
    ("Choose them at the head", 100 - 1, "99%"),
    ("under 10 minutes old in 99.5%", 0.005 * 720, "3.6 h"),
    ("under 10 minutes old in 99.5%", 100 * 3 / (0.005 * 720), "83%"),
    ("shown with probability 0.02", 1 / 0.02, "50"),
    ("14.4× page never fire", 1 / 0.10, "10"),
    ("14.4× page never fire", 6 * 6 / (1 / 0.10), "3.6 hours"),
    ("Fraud is 1% of traffic", 500 * 0.01, "5"),
    ("Parameters are snapshotted", 2000 * 0.0002, "0.4"),
    ("Parameters are snapshotted", 1 / (2000 * 0.0002), "2.5 days"),
    ("Fraud alarms trebled on Monday", 60 / 3, "20%"),
    ("Fraud alarms trebled on Monday", 196 * math.sqrt(0.6 * 0.4 / 50), "14 points"),
    ("Fraud was 2% in training", 0.10 / 0.90, "0.111"),
    ("Fraud was 2% in training", ODDS_FACTOR, "2.04"),
    ("Fraud was 2% in training", 0.10 / 0.90 * ODDS_FACTOR, "0.227"),
    ("Fraud was 2% in training", 1 - 1 / (1 + 0.10 / 0.90 * ODDS_FACTOR), "0.185"),
    ("Watch time is 8% below", 0.99 * 0.93, "0.92"),
    ("latency histogram of 12 buckets", 12 * 30 * 4 * 60 * 50 / 1e6, "4.3 million"),
    ("takes 120 ms", 100 + 0.99 * 400, "496 ms"),
    ("200 labels a day", math.ceil((95 - 93) / (5 / 7)), "3 days"),
    ("200 labels a day", 100 * DAY_OF_LABELS, "1.5 points"),
    ("200 labels a day", round(100 * NormalDist().cdf(-0.02 / DAY_OF_LABELS), -1), "10%"),
    ("swaps in a new 30 GB model", 2 * 30, "60 GB"),
    ("Drift tests at the 5% level run", 120 * 0.05, "6"),
    ("Drift tests at the 5% level run", 120 * 0.05**3, "0.015"),
    ("A nightly drift test sees a real shift", runs(0.8, 1), "1.25"),
    ("A nightly drift test sees a real shift", runs(0.8, 3), "4.8"),
    ("A nightly drift test sees a real shift", runs(0.05, 1), "20"),
    ("A nightly drift test sees a real shift", runs(0.05, 3), "8,420"),
    ("A nightly drift test sees a real shift", runs(0.4, 3), "24"),
    ("A nightly drift test sees a real shift", two_of_three(0.4), "6.4"),
    ("A nightly drift test sees a real shift", two_of_three(0.05), "225"),
    ("2% of inputs are strange", 980 * 0.05 + 20 * 0.6, "61"),
    ("2% of inputs are strange", 2 * (980 * 0.05 + 20 * 0.6), "$122"),
    ("2% of inputs are strange", 20 * (1 - 0.6), "8"),
    ("2% of inputs are strange", 50 * 20 * (1 - 0.6), "$400"),
    ("2% of inputs are strange", 2 * (980 * 0.05 + 20 * 0.6) + 50 * 20 * 0.4, "$522"),
    ("2% of inputs are strange", 2 * (980 * 0.01 + 20 * 0.3) + 50 * 20 * 0.7, "$732"),
    ("2% of inputs are strange", 2 * (980 * 0.2 + 20 * 0.75) + 50 * 20 * 0.25, "$672"),
]

TRILLION_TOKENS_7B = 6 * 7e9 * 1e12 / (0.4 * 989e12) / 3_600  # GPU hours

RESOURCES = [
    ("989 dense BF16", 989 / 3.35, "295 FLOP"),
    ("989 dense BF16", 2 / 2, "1 FLOP"),
    ("L4 (121, 0.30)", 312 / 2.039, "153"),
    ("L4 (121, 0.30)", 989 / 4.8, "206"),
    ("L4 (121, 0.30)", 121 / 0.30, "403"),
    ("2,000-token prompt", 1e3 * 2 * 8.03e9 * 2000 / (989e12 / 2), "65 ms"),
    ("2,000-token prompt", 2 * 8.03e9 * 2000 / 1e13, "3.2e13"),
    ("2,000-token prompt", round(989e12 / 2 / 1e14, 2), "4.95e14"),
    ("8B BF16 model decodes", 1e3 * 16 / 3350, "4.8 ms"),
    ("8B BF16 model decodes", 1e3 * 16 / 4800, "3.3 ms"),
    ("8B BF16 model decodes", 1e3 * 2 * 8e9 / 989e12, "0.016 ms"),
    ("13B model take", 13 * 16, "208 GB"),
    ("13B model take", 13 * 2, "26 GB"),
    ("800 million ids", 8e8 * 64 * 4 / 1e9, "205 GB"),
    ("INT8 makes the model", 7 * 2, "14 GB"),
    ("INT8 makes the model", 7 * 1, "7 GB"),
    ("INT8 makes the model", 7 * 0.5, "3.5 GB"),
    ("small model costs 0.04", 0.04 + 0.25 * 1.00, "0.29"),
    ("small model costs 0.04", 0.75 * 0.04 + 0.25 * 1.00, "0.28"),
    ("5-minute write", 1.25 + 0.1, "1.35"),
    ("5-minute write", 2 + 2 * 0.1, "2.2"),
    ("answers 90% of requests", 100 - 90, "10%"),
    ("$2.40/h node", 2.40 / (600 * 3600 * 0.4) * 1000, "$0.0028"),
    ("$2.40/h node", 2.40 / (600 * 3600) * 1000, "$0.0011"),
    ("GPU at $3/h", 3 / (2000 * 3600) * 1e6, "$0.42"),
    ("GPU at $3/h", 3 / (2000 * 3600) * 1e6 / 0.35, "$1.19"),
    ("GPU at $3/h", 100 * 3 / (2000 * 3600) * 1e6 / 0.60, "69%"),
    ("CPU node at $0.25/h", 100 * 0.5, "50"),
    ("CPU node at $0.25/h", 1 / 0.25 * 100 * 0.5, "200 requests"),
    ("250 features", 250 * 8 * 12_000 * 86_400 / 1e12, "2.1 TB"),
    ("hot class takes $0.023", 0.023 - 0.004, "$0.019"),
    ("hot class takes $0.023", 0.03 / (0.023 - 0.004), "1.6 months"),
    ("At similarity 0.85 a semantic", 100 * 0.40 * 0.08, "3.2%"),
    ("At similarity 0.85 a semantic", 100 * 0.28 * 0.015, "0.42%"),
    ("At similarity 0.85 a semantic", 100 * 0.12 * 0.002, "0.024%"),
    ("At similarity 0.85 a semantic", 28 - 12, "16"),
    ("hits you drew 200 at random", 100 * (1 - 0.05 ** (1 / 200)), "1.5%"),
    ("hits you drew 200 at random", 100 * (1 - 0.05 ** (1 / 600)), "0.5%"),
    ("PyTorch job's tensors take 12 GB", 38 - 12, "26 GB"),
    ("larger ranker costs $18,000", 100 * 18_000 / (60e6 * 12), "0.0025 percentage"),
    ("larger ranker costs $18,000", 18_000 / (60e6 * 12), "0.000025"),
    ("tops out at 900", 450 * 0.6, "270"),
    ("Reserved GPUs", 0.6 * 24, "14.4 h"),
    ("Reserved GPUs", 80 - 0.6 * (80 - 20), "44"),
    ("Egress between regions", 30 * 86_400 / 1e6, "2.592 million"),
    ("Egress between regions", 3000 * 0.5e-3 * 30 * 86_400 / 1e6, "3.9 million"),
    ("Egress between regions", round(3000 * 0.5e-3 * 30 * 86_400 * 0.02, -3), "$78,000"),
    ("Egress between regions", 500 * 8 / 1000, "4 KB"),
    ("Thirty small models", 30 * 5, "150"),
    ("Peak is 9,000", 9000 / (300 * 0.7), "42.9"),
    ("Peak is 9,000", math.ceil(1.5 * math.ceil(9000 / (300 * 0.7))), "65"),
    ("trains at 80,000 tokens a second", 6 * 7e9 * 80e3 / 1e15, "3.36e15"),
    ("trains at 80,000 tokens a second", 8 * 989e12 / 1e15, "7.91e15"),
    ("trains at 80,000 tokens a second", 100 * 6 * 7e9 * 80e3 / (8 * 989e12), "42%"),
    ("Weights in INT8, arithmetic", 240 / 2, "120"),
    ("kernels of 5 µs", 100 * 5 / (5 + 10), "33%"),
    ("takes 25 of a path's 80 ms", 25 - 25 / 3, "16.7 ms"),
    ("takes 25 of a path's 80 ms", 80 - 25 + 25 / 3, "63.3 ms"),
    ("takes 25 of a path's 80 ms", 80 / (80 - 25 + 25 / 3), "1.26 times"),
    ("takes 25 of a path's 80 ms", 80 / (80 - 25), "1.45"),
    ("Distilling costs $24,000", 20_000 - 4_000, "$16,000"),
    ("Distilling costs $24,000", 24_000 / (20_000 - 4_000), "1.5 months"),
    ("Distilling costs $24,000", 3 * (20_000 - 4_000), "48,000"),
    ("Distilling costs $24,000", 3 * (20_000 - 4_000) - 24_000, "$24,000"),
    ("An H100 at $3.50/h", 3350 / 3.5, "957"),
    ("An H100 at $3.50/h", 2039 / 2.2, "927"),
    ("An H100 at $3.50/h", 300 / 0.7, "429"),
    ("Spot is 65% cheaper", (1 - 0.65) / (1 - 1 / 6), "0.42"),
    ("Spot is 65% cheaper", 6 - 2, "4 minutes"),
    ("a verifier reads every", 0.10 + 0.25 + 0.40 * 1.00, "0.75"),
    ("misses take 400 ms", 100 - 100 * 0.01 / 0.10, "p90"),
    ("misses take 400 ms", 100 - 100 * 0.01 / 0.05, "p80"),
    ("512 GPUs at 0.7 kW", 512 * 0.7 * 300, "107,520 kWh"),
    ("512 GPUs at 0.7 kW", 512 * 0.7 * 300 * 0.4 / 1e3, "43 tonnes"),
    ("512 GPUs at 0.7 kW", 512 * 0.7 * 300 * 0.05 / 1e3, "5.4 tonnes"),
    ("7B model on a trillion tokens", 6 * 7e9 * 1e12 / 1e22, "4.2e22"),
    ("7B model on a trillion tokens", 0.4 * 989e12 / 1e14, "3.96e14"),
    ("7B model on a trillion tokens", round(TRILLION_TOKENS_7B, -2), "29,500"),
    ("7B model on a trillion tokens", round(TRILLION_TOKENS_7B * 2.5, -3), "74,000"),
    ("7B model on a trillion tokens", TRILLION_TOKENS_7B / 512, "58 hours"),
    ("Traffic grows by 5% a month", 1.05**5, "1.276"),
    ("Traffic grows by 5% a month", 1.05**5 * 1.2, "1.53 times"),
]

KV_70B = 2 * 80 * 8 * 128 * 2
KV_8B = 2 * 32 * 8 * 128 * 2

LLM = [
    ("`max_num_seqs` goes from 64", (256 / 64) / 1.6, "2.5 times"),
    ("first token is 400 ms", 0.4 + (201 - 1) * 0.025, "5.4 s"),
    ("first token is 400 ms", 0.4 + (201 - 1) * 0.025 / 2, "2.9 s"),
    ("first token is 400 ms", 0.4 / 2 + (201 - 1) * 0.025, "5.2 s"),
    ("first token is 400 ms", 1 / 0.025, "40 tokens"),
    ("10 requests a second", 30_000 / 200, "150"),
    ("close the tab", 100 * 0.30 * 0.5, "15%"),
    ("80 layers with 8 KV heads", KV_70B, "327,680"),
    ("80 layers with 8 KV heads", KV_70B / 1024, "320 KiB"),
    ("80 layers with 8 KV heads", KV_70B * 8000 / 1e9, "2.6 GB"),
    ("86 GB per 32k", KV_70B * 32_768 / 1e9, "10.7 GB"),
    ("Paging hands out blocks of 16", (16 - 1) * 128 / 1024, "1.9 MiB"),
    ("Paging hands out blocks of 16", 4096 - 600, "3,496"),
    ("Paging hands out blocks of 16", (4096 - 600) * 128 / 1024, "437 MiB"),
    ("`gpu_memory_utilization` is 0.9", 80 * 0.9 - 16 - 3, "53 GB"),
    ("48 sequences of 6,000", 48 * 6000 * KV_8B / 1e9, "37.7 GB"),
    ("48 sequences of 6,000", 16 - 16 / 4, "12"),
    ("48 sequences of 6,000", 16 + 48 * 6000 * KV_8B / 1e9, "54 GB"),
    ("chat of 8,000 tokens", 2 * 70.6e9 * 8000 / 1e15, "1.13e15"),
    ("chat of 8,000 tokens", 2 * 70.6e9 * 8000 / (4 * 989e12 / 2), "0.57 s"),
    ("chat of 8,000 tokens", 1e3 * KV_70B * 8000 / 50e9, "52 ms"),
    ("12 tool calls", 100 * 0.95**12, "54%"),
    ("12 tool calls", 1 - 0.05**2, "0.9975"),
    ("12 tool calls", 100 * (1 - 0.05**2) ** 12, "97%"),
    ("golden set has 200", 100 * math.sqrt(0.9 * 0.1 / 200), "2.1 points"),
    ("golden set has 200", 200 * (0.93 - 0.90) + 2, "8 mended"),
    ("golden set has 200", 2 * 100 * coin_reaches(8, 10), "11%"),
    ("Sixty customers", 16 + 60 * 0.084, "21 GB"),
    ("Sixty customers", 60 * 16, "960 GB"),
    ("200 tokens or of 2,000", 10 * 2000, "20,000"),
    ("Seven answers of 50", 7 * 50 + 400, "750"),
    ("Seven answers of 50", 8 * 400, "3,200"),
    ("Seven answers of 50", 100 * (7 * 50 + 400) / (8 * 400), "23%"),
    ("2,000-token prompt on a 70B", 2000 * KV_70B / 1e6, "655 MB"),
    ("2,000-token prompt on a 70B", 1e3 * 2 * 70.6e9 * 2000 / (4 * 989e12 / 2), "143 ms"),
    ("2,000-token prompt on a 70B", 1e3 * 2000 * KV_70B / 50e9, "13 ms"),
    ("2,000-token prompt on a 70B", round(1e3 * 2000 * KV_70B / (25e9 / 8), -1), "210 ms"),
    ("accepted with probability 0.7", 1 - 0.7**4, "0.7599"),
    ("accepted with probability 0.7", drafted(0.7, 3), "2.53"),
    ("costs a tenth of a large pass", 2.53 / (3 * 0.1 + 1), "1.95"),
    ("costs a tenth of a large pass", drafted(0.2, 3), "1.25"),
    ("costs a tenth of a large pass", drafted(0.2, 3) / (3 * 0.1 + 1), "0.96"),
    ("draft from 4 to 8", drafted(0.6, 4), "2.31"),
    ("draft from 4 to 8", drafted(0.6, 8), "2.47"),
    ("draft from 4 to 8", 100 * (drafted(0.6, 8) / drafted(0.6, 4) - 1), "7%"),
    ("draft from 4 to 8", 100 * 0.6**7, "2.8%"),
    ("draft from 4 to 8", drafted(0.8, 4), "3.36"),
    ("draft from 4 to 8", drafted(0.9, 8), "6.13"),
    ("draft from 4 to 8", drafted(0.9, 4), "4.10"),
    ("141 GB of weights decode", 1e3 * 141 / (4 * 3350), "10.5 ms"),
    ("141 GB model runs on two", 2 * 141 * 0.9 - 141 - 2 * 3, "106.8 GB"),
    (
        "141 GB model runs on two",
        round((2 * 141 * 0.9 - 141 - 2 * 3) * 1e9 / KV_70B, -3),
        "326,000",
    ),
    ("141 GB model runs on two", 4 * 80 * 0.9 - 141 - 4 * 3, "135 GB"),
    ("141 GB model runs on two", 4 * 3.35, "13.4"),
    ("141 GB model runs on two", 2 * 4.8, "9.6"),
    ("141 GB model runs on two", 326_000 // 8_000, "40 chats"),
    ("top 5 for 70%", 70 - 62, "8 points"),
    ("top 5 for 70%", 100 - 70, "30%"),
    ("carries 3,000 tokens of examples", 3_000 * 2e6 / 1e9, "6 billion"),
    ("may compare two answers or grade", math.comb(30, 2), "435"),
    ("Four pipeline stages work", 100 * (4 - 1) / (4 + 8 - 1), "27%"),
    ("Four pipeline stages work", 100 * (4 - 1) / (4 + 32 - 1), "9%"),
    ("grew from 180 to 300", 100 * (300 / 180 - 1), "67%"),
    ("30 million chunks", 30e6 * 500 / 20_000, "750,000"),
    ("30 million chunks", 30e6 * 500 / 20_000 / 86_400, "8.7 days"),
    ("FlashAttention returns the same result", 8192**2 * 2 * 32 / 1e9, "4.3 GB"),
    ("Manuals of 200,000 tokens", 4 * 60 * 200_000 / 1e6, "48 million"),
    ("Manuals of 200,000 tokens", 4 * 60 * 200_000 / 1e6, "$48"),
    ("Manuals of 200,000 tokens", 4 * 60 * 4_000 / 1e6, "0.96 million"),
    ("Manuals of 200,000 tokens", 4 * 60 * 4_000 / 1e6, "$0.96"),
    ("Manuals of 200,000 tokens", 200_000 / 4_000, "50 times"),
    ("sends its whole history", 2_000 * sum(range(1, 11)), "110,000"),
    ("sends its whole history", 10 * 2_000, "20,000"),
    ("cross-encoder ranks better", 1e3 * 100 / 1_800, "56 ms"),
    ("cross-encoder ranks better", 10e6 / 1_800 / 3600, "1.5 hours"),
    ("1% of 40 million chunks", 40e6 * 0.01, "400,000"),
    ("thinks", 2_000 * 0.025, "50 s"),
    ("thinks", 2_200 / 200, "11 times"),
    ("thinks", 300 * 0.025, "7.5 s"),
    ("What does a draft model cost even", round(50.5e9 / (KV_8B + 32_768), -3), "308,000"),
    ("What does a draft model cost even", round(53e9 / KV_8B, -3), "404,000"),
    ("47B parameters and uses 13B", 47 * 2, "94 GB"),
    ("47B parameters and uses 13B", 13 * 2, "26 GB"),
    ("47B parameters and uses 13B", 100 * 0.75**16, "1%"),
    ("3,072 float32 numbers", 40e6 * 3_072 * 4 / 1e9, "492 GB"),
    ("3,072 float32 numbers", 40e6 * 256 * 4 / 1e9, "41 GB"),
    ("5% of answers are unsupported", 0.05 * 0.69, "0.0345"),
    ("5% of answers are unsupported", 0.95 * 0.08, "0.076"),
    ("5% of answers are unsupported", 3.45 / (0.0345 + 0.076), "31%"),
    ("Five guards each stop", 100 * (1 - 0.99**5), "4.9%"),
    ("Before each release an attack suite", 100 * (1 - 0.95**20), "64%"),
    ("Alarm on what the chats say, or on the calls", 40 * 50, "$2,000"),
]

ENTROPY_2_PERCENT = -(0.02 * math.log(0.02) + 0.98 * math.log(0.98))

FUNDAMENTALS = [
    ("click rate is 2%", 0.0853 / ENTROPY_2_PERCENT, "0.87"),
    ("click rate is 2%", ENTROPY_2_PERCENT, "0.0980"),
    ("click rate is 2%", 100 * (1 - 0.0853 / ENTROPY_2_PERCENT), "13%"),
    ("counted clicks agree", 240 / 200, "1.2"),
    ("TP 45", 45 / (45 + 30), "0.60"),
    ("TP 45", 45 / (45 + 15), "0.75"),
    ("TP 45", 2 * 45 / (2 * 45 + 30 + 15), "0.667"),
    ("TP 45", 100 * (45 + 910) / (45 + 30 + 15 + 910), "95.5%"),
    ("TP 45", 100 * (30 + 910) / (45 + 30 + 15 + 910), "94.0%"),
    ("Fraud is 1 in 1,000", 0.9 * 0.001, "0.0009"),
    ("Fraud is 1 in 1,000", 0.01 * (1 - 0.001), "0.00999"),
    ("Fraud is 1 in 1,000", 100 * 0.9 * 0.001 / (0.9 * 0.001 + 0.01 * 0.999), "8.3%"),
    ("false decline costs $5", 5 / (5 + 95), "0.05"),
    ("900,000 rows score 95%", 900_000 * 0.95, "855,000"),
    ("900,000 rows score 95%", 20_000 * 0.40, "8,000"),
    ("900,000 rows score 95%", 100 * (900e3 * 0.95 + 20e3 * 0.40) / (900e3 + 20e3), "93.8%"),
    ("900,000 rows score 95%", (95 + 40) / 2, "67.5%"),
    ("conversion go from 5.0%", 16 * 0.05 * 0.95 / 0.002**2, "190,000"),
    ("100,800 users", (100_800 - 200_000 / 2) / math.sqrt(200_000 * 0.25), "3.6"),
    ("correlates 0.6", 100 * (1 - 0.6**2), "64%"),
    ("20 independent metrics", 100 * (1 - 0.95**20), "64%"),
    ("7B model trains with Adam", 7 * 16, "112 GB"),
    ("7B model trains with Adam", 7 * 16 / 8, "14 GB"),
    ("7B model trains with Adam", 2 * 16, "32 GB"),
    ("checkpoint takes 2 minutes", math.sqrt(2 * 2 * 5 * 60), "35 minutes"),
    ("checkpoint takes 2 minutes", 100 * 2 / math.sqrt(2 * 2 * 5 * 60), "6%"),
    ("checkpoint takes 2 minutes", 100 * (1 - math.sqrt(1 / 2)), "29%"),
    ("all-reduce 14 GB", 2 * 7 / 8 * 14, "24.5"),
    ("all-reduce 14 GB", 2 * 7 / 8 * 14 / 50, "0.49 s"),
    ("all-reduce 14 GB", 0.6 + 2 * 7 / 8 * 14 / 50, "1.1 s"),
    ("200 tuning runs", largest_of(200), "2.7 deviations"),
    ("200 tuning runs", 0.004 * largest_of(200), "0.011"),
    ("pricing model went live", (5.6 - 5.0) - (5.3 - 5.0), "0.3 points"),
    ("Fourteen annotators", 196 * math.sqrt(0.9 * 0.1 / 50), "±8 points"),
    ("Fourteen annotators", 1.96 * math.sqrt(0.9 * 0.1 / 50), "0.083"),
    ("million ids are hashed", 100 * (1 - (1 - 1e-6) ** 999_999), "63%"),
    ("Error was 12%", 8.3 * 10 / 12, "6.9%"),
    ("Files sorted by day", 100 * 10_000 / 50e6, "0.02%"),
    ("DP-SGD at ε = 8", math.exp(8), "2,981"),
    ("MinHash with 20 bands", (1 - 0.5 ** (1 / 20)) ** (1 / 5), "0.51"),
    ("MinHash with 20 bands", 100 * (1 - (1 - 0.8**5) ** 20), "99.96%"),
    ("MinHash with 20 bands", 100 * (1 - (1 - 0.4**5) ** 20), "19%"),
    ("12 of 400 columns", 100 * 12 / 400, "3%"),
    ("1% of machines fail", 100 * 9 * 0.1 / (9 * 0.1 + 0.9), "50%"),
    ("1% of machines fail", 100 * focal(0.1, gamma=2), "31%"),
    ("sellers leave `mileage` blank", 1 / (1 - 0.6), "2.5"),
    ("sellers leave `mileage` blank", 1 / (1 - 0.2), "1.25"),
    ("You attack your own model", 5 + 0.1, "5.1"),
    ("You attack your own model", 100 * 5 / (5 + 0.1), "98%"),
    ("Three hundred people a month", 20 * (1 - 0.95**10), "8"),
    ("Three hundred people a month", 20 * (1 - 0.95**300), "20"),
    ("Demand is 10 and you forecast 20", 100 * 10 / 10, "100%"),
    ("Demand is 10 and you forecast 20", 100 * 10 / 20, "50%"),
    ("Model A scores 88%", 99 - 87, "12 points"),
    ("22 GB of samples", (1 + 8) * 22, "198 GB"),
    ("81 settings can be tried", 81 * 81, "6,561"),
    ("81 settings can be tried", 81 * 1 + 27 * 2 + 9 * 6 + 3 * 18 + 1 * 54, "297"),
    ("state of a 70B model is 980 GB", 980 / 2, "490 s"),
    ("state of a 70B model is 980 GB", 980 / 40, "25 s"),
    ("state of a 70B model is 980 GB", 980 / 64 / 25, "0.6 s"),
    ("419 unexpected interruptions", 54 * 24 / 419, "3.1 hours"),
    ("419 unexpected interruptions", 54 * 16_384 / 512 / 419, "4 days"),
]

DESIGN = [
    ("80 million daily users", round(80e6 * 15 / 86_400, -2), "13,900"),
    ("80 million daily users", round(3 * 80e6 * 15 / 86_400, -3), "42,000"),
    ("million calls a day", 1e6 / 86_400, "12"),
    ("million calls a day", 24 * 60 * 60, "86,400"),
    ("reads an invoice page", 300_000 * 0.01, "$3,000"),
    ("reads an invoice page", (3_000 + 8_000) / 0.01 / 1e6, "1.1 million"),
    ("scores 6 on data", min(6, 5, 4, 0.5), "0.5"),
    ("flags 0.5% of 2 million posts", 2e6 * 0.005, "10,000"),
    ("flags 0.5% of 2 million posts", 60 * 6, "360"),
    ("flags 0.5% of 2 million posts", math.ceil(2e6 * 0.005 / (60 * 6)), "28"),
    ("flags 0.5% of 2 million posts", math.ceil(2e6 * 0.005 / 2 / (60 * 6)), "14"),
]

PROMPTS = [
    ("short-video feed", 40e3 * 500 / 1e6, "20 million"),
    ("over 100 million items", 100e6 * (4 * 128 + 8 * 32) / 1e9, "77 GB"),
    ("over 100 million items", 100e6 * (16 + 8) / 1e9, "2.4 GB"),
    ("900 posts a second", 900 * 86_400 / 1e6, "78 million"),
    ("900 posts a second", round(900 * 86_400 * 0.01, -4), "780,000"),
    ("fraud score at checkout", 3_000 * 0.050, "150"),
    ("ad auction", 100e3 * 60 / 1e6, "6 million"),
    ("Monitoring for 300 models", 300 * 50 * 0.05, "750"),
    ("training platform for 60 teams", 54 * 16_384 / 256 / 419, "8 days"),
    ("support assistant on a 70B", 20 * 1_500, "30,000"),
    ("support assistant on a 70B", 20 * 300, "6,000"),
    ("support assistant on a 70B", 1_500 + 300, "1,800"),
    ("start-up reads invoices", 100 * 5_000 / 40_000, "12.5 cents"),
    ("flash sale", 100 * 3 / 8, "37.5%"),
]

FIGURES = [
    Figure(deck, *row)
    for deck, rows in (
        ("feature-freshness", FRESHNESS),
        ("serving-path", SERVING),
        ("monitoring", MONITORING),
        ("resource-trade-offs", RESOURCES),
        ("llm-serving", LLM),
        ("fundamentals", FUNDAMENTALS),
        ("design-and-debt", DESIGN),
        ("designs", PROMPTS),
    )
    for row in rows
]

DRILL_ANSWERS = [
    ("KV cache fit", math.floor((80 * 0.92 - 16.06 - 3) * 1e9 / KV_8B / 4096)),
    ("online feature store", 50e6 * 200 * 4 * 1.5 * 2 / 1e9),
    ("time per token", 16 / 300 * 1e3),
    ("meets a slow leaf", 100 - 100 * 0.99**10),
    ("million tokens cost", 4e6 / (2500 * 0.4 * 3600)),
    ("loss of a zone", 3 * math.ceil(12_000 / (450 * 0.6) / 2)),
    ("nothing has drifted", 9 * 0.02),
    ("days must the A/B test", 16 * 0.1 * 0.9 / (0.1 * 0.02) ** 2 / 100_000),
    ("the incident spend", 100 * 2 / 43.2),
    ("a batch decode together", 16 * 864 / (16.06 + 16 * 1000 * KV_8B / 1e9)),
    ("features are fresh again", 30e6 / (80_000 - 50_000)),
    ("cheaper than the API", 100 * 4 / (2500 * 3600) * 1e6 / 0.6),
    ("write a checkpoint", math.sqrt(2 * 2 * 300)),
    ("key reads reach", 20_000 * (1 + 500 * 0.1)),
]

# What could happen: no drill draws numbers whose answer nobody would ever meet.
DRILL_RANGES = [
    ("KV cache fit", 10, 1000),
    ("online feature store", 10, 1000),
    ("time per token", 1, 100),
    ("meets a slow leaf", 1, 99),
    ("million tokens cost", 0.1, 10),
    ("loss of a zone", 3, 300),
    ("nothing has drifted", 0.001, 0.5),
    ("days must the A/B test", 1, 60),
    ("the incident spend", 0.1, 100),
    ("a batch decode together", 100, 10_000),
    ("features are fresh again", 60, 2 * 3600),
    ("cheaper than the API", 5, 100),
    ("write a checkpoint", 10, 180),
    ("key reads reach", 1e4, 1e7),
]
