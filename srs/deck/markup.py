"""The Markdown dialect that decks are written in, as one cached markdown-it parser."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_block_dollar, math_inline_dollar
from mdit_py_plugins.tasklists import tasklists_plugin

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

BlockRule = Callable[[StateBlock, int, int, bool], bool]

# markdown-it drops, without a word, what is nested deeper than its limit. The reader refuses such
# a deck long before (see `srs.deck.markers`).
_NESTING_LIMIT = 100
_INTERRUPTED = ["paragraph", "reference", "blockquote", "list"]


@cache
def markdown() -> MarkdownIt:
    """Return the parser for the text inside a card: CommonMark, tables, task lists, mathematics.

    Setext headings are off, because `---` under a line ends a card. Mathematics follows
    pandoc's rule, so that `$2 [8 GPUs] $16` holds none. A `$$` block may follow a line of text.
    """
    return new_parser()


def new_parser() -> MarkdownIt:
    """Return a fresh parser for the same dialect, for a caller that adds rules of its own."""
    md = (
        MarkdownIt("commonmark", {"maxNesting": _NESTING_LIMIT})
        .enable(["table", "strikethrough"])
        .disable("lheading")
        .use(dollarmath_plugin)
        .use(tasklists_plugin)
    )
    inline = math_inline_dollar(allow_space=False, allow_digits=False, allow_double=True)
    md.inline.ruler.at("math_inline", _right_at_the_start(inline))
    md.block.ruler.at("math_block", _able_to_interrupt(math_block_dollar()), {"alt": _INTERRUPTED})
    return md


def block_tokens(md: MarkdownIt, text: str) -> tuple[list[Token], dict[str, Any]]:
    """Parse the blocks of a text, leaving inline text as it is.

    Returns the block tokens and markdown-it's environment; its `references` are the link
    definitions by normalised label. `text` holds no carriage returns.
    """
    env: dict[str, Any] = {}
    tokens: list[Token] = []
    state = StateBlock(text, md, env, tokens)
    md.block.tokenize(state, 0, state.lineMax)
    return tokens, env


def _able_to_interrupt(rule: BlockRule) -> BlockRule:
    """Let `$$` begin a block under a line of text, which the plug-in's rule cannot.

    It ignores `silent`, so what it pushed is taken back. It scans to the next blank line for the
    end; where one scan failed, a later `$$` in the same run of lines is only tried when it ends
    on its own line, or a run of them would cost the square of its length.
    """

    def math_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        start = state.bMarks[start_line] + state.tShift[start_line]
        if not state.src.startswith("$$", start):
            return False
        end = state.eMarks[start_line]
        one_line = "$$" in state.src[start + 2 : end]
        if not one_line and start_line < state.env.get("no_math_end_before", 0):
            return False
        pushed, line = len(state.tokens), state.line
        found = rule(state, start_line, end_line, silent)
        if not found and not one_line:
            blank = start_line + 1
            while blank < end_line and not state.isEmpty(blank):
                blank += 1
            state.env["no_math_end_before"] = blank
        if silent:
            del state.tokens[pushed:]
            state.line = line
        return found

    return math_block


def _right_at_the_start(
    rule: Callable[[StateInline, bool], bool],
) -> Callable[[StateInline, bool], bool]:
    """Mend what the plug-in takes for the character before the first one.

    At position 0 it reads `src[-1]`, the last character, and `$x$ is 5` would be no mathematics.
    """

    def math_inline(state: StateInline, silent: bool) -> bool:
        if state.pos or not state.src.startswith("$"):
            return rule(state, silent)
        whole = state.src
        state.src = whole + "\n"
        try:
            return rule(state, silent)
        finally:
            state.src = whole

    return math_inline
