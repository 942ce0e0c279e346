"""How many cards real decks give, beside what the source's own rule counts.

    PYTHONPATH=tests python -m bench.counts [--files] PATH FORMAT RULE [PATH FORMAT RULE …]

FORMAT is a dialect, or `-` to read each file as what it is recognised as. RULE is one of the names
below or `re:PATTERN`, the number of lines that match. The rules know nothing of our readers: each
is the shortest form of how the other program finds its cards. `--files` lists every file whose
counts differ. Decks are never part of the repository; give paths of your own copies.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

from srs.deck.cards import card_keys
from srs.deck.files import find_decks, read_file

Rule = Callable[[str], int]


def obsidian(text: str) -> int:
    """Count as the plug-in does with its own settings: pairs, `?` and `??`, `==`; one a note.

    A blank line ends a note, a pair ends itself at once, fences and comments are passed over. Files
    without a tag or a schedule are none of its own.
    """
    if not re.search(r"\bflashcards\b|<!--SR:|^sr-due:", text, re.MULTILINE):
        return 0
    found = 0
    note = several = False
    fence = ""
    held = 0
    in_comment = False
    for line in _body(text):
        bare = line.strip()
        if in_comment or (line.startswith("<!--") and not line.startswith("<!--SR:")):
            in_comment = "-->" not in line
            continue
        if fence:
            fence = "" if line.startswith(fence) else fence
            continue
        opened = re.match(r"`{3,}|~{3,}", line)
        if opened:
            fence = opened.group()
        if not bare:
            found += note
            note = several = False
            held = 0
            continue
        if "::" in re.sub(r"`[^`]*`", "", line):
            found += 1
            note = several = False
            held = 0
            continue
        if bare in ("?", "??") and held and not several:
            note = several = True
        elif not note and re.search(r"==\S.*?==", line):
            note = True
        held += 1
    return found + note


def anki_blocks(text: str) -> int:
    """Count `START … END`, `%%ANKI … END%%`, `START_CARD … END_CARD` and `STARTI … ENDI`."""
    blocks = r"^(?:START\n[\s\S]*?\nEND|%%ANKI\n[\s\S]*?\nEND%%|START_CARD\n[\s\S]*?\nEND_CARD)"
    return len(re.findall(blocks, text, re.MULTILINE)) + len(
        re.findall(r"STARTI \[[^\n]*?ENDI", text)
    )


def logseq(text: str) -> int:
    """Count the blocks with the tag `#card` or a link to the page `card`."""
    return sum(bool(re.search(r"#card(?![\w/-])|\[\[card\]\]", li, re.I)) for li in _body(text))


def mochi(text: str) -> int:
    """Count the stretches between lines `@@@`, as its import does with that delimiter."""
    return sum(bool(part.strip()) for part in re.split(r"^@@@[ \t]*$", text, flags=re.MULTILINE))


def hashcards(text: str) -> int:
    """Count `Q:` and `C:` at the start of a line; its parser sees no fences."""
    return sum(line.startswith(("Q:", "C:")) for line in text.split("\n"))


RULES: dict[str, Rule] = {
    "obsidian": obsidian,
    "anki-blocks": anki_blocks,
    "logseq": logseq,
    "mochi": mochi,
    "hashcards": hashcards,
    "none": lambda text: 0,
}


def _body(text: str) -> list[str]:
    return re.sub(r"\A---\n.*?\n---\n", "", text.replace("\r\n", "\n"), flags=re.DOTALL).split("\n")


def rule_named(name: str) -> Rule:
    """Return a rule by its name, or the number of lines that match `re:PATTERN`."""
    if name.startswith("re:"):
        pattern = re.compile(name.removeprefix("re:"), re.MULTILINE)
        return lambda text: len(pattern.findall(text))
    return RULES[name]


def compare(path: Path, format_name: str | None, rule: Rule, *, lists_files: bool) -> str:
    """Return a row: notes and cards that we read, what the rule counts, and what is left over."""
    notes = cards = skipped = errors = counted = 0
    files = find_decks([path]).files
    for file in files:
        reading = read_file(file, format_name=format_name)
        deck = reading.deck
        here = rule(file.read_bytes().decode("utf-8", "replace"))
        counted += here
        errors += len(reading.errors)
        ours = len(deck.notes) if deck else 0
        notes += ours
        skipped += deck.skipped if deck else 0
        cards += sum(len(card_keys(note)) for note in deck.notes) if deck else 0
        if lists_files and ours != here:
            print(f"    {ours:5} {here:5}  {reading.format:16} {file}")
            for each in reading.errors[:3]:
                print(f"          {each.line}: {each.code}: {each.message}")
    return (
        f"{path.name[:38]:38} {format_name or '-':16} {len(files):5} {notes:6} {cards:6} "
        f"{counted:6} {notes - counted:+6} {skipped:7} {errors:6}"
    )


def main(arguments: list[str]) -> None:
    """Print a row for each deck."""
    lists_files = "--files" in arguments
    words = [word for word in arguments if word != "--files"]
    if not words or len(words) % 3:
        print(__doc__)
        return
    print(
        f"{'deck':38} {'format':16} {'files':>5} {'notes':>6} {'cards':>6} "
        f"{'rule':>6} {'diff':>6} {'skipped':>7} {'errors':>6}"
    )
    for path, format_name, rule in zip(words[::3], words[1::3], words[2::3], strict=True):
        chosen = None if format_name == "-" else format_name
        print(compare(Path(path), chosen, rule_named(rule), lists_files=lists_files))


if __name__ == "__main__":
    main(sys.argv[1:])
