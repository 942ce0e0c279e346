"""What a code fence or a comment that is never closed may hide.

In a deck of ours it is an error. Elsewhere only what would be lost without a word is worth
refusing a file for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

HARMLESS = {"unclosed-fence": "open-fence", "unclosed-comment": "open-comment"}

_MARKER = r"[QAC]:(?![:\\/]).*"
_OURS = re.compile(
    rf"^(?:{_MARKER}|\#\#[ \t].*[?？][ \t\#]*|\#\#[ \t]+(?i:story|drill|design):.*)$", re.MULTILINE
)
_OTHERS = re.compile(
    rf"""^[ \t]*(?:
        \?{{1,2}} | @@@ | %%ANKI | START\w* | {_MARKER} | .*<details.* | .*::.* | \*\*.*
        | \#{{2,6}}[ \t].*[?？].* | \#{{2,6}}[ \t]+\W*(?:\d|(?i:q\d*|question)\b).*
        )[ \t]*$""",
    re.MULTILINE | re.VERBOSE,
)


def hides_a_card(lines: Sequence[str], *, of_others: bool = False) -> bool:
    """Tell whether one of the lines inside an open fence or comment may begin a card.

    With `of_others` that is a card as other programs write them.
    """
    return (_OTHERS if of_others else _OURS).search("\n".join(lines)) is not None
