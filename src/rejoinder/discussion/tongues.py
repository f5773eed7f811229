"""Which language a text is in, as far as its script and its commonest words say: enough to hold a comment in another
language than a discussion's, no more. Sure of itself only where several words speak for one language and few for any
other; short texts, names and mixtures give None, and so do languages that are not listed here.
"""

import re
from collections import Counter
from collections.abc import Collection
from functools import lru_cache

# Words that are common in one language and rare as words of the others; what two share (de, la, en, die) decides least.
_COMMON = {
    "en": "the and of to is that it was for are with as they this have not but from you be which were would there "
    "their what we can should been has will who about no more",
    "de": "der die das und ist nicht ein eine zu den von mit sich auf für dass wird auch es dem im wie aber man nur "
    "noch oder wenn werden haben ich wir sie sind bei aus nach hat",
    "fr": "le la les des et est pas que une un dans pour qui ce sur au ne se il elle plus avec sont cette mais nous "
    "vous ont être fait comme tout du aux",
    "es": "el la los las que y es no un una por con para se lo como pero más su al del este esta son hay muy también "
    "todo porque ha han ser está",
    "it": "il la che di e è non un una per con sono si come ma anche più del della le gli nel alla questo questa ha "
    "hanno perché essere solo dei",
    "nl": "de het een en van is niet dat in op te voor zijn met die er maar ook aan om dit als wat je ze naar bij nog "
    "wel geen moet hebben wordt",
    "pt": "o a os as que e é não um uma de do da em para com por se mas mais como são ao dos das isso este esta foi "
    "ele muito também já tem está",
    "pl": "i w nie na się że to z jest do co jak za ale tak o po już od czy tylko był może są dla bo który przez "
    "kiedy tego być",
    "sv": "och att det är som en på inte för av med den till har de ett om men var jag så vi kan från när ska bara "
    "eller också finns",
    "da": "og at det er som en på ikke for af med den til har de et om men var jeg så vi kan fra når skal kun eller "
    "også der hvad",
    "fi": "ja on ei se että oli mutta kun niin ovat hän tämä myös kuin jos joka olla vain mitä ne sen voi nyt vielä "
    "koska",
    "tr": "ve bir bu da de için ile çok ne var gibi daha olarak ama kadar değil mi olan en sonra ben şey yok her",
    "ru": "и в не на что с он как это по но они мы из у за то все так его был бы для от же есть вы нет",
    "uk": "і в не на що з він як це та але вони ми із у за то все так його був би для від ж є ви немає й",
    "bg": "и в не на че с той като това по но те ние от за то всички така негов беше да се са има ще",
    "ar": "في من على أن إلى هذا التي الذي ما لا عن مع هذه كان كل ذلك هو هي بعد قد لم",
    "fa": "و در به از که این را با است برای آن یک تا هم بر نیست شده هر می اما",
}  # fmt: skip
_BY_SCRIPT = {  # where a script is written by few languages, it says enough
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "he": "\u0590-\u05ff",
    "hi": "\u0900-\u097f",
    "th": "\u0e00-\u0e7f",
    "ko": "\uac00-\ud7af\u1100-\u11ff",
    "ja": "\u3040-\u30ff",
    "zh": "\u4e00-\u9fff",
}
KNOWN = (*_COMMON, *_BY_SCRIPT)

_WORD = re.compile(r"[^\W\d_]+")
_LINK = re.compile(r"https?://\S+|@\S+")
_LETTERS = 10  # of one script, before it says anything
_WORDS = 4  # common words of one language, before they say anything
_LEAD = 1.4  # times the weight of any other language's
_SHARE = 0.6  # of the letters
_LOOKED_AT = 1500  # characters: the rest of a long text is in the same language, or mixed


@lru_cache(maxsize=64)
def language_of(text: str) -> str | None:
    """The language's tag (ISO 639-1), one of KNOWN; None where the text does not say."""
    shown = _LINK.sub(" ", text[:_LOOKED_AT])
    words = [word.casefold() for word in _WORD.findall(shown)]
    return (None if shown.isascii() else _by_script("".join(words))) or _by_words(words)


def is_foreign(text: str, allowed: Collection[str]) -> str | None:
    """The language of a text that is surely in none of the allowed ones; None where it may be, or none are named."""
    found = language_of(text) if allowed else None
    return None if found in allowed else found


def _by_script(letters: str) -> str | None:
    for tag, script in _BY_SCRIPT.items():  # ja before zh: Japanese has both scripts, Chinese one
        count = len(re.findall(f"[{script}]", letters))
        share = 0.1 if tag == "ja" else _SHARE
        if count >= (3 if tag == "ja" else _LETTERS) and count >= share * len(letters):
            return tag
    return None


def _by_words(words: list[str]) -> str | None:
    """A word that several languages share speaks for each of them the less."""
    counts: Counter[str] = Counter()
    weights: dict[str, float] = {}
    for word in words:
        spoken_in = _LANGUAGES.get(word, ())
        counts.update(spoken_in)
        for tag in spoken_in:
            weights[tag] = weights.get(tag, 0) + 1 / len(spoken_in)
    if not weights:
        return None
    first, *others = sorted(weights, key=lambda tag: -weights[tag])
    lead = _LEAD * max((weights[tag] for tag in others), default=0)
    return first if counts[first] >= _WORDS and weights[first] >= lead else None


_LANGUAGES: dict[str, list[str]] = {}
for _tag, _words in _COMMON.items():
    for _word in dict.fromkeys(_words.split()):
        _LANGUAGES.setdefault(_word, []).append(_tag)
