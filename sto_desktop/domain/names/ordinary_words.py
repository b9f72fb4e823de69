"""Words that are also names, so that the name finder leaves ordinary sentences unchanged.

In lower case, a word listed here is usually the word; any other word that is part of a member's name is the name. So
the lists hold what a note about school and work may contain, not rare or old words ("mulder", "smit").

Whether other letters form a Dutch word tells the spelling checker's word list, which is loaded at first use. It also
holds first names in lower case ("jan", "bram"): it can't tell that a word is not a name, only that a name with letters
attached is a word of its own ("januari"), or that the attached letters are ("plan").
"""

from __future__ import annotations

from functools import cache, lru_cache

from sto_desktop.resources import resource

_EVERYDAY = """
    aan af al alle als an ben bij boven dan dat de deze die dit doe door een en er ga geen haar heb hem hen het hier
    hij hoe hun ik in ja je jij kan ken kom kon maar me mee meer men met mij moet mogen na naar nee niet nog nu of
    om onder ons ook op over per sta te ten ter toch toe tot tussen u uit van ver via voor waar want was wat wel
    werd wie wij wil wilde worden zal ze zelf zie zij zo zou
"""
_VERBS = "ben doe ga heb kan kom kon moet mogen sta was werd wil wilde worden zal zie zou"
_ORDINARY = """
    aal aanbod aannemer aansluit aantrekt aanvinkt aanvult aanwezig aanzet aap aar aarde aarden abdij absent
    accenten accu acht achter achteraf actie ad adelaar advies advocaat afdeling afhangen afloop afronden afspraak
    aftelt afzender akker akkers alinea alleen allemaal alleman allen alles alm alsnog ambacht ambachtsman amber
    ander andere anderen anders andersom angst anjer anker antwoord apart apotheker appel appgroep april arend arm
    artikel arts as aspect aster augustus aula auto avond baan baars baas bakker bal balen balie balk band bank bar
    barbier bas basis bassen bazen beamer bebouwde bedacht bedding bedekt bedelaar bedenken bedenkt bedoeld bedoelde
    bedoelen bedrag beek beeld beemd beemden beer begeleid begin beginnen begint begon begonnen begrip begroot
    behalve beheren beide bek bekend beker bel belde belden bellen belt bende benen benieuwd bent bepaalt bereiden
    bereik bereiken bereikt beren berg bergen berk beroep beroepen beslist besluit bespreek best bestaan bestaat
    bestand beste bestuurder betaald betaalt betalen betekent beter betere betreft beuk beul beurs beurt bever
    bevoegd bewaakt bewaard bewaarde bewaart bewaren bewerkt bewoners bezem bezet bezig bezoek bezoeken biedt bies
    bijeen bijl binnen blaas blad bladen bladeren blauw bleef bleek bles bleven blij blinde blink blinken bloei
    bloem bloemen bloemetje blok blokken blom blond bod bode bodem boek boekbinder boeket boel boer boeren boete bok
    bokken bol bolle bolwerk bom bomen bons bont bonte boog boom boompje boon boor boord boos boot bord borg borgen
    borging borrel borst borstel bos bosch bosje bot boter bots bouw bouwen bovenaan bovenin braaf braak braam brake
    brand brander brandweer breed breekt brem brengt breuk brief bries bril brink brinken broeder broek broeken
    broer broers brok bron bronnen brood brouwer brug brugge brugklas bruin budget buigt buik buis buit buiten
    buizerd bulk bult bundel bundelt burcht bureau buren burg burger burgers bus buur buurman buurt carnaval cel
    cent centen centrale cirkel citaat citeren citroen club code codering collega compleet computer concept context
    cursor cursus daal daar daaraan daardoor daarin daarna daaruit daarvan daarvoor dag dagen dak dakkapel dal dam
    dame dank dans dansen dapper das data datum dauw dec decaan december deden deed deeg deel deelname deelt degen
    degenen deken dekens dekker delen deler delta demo den denken denkt dennen der derde dertig des deugd deur
    dezelfde dicht dichte dief diep dier dieren dijk dijken dik ding dingen dings dinsdag diploma directeur distel
    docent docenten dochter document doek doel doen doet dokken dokter dol dolfijn dolk dom domotica donder
    donderdag donker dooi doorn doos dop dor dorp dorpen dorst dossier dossiers dove draad draai draaien draaier
    draak dracht drager dragers dreef drempel dreun drie dries drift dronken drop druif druk drukken drukker drukt
    druppel dubbel duif duik duiker duim duin duinen duits duivel dun durf durven dus duur duwt dwars echt echte
    edel eend eenmaal eens eerder eerlijk eerst eerste eeuw egel egels ei eieren eigen eigenaar eik eikel eiken
    eiland eind einde eindigt eis elders elf elk elkaar elkaars elke elst elzen emmer ende ene engel enige enkele
    ent eraan erachter eraf erboven erf ergens erheen erin ermee erna ernaar ernaast erom eronder erop erover eruit
    ervan erve erven ervoor erwt es esdoorn esp even excuses ezel fabriek fakkel fazant feb februari fee feest fel
    fier fiets fietsen figuur fijn filteren filters fles fleur flink flodders fluit fluiter fontein formatie formule
    fort foute fouten fraai fries friese fris functie gaai gaal gaan gaarde gaat galg gallen gang gans gaper garde
    garen gas gast gastles gat gauw gave gebelde gebeurd gebeuren gebeurt gebleven gebouw gebracht gebruik gebruikt
    gedaan gedachte gedeeld gedeelde gedragen geef geeft geel geest gegaan gegevens gehaald gehad gehoord gehouden
    geit gek gekalkte geklikt geknik geknikt gekomen gekozen gekregen geld geldt gele geleden geleerd gelijk geloof
    geloofd geloven geluid geluk gelukt gemaakt gemaild gemeente gemerkt gemist genoeg genoemd genomen genot geopend
    geplande gepraat gerecht geregeld gericht gerst gerust gesprek gestopt gestuurd getal getekend getypt geul geur
    gevel geven gevonden gevraagd geweest gewist gewone gewoon geworden gezegd gezeten gezicht gezien gezucht gids
    gier gilde ging gisteren gitaar glans glas glazenmaker gloed god goed goede goot gordijn gort goud gouden gouw
    graaf graag graan gras gratie gratis grauw graven greep grendel grens griend griffier grijs grim groei groeien
    groeit groen groene groep groepen grof grond gronden groot grote grunt gulden gymzaal haag haak haakt haalt haan
    haas haast had hadden hagel hagen hak haken hakker hal halen half halm hals halte halve ham hamer hamers hamster
    hand handelaar handen hangen hangt hard hardop haring harp hart haven haver havik hazelaar hebben hebt heeft
    heel heem heen heer heerlijk heesters heet hei heide heilig heks hel helden helder hele helemaal helft hellen
    helm helpen helpt hemel hemels hendel hengel hengst herberg herder heren herfst herkend herkent hernoemt hert
    herten hertog heten heuvel heuvels hierdoor hing hobby hoed hoeden hoeder hoef hoeft hoek hoelang hoes hoeve
    hoeveel hoeven hof hofmeester hofstede hoger hok hol hollander holle hom hond honden honig honing hoofd hoog
    hooge hoogland hooi hoop hoor hoorn hoort hop horeca horen horst hotel houd houden houdt hout houten hovenier
    huid huis huisjes huisman huizes hulp huls hulst hunne hut huur ieder iedere iedereen iemand iep iets ijs ijzer
    ingeloot ingevuld inham inhoud inkoop instroom internet intussen invaller inzicht iris jaar jaarplan jaartaak
    jacht jade jager jagers jas jasmijn jassen jet job jol jolig jong jonge jongelui jongen jongens jongere jongeren
    jonker jonkheer juf juist juli jullie juni jut kaai kaak kaal kaars kaart kaarten kaas kade kader kaders kalf
    kalk kalm kam kamer kamerling kamers kamp kanaal kanon kans kant kanten kantine kap kapel kaper kapitein kapoen
    kapot kapper kapstok kar karig karper kas kast kasteel kat kater kauw keel keer keet kei keien keizer keizers
    kelder kelk kelner kennen kent kerel kerk kerker kerkhof kern kers ketel keten ketting keuken keur keurig
    keuzevak kever kiel kiem kies kiest kievit kiezen kijk kind kinderen kip kippen kist kisten klaar klamp klank
    klant klap klas klassen klaver kleermaker klei klein kleine klem klep klerk kleur kleuren kleurt kleuters klif
    klik klikken klimop klink klinker klip kloet klok klomp klooster klopt kluft kluif kluis kluisje kluisjes kluit
    kluizen kluizenaar knap knecht knol knoop knop knopen knoppen kocht koe koek koekoek koel koele koepel koerier
    koers koets koffie kogel kok koken kolder kolen kolk kolom kolommen komen komt konijn koning kooi kookles kool
    koop koopman koopmans koor koos kop koper kopie kopieer kopieert kopje koppelt koppen koraal kordaat koren
    korenaar korf korst kort korte korter kost kosten koster kou koud koude kous kraag kraai kraal kraam kraan krab
    krabbe kracht kraker kramer kramp krans krant krap kras kreeft kreeg kreek krekel krijger kring kritiek kroes
    kroeze krom kroon kroos kruid kruiden kruik kruin kruis kruk kuiken kuil kuiper kuit kunnen kunst kunt kus
    kussen kwaad kwak kwam kwamen kwant kwartel kwartier kwast kweken kweker kwik laag laan laar laat laatst laatste
    lab lach lade lag lager lagerbus lak laken lam lamme lamp land landen landman lang lange langs lans laptop
    laptops las last laten later latere laurier lauw lawaai leden ledig leeft leeg leek leen leer leerjaar leerling
    leert lees leest leeuw leeuwerik leg lege leger legt leid leider leiding leidraad leidt lelie lelies lenen lens
    lente lepel leraar leraren leren les lessen let letter leuk leuke leuning leunt leveren levert lezen lezer licht
    lied lief liefst liep liet lieve liever lift liggen ligt lijf lijm lijn lijst lijster linde linden linker links
    lint lip locatie loep lof logisch logo lok lokaal lommer lonen loo lood loods loof looier loon loop loopt loot
    lopen loper lorrie los losse lot lucht luchtig lui luid luik luiken luister lukt lunchen lus maaier maak maakt
    maal maan maand maandag maart maas maat machine machines macht made madelief mag mager mail mailen mailt mais
    makelaar maken maker malle man mand manen manier manke mantel map mare marges margriet mark markeert marken
    markt marmer mars marter masker massa mast mat matroos max maximaal mazen media meeging meel meeneemt meerman
    mees meestal meester meet meeuw meeuwen meewerkt mei meid meisje meisjes melk meneer mengel meningen mens mensen
    mentor mentoren merel merk merken merkt mes metaal meteen meten meter metingen metselaar metselen middag middel
    midden mier mijn min minder minste minstens minuut mis misgaat missen mist mocht mochten moe moed moeder moeders
    moeite moeras moest moeten moker mol molen molenaar moment momenten mond monnik monteur monteurs mooi mooie moor
    moot morgen mos mossel mosterd mot motor mouw mug muis muizen mul munster munt mus muts muur naakt naald naam
    naast nacht nadruk nagel name namen nap nauw neef neemt nek nemen nergens nerveus nes nest nestel net netel
    netwerk neus niemand niets nieuw nieuwe nieuws niveau nobel nodig nodigen nodigt noem noemen noemt nogal nooit
    noord noordelijk noorden noot notaris notes notitie notities notulen notulist nov nova november nuchter nul
    nummer ochtend oefenen oever ogen oker okt oktober olie olm omdat omhoog omslag omzet omzetten onbekend onderaan
    onderweg ongedaan ongeluk ongeveer onthoudt onze oog oogst ooit oom oor oord oorlog oost oosten opa opdracht
    open openen openheid opening opent opgelost opgezet opleiden oplevert opname opnieuw oppas opruimen opslaan
    oranje orde orgel os otter oud oude ouden ouder oudere ouderling ouders overal overdag overige overigens
    overstap paal paar paard paars paas pad pagina palm pan panel panellid pap papier papieren paradijs parel park
    partner pas passen past pastoor pastor patrijs paus pauw pauze pauzeren peen peer pelgrim pels pen pens peper
    perk pers persoon pet piek pieper pier pijl pijn pijp pijper pikeur piloot pit plaat plaats plaatsen plak
    plakken plan plank plannen planner planning plant planten plas plat plein pleister plek plekke plicht ploeg
    ploegen ploeger plomp plug plus poel poes pol polder poort poorter poot pop populier portaal post pot potje
    potten potter praal praat prachtig praten precies prei prent priem priester prijs primair prins prior probeert
    proberen probleem proces proef profiel pruik pruim publiek puck puk punt put puur raad raadsman raaf raak raam
    rad rak ram rand rap rat reageren recht rechten rechter rechts rector ree reeds reek reeks reep regel regelen
    regels regelt regen regio reiger rein reis rek rekenaar rekenen rekken rente rest reus rib ribbe ridder riem
    riemen riet rietdekker rij rijder rijen rijk rijke rijken rijm rijn rijp rijst rijtje ring rits rivier robijn
    robot robotica rode roede roem roept roer roest roet rog rogge roggen rok rol roller rond rood roode rooie room
    roos rooster roosters ros rose rot rots rouw rozemarijn rozen rozenboom rug ruif ruikt ruil ruim ruimt ruimte
    ruit ruiten ruiter ruiters rup rust rustig ruw saffier samen sas schaal schaap schaar schaats schaduw schaft
    schakelaar schans schaper schat scheef schelp schelvis schepen scheper scherf scherm scherp schiet schikt schild
    schilder schimmel schip schipper schoen schoenmaker schol scholen scholing schone schoof school schoolmeester
    schools schoon schop schot schotel schout schouw schraal schram schreef schreven schrijver schrijvers schrik
    schuim schuin schuit schuiven schuldig schurk schut schuur seconden sector sectoren seizoen selectie sep sept
    september serieus sier sik sinds singel sint sip site sjouw sjouwen sla slaagt slaap slaat slag slager slak
    slang slank slapen slecht slechts slee sleep slepen sleutel sleutels slim sloep slof slokker sloot slot sloten
    slotte sluis sluit sluiten sluiter smaak smal smeden smid smoor snaar sneep sneeuw snel snijder snijders snip
    snoek snoep snor sober soep sok soldaat solderen som soms soort soorten soos sorteren spa spaan spaans span spar
    spatie specht speelman speelt spek spel speld spiegel spier spies spijker spijkers spil spin spit spits splinter
    splitst spoel spook spoor sprak sprake spreekt spreeuw spreken spreker sprekers spriet sprong spruit spullen
    staak staal staan staat stad stadhouder stadsbus staf stage stages stal stam stand standen stap stapel stapt
    star start station steden steeds steeg steek steen steenhouwer steiger stellen stelling stelt stem stemmen ster
    sterk steur stevig stichter stier stift stijf stijl stik stil stille stip stoel stoelen stof stok stoker stolp
    stomp stond stonden stoof stook stoom stoop stop stoppel stoppen stopt storm stout straal straat straf straks
    stralen strand streek streep streng strijker strik stroef stroom strop stroper struik student stug stuit stuiver
    stuk sturen stuurman stuurt subregio subsidie succes suiker taai taal taart tabel tabellen tafel tak takken tam
    tamboer tand tang tangen tank tap tarwe tas team techniek teek teen tegel tegels tegen tegenaan tegenop tegenzit
    teken tekenaar tekenen tekening tekens tekst teksten telefoon telkens tellen teller telt tempel tent terp terug
    terugweg tevoren thee thema theorie thuis tien tijd tijdens tijger tijm tikfout timmer timmeren timmerman tip
    titel toegang toen toenaam toer toets toetsen toilet tol ton tonen tong tonnen toom toon toont toorn top tor
    toren torens touw tractor trainen trap trein trek trekken trekt trommel troost tros trouw trouwens tuig tuin
    tuinder tuinen tuinier tuinman tuit tuk tulp tulpen turf turk twaalf twee tweede twijg twintig typ type typen
    typt ui uil uilen uiteen uitje uitkomst uitlegt uitzoekt uren uur uw uwe uzelf vaak vaal vaandel vaandrager
    vaart vader vaders vak vakken vaktaal val valentijn valk valken valt vanaf vandaag vanuit vanzelf varken vast
    vaste vastzit vat veel veen veer veertien veertig veilig vel veld velde velden veldwachter ven venster venter
    verbergt verdeeld verdient verf vergeet verkeerd verlaat verloren vers verschil versie versies verslag versleep
    vertelt vertrekt vertrok verver vervoer verwacht vest vet veter veulen viel vier vierde vies vijver vind vinden
    vindt vink vinken violet viool vis visje vissen visser vlag vlak vlam vlas vleer vlees vlegel vleugel vlieg
    vlier vliet vlinder vlinders vloed vloer vlot vlucht vlug voeding voeg voegt voelen voerman voet vogel vogelaar
    vogels vol volder volgen volgens volgorde volgt volle volledig volloopt voluit vond vonk voogd vooraan vooraf
    vooral voordat voorgoed voorheen voorn voornaam voorop voort voorzichtig voren vorig vorige vork vorm vorst vos
    vossen vraag vraagt vracht vrachtwagen vragen vrede vreugde vriend vrienden vrij vrijdag vroeg vroegen vrolijk
    vrome vroom vrouw vuil vuile vuist vult vuur waag waaier waal waard waarde waardoor waarin waarom waarop waaruit
    waarvan waarvoor wacht wachter wagen wagenaar wal wals walvis wand wanneer wapen war waren warm wasser water
    waterman we weduwe weegt week weelde weer wees weet weg wegduikt wegen weghalen wegwijzer wei weide weinig weken
    wekker welk welke welkom welle welp wennen wens wensen werf werk werkdag werken werker werkt werving west westen
    westerse weten wethouder wever wezel wieg wiel wijd wijk wijn wijnen wijs wijze wild wilden wilg willen willig
    wilt wind winkel winst winter wis wiskunde wissel wisselen wisselt wissen wist wisten wit witte woel woensdag
    woest wol wolf wolk wolken wonder woning woord woorden wordt worst wortel woud wouden wulp zaad zaal zacht zag
    zagen zager zak zalm zand zang zanger zat zaterdag zee zeeland zeeman zeep zeer zeg zegel zegen zeggen zegt zei
    zeiden zeil zeilen zeiler zeis zeker zes zestien zet zetel zetten zeug zeven zich zicht zien zier ziet zijde
    zilver zin zink zit zitten zoals zodat zodra zoeken zoekt zoet zolang zomer zomers zon zondag zonder zoon zorg
    zorgt zot zouden zout zoveel zuid zuidelijk zuil zuiver zus zuster zuur zwaan zwaar zwaard zwager zwaluw zwam
    zwanen zwart zwarte zweep zwerver
"""
_COUNTED = """
    amber bas beer bloem fleur iris jade jasmijn jet job lelie linde lot mare margriet mark mees merel nova parel puck
    puk roos valentijn violet wolf
"""
_PLACES = """
    albergen almelo amsterdam apeldoorn arnhem beuningen boekelo borculo borne bornerbroek dalfsen delden denekamp
    deventer diepenheim dinkelland doetinchem drenthe eibergen enschede enter fleringen friesland geesteren
    gelderland glanerbrug goor groningen haaksbergen hardenberg hellendoorn hengelo holland holten langeveen lochem
    lonneker losser markelo neede nijmegen nijverdal oldenzaal ommen ootmarsum overijssel raalte reutum rijssen
    rossum rotterdam saasveld salland tubbergen twente twenterand usselo utrecht vasse vriezenveen weerselo wierden
    winterswijk zutphen zwolle
"""

_DESKS = """
    aanmelden aanmelding aanmeldingen administratie afdeling algemeen avg balie bedrijfsbureau beheer bestuur
    bestellingen bestelling boekhouding bpv bureau campus college communicatie contact crediteuren decanaat decanen
    debiteuren directie evenement evenementen events examen examens facturatie factuur facturen fg financien
    functionaris gegevensbescherming hallo havo helpdesk hello hr hrm ict informatie inkoop info inschrijven
    inschrijving jobs kantoor klantenservice kwaliteit leerlingenzaken leerlingzaken loket mail marketing mbo mavo
    media meldingen nieuws nieuwsbrief noreply no reply office onderhoud onderwijs open opendag dag ouders onthaal
    personeelszaken planning po post postmaster praktijkonderwijs presentatie privacy project projectbureau projecten
    projectleiding promotie pers pr pro programma pz receptie redactie rooster roosters sales school scholen
    secretariaat servicebureau service servicedesk servicepunt shop stage stagebureau stages sto subsidie subsidies
    support systeembeheer team techniek technieknetwerk technologie uitnodiging vacature vacatures verkoop verzuim vmbo
    vo voorlichting vragen vraag webmaster web welkom werk werkenbij werkplaats winkel zorg zorgteam
"""
_ABBREVIATIONS = """
    ai bb bbl bo bol bpv bv cv ez fg gl go hbo hr ib ict io it kb lob lo mbo mr mt nb nl nt nv ob oc ok or ov ow pc pie
    po pr ps pta pto pvc ra rt so st sto tl tu vg vgz vk vo vmbo vso wo zw
    apk avo bhv bso bsa btw cao cbs dga ggd gym hbs kbs kvk lvs mts lts obs pws rdw ros sbb sbo ses vwo uwv vog wtf wmo
    wvttk zzp
"""
_SHORTENED = """
    ah be bh by ca cc cd ch cl cm co da dd di dj dm dr ds du ed eh el ev ex ge ha hm ho hr ie if ir is it jl jo jr
    kg ki kk km la ll lp ma max mg min ml mm mn mr ms mw my nl nm no nr ns oa oh on pa pf pk pm pp re rk st sv tm to
    tt tv uh uk us uv va vb vd vp vs wc xl zs
"""
_LENT = "faith floor ge grace hope joke joy may summer"
_DAYS = "di do ma vr wo za zo"
_DOTTED = """
    a.d.h.v a.h.v a.s a.u.b afd art bel betr bijv blz bv bvb c.q ca cf circa d.d d.m.v d.w.z dd dhr div dr drs ed evt
    excl fam geb gem h.t incl ing ir i.h.b i.o i.o.m i.p.v i.s.m i.t.t i.v.m jl juffr jr max m.b.t m.b.v m.i m.i.v m.m.v
    m.n m.u.v mej mevr min mr mvr mw n.a.v nl nr o.a o.b.v o.i.d o.l.v o.v.v p.p pag prof r.s resp s.v.p st t.a.v t.b.v
    t.g.v t.o.v t.w.v t.z.t tel tlf v.a v.w.b vb vgl vnl z.g zgn
"""
_STREETS = """
    avenue baan boulevard brug college dijk dreef erf gracht haven hof hoeve kade kamp laan markt pad park plaats
    plantsoen plein poort school singel sporthal stadion steeg straat toren tunnel veld wal weg wijk zaal
"""

EVERYDAY = frozenset(_EVERYDAY.split())
"""Very common words ("wil", "ben", "die"): asking a person to check each is pointless."""

VERBS = EVERYDAY & frozenset(_VERBS.split())
"""Those that may follow "meneer" without being a name: "en meneer wil"."""

ORDINARY = EVERYDAY | frozenset(_ORDINARY.split())
"""Ordinary words that are also names."""

COUNTED = frozenset(_COUNTED.split())
"""Ordinary words that are also first names, and as words take an article ("een roos"): without one they are names."""

PLACES = frozenset(_PLACES.split())
"""Names of nearby and large places, which occur in surnames ("Van Hengelo")."""

DESKS = frozenset(_DESKS.split())
"""Words before the @ of a general address: "info", "administratie"."""

DAYS = frozenset(_DAYS.split())
"""Short names of days, of which "do" is also a first name."""

DOTTED = frozenset(_DOTTED.split())
"""Abbreviations that end in a full stop but rarely end a sentence."""

STREETS = frozenset(_STREETS.split())
"""Words attached to a name in the names of streets, places and schools."""

ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
"""Abbreviations in school and work that are never initials."""

SHORTENED = frozenset(_SHORTENED.split())
"""Written abbreviations, and words of two letters, that are never initials in lower case."""

LENT = frozenset(_LENT.split())
"""First names that are also words of another language or a dialect: "ge moet dat zien", "pure joy"."""

_ENDINGS = ("", "s", "en", "n", "e", "t", "es", "'s")
"""Endings that may follow a listed word without changing its letters; only those that occur near names."""

_SHORTEST_PART = 4
_LINKS = ("", "s", "en", "e")


_NAME_MARK = "PN"
_NO_PERSON_MARKS = {"PI", "CA", "PK"}
"""Marks in the word list: of names, and of names of places, companies and the like."""


@cache
def _lines() -> tuple[str, ...]:
    return tuple(resource("dictionaries", "nl_NL.dic").read_text(encoding="utf-8").split("\n"))


@cache
def _listed() -> frozenset[str]:
    return frozenset(line.partition("/")[0] for line in _lines())


@cache
def _names() -> frozenset[str]:
    entries = (line.partition("/") for line in _lines() if _NAME_MARK in line)
    marked = ((word, {marks[at : at + 2] for at in range(0, len(marks), 2)}) for word, _, marks in entries)
    return frozenset(word for word, marks in marked if _NAME_MARK in marks and marks.isdisjoint(_NO_PERSON_MARKS))


def is_persons_name(word: str) -> bool:
    """Return whether a word with a capital is in the list as a name, and not as that of a place or company."""
    return word in _names()


def is_listed(word: str) -> bool:
    """Return whether a word is in the list as it is, without an ending."""
    return word in _listed()


def _is_simple(word: str) -> bool:
    stems = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
    return any(len(stem) > 1 and is_listed(stem) for stem in stems)


@lru_cache(maxsize=10_000)
def is_word(word: str, *, compound: bool = True) -> bool:
    """Return whether lower-case letters are a Dutch word with a regular ending; `compound`: or two words in one."""
    # "lessen" is "les" with a doubled letter and "en".
    if _is_simple(word) or (_doubled(word) and _is_simple(word[:-3])) or any(map(is_listed, _before_en(word))):
        return True
    if not compound:
        return False
    cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    return any(
        _is_simple(word[cut:])
        and any(is_listed(word[:cut].removesuffix(link)) for link in _LINKS if word[:cut].endswith(link))
        for cut in cuts
    )


def _before_en(word: str) -> tuple[str, ...]:
    """Return the words of which this may be the plural: "tomaat" of "tomaten", "brief" of "brieven"."""
    stem = word.removesuffix("en")
    if stem == word or len(stem) < 3:
        return ()
    last = {"v": "f", "z": "s"}.get(stem[-1], stem[-1])
    return (f"{stem[:-1]}{last}", *((f"{stem[:-1]}{stem[-2]}{last}",) if stem[-2] in "aeou" else ()))


def _doubled(word: str) -> bool:
    """Return whether a word ends like "lessen" and "plannen"."""
    return len(word) > 5 and word.endswith("en") and word[-3] == word[-4]
