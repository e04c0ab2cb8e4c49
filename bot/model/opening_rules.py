"""Holds the rules by which a closed question is opened: how it begins, and how to ask it so that more comes back.

Capital words in a pattern stand for the parts below. The first rule that fits is taken, so the narrow ones come first.
Each pattern has to fit the whole question, which begins with its auxiliary and has lost its mark and any *not*.
"""

_WORDS = {
    "GRADED": (
        "able accessible affordable afraid anxious aware bad big bored boring bureaucratic busy certain "
        "challenging clear close collaborative comfortable common competitive complex complicated confident "
        "consistent content creative crowded curious dangerous demanding dependent different difficult "
        "disappointed diverse draining dull dynamic easy efficient encouraging engaging excited exciting "
        "exhausting expensive experienced fair familiar fast flat flexible formal friendly frustrated "
        "frustrating fulfilled fulfilling fun generous good great happy hard healthy hectic hierarchical high "
        "hopeful inclusive independent informal intense interested interesting international involved "
        "isolated isolating keen large likely limited lonely long low lucrative manual mature meaningful "
        "modern monotonous motivated narrow negotiable nervous new nice normal old open optimistic "
        "overwhelmed passionate personal physical pleasant political popular positive practical predictable "
        "prepared productive profitable proud qualified quick rare ready realistic regular regulated relaxed "
        "reliable repetitive rewarding rigid risky safe satisfied satisfying saturated scared secure "
        "sensitive serious short similar slow small social specialised specialized stable steady steep "
        "stressed stressful strict strong structured successful suitable suited supported supportive sure "
        "surprised sustainable technical tedious theoretical tight tired tiring tough traditional transparent "
        "typical unusual usual varied volatile warm weak welcoming wide willing worried worthwhile "
        r"well[-\s]paid"
    ),
    "FINE": "ok okay fine acceptable appropriate wise smart better best advisable polite rude",
    "NEEDED": "important necessary essential useful helpful valuable vital crucial critical relevant",
    "EXPECTED": "required needed mandatory compulsory expected",
    "ALLOWED": "allowed permitted possible feasible",
    "MOVING": "growing changing shrinking developing evolving declining improving moving expanding",
    "DONE": (
        "advertised announced assessed assigned automated chosen decided distributed divided evaluated filled financed "
        "found funded handled hired judged listed made managed measured monitored organised organized paid "
        "posted promoted protected published recruited regulated reviewed rewarded selected set shared "
        "structured supervised taught trained treated used valued"
    ),
    "OFFER": "offer provide include involve cover teach",
    "AFFECT": "matter help count affect influence pay depend change improve differ vary",
    "FEEL": "find feel consider",
    "MIND": "dislike hate miss regret appreciate admire remember recall know",
    "CLAIM": "think believe say expect suppose guess hope",
    "TIMES": "weekends at evenings nights overtime late shifts holidays from remotely abroad alone part-time full-time",
    "WAY": (
        "use handle manage balance cope deal measure make choose decide prepare train support plan organise "
        "organize stay keep find learn get build work collaborate communicate negotiate combine spend set run "
        "teach lead see"
    ),
    "DECIDED": (
        "study choose apply go move switch change take start train join become decide quit leave major "
        "volunteer intern pursue specialise specialize return stay begin"
    ),
    "FACED": (
        "see seen notice noticed learn learned learnt face faced meet met make made receive received get got "
        "find found encounter encountered experience experienced gain gained observe observed read take taken"
    ),
    "STOCK": (
        "advice tips suggestions recommendations ideas thoughts plans goals contacts questions concerns "
        "regrets doubts options opportunities benefits resources clients colleagues responsibilities projects "
        "hobbies routines hopes worries fears expectations preferences criteria deadlines targets strategies "
        "tools favourites"
    ),
}
_FOLLOWS = (
    "for to in at on with about when if that than as here there now today because during of by outside overall after "
    "before over once until from these this every enough nowadays without compared across among within under while "
    "where between per throughout"
)
_NOT_THEIRS = r"(?<!\byou )(?<!\bwe )(?<!\bthey )(?<!\bi )"
"""Keeps `what you expected` from being read as `expected`."""
_SHADES = "really very so too quite pretty rather actually fairly especially generally usually ever still also"
PARTS = {name: f"(?:{'|'.join(words.split())})" for name, words in _WORDS.items()} | {
    "EXPECTED": f"{_NOT_THEIRS}(?:{'|'.join(_WORDS['EXPECTED'].split())})",
    "BE": "(?P<be>is|are|am|was|were)",
    "DO": "(?P<do>do|does|did)",
    "AUX": "(?P<aux>do|does|did|can|could|would|will|have|has|had|should|might|may|must|shall)",
    "WHO": "(?P<s>i|you|we|they|he|she|one|people)",
    "SUBJECT": "(?P<s>.+?)",
    "REST": "(?P<x>.+)",
    "TAIL": rf"(?P<t>(?:,? (?:{'|'.join(_FOLLOWS.split())})\b.*)?)",
    "ADVERBS": f"(?:(?:{'|'.join(_SHADES.split())}) )*",
    "ANY": "(?:any|some|many|several|a few|plenty of)",
    "MUCH": "(?:much|enough|a lot of|lots of|a great deal of|sufficient)",
    "THING": "(?:any|some)thing",
    "BODY": "(?:any|some)(?:one|body)",
    "ELSE": "(?P<e>(?: else)?)",
    "AN": "an?",
}
"""What the capital words in the patterns stand for."""

RULES: tuple[tuple[str, str], ...] = (
    # Is there ...?
    (r"BE there THINGELSE (?:that )?WHO (?P<m>would|should|could|can|will|must)(?: also)? REST", "what{e} {m} {s} {x}"),
    (r"BE there THINGELSE (?:that )?WHO REST", "what{e} is there that {s} {x}"),
    (r"BE there THINGELSE (?P<x>to .+)", "what{e} is there {x}"),
    (r"BE there THINGELSE REST", "what{e} is {x}"),
    (r"BE there THINGELSE", "what{e} is there"),
    (r"BE there BODYELSE (?:that |who |whom )?WHO (?P<m>would|should|could|can|will) REST", "who{e} {m} {s} {x}"),
    (r"BE there BODYELSE (?:that |who )?REST", "who{e} is there who {x}"),
    (r"BE there AN (?P<n>time|moment|day|point|situation|project|case) REST", "tell me about a {n} {x}."),
    (r"BE there MUCH REST", "how much {x} {be} there, and what does it depend on"),
    (r"(?:is|was) there (?:AN )?(?P<adj>GRADED) REST", "how {adj} is the {x}, and what makes it so"),
    (r"(?:are|were) there (?P<adj>good|bad|big|clear|strong|interesting) REST",
     "how {adj} are the {x}, and what makes them so"),
    (r"(?P<be>is|was) there AN REST", "what kind of {x} {be} there"),
    (r"(?P<be>is|was) there (?:ANY )?REST", "what {x} {be} there"),
    (r"(?:are|were) there many (?P<n>people|women|men|students|graduates|newcomers|jobs|positions)\b(?P<t>.*)",
     "how many {n} are there{t}, and what is that like"),
    (r"(?P<be>are|were) there (?:(?:ANY|MUCH) )?REST", "what {x} {be} there"),
    (r"will there be (?:(?:ANY|MUCH|more) )?REST", "what {x} will there be"),
    # Is it true, possible, worth it?
    (r"is it (?:true|right|correct|the case) that REST",
     "how far is it true that {x}, and what have you seen yourself"),
    (r"(?:is|would) it (?:be )?(?:possible|feasible|realistic|doable)(?P<t> for .+?)? to REST",
     "what does it take{t} to {x}"),
    (r"is it (?P<v>FINE) to REST", "when is it {v} to {x}, and when not"),
    (r"is it worth REST", "what makes it worth {x}, and what does not"),
    (r"BE SUBJECT worth (?:it|REST)", "what makes {s} worth it, and what does not"),
    # Is it high? The adjective moves to the front.
    (r"am i too (?P<adj>\w+)TAIL", "how {adj} is too {adj}{t}, and what makes it so"),
    (r"BE SUBJECT ADVERBSNEEDEDTAIL", "how important {be} {s}{t}, and what else counts"),
    (r"BE SUBJECT ADVERBSEXPECTEDTAIL", "how important {be} {s}{t}, and what else counts"),
    (r"BE SUBJECT ADVERBSALLOWEDTAIL", "how far {be} {s} possible{t}, and what does that look like"),
    (r"BE SUBJECT AN ADVERBS(?P<adj>GRADED) (?P<x>\S+(?: \S+)?)TAIL",
     "how {adj} a/an {x} {be} {s}{t}, and what makes it so"),
    (r"BE SUBJECT ADVERBS(?<!thing )(?P<adj>GRADED)TAIL", "how {adj} {be} {s}{t}, and what makes it so"),
    (r"(?P<be>has|have|had) SUBJECT been ADVERBS(?P<adj>GRADED|NEEDED)TAIL",
     "how {adj} {be} {s} been{t}, and what made it so"),
    (r"(?P<be>will|would|could|might|can|must|should) SUBJECT be ADVERBS(?P<adj>GRADED|NEEDED)TAIL",
     "how {adj} {be} {s} be{t}, and what makes it so"),
    (r"BE SUBJECT (?P<v>DONE)TAIL", "how {be} {s} {v}{t}"),
    (r"BE SUBJECT (?P<v>MOVING)TAIL", "how {be} {s} {v}{t}, and what drives that"),
    # Do you find it hard? Do you think it is?
    (r"DO SUBJECT (?P<v>FEEL) (?P<o>it|that|this|them) ADVERBS(?P<adj>GRADED|NEEDED)TAIL",
     "how {adj} {do} {s} {v} {o}{t}, and what makes it so"),
    (r"DO SUBJECT (?P<v>feel|get|become) ADVERBS(?P<adj>GRADED)TAIL",
     "how {adj} {do} {s} {v}{t}, and what makes it so"),
    (r"(?P<do>do|did|would) you (?P<v>CLAIM) (?:that )?SUBJECT BE ADVERBS(?P<adj>GRADED|NEEDED)TAIL",
     "how {adj} {do} you {v} {s} {be}{t}, and what makes it so"),
    (r"(?:do|did|would) you CLAIM (?:that )?(?P<x>\w+ should .+)",
     "what would you consider before deciding whether {x}"),
    (r"(?P<do>do|did|would) you (?P<v>CLAIM) (?:that )?(?P<x>(?:\S+ )+?(?:will|would|can|could|might) .+)",
     "how {do} you {v} {x}"),
    (r"(?:do|did|would) you (?:ever )?(?:think|believe) (?:about|of|in) REST", "what are your thoughts on {x}"),
    (r"(?:do|did|would) you CLAIM (?:that )?REST", "how far is it true that {x}, and what have you seen yourself"),
    (r"DO you agree REST", "how far {do} you agree {x}, and why"),
    # Anything, anybody
    (r"AUX THING REST", "what, if anything, {aux} {x}"),
    (r"AUX any(?:one|body) REST", "who {aux} {x}, and how"),
    (r"AUX SUBJECT (?P<v>\w+) THINGELSE(?P<t>.*)", "what{e} {aux} {s} {v}{t}"),
    (r"AUX SUBJECT know BODY(?: who| that)? REST", "who {aux} {s} know who {x}"),
    (r"AUX SUBJECT (?P<v>FACED) (?:ANY|MUCH) (?P<x>\S+)(?P<t>.*)", "what {x} {aux} {s} {v}{t}"),
    # How often, how much
    (r"DO SUBJECT (?:often|regularly|frequently) REST", "how often {do} {s} {x}, and what is that like"),
    (r"DO (?P<x>.+?) (?:often|regularly|frequently|daily|every day)TAIL",
     "how often {do} {x}{t}, and what is that like"),
    (r"DO (?P<x>.+?) (?:a lot|much|a great deal)(?! of\b)TAIL", "how much {do} {x}{t}, and what is that like"),
    # Likes and wishes
    (r"(?:do|does) WHO ADVERBS(?:like|love|enjoy) to REST", "what is it like for {s} to {x}"),
    (r"DO SUBJECT ADVERBS(?P<v>like|love|enjoy) REST", "what {do} {s} {v} about {x}, and what less"),
    (r"DO SUBJECT ADVERBS(?P<v>MIND) (?P<x>(?!how|what|why|when|where|who|if|whether|to\b).+)",
     "what {do} {s} {v} about {x}"),
    (r"DO you know (?:if|whether) REST", "what {do} you know about whether {x}"),
    (r"DO you know (?P<x>(?:how|what|why|when|where|who)\b.*)", "what {do} you know about {x}"),
    (r"did SUBJECT (?:always |ever )?want to REST", "what made {s} want to {x}"),
    (r"(?:do|does) WHO ADVERBSwant to REST", "what makes {s} want to {x}, and what does not"),
    (r"(?:do|does|will|would) SUBJECT (?:need|require) (?!to\b)(?:any )?REST",
     "what difference does it make to have {x}, and what else counts"),
    (r"DO SUBJECT (?P<v>need|have) to REST", "when {do} {s} {v} to {x}, and why"),
    (r"(?:do|would) you (?P<v>recommend|suggest|advise) REST", "what would make you {v} {x}, and what would not"),
    # Having
    (r"DO SUBJECT have (?:MUCH )?time(?P<t> .*)?", "how much time {do} {s} have{t}, and what is that like"),
    (r"DO SUBJECT have MUCH REST", "how much {x} {do} {s} have, and what is that like"),
    (r"DO SUBJECT have (?:(?:ANY|other|more|specific) )?(?P<n>STOCK)\b(?P<t>.*)", "what {n} {do} {s} have{t}"),
    (r"DO SUBJECT have ANY REST", "what {x} {do} {s} have"),
    (r"DO SUBJECT have REST", "what difference does it make to have {x}, or not"),
    # What things do
    (r"DO SUBJECT (?P<v>OFFER) (?:(?:ANY|MUCH|AN|the) )?REST", "what {x} {do} {s} {v}"),
    (r"DO SUBJECT take (?:long|a long time|much time)TAIL", "how long {do} {s} take{t}, and what happens on the way"),
    (r"DO SUBJECT pay wellTAIL", "how well {do} {s} pay{t}, and what does it depend on"),
    (r"(?P<do>do|does|did|will|would) SUBJECT ADVERBS(?P<v>AFFECT)\b(?P<t>.*)", "how much {do} {s} {v}{t}, and why"),
    (r"DO SUBJECT (?:ever|sometimes|always) REST", "when {do} {s} {x}, and what is that like"),
    (r"do you ADVERBS(?P<x>(?:get to|work TIMES)\b.*)", "when do you {x}, and what is that like"),
    (r"do you ADVERBS(?P<x>WAY\b.*)", "how do you {x}"),
    (r"do (?:you|i|we) REST", "when do you {x}, and what is that like"),
    (r"did you ADVERBS(?:decide|choose) to REST", "what led you to {x}"),
    (r"did you ADVERBS(?P<x>DECIDED\b.*)", "what led you to {x}"),
    (r"did you ADVERBSREST", "when did you {x}, and what was that like"),
    (r"DO REST", "when {do} {x}, and when not"),
    # Would, could, should, have
    (r"would you (?:like|want|love) to REST", "what makes you want to {x}, and what does not"),
    (r"would you ADVERBSREST", "what would make you {x}, and what would not"),
    (r"should i REST", "how would you decide whether to {x}"),
    (r"(?P<m>should|must|shall) REST", "when {m} {x}, and why"),
    (r"(?P<m>can|could) (?P<s>you|they|people) REST", "when {m} {s} {x}, and how does that work out"),
    (r"(?P<m>can|could|may|might|would) REST", "how {m} {x}"),
    (r"will REST", "how will {x}, and why"),
    (r"have you (?:ever |already )?(?:thought about|thought of|considered) REST", "what are your thoughts on {x}"),
    (r"have you always wanted to REST", "what made you want to {x}"),
    (r"(?P<h>have|has) SUBJECT been (?P<x>.+?) (?:for )?(?:long|a long time)",
     "how long {h} {s} been {x}, and what has changed since"),
    (r"have you (?:(?:ever|already|personally|yourself|always) )?REST", "when have you {x}, and what was that like"),
    (r"(?P<h>have|has|had) REST", "how {h} {x}"),
    (r"BE REST", "in what ways {be} {x}, and in what ways not"),
)  # fmt: skip
"""What a closed question looks like, and how to open it. `{s}` and its like are the named parts of the pattern."""

ALTERNATIVES: tuple[tuple[str, str], ...] = (
    (r"BE SUBJECT (?P<v>DONE)\b.*", "how {be} {s} {v}"),
    (r"did you (?:ADVERBS)(?P<x>.+) or (?P<y>.+)", "what led you to {x} or {y}"),
    (r"should i (?P<x>.+) or (?P<y>.+)", "how would you choose: {x}, or {y}"),
    (r"(?P<m>was|were|have|has|had|did) (?P<x>.+?),? or (?P<y>.+)", "in what ways {m} {x}, and in what ways {y}"),
    (r"(?P<m>\w+) (?P<x>.+),? or (?P<y>.+)", "when {m} {x}, and when {y}"),
)
"""The same for questions that name the answers to choose from."""
