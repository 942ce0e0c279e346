"""An entry of the outline made into a note."""

from __future__ import annotations

from collections.abc import Mapping

from srs.deck.body import Body, read_body
from srs.deck.cloze import deletions
from srs.deck.front_matter import FrontMatter
from srs.deck.model import DESIGN, Drill, Kind, Note, Story
from srs.deck.options import Comment, Options, is_options, misspelt, read_options
from srs.deck.outline import Entry, PlainEntry
from srs.deck.page import Block, Page
from srs.deck.problems import Problems
from srs.deck.stories import read_story_parts

_FITTING: Mapping[Kind, frozenset[str]] = {
    Kind.BASIC: frozenset({"reverse", "type-in"}),
    Kind.CLOZE: frozenset({"type-in"}),
    Kind.STORY: frozenset({"kind", "minutes"}),
    Kind.DRILL: frozenset(),
}

_NO_DELETION = "cloze-without-deletion"
_HOW_TO_DELETE = (
    "this `C:` card deletes nothing; put [brackets] around what to ask, "
    "or indent the line by one space if it is plain text"
)


def read_note(
    page: Page, entry: Entry, front_matter: FrontMatter, problems: Problems
) -> Note | None:
    """Make a note of an entry, or report why it is none."""
    return _NoteReader(page, entry, front_matter, problems).read()


def plain_note(
    page: Page, entry: PlainEntry, front_matter: FrontMatter, problems: Problems
) -> Note | None:
    """Make a note of a card that is plain text, or report why it is none."""
    topic, section, answer = entry
    opening, start, _, text, source, title, hints = section
    front, back = text or "", ""
    if opening == "##":
        front, back = title, front
    elif answer is not None:
        back, source, hints = answer.text or "", answer.source, answer.hints
    if page.definitions:
        front, back = page.with_definitions(front), page.with_definitions(back)
        source = page.with_definitions(source) if source else None
        hints = tuple(map(page.with_definitions, hints))
    if opening == "C" and not deletions(front):
        problems.add(_NO_DELETION, start + 1, _HOW_TO_DELETE)
        return None
    return Note(
        Kind.CLOZE if opening == "C" else Kind.BASIC,
        front,
        back,
        topic,
        start + 1,
        hints,
        source,
        side=front_matter.side,
        judgement=front_matter.judgement,
        company=front_matter.company,
    )


class _NoteReader:
    def __init__(
        self, page: Page, entry: Entry, front_matter: FrontMatter, problems: Problems
    ) -> None:
        self._page = page
        self._entry = entry
        self._front_matter = front_matter
        self._problems = problems
        self._line = entry.start + 1
        self._comments: list[Comment] = list(entry.comments)
        self._hints: list[str] = []
        self._source: str | None = None

    def read(self) -> Note | None:
        entry = self._entry
        if entry.opening == "C":
            return self._cloze()
        if entry.opening == "Q":
            return self._question_and_answer()
        if not entry.title:
            return self._refuse(
                "no-question", "this heading is empty; write the question after the `##`"
            )
        if entry.prompt in ("story", "design"):
            return self._story(is_design=entry.prompt == "design")
        if entry.prompt == "drill":
            return self._drill()
        back = self._body(entry.start + 1, entry.end, entry.blocks)
        return self._basic(self._page.with_definitions(entry.title), back)

    def _question_and_answer(self) -> Note | None:
        entry = self._entry
        if entry.answer_start is None:
            return self._refuse(
                "no-answer", "this question has no answer; write it below as `A: …`"
            )
        front = self._body(entry.start, entry.answer_start, entry.blocks, has_source=False)
        back = self._body(entry.answer_start, entry.end, entry.answer_blocks)
        if not front.blocks:
            return self._refuse("no-question", "this question is empty; write it after the `Q:`")
        return self._basic(front.text, back)

    def _basic(self, front: str, back: Body) -> Note | None:
        if not back.blocks or not back.text.strip():
            return self._refuse(
                "no-answer",
                "this card has no answer beside hints and source; write the answer above them",
            )
        return self._note(Kind.BASIC, front, back.text)

    def _cloze(self) -> Note | None:
        entry = self._entry
        body = self._body(entry.start, entry.end, entry.blocks)
        if not deletions(body.text):
            return self._refuse(_NO_DELETION, _HOW_TO_DELETE)
        return self._note(Kind.CLOZE, body.text, "")

    def _story(self, *, is_design: bool) -> Note | None:
        entry = self._entry
        parts = read_story_parts(self._page, entry.blocks)
        body = self._body(entry.start + 1, entry.end, entry.blocks, without=parts.blocks)
        if not (body.blocks or parts.rubric or parts.probes):
            return self._refuse(
                "no-answer", "this story has no rubric; write it as a list of `- [ ] …` items"
            )
        title = self._page.with_definitions(entry.title)
        if is_design:
            front = "\n\n".join(filter(None, (title, body.text)))
            story = Story(kind=DESIGN, rubric=parts.rubric, probes=parts.probes)
            return self._note(Kind.STORY, front, "", story=story)
        story = Story(rubric=parts.rubric, probes=parts.probes)
        return self._note(Kind.STORY, title, body.text, story=story)

    def _drill(self) -> Note | None:
        # Imported here: simpleeval is only needed where there is a drill.
        from srs.deck.drill import DrillError, parse_drill

        entry = self._entry
        fences = [block for block in entry.blocks if _is_drill_block(block)]
        if len(fences) != 1:
            many = "more than one" if fences else "no"
            return self._refuse("bad-drill", f"this drill has {many} block; write one ```drill")
        fence = fences[0]
        try:
            drill = parse_drill(fence.tokens[0].content)
        except DrillError as error:
            line = min(fence.start + 2 + error.line, fence.end)
            self._problems.add("bad-drill", line, str(error))
            return None
        at = entry.blocks.index(fence)
        scenario = self._body(entry.start + 1, fence.start, entry.blocks[:at])
        worked = self._body(fence.end, entry.end, entry.blocks[at + 1 :])
        title = self._page.with_definitions(entry.title)
        front = "\n\n".join(filter(None, (title, scenario.text)))
        self._check_range(drill, front, fence)
        self._check_places(front, worked.text, drill)
        return self._note(Kind.DRILL, front, worked.text, drill=drill)

    def _check_range(self, drill: Drill, front: str, fence: Block) -> None:
        from srs.deck.draws import check_draws, check_unit
        from srs.deck.drill import DrillError

        for key, check in (("answer", check_draws), ("unit", lambda it: check_unit(it, front))):
            try:
                check(drill)
            except DrillError as error:
                lines = fence.tokens[0].content.split("\n")
                at = next((n for n, line in enumerate(lines) if line.startswith(key)), 0)
                self._problems.add("bad-drill", min(fence.start + 2 + at, fence.end), str(error))

    def _check_places(self, front: str, back: str, drill: Drill) -> None:
        from srs.deck.placeholders import ANSWER, unknown_names

        in_front = unknown_names(front, drill.variables)
        in_back = unknown_names(back, {**drill.variables, ANSWER: None})
        for name, _ in [*in_front, *in_back]:
            line, column = self._find(f"{{{name}}}")
            self._problems.add(
                "bad-drill",
                line,
                f"`{{{name}}}` is not a number of this drill; define it in the block, "
                f"or write `\\{{{name}}}`",
                column,
            )

    def _find(self, text: str) -> tuple[int, int]:
        for index in range(self._entry.start, self._entry.end):
            column = self._page.lines[index].find(text)
            if column >= 0:
                return index + 1, column + 1
        return self._line, 1

    def _body(
        self,
        start: int,
        end: int,
        blocks: list[Block],
        *,
        without: tuple[Block, ...] = (),
        has_source: bool = True,
    ) -> Body:
        body = read_body(
            self._page, start, end, blocks, self._problems, without=without, has_source=has_source
        )
        self._hints.extend(body.hints)
        self._comments.extend(body.comments)
        self._source = body.source or self._source
        return body

    def _note(
        self,
        kind: Kind,
        front: str,
        back: str,
        *,
        story: Story | None = None,
        drill: Drill | None = None,
    ) -> Note:
        options = self._options(kind)
        if kind is Kind.BASIC and "type-in" in options.flags and "\n" in back:
            options.flags.discard("type-in")
            self._problems.add(
                "bad-option",
                self._line,
                "`type-in` needs an answer of one line; shorten the answer or take the option out",
            )
        defaults = self._front_matter
        if story:
            kind_of_story = story.kind or options.kind
            story = Story(kind_of_story, options.minutes, story.rubric, story.probes)
        return Note(
            kind=kind,
            front=front,
            back=back,
            topic=options.topic or self._entry.topic,
            line=self._line,
            hints=tuple(self._hints),
            source=self._source,
            explicit_id=options.explicit_id,
            reverse="reverse" in options.flags,
            type_in="type-in" in options.flags,
            side=options.side or defaults.side,
            judgement=defaults.judgement if options.judgement is None else options.judgement,
            company=defaults.company if options.company is None else options.company,
            story=story,
            drill=drill,
            tags=options.tags,
        )

    def _options(self, kind: Kind) -> Options:
        options = Options()
        for comment in self._comments:

            def complain(code: str, message: str, at: Comment = comment) -> None:
                self._problems.add(code, at.line, message, at.column)

            if is_options(comment.text):
                given = read_options(comment.text, options, complain)
                for name in sorted(given & _SPECIAL - _FITTING[kind]):
                    complain("bad-option", f"`{name}` does not fit a {kind} card; take it out")
                    options.flags.discard(name)
            elif guess := misspelt(comment.text):
                complain("unknown-option", f"this comment looks like an option; write `{guess}`")
        return options

    def _refuse(self, code: str, message: str) -> Note | None:
        self._problems.add(code, self._line, message)
        return None


_SPECIAL = frozenset().union(*_FITTING.values())


def _is_drill_block(block: Block) -> bool:
    return block.type == "fence" and block.tokens[0].info.split()[:1] == ["drill"]
