"""Words that look like six languages and fall as words do (Zipf): the field's own, the small
ones every sentence needs, and made-up ones in each language's sounds.
Called by the generator alone."""

from __future__ import annotations

import itertools
import random
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from exchange.taxonomy import vocabulary

WORDS = 6000
SENTENCES = 8000
_OPENING = Path(__file__).parents[2] / "contributions" / "starter" / "opening.yaml"
_WORD = re.compile(r"[^\W\d_]{3,}")

# The commonest small words of each language.
_SMALL = {
    "en": "the of to and a in that is for it with as was on are be by we they this have from not "
    "at our but their what when who how more can had one there people about which",
    "fr": "de la le et les des en un une du que est pour dans qui par sur pas plus au ce avec ne "
    "se sont il nous on mais ils leur comme ou été cette aux",
    "sw": "na ya wa kwa ni katika za la kuwa hii yao huo kama lakini watu wake pia hata baada "
    "kila sana bila yetu wetu hivyo ambao ili au hapa",
    "ar": "في من على إلى عن أن التي الذي هذا هذه مع كان ما لا هو هي بين بعد كل عند أو ثم لكن قد "
    "كما حتى إذا نحن هم",
    "es": "de la que el en y a los del se las por un para con no una su al lo como más pero sus "
    "le ya o este sí porque esta entre cuando muy sin",
    "pt": "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi "
    "ao ele das tem à seu sua ou ser quando muito",
}
# How syllables open, which vowels follow, and how a stem closes; "-" stands for nothing.
_SOUNDS = {
    "en": (
        "b c d f g h l m n p r s t w st tr ch sh br",
        "a e i o u ea ou ai oo",
        "n r l t d s nd rt ck m ng",
    ),
    "fr": (
        "b c d f g j l m n p r s t v ch br tr",
        "a e i o u é ou ai oi an",
        "r l t n s nt rd m x",
    ),
    "sw": ("b ch d f g h j k l m n p s t v w y z mb nd ng ny", "a e i o u", "-"),
    "ar": ("ب ت ج ح خ د ر ز س ش ص ط ع غ ف ق ك ل م ن ه", "ا و ي - -", "ب ت د ر س ع ق ل م ن"),
    "es": ("b c d f g j l m n p r s t v ll tr", "a e i o u ie ue", "n r l s d z m"),
    "pt": ("b c d f g j l m n p r s t v lh nh", "a e i o u ão ei ou", "r l s m z n"),
}
_ENDINGS = {
    "en": ("", "s", "ed", "ing", "er", "ly", "tion", "ment", "ness"),
    "fr": ("", "s", "e", "er", "ement", "tion", "eur", "ité", "ais"),
    "sw": ("a", "i", "u", "wa", "ana", "isha", "ni", "ko"),
    "ar": ("", "ة", "ات", "ين", "ون", "ها", "ية"),
    "es": ("o", "a", "os", "as", "ar", "ción", "mente", "dad"),
    "pt": ("o", "a", "os", "as", "ar", "ção", "mente", "dade"),
}
_PREFIXES = {"sw": ("", "wa", "ki", "vi", "m", "ku", "u", "ma"), "ar": ("", "ال", "وال", "ب")}
_MARKS = {"ar": (".", "؟"), "es": (".", "?")}


@dataclass(frozen=True)
class Tongue:
    """The words of one language with their growing weights, and sentences ready to use."""

    code: str
    words: list[str]
    weights: list[float]
    sentences: list[str]
    stop: str
    mark: str

    def some(self, chance: random.Random, count: int) -> list[str]:
        """So many words as they fall."""
        return chance.choices(self.words, cum_weights=self.weights, k=count)

    def title(self, chance: random.Random, *, asks: bool) -> str:
        """Five to eleven words, as a question or not."""
        words = " ".join(self.some(chance, chance.randint(5, 11)))
        return f"{words[:1].upper()}{words[1:]}{self.mark if asks else ''}"

    def text(self, chance: random.Random, length: int) -> str:
        """About so many words in sentences and paragraphs, each word drawn anew."""
        words = self.some(chance, length)
        pieces, place, sentences = [], 0, 0
        while place < length:
            step = chance.randint(7, 17)
            sentence = " ".join(words[place : place + step])
            place, sentences = place + step, sentences + 1
            end = "\n\n" if sentences % 4 == 0 else " "
            pieces.append(f"{sentence[:1].upper()}{sentence[1:]}{self.stop}{end}")
        return "".join(pieces).strip()

    def quick(self, chance: random.Random, count: int) -> str:
        """So many ready sentences: replies are many and are not searched."""
        return " ".join(chance.choices(self.sentences, k=count))


def tongue(code: str, seed: int) -> Tongue:
    """A language's words, the same for the same seed."""
    chance = random.Random(f"{seed} {code}")  # noqa: S311 - made-up text, no secret
    words = list(dict.fromkeys([*_SMALL[code].split(), *_of_the_field(code, chance)]))
    words += _made_up(code, chance, WORDS - len(words), set(words))
    weights = list(itertools.accumulate(1 / (rank + 2.7) ** 1.05 for rank in range(len(words))))
    stop, mark = _MARKS.get(code, (".", "?"))
    made = Tongue(code, words, weights, [], stop, mark)
    for _place in range(SENTENCES):
        sentence = " ".join(made.some(chance, chance.randint(6, 16)))
        made.sentences.append(f"{sentence[:1].upper()}{sentence[1:]}{stop}")
    return made


def _of_the_field(code: str, chance: random.Random) -> list[str]:
    """Words of the taxonomy and of the hosts' own questions, in an order of chance."""
    texts = [
        word.labelled(code)
        for name in ("topic", "mechanism", "setting", "type")
        for word in vocabulary.terms(name)
    ]
    opening = yaml.safe_load(_OPENING.read_text(encoding="utf-8"))["contributions"]
    texts += [entry["body"] for entry in opening if entry["language"] == code]
    found = sorted({word.casefold() for text in texts for word in _WORD.findall(text)})
    chance.shuffle(found)
    return found


def _made_up(code: str, chance: random.Random, count: int, taken: set[str]) -> list[str]:
    opens, vowels, closes = (
        ["" if sound == "-" else sound for sound in sounds.split()] for sounds in _SOUNDS[code]
    )
    stems: list[str] = []
    words: list[str] = []
    while len(words) < count:
        if not stems or chance.random() < 0.35:
            syllables = (
                chance.choice(opens) + chance.choice(vowels) for _n in range(chance.randint(1, 3))
            )
            stems.append("".join(syllables) + chance.choice(closes))
        word = (
            chance.choice(_PREFIXES.get(code, ("",)))
            + chance.choice(stems[-400:])
            + chance.choice(_ENDINGS[code])
        )
        if len(word) > 2 and word not in taken:
            taken.add(word)
            words.append(word)
    return words
