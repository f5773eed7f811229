"""Which language a text is surely in; unsure is none."""

import pytest

from rejoinder.discussion.tongues import KNOWN, is_foreign, language_of

SAID = {
    "en": "The early boat was full again, and that is not what they said of it in the spring.",
    "de": "Die Fähre war heute wieder voll, und das ist nicht, was sie im Frühjahr von ihr gesagt haben.",
    "fr": "Le premier bateau est encore plein, et ce n’est pas ce que les gens ont dit dans le journal.",
    "es": "El primer barco está lleno otra vez, y no es lo que la gente ha dicho en el puerto.",
    "it": "La prima barca è di nuovo piena, e non è quello che hanno detto del porto per un anno.",
    "nl": "De eerste boot was weer vol, en dat is niet wat ze in het voorjaar van de haven zeiden.",
    "pt": "O primeiro barco está cheio de novo, e isso não é o que as pessoas do porto disseram.",
    "pl": "Pierwszy statek był pełny i nie jest to, co oni mówili na wiosnę, ale tak jest.",
    "sv": "Den första båten var full igen, och det är inte vad de sa om den på våren, men så är det.",
    "da": "Den første båd var fuld igen, og det er ikke hvad de sagde om den, men jeg tror på det.",
    "fi": "Ensimmäinen laiva oli täynnä, ja se ei ole niin kuin he sanoivat, mutta on hyvä että se tuli.",
    "tr": "İlk vapur yine doluydu ve bu hiç iyi değil, ama daha çok sefer için bir şey var gibi.",
    "ru": "Паром был полон, и это не то, что они обещали, но все так и есть, как мы и знали.",
    "uk": "Пором був повний, і це не те, що вони обіцяли, але все так і є, як ми й знали.",
    "ar": "كان القارب ممتلئا في الصباح وهذا ليس ما قالوا عن الميناء في الربيع من قبل كل ذلك",
    "el": "Το πλοίο ήταν πάλι γεμάτο σήμερα το πρωί.",
    "he": "המעבורת הייתה מלאה שוב הבוקר.",
    "hi": "नाव आज सुबह फिर भरी हुई थी।",
    "ja": "今朝のフェリーはまた満員でした。",
    "zh": "今天早上的渡轮又满员了，码头上的人说的不是这样。",
    "ko": "오늘 아침 배는 또 만원이었습니다.",
    "th": "เช้านี้เรือเต็มอีกแล้ว",
}


@pytest.mark.parametrize("tag", SAID)
def test_a_sentence_or_two_are_told(tag: str) -> None:
    assert language_of(SAID[tag]) == tag


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ok.",
        "Ja, gut.",
        "12 34 56",
        "https://a.example/der/die/das/und/ist",
        "Anna Berg, Harbour Street",
        "!!! ???",
    ],
)
def test_what_says_too_little_is_in_no_language(text: str) -> None:
    assert language_of(text) is None


@pytest.mark.parametrize(
    ("tag", "allowed", "foreign"),
    [("de", ("en",), "de"), ("de", ("en", "de"), None), ("de", (), None), ("ru", ("uk",), "ru")],
)
def test_a_text_is_foreign_where_its_language_is_not_allowed(
    tag: str, allowed: tuple[str, ...], foreign: str | None
) -> None:
    assert is_foreign(SAID[tag], allowed) == foreign


def test_a_quotation_in_another_language_does_not_make_a_text_foreign() -> None:
    text = f"{SAID['en']} As my grandmother said: “Die Fähre ist voll.” {SAID['en']}"

    assert language_of(text) == "en"


def test_every_known_language_has_a_tag_of_two_letters() -> None:
    assert all(len(tag) == 2 for tag in KNOWN)
    assert len(set(KNOWN)) == len(KNOWN)
