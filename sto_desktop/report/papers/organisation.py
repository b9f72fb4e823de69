"""The papers of the organisation: entry of the register, test before a DPIA, processor agreement, page for IT and FG.

Sources: register AVG article 30, paragraph 1; test Article 29 Working Party WP 248 rev.01 (nine criteria; from two on a
DPIA as a rule) with the list of the Autoriteit Persoonsgegevens (Staatscourant 2019, 64418); agreement AVG article 28,
paragraph 3; security article 32; breaches article 33.
"""

from __future__ import annotations

from collections.abc import Iterator

from sto_desktop.domain.actions.panels import title_for
from sto_desktop.domain.dutch import closed, in_words, long_date
from sto_desktop.domain.panel.terms import NAMES
from sto_desktop.language import tr
from sto_desktop.report.blocks.blocks import (
    Block,
    Emphasis,
    Heading,
    HeadingKind,
    ItemList,
    Paragraph,
    ParagraphRole,
    Table,
    Text,
    TextSpan,
)
from sto_desktop.report.papers.letter import recipients, responsible, terms, until
from sto_desktop.report.papers.occasion import Occasion, head
from sto_desktop.report.papers.opening import OPEN

_LINE = "_" * 44


def register(occasion: Occasion) -> Iterator[Block]:
    """Yield the entry for the register of processing activities (article 30)."""
    panel = occasion.panel
    yield head(occasion, tr("Register van verwerkingen"), details=False)
    yield _pairs(
        tr("Panelgesprek (AVG, artikel 30, lid 1)"),
        (
            (tr("Verwerking"), tr("Panelgesprek en verslag: {title}", title=title_for(panel))),
            (tr("Verantwoordelijke (a)"), responsible(panel)),
            (tr("Functionaris gegevensbescherming (a)"), panel.privacy_contact.strip() or OPEN),
            (tr("Doel (b)"), tr("het techniekonderwijs in de subregio verbeteren, en het plan voor de volgende jaren")),
            (tr("Grondslag"), panel.processing_ground.strip() or OPEN),
            (
                tr("Van wie (c)"),
                tr("{members}, gespreksleider, notulist, en anderen die zij noemen", members=_members(occasion)),
            ),
            (tr("Welke gegevens (c)"), _data(occasion)),
            (
                tr("Bijzondere gegevens (c)"),
                _special(occasion)
                or tr("worden niet gevraagd; wat toch genoteerd wordt, toont het programma vóór elk stuk"),
            ),
            (tr("Ontvangers (d)"), recipients(panel)),
            (tr("Doorgifte buiten de EER (e)"), tr("geen: het programma verstuurt niets")),
            (tr("Bewaartermijn (f)"), "\n".join(f"{what}: {kept}" for what, kept in terms(panel))),
            (tr("Beveiliging (g)"), _security(occasion)),
        ),
        tr("Per onderdeel van artikel 30 wat er voor dit panelgesprek geldt."),
    )
    yield Paragraph(tr("Bijgewerkt op ____________ door {line}", line=_LINE))


def _members(occasion: Occasion) -> str:
    people = sum(1 for member in occasion.people if member.name.strip())
    return in_words(people, "{n} panellid", "{n} panelleden") if people else tr("panelleden")


def _special(occasion: Occasion) -> str:
    """Return in how many notes something special of one person stands; empty if in none."""
    if not occasion.special:
        return ""
    return in_words(
        occasion.special,
        "niet gevraagd, maar in {n} notitie staat iets over iemands gezondheid, geloof, afkomst of iets anders "
        "bijzonders: haal weg wat niet nodig is",
        "niet gevraagd, maar in {n} notities staat iets over iemands gezondheid, geloof, afkomst of iets anders "
        "bijzonders: haal weg wat niet nodig is",
    )


def _data(occasion: Occasion) -> str:
    sound = tr("; een opname") if occasion.panel.recording.strip() else ""
    return tr(
        "naam, functie, organisatie, sector, toestemmingen, notities van wat iemand zei, en de reactie op het "
        "concept{sound}",
        sound=sound,
    )


def _security(occasion: Occasion) -> str:
    password = (
        tr("het dossier heeft een wachtwoord (versleuteld)")
        if occasion.encrypted
        else tr("het dossier heeft geen wachtwoord: stel er een in, of versleutel de schijf")
    )
    return tr("{password}; stukken noemen niemand tenzij daarom gevraagd is", password=password)


def pretest(occasion: Occasion) -> Iterator[Block]:
    """Yield the test that says whether a DPIA is needed: nine criteria, risks with measures, and room to sign."""
    panel = occasion.panel
    yield head(occasion, tr("Pre-toets: is een DPIA nodig?"), details=False)
    yield Paragraph(
        tr(
            "Verantwoordelijk is {responsible} Het gaat om een panelgesprek met {members} over techniekonderwijs, en "
            "het verslag daarvan. Bij twee of meer keer ja is een DPIA in de regel nodig (WP 248 rev.01). De "
            "antwoorden hieronder zijn een voorstel; de functionaris gegevensbescherming beoordeelt ze.",
            responsible=closed(responsible(panel)),
            members=_members(occasion),
        )
    )
    yield Table(
        tr("Negen criteria"),
        (tr("Criterium"), tr("Hier"), tr("Waarom")),
        _criteria(occasion),
        (2.0, 0.6, 4.0),
        tr("Per criterium of het hier speelt, en waarom."),
    )
    yield Paragraph(_outcome(occasion))
    yield Table(
        tr("Risico’s en wat ertegen gedaan is"),
        (tr("Wat er mis kan gaan"), tr("Wat het programma doet"), tr("Wat u zelf doet")),
        _risks(occasion),
        (1.7, 2.6, 2.3),
        tr("Per risico de maatregel van het programma en die van mensen."),
    )
    yield from _signed((tr("Advies van de functionaris"), tr("Besluit van de verantwoordelijke")))


def _outcome(occasion: Occasion) -> str:
    if occasion.special:
        return tr(
            "Uitkomst van dit voorstel: twee keer ja. Een DPIA is dan in de regel nodig, tenzij wat er bijzonders in "
            "de notities staat eruit gaat; maak deze pre-toets daarna opnieuw."
        )
    return tr(
        "Uitkomst van dit voorstel: één keer ja. Een DPIA is dan niet verplicht, tenzij het gesprek over gevoelige "
        "onderwerpen gaat of de verwerking op de lijst van de Autoriteit Persoonsgegevens staat (Staatscourant "
        "2019, 64418)."
    )


def _criteria(occasion: Occasion) -> tuple[tuple[Text, ...], ...]:
    no, yes = tr("nee"), tr("ja")
    return (
        (tr("1. Mensen beoordelen"), no, tr("het gesprek gaat over onderwijs, niet over hoe iemand werkt")),
        (tr("2. Automatische besluiten"), no, tr("er zijn er geen")),
        (tr("3. Stelselmatig volgen"), no, tr("één gesprek, met wie daarvoor is uitgenodigd")),
        (
            tr("4. Gevoelige gegevens"),
            yes if occasion.special else no,
            _special(occasion)
            or tr("niet gevraagd; vrije tekst kan ze bevatten, en die toont het programma vóór elk stuk"),
        ),
        (tr("5. Grote schaal"), no, _members(occasion)),
        (tr("6. Bestanden koppelen"), no, tr("panels worden naast elkaar gelegd zonder namen")),
        (
            tr("7. Kwetsbare mensen"),
            yes,
            tr("panelleden kunnen werknemers zijn, die niet altijd vrij nee zeggen; leerlingen nemen niet deel"),
        ),
        (tr("8. Nieuwe techniek"), no, tr("notities op één computer; geen kunstmatige intelligentie")),
        (tr("9. Toegang tot een dienst"), no, tr("niet meedoen heeft geen gevolgen")),
    )


def _risks(occasion: Occasion) -> tuple[tuple[Text, ...], ...]:
    lost = (
        tr("dossier, werkkopie en reservekopieën zijn versleuteld met het wachtwoord van dit dossier")
        if occasion.encrypted
        else tr("kan dossier, werkkopie en reservekopieën versleutelen; dit dossier heeft nu geen wachtwoord")
    )
    return (
        (
            tr("Iemand wordt herkend"),
            tr("noemt zonder toestemming niemand, en geen groep van één in tabel of figuur"),
            tr("namen nakijken; omschrijvingen die één mens aanwijzen herschrijven"),
        ),
        (
            tr("Een leerling of een gezondheid wordt genoemd"),
            tr("haalt namen naast leerling, zoon, groep of klas weg, en toont bijzondere woorden"),
            tr("aan het begin zeggen: geen namen van leerlingen"),
        ),
        (tr("De laptop raakt kwijt"), lost, tr("schijf versleutelen; wachtwoord apart doorgeven")),
        (
            tr("Een stuk komt bij de verkeerde"),
            tr("elk stuk begint op functie; een kopie zonder namen heeft geen geschiedenis"),
            tr("ontvanger nagaan; een datalek binnen 72 uur melden (AVG, artikel 33)"),
        ),
        (
            tr("Het blijft te lang staan"),
            tr("herinnert aan de bewaartermijn; wissen gaat ook door de reservekopieën op deze computer"),
            tr("kopieën bij anderen laten wissen; formulieren vernietigen"),
        ),
    )


def agreement(occasion: Occasion) -> Iterator[Block]:
    """Yield the agreement with a moderator who is hired (article 28, paragraph 3)."""
    panel = occasion.panel
    moderator = panel.moderator.strip() or OPEN
    yield head(occasion, tr("Verwerkersovereenkomst"), details=False)
    yield Paragraph(
        tr(
            "Tussen {responsible} (verantwoordelijke) en {moderator}, gespreksleider van buiten (verwerker). Een "
            "gespreksleider in dienst van de verantwoordelijke heeft deze overeenkomst niet nodig.",
            responsible=responsible(panel),
            moderator=moderator,
        )
    )
    articles = tuple((TextSpan(f"{label}: ", Emphasis.STRONG), closed(text)) for label, text in _articles(occasion))
    yield ItemList(articles, ordered=True)
    yield Paragraph(tr("De letters zijn die van AVG, artikel 28, lid 3."), ParagraphRole.REMARK)
    yield from _signed((tr("Verantwoordelijke"), tr("Verwerker")))


def _articles(occasion: Occasion) -> tuple[tuple[str, str], ...]:
    panel = occasion.panel
    day = long_date(panel.date) if panel.date else OPEN
    return (
        (
            tr("Wat"),
            tr(
                "het panelgesprek van {day} leiden, vastleggen en uitwerken tot een verslag. "
                "Gegevens: {data}. Van: {members}. De opdracht eindigt {until}",
                day=day,
                data=_data(occasion),
                members=_members(occasion),
                until=until(panel, NAMES),
            ),
        ),
        (
            tr("Opdracht (a)"),
            tr(
                "de verwerker gebruikt de gegevens alleen daarvoor en alleen zoals schriftelijk "
                "is afgesproken, en geeft ze niet door buiten de EER"
            ),
        ),
        (tr("Geheimhouding (b)"), tr("wie voor de verwerker werkt, houdt geheim wat hij hoort en leest")),
        (
            tr("Beveiliging (c)"),
            tr(
                "het dossier krijgt een wachtwoord, dat apart wordt doorgegeven; de computer is "
                "versleuteld en vergrendeld"
            ),
        ),
        (
            tr("Anderen (d)"),
            tr(
                "de verwerker schakelt niemand in zonder schriftelijke toestemming vooraf, en "
                "legt die dezelfde plichten op"
            ),
        ),
        (
            tr("Rechten (e)"),
            tr("vraagt een panellid om inzage, verbetering of wissen, dan helpt de verwerker binnen vijf werkdagen"),
        ),
        (
            tr("Datalek en DPIA (f)"),
            tr("de verwerker meldt een datalek binnen 24 uur, en helpt bij melding en pre-toets"),
        ),
        (
            tr("Einde (g)"),
            tr(
                "na de opdracht geeft de verwerker het dossier terug en wist elke kopie, "
                "{until}, en bevestigt dat schriftelijk",
                until=until(panel, NAMES),
            ),
        ),
        (
            tr("Controle (h)"),
            tr("de verwerker laat desgevraagd zien dat dit is nagekomen, en zegt het als een opdracht tegen de wet is"),
        ),
    )


def it_page(occasion: Occasion) -> Iterator[Block]:
    """Yield the page for IT and the officer for data protection: what is stored where, encrypted how, sent: nothing."""
    yield head(occasion, tr("Voor IT en de functionaris gegevensbescherming"), details=False)
    state = (
        tr("Dit dossier heeft een wachtwoord.")
        if occasion.encrypted
        else tr("Dit dossier heeft geen wachtwoord: wie bij het bestand kan, kan het lezen.")
    )
    yield Paragraph(
        tr(
            "STO Desktop werkt op één computer en verstuurt niets: geen account, geen cloud, geen telemetrie, geen "
            "automatische update. Het opent geen verbinding. {state}",
            state=state,
        )
    )
    yield Table(
        tr("Wat waar staat"),
        (tr("Wat"), tr("Waar"), tr("Versleuteld")),
        _stored(),
        (2.4, 3.0, 1.8),
        tr("Per soort bestand waar het staat en of het versleuteld is."),
    )
    yield Heading(2, tr("Hoe"), HeadingKind.UNNUMBERED)
    yield ItemList(_how())


def _stored() -> tuple[tuple[Text, ...], ...]:
    with_password = tr("met het wachtwoord van het dossier")
    return (
        (
            tr("Dossier (.sto): namen, antwoorden, notities, wie wat wanneer wijzigde"),
            tr("waar de gebruiker het bewaart"),
            with_password,
        ),
        (
            tr("Werkkopie en reservekopieën, en wat binnenkwam: bestanden die geïmporteerd of samengevoegd zijn"),
            tr(
                "Windows: %LOCALAPPDATA%\\STO Desktop\n"
                "macOS: ~/Library/Application Support/STO Desktop\n"
                "Linux: ~/.local/share/STO Desktop"
            ),
            with_password,
        ),
        (
            tr("Instellingen: eigen naam, laatste map, bestanden en afkortingen"),
            tr(
                "Windows: %LOCALAPPDATA%\\STO Desktop\n"
                "macOS: ~/Library/Application Support/STO Desktop\n"
                "Linux: ~/.config/STO Desktop"
            ),
            tr("nee"),
        ),
        (
            tr("Foutverslagen, zonder inhoud van dossiers"),
            tr(
                "Windows: %LOCALAPPDATA%\\STO Desktop\\Logs\n"
                "macOS: ~/Library/Logs/STO Desktop\n"
                "Linux: ~/.local/state/STO Desktop/log"
            ),
            tr("nee"),
        ),
        (
            tr("Verslagen, exports en kopieën"),
            tr("waar de gebruiker ze bewaart"),
            tr("nee, alleen een kopie (.sto) waarvoor een wachtwoord is gekozen"),
        ),
    )


def _how() -> tuple[Text, ...]:
    return (
        tr(
            "Versleuteling: SQLCipher 4 (AES-256, sleutel uit het wachtwoord met "
            "PBKDF2-HMAC-SHA512, 256.000 rondes). Het wachtwoord wordt nergens bewaard."
        ),
        tr(
            "Rechten: op macOS en Linux zijn alle bestanden alleen voor de gebruiker zelf "
            "(0600); op Windows bepaalt de map dat."
        ),
        tr(
            "Wissen: ook uit de werkkopie, de geschiedenis en de reservekopieën op deze "
            "computer, en bij samenvoegen. Niet uit stukken en kopieën bij anderen."
        ),
        tr(
            "Delen: een mens stuurt een bestand. Een kopie zonder namen heeft geen "
            "geschiedenis, en wat weg is staat in geen enkele byte."
        ),
        tr("Bestanden van anderen worden eerst nagekeken: geen macro’s, geen entiteiten, een grens aan uitpakken."),
    )


def _pairs(caption: str, rows: tuple[tuple[str, str], ...], description: str) -> Table:
    shown: tuple[tuple[Text, ...], ...] = tuple(((TextSpan(what, Emphasis.STRONG),), text) for what, text in rows)
    return Table(caption, (tr("Onderdeel"), tr("Inhoud")), shown, (1.8, 4.8), description)


def _signed(parties: tuple[str, ...]) -> Iterator[Block]:
    for party in parties:
        yield Paragraph(tr("{party}: {line}\nDatum en handtekening: {line}", party=party, line=_LINE))
