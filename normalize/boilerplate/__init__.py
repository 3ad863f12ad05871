"""What of a posting is not the posting: privacy notices, fine print, menus and their kin."""

from normalize.boilerplate.english import label_english
from normalize.boilerplate.label import label
from normalize.boilerplate.rulebook import Rulebook, rulebook, rules_of

__all__ = ["Rulebook", "label", "label_english", "rulebook", "rules_of"]
