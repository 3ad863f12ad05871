"""What marks a sentence as the posting's own, whatever else it says: contacts, dates, pay.

Losing a line of the posting is worse than leaving a line of boilerplate, so a guarded sentence is
kept unless its own words alone say strongly what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from normalize.boilerplate.folding import words

_EMAIL = re.compile(
    r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\]|\(ät\))\s?[\w-]{1,64}(?:\.[\w-]{1,64})+|\[email.protected\]"
)
_PHONE = re.compile(
    r"(?:\+|\b00)\d{1,3}[\s()./–-]{0,3}\d[\d\s()./–-]{5,18}\d"
    r"|\b(?:tel|tlf|telefon|phone|mobil|mobile|fon)\b\W{0,4}\+?\(?\d[\d\s()./–-]{5,18}"
    r"|\b0\d{2,5}\s?[/-]\s?\d[\d\s-]{4,12}",
    re.IGNORECASE,
)
_PAY = re.compile(
    r"\b(?:TV-?L|TV-?H|TVöD(?:-\w+)?|TV-?Ärzte|EG\s?\d|E\s?G?\s?1?\d\b\s?Ü?|BesO|BBesG|W\s?[123]\b|A\s?1[3-6]\b)"
    r"|[€£$]\s?\d|\d[\d.,]*\s?(?:€|EUR\b|Euro\b|euros?\b|DKK|SEK|NOK|CHF|GBP|kr\.?(?=\W|$)|kroner\b)"
    r"|\b(?:Entgeltgruppe|Besoldungsgruppe|lønramme|løntrin|lønklasse|pay grade|salary grade"
    r"|salary group|pay scale)\b"
)
_MONTH = (
    r"jan(?:uary|uar|\.)|feb(?:ruary|ruar|\.)|m(?:ar(?:ch|ts|\.)|ärz)|apr(?:il|\.)|ma[yij]|june?|juni|july?|juli"
    r"|aug(?:ust|\.)|sep(?:t?\.|tember)|o[ck]t(?:ober|\.)|nov(?:ember|\.)|de[cz](?:ember|\.)"
)
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th|\.)?(?:\s(?:of\s)?)?(?:{_MONTH})\b|\b(?:{_MONTH})\s\d{{1,2}}(?:st|nd|rd|th)?\b"
    r"|\b\d{1,2}[./]\s?\d{1,2}[./]\s?(?:\d{4}|\d{2})?\b|\b20\d\d-\d\d-\d\d\b",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"\b(?:deadline|closing date|apply|applications?|submit|received|until|no later|latest|by"
    r"|start(?:s|ing)?|begin\w*|interviews?|frist|ansøgningsfrist\w*|senest|samtaler?\w*"
    r"|ansættelsessamtaler?|tiltrædelse\w*|ansøg\w*|bis(?: zum)?|bewerbung\w*|spätestens"
    r"|vorstellungsgespräch\w*|ab dem|zum|besetz\w*)\b",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"\b(?:order|act|law|regulation|directive|gesetz\w*|verordnung\w*|\w*bekendtgørelse\w*|lov|cirkulære\w*|"
    r"circular|memorandum|notat\w*|BGBl|nr\.?|no\.?|updated?|opdateret|aktualisiert)\b",
    re.IGNORECASE,
)
# "You draft notices": what the applicant will do. In German and Danish any verb after the pronoun
# but those by which applicants are told of their rights and of the procedure.
_ADDRESSED = re.compile(
    r"\b(?:sie|du|you)\b|^\W*(?:work|liais|advis|support|coordinat|develop|draft|maintain|manag|lead"
    r"|prepar|monitor|promot|assist|respect)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;:.!?–—•]")
_DUTY = re.compile(
    r"^ (?:sie|du) (?!(?:koennen|kannst|haben|hast|erhalten|erhaeltst|finden|findest|erklaeren|"
    r"erklaerst|werden|wirst|sind|bist|stimmen|stimmst|willigen|willigst|duerfen|darfst|sollten|"
    r"solltest|moechten|moechtest|nehmen|nimmst|muessen|musst|wollen|willst|uebermitteln|senden|"
    r"einreichen|einsenden|angeben|mitteilen|bewerben|hochladen|widersprechen|widerrufen|bitten|"
    r"erreichen|wenden|glauben|lieben|nutzen|stellen|wuenschen|brauchen|benoetigen|verfuegen|"
    r"einen|ihren|deinen|keinen|spaetestens|jederzeit|schreiben|zwischen|neben|ueber|wegen|gegen|"
    r"unseren|seinen|einst|selbst|erst|fest|mindestens|erforderlichen|personenbezogenen|nach) )"
    r"[a-z]{3,}(?:en|st) "
    r"|^ du (?!(?:har|kan|vil|skal|faar|giver|samtykker|accepterer|finder|oensker|er|soeger|"
    r"sender|gemmer|modtager|ansoeger|uploader|klikker|godkender|opretter|indsender|foeler|tilhoerer|laeser|"
    r"oplyser|afgiver|besoeger|bruger|fortsaetter|eller|efter|over|under|aldrig|hoerer|elsker|"
    r"tror|kommer|vedlaegger|vedhaefter|bekraefter|trykker|mener|maa) )[a-z]{2,}r "
    r"(?!(?:bedt|indkaldt|kontaktet|informeret|underrettet|udvalgt|orienteret|inviteret) )"
    r"|^ (?:(?!if |when |should |once |before |where |by )[^ ]+ ){0,5}"
    r"you (?:will )?(?:develop|design|draft|review|advise|coordinate|write|maintain|support|"
    r"ensure|run|lead|manage|teach|build|handle|answer|plan|prepare|organise|organize|investigate|"
    r"analyse|analyze|help|train|represent|monitor|oversee|deliver|implement|create|test|audit|"
    r"report|conduct|assist|promote|drive|own|shape|study|research|evaluate|facilitate) "
    r"|^ (?:work with|liaise|advise|support|coordinate|develop|draft|maintain|manage|lead|prepare|"
    r"monitor|promote|promoting|assist|respecting|advising|supporting|developing|managing) "
)
_HAS = re.compile(
    r"[@\d€£$\[]|\(at\)|Entgelt|Besold|lønr|lønt|lønk|grade|group|scale|TV|BesO|BBesG"
)


def guards(text: str) -> tuple[str, ...]:
    """Names of what marks the text as content.

    >>> guards("Please apply by 1 May to Prof. Smith, smith@example.org.")
    ('contact', 'date')
    >>> guards("Ministerial Order no. 1443 of 11 December 2019")
    ()
    """
    if not _HAS.search(text):
        return ()
    return tuple(_found(text))


def names_duty(text: str) -> bool:
    """Whether a clause of the text begins with what the applicant will do.

    >>> names_duty("Sie können der Verarbeitung widersprechen.")
    False
    >>> names_duty("Sie prüfen die Verarbeitung personenbezogener Daten.")
    True
    """
    if not _ADDRESSED.search(text):
        return False
    clauses = (f" {' '.join(words(clause))} " for clause in _CLAUSE.split(text))
    return any(_DUTY.search(clause) for clause in clauses)


def _found(text: str) -> Iterable[str]:
    if _EMAIL.search(text) or _PHONE.search(text):
        yield "contact"
    if _DATE.search(text) and _DUE.search(text) and not _LAW.search(text):
        yield "date"
    if _PAY.search(text):
        yield "pay"
