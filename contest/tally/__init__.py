"""How a jury's ballots become places: exact, pure, standard library only.

No ORM, no request, no clock, no global randomness, no Django: the published verifier is assembled
from these very files (`assembly.VERIFIER_MODULES`) and must run where nothing is installed, on
Python 3.9 or later. Values are frozen, numbers are integers and fractions, texts are codes that
other parts word; only `french` words them, for the verifier. The rules are those of the contest's
jury: methods, tie-breaks, severity, what is published and what is withheld.
"""
