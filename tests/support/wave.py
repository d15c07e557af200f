"""One invented wave of a survey: what twelve services answered, before any tool wrote it down.

The questions ask for three slots (Q1), a yes or no and a list behind it (Q4), one text (Q6) and
one more (Q9). The list was shown to those only that said yes. One response was never handed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

WAVE = 2024
CANARY = "canary.person@example.org"

TITLES = {
    "pes": "Nom de votre service public de l’emploi",
    "language": "Langue de vos réponses",
    "consent": "Acceptez-vous la publication de vos réponses ?",
    "email": "Adresse e-mail de la personne à joindre",
    "Q1.1": "Quels sont vos défis ? Premier",
    "Q1.2": "Quels sont vos défis ? Deuxième",
    "Q1.3": "Quels sont vos défis ? Troisième",
    "Q4.yes_no": "Avez-vous des programmes pour les jeunes ?",
    "Q4.1": "Lesquels ? D’abord",
    "Q4.2": "Lesquels ? Ensuite",
    "Q6.1": "Qu’avez-vous appris de la crise ?",
    "Q9.1": "Que demandez-vous au réseau ?",
}
SLOTS = ("Q1.1", "Q1.2", "Q1.3", "Q4.1", "Q4.2", "Q6.1", "Q9.1")
LANGUAGE = {"fr": "Français", "en": "Anglais", "es": "Espagnol"}


@dataclass(frozen=True)
class Response:
    """One response; ``submitted`` is in UTC, None if never; an answer is None if not shown."""

    id: str
    submitted: datetime | None
    lang: str
    pes: str
    consent: bool
    has_programmes: bool
    answers: dict[str, str | None]

    def field(self, name: str, yes: str, no: str) -> str | None:
        """What a form's field of that name holds, its yes and no in these words."""
        fields = {
            "pes": self.pes,
            "language": LANGUAGE[self.lang],
            "consent": yes if self.consent else no,
            "email": CANARY,
            "Q4.yes_no": yes if self.has_programmes else no,
        }
        return fields[name] if name in fields else self.answers[name]


_SAID = [
    ("fr", "SPE d’Exemplie du Nord", True, "Former les conseillers\nRecruter dans les régions"),
    ("en", "Sampleland Employment Service", True, "=SUM of all our training efforts for adults"),
    ("es", "Servicio de Empleo de Muestra", False, "Digitalizar; modernizar, y «simplificar»"),
    ("fr", "Agence de l’emploi d'Illustria", True, "- l’accès au numérique des plus éloignés"),
    ("en", "Jobcentre Placeholder", False, 'Staff say "too few" & leave; R&D < 1 %'),
    (
        "es",
        "Instituto Ficticio de Empleo",
        True,
        "Desempleo\n\njuvenil: formación {dual} y\tprácticas",
    ),
    ("fr", "Office fictif de la main-d’œuvre", False, "'Guillemets' et l’apostrophe en tête"),
    ("en", "Office of Imaginary Labour", True, "@home guidance: remote counselling at scale"),
    (
        "es",
        "Agencia Inventada del Trabajo",
        False,
        "Ñandú, ética, ¿garantías? Más orientación pública",
    ),
    ("fr", "Service d’emploi de Nullepart", True, '"Tout" commence par une citation, disait-elle'),
    ("en", "Nowhere Public Employment", True, "Skills"),
    ("fr", "Direction de l’emploi de Virtualie", False, "Réponse commencée mais jamais envoyée ;"),
]
_SECOND = {
    "fr": "L’orientation des demandeurs d’emploi seniors",
    "en": "Matching jobseekers with employers in rural areas",
    "es": "La intermediación con empresas pequeñas y medianas",
}
_LIST = {
    "fr": "Contrat d’engagement pour les jeunes sans emploi",
    "en": "Youth guarantee vouchers, 2,500 places; mentoring",
    "es": "Programa de garantía juvenil y escuelas taller",
}


def _response(number: int, lang: str, pes: str, consent: bool, first: str) -> Response:
    has_programmes = number % 3 != 0
    behind = {"Q4.1": _LIST[lang], "Q4.2": "" if number % 2 else _SECOND[lang]}
    return Response(
        id=str(10_249_522_900 + number),
        submitted=datetime(2024, 3, 4 + number, 9 + number, 7, 9) if number != 12 else None,
        lang=lang,
        pes=pes,
        consent=consent,
        has_programmes=has_programmes,
        answers={
            "Q1.1": first,
            "Q1.2": _SECOND[lang],
            "Q1.3": "",
            **(behind if has_programmes else {"Q4.1": None, "Q4.2": None}),
            "Q6.1": first if number % 4 == 0 else "",
            "Q9.1": _LIST[lang] if number % 5 else "",
        },
    )


RESPONSES = [_response(number, *said) for number, said in enumerate(_SAID, start=1)]
HANDED_IN = [response for response in RESPONSES if response.submitted]
