"""Other languages: recognised so that no model is fed with them.

First by script and by function words (a French or Swedish paragraph is full of them), then, where
hardly a word is in the lists of the configured languages, by langdetect over all it knows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from normalize.language.document import langdetect_all
from normalize.language.evidence import frequencies, words_in

# Frequent words that Danish, German and English lack (or, for Norwegian, spell otherwise).
FUNCTION_WORDS = {
    "nb": "jobbe jobber tett kolleger arbeidsstedet arbeid prosjekt prosjektet av noe noen etter mellom nå hva bare deg meg seg uten blir hvordan mye mer søker arbeidet enn dere eller oss også gjennom høyere både våre vårt andre nye har søknad kunnskap utdanning innen stillingen fagområde",
    "nn": "eg ikkje ein eit frå vere berre korleis kva nokre noko dykk òg meir vert innan",
    "sv": "och att är för på inte som av med till från eller ett du vi även där när ska kan våra vår hos inom samt arbetet också mycket efter söker erfarenhet dig oss genom vara",
    "nl": "het een van en de voor met niet je wij jij zijn wordt worden naar ook bij aan uit door maar deze onze ons jouw als om te heb bent kunt",
    "fr": "le la les des du et est une un dans pour avec sur que qui nous vous notre votre au aux par ce cette ses sont plus ou être leur ainsi en",
    "es": "el la los las de del y en una un para con por que se su es son como más al nuestro nuestra lo este esta o sus",
    "it": "il la le lo gli di del della dei e in una un per con che si sono è nel nella al alla dal come più nostro sua anche delle",
    "pt": "o a os as de do da dos das e em uma um para com por que se são no na ao nos mais como nossa nosso à não",
    "ro": "și în de la cu pe pentru care este sunt un o din sau nu al ale mai prin ca să noastră",
    "pl": "i w z na do nie się jest oraz dla o od po przez jako za są który które lub ze pracy osoby będzie naszej",
    "cs": "a v na je se s z do pro o že k jako za by nebo i po od které jsou ve práce našeho",
    "sk": "a v na je sa s z do pre o že k ako za by alebo aj po od ktoré sú vo práce nášho",
    "hu": "a az és hogy nem egy van is meg vagy mint csak de el kell fel azt ez valamint számára munkatársat",
    "fi": "ja on ei että se hän oli ovat tai myös sekä kun mutta joka olla työ haemme meillä sinulla kanssa",
    "et": "ja on ei et see oli või ka kui mis oma meie töö ning kes kas siis",
    "is": "og að er í á við um sem með fyrir til ekki af hjá eru það þú við starf",
    "fo": "og at er í á við um sum við fyri til ikki av hjá eru tað tú okkum starv",
    "tr": "ve bir bu için ile olarak da de olan çok gibi daha veya iş en kadar sonra bizim",
    "af": "die en van is in vir met nie wat ons sal word aan ook by om te het hierdie deur jou",
    "lb": "an ass den eng fir mat vun dat net mir sech op och si d' eis zu ginn hunn",
    "nds": "un is de dat för mit nich wi ji ut op to hebbt sünd vun bi warrt",
    "ca": "el la els les de del i en una un per amb que es són com més al nostra la seva aquesta",
    "lt": "ir yra kad su į iš kaip ne tai bei ar už jūs mes darbo",
    "lv": "un ir ka ar no uz kā ne par arī vai mēs jūs darba",
    "hr": "i u je na se da za s od su kao ne ili po koji iz će naš posla",
}
_OWNERS: dict[str, list[str]] = {}
for _language, _words in FUNCTION_WORDS.items():
    for _word in set(_words.split()):
        _OWNERS.setdefault(_word, []).append(_language)

# A passage is looked at from this many words on; shorter ones are quotes, names and titles.
MIN_WORDS = 6
# Share of words that are in the list of the supposed language. Danish, German and English prose
# has at least 0.7, Norwegian in the Danish list 0.75, other languages at most 0.5.
MIN_KNOWN = 0.55
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
LETTER = re.compile(r"[^\W\d_]")


def foreign_language(text: str, supposed: str, languages: Sequence[str]) -> str | None:
    """The language of a text that is none of the configured ones; `und` if unclear which.

    Args:
        text: a block or sentence.
        supposed: the configured language it fits best.
        languages: the configured languages.

    Returns:
        None if the supposed language stands.

    >>> foreign_language("Vi søker etter deg som har noe erfaring med forskning", "da", ("da", "en"))
    'nb'
    >>> foreign_language("Nous cherchons un chercheur pour une durée de deux ans", "en", ("da", "en"))
    'fr'
    """
    letters = len(LETTER.findall(text))
    if letters >= 12 and len(LATIN.findall(text)) < letters / 2:
        return langdetect_all(text) or "und"
    words = [word.lower() for word in words_in(text)]
    if len(words) < MIN_WORDS:
        return None
    table = frequencies(supposed)
    own = sum(table.get(word, -99) > -8.5 for word in words)
    counts: Counter[str] = Counter()
    for word in sorted(set(words)):  # each once: a name may stand there twice
        for language in _OWNERS.get(word, ()):
            if language not in languages and table.get(word, -99) < -9.2:
                counts[language] += 1
    if counts:
        language, count = _most(counts)
        if count >= 2 and count >= 0.06 * len(words) and (count > own / 2 or supposed == "da"):
            return language
    known = sum(word in table or len(word) < 3 for word in words) / len(words)
    plain = [word for word in words_in(text) if word[0].islower() and len(word) > 2]
    known_plain = sum(word in table for word in plain) / len(plain) if len(plain) > 5 else 1.0
    if min(known, known_plain) >= MIN_KNOWN or _is_compounding(plain, supposed, known_plain):
        return None
    found = langdetect_all(text)
    if found in languages:
        return None if own >= 0.15 * len(words) else "und"
    return found or "und"


def _is_compounding(words: list[str], supposed: str, known: float) -> bool:
    """German and Danish make words that no list has; their small words still stand between."""
    table = frequencies(supposed)
    small = sum(table.get(word, -99) > -6.5 for word in words)
    return supposed in {"de", "da"} and known > 0.35 and small >= 0.2 * len(words)


def _most(counts: Counter[str]) -> tuple[str, int]:
    """The most frequent; among equals the one named first above, which more people write."""
    order = {language: place for place, language in enumerate(FUNCTION_WORDS)}
    return max(counts.items(), key=lambda item: (item[1], -order[item[0]]))
