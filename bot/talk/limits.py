"""Holds what a platform can show, as data; `fit` makes every view keep to it."""

from collections.abc import Mapping
from dataclasses import field

from bot.record import record


@record
class Limits:
    """The bounds of one platform. Lengths are in characters as the platform counts them, see *costs* and `measure`.

    A moment, a mention and the marks around a link or bold words take more room on the wire than they show, so each
    has its worst case here; *costs* does the same for characters that must be escaped.
    """

    name: str
    blocks: int
    """Top-level elements of one message. A card counts *card_blocks*."""
    parts: int
    """Elements of one message with everything nested in them."""
    total: int
    """Characters of text of one message, labels included."""
    title: int
    heading: int
    text: int
    """Characters of one paragraph, of one card's lines together, or of one list."""
    label: int
    """Characters on a button."""
    row: int
    """Buttons side by side in one element."""
    options: int
    option_label: int
    option_hint: int
    option_value: int
    """Characters of what a menu gives back, which nobody sees."""
    facts: int
    """Rows of one list of facts."""
    fact: int
    """Characters of one row of facts, its name included."""
    press: int
    """Characters of an encoded press (`press.encode`)."""
    attachment: int
    """Bytes of one file."""
    form_title: int
    form_label: int
    form_hint: int
    form_text: int
    """Characters that one text field can take."""
    card_blocks: int = 1
    when: int = 0
    mention: int = 0
    link: int = 0
    """Characters that a link's marks add to its label and address."""
    bold: int = 0
    costs: Mapping[str, int] = field(default_factory=dict)
    """Characters that one character becomes when it is escaped, where that is not one."""
    platform: str = ""
    """What accounts on it are filed under."""
    organisers: str = "/career"
    """What the commands of organisers begin with."""
    invite: str = ""
    """What is typed in a channel to let the bot in; "" where that is no command."""
    is_by_name: bool = False
    """Whether what is typed after a command goes into fields with names, and nowhere else."""

    def measure(self, text: str) -> int:
        """Return how many characters *text* takes. What lies outside the Basic Multilingual Plane counts twice,
        because both platforms count as JavaScript does."""
        taken = len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
        for char, cost in self.costs.items():
            if char in text:
                taken += text.count(char) * (cost - 1)
        return taken


SLACK = Limits(
    name="Slack",
    platform="slack",
    invite="/invite @Askwell",
    blocks=50,  # https://docs.slack.dev/reference/block-kit/blocks
    parts=50 * 26,
    total=12_000,  # long mixes of blocks fail near 13,200: https://github.com/slackapi/bolt-js/issues/2509
    title=150,  # https://docs.slack.dev/reference/block-kit/blocks/header-block
    heading=150,
    text=3_000,  # https://docs.slack.dev/reference/block-kit/blocks/section-block
    label=75,  # https://docs.slack.dev/reference/block-kit/block-elements/button-element
    row=5,  # 25 are allowed (actions-block); more than five wrap untidily on a phone
    options=100,  # https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
    option_label=75,
    option_hint=75,
    option_value=150,  # https://docs.slack.dev/reference/block-kit/composition-objects/option-object
    facts=10,
    fact=2_000,
    press=240,  # a button takes 2,000; a menu's rides in a block_id of 255, behind the menu's number
    attachment=10_000_000,
    form_title=24,  # https://docs.slack.dev/surfaces/modals
    form_label=2_000,  # https://docs.slack.dev/reference/block-kit/blocks/input-block
    form_hint=2_000,
    form_text=3_000,  # https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
    card_blocks=3,
    when=140,  # https://docs.slack.dev/messaging/formatting-message-text
    mention=24,
    link=4,
    bold=2,
    costs={"&": 5, "<": 4, ">": 4},
)

DISCORD = Limits(
    name="Discord",
    platform="discord",
    blocks=40,  # https://docs.discord.com/developers/components/reference
    parts=40,  # nested ones count
    total=3_960,  # of 4,000, because a sign that begins a paragraph may take one more to be escaped
    title=256,
    heading=256,
    text=3_900,
    label=80,
    row=5,
    options=25,
    option_label=100,
    option_hint=100,
    option_value=98,  # of 100 (string select), because one that is there twice gets a mark
    facts=25,
    fact=1_024,
    press=87,  # of the 100 of an id, which also says which server is meant
    attachment=10_485_760,
    form_title=45,
    form_label=45,
    form_hint=100,
    form_text=4_000,
    when=20,
    mention=24,
    link=5,
    bold=4,
    costs=dict.fromkeys("\\*_~`|[]<@:\n", 2),  # the sign that begins a line, as of a list, is paid by the line break
    organisers="/career-organiser",  # beside the other, because Discord hides whole commands alone from members
    is_by_name=True,
)

PLAYGROUND = Limits(
    name="the playground",
    platform="web",
    blocks=200,
    parts=2_000,
    total=100_000,
    title=300,
    heading=300,
    text=20_000,
    label=120,
    row=12,
    options=500,
    option_label=200,
    option_hint=200,
    option_value=300,
    facts=200,
    fact=20_000,
    press=2_000,
    attachment=10_000_000,
    form_title=100,
    form_label=300,
    form_hint=1_000,
    form_text=20_000,
)

PLATFORMS = (PLAYGROUND, SLACK, DISCORD)
_FILED = {limits.platform: limits for limits in PLATFORMS}


def limits_of(platform: str) -> Limits:
    """Return the bounds of the platform that accounts are filed under so; the playground's for one that none is."""
    return _FILED.get(platform, PLAYGROUND)
