"""Words that are names too, so that a finder of names can leave ordinary sentences as they are.

In lower case a word that stands here is as a rule the word, any other word of a member's name is the name. So what
belongs here is what a note about school and work may well hold; rare or old words ("mulder", "smit") do not.
"""

from __future__ import annotations

_EVERYDAY = """
    aan af al alle als an ben bij boven dan dat de deze die dit doe door een en er ga geen haar heb hem hen het hier
    hij hoe hun ik in ja je jij kan ken kom kon maar me mee meer men met mij moet mogen na naar nee niet nog nu of
    om onder ons ook op over per sta te ten ter toch toe tot tussen u uit van ver via voor waar want was wat wel
    werd wie wij wil wilde worden zal ze zelf zie zij zo zou
"""
_ORDINARY = """
    aal aap aar aarde aarden abdij ad adelaar advocaat akker alles alm ambachtsman amber anders anjer anker
    apotheker appel april arend arm arts as aster augustus baan baars baas bakker bal balk band bank barbier bas
    basis bedelaar beek beeld beer beker bel berg bergen berk best bestuurder beter beuk beul beurs bever bies
    bijeen bijl blaas blad bladeren blauw bleek blij bloem bloemen blok blom blond bode boek boekbinder boel boer
    boeren bol bolle bomen bons bont bonte boog boom boon boor boord boos boot bord borg borst bos bot bots bouw
    bouwen braaf braak braam brand breed brem breuk bril brink brinken broek broer broers brok bron brood brouwer
    brug brugge bruin buis buiten buizerd bult burcht bureau buren burg burger burgers bus buur buurman daal dag
    dagen dak dal dam dans dansen dapper das dauw decaan deel deken dekker delta den der deur dijk dijken dik dingen
    dings directeur distel docent dokter dol dolfijn dom donder donker doorn doos dorp draad draaier draak drager
    dragers dreef dries drift druif drukker duif duim duin duits duivel dun dus echt edel eend eens eerlijk egel
    eigenaar eik eikel eiland eind eis elders ende engel ent erf ergens erve erven es esdoorn ezel fazant fee fier
    fiets fijn fles fleur flink fluit fraai fries friese fris gaal galg gallen gang gans garen gas gast gat gauw
    gave geel geest geit geld gelijk geluk gerecht gerst gids glas god goed goede gordijn goud gouden gouw graaf
    graan gras gratie gratis graven griend griffier grijs groen grof grond groot grote grunt haag haak haan haas
    haast hagel hagen hak hakker halm hals ham hamer hamster hand handelaar hard haring hart haven haver havik
    hazelaar heel heem heer heerlijk heet hei heide heilig heks helder helm hemel hengel hengst herder heren herfst
    hert hertog heuvel hoed hoeder hoef hoek hoes hoeve hoeven hof hok hond honig honing hoofd hoog hooge hooi hoop
    hoorn hop horst hout huid huis hulp huls hulst huur iets ijs inkoop iris jacht jade jager jagers jas jasmijn jet
    job jolig jong jonge jongen jonker juli juni kaak kaal kaars kaart kaas kade kalf kalk kalm kam kamer kamerling
    kamp kanaal kanon kans kap kapel kapitein kapper kar karig karper kas kast kasteel kat kauw keet kei keizer
    kelder kelner kerk kerker kerkhof kern kers ketel ketting keuken keur kiel kies kievit kijk kist klaar klap klas
    klaver kleermaker klei klein kleine klem klerk klif klink kloet klok klomp klooster kluit knap knecht knol knoop
    knop knopen koe koel koerier koers koets kogel kok kolen kolk komen konijn koning kooi kool koop koopman koor
    kop koper koren kort korte kost kosten koster koud koude kraag kraai kraan krab krabbe kracht kramer kramp krans
    kras kreeft kreek krekel krijger kroes kroeze krom kroon kroos kruid kruik kruis kruk kuiken kuil kuiper kuit
    kunst kus kussen kwaad kwast laag laan laar laat lab lade lak lam lamp land landen lang lange lans las last lauw
    leeg leek leer lees leeuw leeuwerik leger leider lelie lens lente lepel leraar les letter leuk lezer licht lied
    lief lijf lijm lijn lijst lijster linde linden linker links lint lip loep lof lok lonen loo lood loof looier
    loon loop loot loper los lot lucht lui luid lus maaier maan maart maas macht mager mais makelaar maker man mand
    manke mantel mare margriet mark markt mars marter massa mast mat matroos max meel mees meester meeuw mei mengel
    mens mensen merel mes meter metselaar middag middel mier min mis mist moe moed moeras mol molen molenaar monnik
    mooi morgen mos mosterd mot mouw mug muis mul munster munt mus muts muur naakt naald naam nacht nagel nauw nek
    nergens nes nest net netel neus niets nieuw nieuwe nobel noord noordelijk noot notaris nova nuchter oever olie
    olm oog oor oord oorlog oost oosten orgel os otter oud oude ouder overigens paal paard paars paas pad pan papier
    parel park pas pastoor patrijs paus pauw peer pelgrim pels pen pens peper perk pers pet pieper pijl pijn pijp
    pikeur piloot plaat plaats plak plank plant plas plat plein pleister plicht ploeg plus poel pol polder poort
    poorter poot populier post pot potter praat prachtig prei priester prijs prins prior proces puck puk punt puur
    raad raadsman raaf raam rad ram rand rat recht rechter rechts rector ree reeds regel regen reiger rein reis rek
    reus rib ridder riem riemen riet rietdekker rijder rijk rijke rijken rijm rijp rijst ring rits rivier robijn
    roer roest roet rog rogge roggen rok rol rond rood roode rooie room roos ros rose rots rozen rug ruif ruim ruit
    ruiten ruiter ruiters rust rustig ruw saffier sas schaal schaap schaar schaats schaft schakelaar schaper schat
    scheef schelp schelvis schepen scheper scherp schild schilder schip schipper schoenmaker schol school
    schoolmeester schoon schop schot schout schouw schraal schrijver schrijvers schrik schuin schuit schut schuur
    sinds sint sjouw slag slager slak slang slank slecht slechts sleutel slim sloot slot sluis sluiter smaak smal
    smeden smid sneep sneeuw snel snijder snijders snoek snoep snor sok soldaat som soms soos spa spaan spaans spar
    specht spek spel spier spies spijker spil spin spit spits spoor spreeuw spriet sprong spruit staal stad
    stadhouder staf stal stam stap star start station steeds steeg steen steenhouwer stellen stelling stelt ster
    sterk stevig stichter stier stift stijf stijl stil stoel stof stok stoker stomp stook stoop storm stout straat
    straf straks stralen strand streek streng strijker strik stroom struik stug stuiver stuk stuurman succes taai
    tafel tak tam tamboer tand tang tank tap tarwe tas techniek teen telkens teller tempel tent terp thuis tijd
    tijdens tijger timmer timmerman tip toets tol ton tong toon toorn top tor toren touw trap trommel troost tros
    trouw trouwens tuin tuinder tuinier tuinman tuit tulp turf turk ui uil uur vaal vaandel vaandrager vaart vak val
    valentijn valk varken vast vat veel veen veer veilig vel veld velde velden veldwachter ven venter vers verver
    vest vet veter vies vijver vink violet viool vis visser vlag vlak vlam vlas vlees vleugel vlieg vlier vliet
    vloed vlot vlug voerman voet vogel vogelaar volgens vonk voogd voorn voort voorzichtig vork vorst vos vossen
    vraag vracht vrachtwagen vrede vreugde vriend vrienden vrij vrijdag vroeg vrolijk vrome vroom vuil vuur waal
    waard waarde wacht wachter wagen wal walvis wand wapen war warm wasser water weduwe week wees weg wegen wei
    weide welp wens wensen werf werk west westen westerse wethouder wever wezel wieg wiel wijd wijk wijn wijnen wijs
    wijze wild wind winkel winst winter wis wissel wit witte woest wol wolf wolk wonder woning woord wortel woud
    zaad zaal zacht zager zak zalm zand zang zanger zee zeeland zeeman zeep zeer zegel zeil zeiler zeis zes zeven
    zijde zilver zoet zomer zon zondag zoon zorg zout zuid zuidelijk zuil zuiver zus zuster zwaan zwaar zwaard
    zwager zwaluw zwam zwart zwarte zweep
"""
_COUNTED = """
    amber bas beer fleur iris jade jasmijn jet job lelie linde lot mare margriet mark mees merel nova parel puck puk
    roos valentijn violet wolf
"""
_PLACES = """
    albergen almelo amsterdam apeldoorn arnhem beuningen boekelo borculo borne bornerbroek dalfsen delden denekamp
    deventer diepenheim dinkelland doetinchem drenthe eibergen enschede enter fleringen friesland geesteren
    gelderland glanerbrug goor groningen haaksbergen hardenberg hellendoorn hengelo holland holten langeveen lochem
    lonneker losser markelo neede nijmegen nijverdal oldenzaal ommen ootmarsum overijssel raalte reutum rijssen
    rossum rotterdam saasveld salland tubbergen twente twenterand usselo utrecht vasse vriezenveen weerselo wierden
    winterswijk zutphen zwolle
"""

EVERYDAY = frozenset(_EVERYDAY.split())
"""Words of every second sentence ("wil", "ben", "die"): there is no sense in asking a person to look at each."""

ORDINARY = EVERYDAY | frozenset(_ORDINARY.split())
"""Ordinary words that are names too."""

COUNTED = frozenset(_COUNTED.split())
"""Ordinary words that are first names too, and as words have an article ("een roos"): without one they are names."""

PLACES = frozenset(_PLACES.split())
"""Names of places around here, and large ones, after which people are called ("Van Hengelo")."""
