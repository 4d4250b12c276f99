//! # Recognised without a name
//!
//! **What it finds.** What only one person can be: a public office or a role that exists once
//! ("the mayor", "our only firefighter", "teaches at the middle school", "owns the feed store"),
//! "the first in the state", "the tallest man in town", triplets, the kin of a known person or of
//! the staff, the person "on the news" or from the crash on the highway, a rare disease beside a
//! job or "one of five people in the country", a town of 400, "you can guess who".
//!
//! **Why it matters.** Any unique characteristic is an identifier of 45 CFR 164.514(b)(2)(i)(R),
//! and safe harbor ends where the practice knows that the rest could identify somebody
//! (164.514(b)(2)(ii)). In a small town a job and a disease are a name.
//!
//! **Say instead.** A group that many belong to: "a public employee", "a person with a rare
//! disease", "somebody in our region".

use std::ops::Range;

use super::{BySeverity, Hit};
use crate::context::{Category, Context, Severity};
use crate::reading::pattern::{Found, patterns};
use crate::reading::{Page, cues};

pub(super) const SEVERITY: BySeverity = BySeverity::everywhere(Severity::Warn);
const MESSAGE: &str = "People can tell who this is, even without a name.";
const SUGGESTION: &str = "Name a group that many people belong to, or leave the detail out.";

/// Relations, without "child": many are somebody's child.
macro_rules! kin {
    () => {
        "(?:wife|husband|spouse|widow(?:er)?|fiancee?|girlfriend|boyfriend|partner|son|daughter|child|kid|baby|mother|father|mom|dad|parent|sister|brother|sibling|twin|niece|nephew|cousin|aunt|uncle|grand(?:son|daughter|mother|father|child|ma|pa)|(?:mother|father|brother|sister|son|daughter)-in-law|in-laws?|relative|roommate|best friend|neighbor|babysitter|nanny)s?"
    };
}
macro_rules! pariente {
    () => {
        "(?:espos[oa]|marido|viud[oa]|novi[oa]|hij[oa]|madre|padre|mama|papa|herman[oa]|prim[oa]|sobrin[oa]|ti[oa]|abuel[oa]|niet[oa]|cunad[oa]|sueg(?:ro|ra)|vecin[oa]|gemel[oa])s?"
    };
}
/// Offices that a place has once or a handful of times, and fame.
macro_rules! office {
    () => {
        "(?:vice[ \\-]?mayor|mayor|undersheriff|sheriff|(?:police|fire) chief|chief of police|fire marshal|postmaster|postmistress|magistrate|judge|justice of the peace|district attorney|county (?:commissioner|clerk|executive|assessor)|town (?:clerk|manager|crier)|city (?:manager|clerk|attorney)|council ?(?:member|man|woman|person|men)|alder(?:man|woman)|school board (?:member|president|chair)|(?:school |high school )?superintendent|(?:school|vice|assistant|high school|middle school|elementary) principal|state (?:senator|representative|legislator|trooper of the year)|senator|congress(?:man|woman|person)|legislator|lawmaker|assembly(?:man|woman)|governor|tribal (?:chair\\w*|leader|elder)|pastor|priest|vicar|rabbi|imam|bishop|reverend|parson|choir director|band director|(?:head|football|basketball|baseball|softball|soccer|wrestling|volleyball|track|swim|hockey|varsity) coach|quarterback|goalkeeper|goalie|team captain|(?:homecoming|prom|rodeo|beauty|county fair) queen|valedictorian|(?:news|tv|television) (?:anchor|reporter|host|presenter)|anchor(?:man|woman)|weather ?(?:man|woman|girl|presenter|caster)|radio (?:host|announcer)|sportscaster|astronaut|olympi(?:an|c \\w+)|celebrity|movie star|rock star|coroner|game warden|fire captain|lighthouse keeper|town drunk|santa claus|alcalde(?:sa)?|alguacil|jefe de (?:la )?policia|jefe de (?:los )?bomberos|juez|jueza|concejal[a]?|parroco|cura|sacerdote|director(?:a)? de la (?:escuela|primaria|secundaria|preparatoria)|gobernador(?:a)?|senador(?:a)?|diputad[oa]|locutor(?:a)?)"
    };
}
/// Where people live together, as far as they know each other.
macro_rules! place {
    () => {
        "(?:state|county|town|city|village|country|valley|island|region|area|district|parish|school|neighborhood|reservation|tribe|county's|league|league's|world|continent|northwest|midwest|department|congregation|community|mill|plant|estado|condado|pueblo|pais|ciudad|valle|region|isla|barrio|mundo|comunidad)"
    };
}
/// Trades of which a place may have one.
macro_rules! trade {
    () => {
        "(?:fire ?fighter|police ?(?:officer|man|woman)|cop|deputy|trooper|paramedic|teacher|librarian|(?:school )?bus driver|(?:snow ?)?plow driver|taxi driver|mail carrier|mailman|farrier|blacksmith|locksmith|pilot|vet|veterinarian|dentist|lawyer|attorney|notary|reporter|journalist|photographer|baker|butcher|barber|hairdresser|coach|organist|pianist|piano tuner|beekeeper|rancher|winemaker|brewer|ranger|ferry captain|sculptor|violinist|drummer|musician|clown|magician|jockey|diver|logger|shepherd|weaver|interpreter|translator|(?:professional|competitive|concert|opera|ballet|circus) (?:\\w+ )?\\w+|\\w+ (?:player|maker|keeper|breeder|rider|racer|carver)|dancer|singer|wrestler|boxer|cyclist|surfer|undertaker|mortician|funeral director|tattoo artist|florist|bartender|crossing guard|dispatcher|bomber[oa]|maestr[oa]|policia|carter[oa]|piloto|panader[oa]|abogad[oa]|entrenador(?:a)?|veterinari[oa]|peluquer[oa]|carnicer[oa]|bibliotecari[oa]|herrer[oa]|fotograf[oa]|notari[oa]|musico|organista)"
    };
}
/// Houses of which a town has one.
macro_rules! house {
    () => {
        "(?:shop|store|salon|market|bar|pub|tavern|saloon|diner|cafe|coffee shop|restaurant|pizzeria|bakery|brewery|winery|garage|gas station|hardware store|feed store|bookstore|barbershop|gym|studio|dance studio|theater|cinema|inn|motel|hotel|lodge|campground|farm stand|orchard|newspaper|radio station|tv station|nursery|dealership|laundromat|funeral home|ferry|marina|food truck|taco truck|ice cream (?:truck|stand)|bowling alley|post office|library|city hall|town hall|courthouse|fire (?:station|department|house)|police (?:station|department)|sheriff's office|airport|prison|jail|tienda|panaderia|carniceria|taqueria|restaurante|peluqueria|ferreteria|cantina|funeraria|biblioteca|estacion de radio)"
    };
}

patterns! {
    /// Offices that readers can put a face to.
    OFFICE = concat!(r"\b", office!(), r"s?\b");
    /// Spanish "mayor" is the elder or the greater, and holds no office.
    @asked SPANISH_ELDER = r"\b(?:familiar|adult[oa]s?|personas?|gente|hij[oa]|herman[oa]|abuel[oa]|la|el|un|una|es|son|con|al|premio|calle|plaza) mayor\b|\bmayor (?:de|que|riesgo|parte|cantidad|cuidado|edad|a)\b";
    /// In a post an office must be one that is pointed at: "the mayor", "a city councilwoman".
    @asked POINTED = r"\b(?:the|our|a|an|is|as|el|la|nuestr[oa]|un|una|former|current|retired|local|county|state|city|town|town's|ex)(?: \w+){0,2}?[ \-]$";
    /// The only one of its kind.
    ONLY = concat!(
        r"\b(?:only|sole|lone|unic[oa]) (?:(?:\w|-)+ ){0,2}?(?:", trade!(), r"|", office!(), r"|(?:fe)?male \w+|person|man|woman|guy|girl|boy|resident|student|player|survivor|owner|driver|operator|speaker|immigrant|refugee|deaf \w+|blind \w+|black \w+|asian \w+|jewish \w+|muslim \w+|persona|mujer|hombre|sobreviviente|duen[oa])\b|",
        r"\b(?:only|sole|lone|unic[oa]) (?:(?:\w|-)+ ){1,5}?(?:in|for|on|around|within|en|de|del) (?:the |this |our |his |her |all of |all |el |la |este |esta |todo |toda |nuestr[oa] )*(?:whole |entire |\w+ )?", place!(), r"\b"
    );
    /// The first, the oldest, the best known of a place.
    FIRST = concat!(
        r"\b(?:first|second|oldest|youngest|tallest|heaviest|shortest|biggest|largest|strongest|fastest|richest|wealthiest|best[ \-](?:known|loved)|most (?:famous|popular|decorated)|last (?:surviving|living)|longest[ \-](?:living|serving|surviving)|primer[oa]?|mas (?:viej[oa]|joven|alt[oa]|famos[oa]|conocid[oa]|grande|ancian[oa])) ",
        r"(?:(?:\w|-)+ ){0,6}?(?:in|of|en|de|del) (?:the |this |our |all |el |la |este |todo el |toda la |nuestr[oa] )?(?:whole |entire |\w+ )?", place!(), r"\b|",
        r"\b(?:our|the|this) (?:town|county|state|village|valley|city|region|island|community|school|state|league|world)'s (?:only|first|oldest|youngest|tallest|best|favorite|most|last|sole|own|former|beloved|retired|longest)(?: \w+){1,3}|",
        r"\b(?:the )?(?:tallest|oldest|fastest|heaviest|strongest|best[ \-]known|most famous) (?:man|woman|person|resident|farmer|runner|player|student|boy|girl|teacher)\b"
    );
    /// A role bound to one house.
    ROLE_AT = concat!(
        r"\b(?:(?:town|village|county|city|local|our|the|school|church)(?:'s)? (?:\w+ )?(?:teacher|librarian|postal carrier|mail carrier|crossing guard|bus driver|barber|butcher|baker|undertaker|funeral director|organist|plow driver|pharmacist|vet|veterinarian|blacksmith|farrier|dispatcher|historian|custodian|janitor|lunch lady|music director|drama teacher|bartender|electrician|plumber|farmer|midwife)|",
        r"(?:teacher|coach|custodian|janitor|secretary|counselor|librarian|crossing guard|bus driver|lunch lady|cook|professor|chaplain|principal|dean|nurse|quarterback|captain|pitcher|forward|cheerleader|drum major|organist|sings?|singer|director|president|chair|chief|head|star|deacon|treasurer) (?:at|of|for|in|with|on) (?:the |our |a )?(?:\w+ ){0,3}?(?:elementary|middle school|high school|grade school|preschool|kindergarten|school|academy|college|university|church|parish|temple|mosque|synagogue|library|chamber of commerce|rotary|legion|lions club|pta|council|tribe|town|county|band|choir|orchestra|team|squad)|",
        r"(?:teaches|taught|coaches|coached|drives|drove|runs|ran|owns|owned|manages|founded|opened|edits|plays|played|pitches|pitched|sings|preaches|tends bar|bartends|waits tables|cooks|volunteers|works|worked|working|employed|conducts) (?:\w+ ){0,3}?(?:at|for|in|on|with) (?:the|our|el|la) (?:\w+ ){0,2}?(?:", house!(), r"|elementary|middle school|high school|school|academy|college|church|parish|\w+ team|band|choir|orchestra|mill|mine|quarry|cannery|lighthouse|refinery|dam|reservation|casino)|",
        r"(?:owns?|owned|owner of|co-?owner of|runs|ran|manages|manager of|founder of|founded|duen[oa] de|propietari[oa] de|atiende|maneja) (?:the|our|el|la|los|las|town's|that)(?: \w+)?(?: (?:only|little|old|big))? (?:\w+ ){0,3}?", house!(), r"|",
        r"(?:drives|drove|driver of|driving) (?:the|our|school bus|bus) (?:\w+ ){0,2}?(?:school bus|bus|plow|snowplow|ambulance|fire truck|ice cream truck|route|\d+)|",
        r"(?:the|our) (?:\w+ )?(?:team|club|band|choir|squad)'s (?:\w+ ){0,2}?(?:captain|quarterback|goalie|pitcher|star|coach|mascot|director|drummer|singer|kicker)|captain of (?:the|our)|(?:star|starting|all[ \-]state) (?:\w+ )?(?:player|quarterback|pitcher|forward|guard|goalie|athlete|striker|linebacker|runner)|",
        r"(?:your|his|her|their) (?:\w+ ){0,2}?(?:position|seat|role|job|term|sermons?|column) (?:on|at|as|with|in) (?:the|our|a|channel)(?: \w+){1,3}|",
        r"(?:maestr[oa]|director(?:a)?|conserje|entrenador(?:a)?|bibliotecari[oa]|secretari[oa]|pastor(?:a)?|capitan(?:a)?) (?:de \w+ )?(?:en|de|del) (?:la |el |nuestr[oa] )?(?:primaria|secundaria|preparatoria|escuela|colegio|iglesia|biblioteca|equipo|pueblo|coro)|(?:el|la|nuestr[oa]) (?:maestr[oa]|panader[oa]|carter[oa]|peluquer[oa]|carnicer[oa]|boticari[oa]|organista|pastor(?:a)?) (?:del|de la|de nuestr[oa]) (?:pueblo|escuela|iglesia|barrio|plaza))\b"
    );
    /// A role at a house with a name.
    @cased ROLE_NAMED = r"\b(?i:teacher|nurse|coach|custodian|janitor|secretary|counselor|librarian|professor|chaplain|principal|dean|organist|barber|chef|cook|bartender|manager|owner|guard|receptionist|cashier|foreman|deacon|maestr[oa]|conserje|cociner[oa]|duen[oa]) (?:at|of|for|en|de|del) (?:the |la |el )?[A-Z](?:[a-z]+|\.)";
    /// Kin of somebody whom readers know, or of the staff.
    KIN = concat!(
        r"\b", kin!(), r" (?:of|to|for) (?:(?:the|our|a|an|one of our|one of the|another|somebody on our|someone on our) (?:\w+ ){0,3}?(?:nurses?|doctors?|physicians?|receptionists?|managers?|assistants?|mas?|nps?|pas?|providers?|clinicians?|dietitians?|schedulers?|billers?|staff|team|employees?|cowork\w+|colleagues?|partners?|owner|chief|anchor|star|player|celebrity|singer|", office!(), r")|dr\.? \w+|", office!(), r")\b|",
        r"\b(?:(?:our|the|a|one of our|town|town's|local|county|my) (?:\w+ ){0,2}?(?:nurse|doctor|physician|receptionist|manager|medical assistant|assistant|scheduler|biller|clinician|coworker|colleague|owner|coach|principal|chief|celebrity|", office!(), r")(?:'s|s')|dr\.? \w+(?: \w+)?'s|staff member's|employee's|(?:receptionist|mayor|sheriff|judge|pastor|nurse)'s) (?:own |older |younger |little |oldest |youngest |adult |ex-|late |elderly |teenage )*", kin!(), r"\b|",
        r"\b", kin!(), r" (?:\w+ )?(?:is|was|works?|worked) (?:(?:as|at|for|in|on) )*(?:here|us|our (?:office|clinic|practice|staff|team|front desk|lab|billing)|(?:one of )?our (?:\w+ )?(?:nurses?|receptionists?|doctors?|mas?|staff|assistants?|manager)|(?:a|an|the|our) (?:\w+ ){0,2}?", office!(), r")\b|",
        r"\b(?:related|married|engaged|kin|next door) to (?:(?:the|our|a|one of our|somebody on|someone on|someone who works) (?:\w+ ){0,2}?(?:nurses?|doctors?|receptionists?|manager|assistants?|staff|team|here|coach|principal|", office!(), r")|dr\.? \w+|someone (?:here|famous))\b|",
        r"\b", pariente!(), r" (?:de la|del|de l[oa]s|de un[oa]?(?: de (?:nuestr[oa]s|l[oa]s))?|de nuestr[oa]s?|de) (?:\w+ )?(?:enfermer[oa]s?|doctora?|dra?\.? \w+|recepcionistas?|pastor(?:a)?|entrenador(?:a)?|director(?:a)?|medic[oa]s?|asistentes?|emplead[oa]s?|companer[oa]s?|cantante|", office!(), r")\b|\b", pariente!(), r" (?:trabaja (?:aqui|con nosotros|en nuestr[oa])|es (?:nuestr[oa]|el|la) (?:enfermer[oa]|recepcionista|", office!(), r"))\b"
    );
    /// An event that everybody read about.
    NEWS = r"\b(?:
        (?:was|were|is|been|be|saw|seen|made|hit|all over|featured|appeared|profiled|interviewed|shown|recogni[sz]ed?|famous|known|read about (?:him|her|them|it)|story) (?:\w+ )?(?:on|in|by|from|all over)? ?(?:the )?(?:(?:local|national|evening|morning|nightly|international|county|state|front page of the|pages of the) )*(?:news|headlines|newspapers?|front page|tv|television|national tv|papers?|gazette|tribune|herald|youtube|tiktok|podcast|documentary)|
        (?:went|going|gone) viral|(?:tv|reality|cooking|talent|game) show (?:contestant|star|winner)|contestant on|channel \d+|(?:jeopardy|american idol|the voice|survivor) (?:contestant|winner|finalist)|
        (?:the|that|this|last \w+'s|\w+day's|the recent|big) (?:(?:\w|-)+ ){0,3}?(?:crash|wreck|pile-?up|collision|derailment|shooting|stabbing|house fire|barn fire|explosion|collapse|bus accident|plane crash|lottery|robbery|kidnapping|hostage|avalanche|mudslide|tornado|drowning|rescue) (?:(?:\w|-)+ ){0,2}?(?:victim|survivor|winner|driver|passenger|hero|witness|on|at|near|last|in|that|we all|everyone)|
        (?:crash|wreck|pile-?up|accident|collision|rollover) (?:\w+ ){0,2}?(?:on|at|near|along|off) (?:the )?(?:highway|hwy|route|rt|interstate|i-|us-|us |state road|county road|exit|main|bridge|\w+ (?:street|road|bridge|avenue))[ \-]?\d*|
        (?:lottery|jackpot|powerball|mega millions|medal|olympic|championship|pulitzer|oscar|grammy|emmy|prize|pageant|rodeo)[ \-](?:winn(?:er|ing)|ticket|medalist|champion)|won (?:the|a|big in the) (?:\w+ )?(?:lottery|jackpot|powerball|rodeo|olympic\w*|gold medal|state (?:championship|title|fair)|pie contest|spelling bee|world series|super bowl)|
        (?:sole |only )?(?:survivor|victim|driver|hero|witness|passenger) (?:of|from|in) (?:the|that|last|this) (?:(?:\w|-)+ ){0,4}?(?:crash|wreck|pile-?up|shooting|fire|explosion|accident|flood|tornado|collapse|derailment|attack|robbery|massacre|bombing|avalanche)|
        (?:salio|salieron|aparecio|vimos|vieron|vio|estuvo) (?:\w+ )?en (?:las? |el |los )?(?:noticias|noticiero|periodico|tele\w*|diario|canal \d+|radio)|(?:de las noticias|se hizo viral|gano (?:la|el) (?:loteria|premio mayor|rifa del pueblo))|(?:sobreviviente|victima|chofer|conductora?) de(?:l| la) (?:\w+ )?(?:choque|incendio|tiroteo|accidente|explosion|derrumbe)|(?:choque|accidente) (?:de|en|del) (?:la |el )?(?:carretera|autopista|ruta|puente)
        )\b";
    /// The author says it outright.
    GUESS = r"\b(?:
        you (?:can|could|may|might|will|all|probably|surely|would|'d|'ll|already)(?: (?:probably|easily|all|surely|likely|already|well))* (?:guess|know|figure out|tell|recogni[sz]e) (?:exactly )?(?:who|whom|which one|him|her|them|the (?:name|face|family|person))(?:\b| this)|
        (?:everyone|everybody|anyone|anybody|locals|people|folks|half the town|the whole (?:town|county|village)|all of us|we all|most of you|many of you|some of you)(?: \w+){0,4}? (?:knows?|recogni[sz]es?|remembers?|calls|could name) (?:exactly |just )?(?:who|whom|him|her|them|the family)|
        (?:not naming|not going to name|won't (?:say|name|mention|tell you)|can't (?:say|name|tell you)|cannot (?:say|name|tell you)|wouldn't (?:name|say)|naming) (?:any )?(?:who|names?|which)|(?:no|without|not mentioning|won't mention|no need for|minus the) names?(?: (?:mentioned|needed|given|here))?,? (?:but|of course|just|because)|i won't say who|
        if you(?:'re| are)? (?:from|live|lived|grew up) (?:around |near )?(?:here|in town),? you|those who know,? know|if you know,? you know|iykyk|wink,? wink|small towns? (?:being|being what|talks?)|a certain (?:\w+ )?(?:someone|somebody|anchor|coach|teacher|baker|butcher|mayor|officer|official|farmer|celebrity|pastor|weather \w+|local)|
        (?:recogni[sz]e|know|remember|seen|saw) (?:him|her|them|you|this face|the face|this patient) (?:from|on|at|in) (?:the|channel|our|his|her|tv|\w+ (?:street|school))|(?:known|famous|beloved) (?:around|throughout|all over|in|to everyone in|across) (?:the )?(?:town|county|city|valley|here|village)|household name|
        (?:ya |todos |ustedes )?(?:saben|sabran|adivinen|adivinan|imaginan|imaginaran|conocen) (?:bien )?(?:quien|de quien|a quien)|ya se imaginan|sin (?:decir|dar|mencionar) nombres|no (?:digo|dire|diremos|doy|voy a decir) (?:nombres|quien)|tod[oa]s (?:aqui )?(?:lo|la|los) (?:conocen|conocemos)|tod[oa]s (?:sabemos|saben) quien|(?:muy )?conocid[oa] (?:en|por) (?:el|tod[oa] el|nuestro) pueblo|el pueblo entero (?:lo|la|sabe)
        )\b";
    /// A riddle only where a patient is meant: "guess who joined our team" is another matter.
    RIDDLE = r"\b(?:guess who|you know who|adivin\w+ quien|ya saben quien)\b(?: (?:you|just|is|came|finished|beat|lost|quit|rang|walked))?";
    /// One of a handful, or of a place so small that a detail is a name.
    FEW = r"\b(?:
        (?:one of|among|uno de|una de)(?: (?:only|just|about|around|roughly|perhaps|maybe|fewer than|less than|under|the|those|solo|apenas|las|los|unos|unas))* (?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|sixteen|a dozen|twenty|thirty|fifty|\d{1,3}|a few|a handful(?: of)?|few|dos|tres|cuatro|cinco|seis|siete|ocho|diez|pocos|pocas|contad[oa]s) (?:\w+ ){0,5}?(?:in|on|en|de|del|with|known|worldwide|nationwide)(?: (?:the |this |our |el |la |todo el |toda la )?(?:\w+ )?(?:world|country|state|county|town|us|usa|u\.s\.|nation|northwest|region|valley|island|mundo|pais|estado|condado|pueblo))?|
        (?:only|just|fewer than|less than|under) (?:\w+ ){1,4}?(?:people|persons|patients|cases|families|personas|casos) (?:\w+ ){0,3}?(?:in|on) (?:the )?(?:world|planet|country|united states|state|county|earth)|
        (?:town|village|community|hamlet|island|pueblo|aldea|comunidad|caserio|rancheria)(?: (?:of|with|de|con|that has|has))(?: (?:only|about|just|some|under|fewer|less|than|barely|roughly|around|maybe|unos|unas|apenas|menos|como|solo))* (?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|a few|dos|tres|cuatro|quinientos|trescientos|doscientos)(?: (?:hundred|thousand|mil|cientos))?(?: (?:people|residents|souls|inhabitants|families|personas|habitantes|familias|almas))?|population:? (?:of )?(?:about |under |only )?\d[\d,]*|in a (?:town|place|village|community|county) (?:this|that|so|our) (?:small|size|tiny)|en un pueblo tan (?:pequeno|chico)
        )\b";
    /// Born together.
    TWINS = r"\b(?:(?:triplet|quadruplet|quintuplet|sextuplet|septuplet|trilliz[oa]|cuatrilliz[oa]|quintilliz[oa])s?|(?:one of|half of|father of|mother of|mom of|dad of|parents? of) (?:the |our |a set of |identical )*(?:\w+ )?twins|(?:the|our|her|his|identical|conjoined) (?:\w+ )?twins? (?:from|at|in|who|that|sister|brother)|conjoined twins?|twin (?:sisters?|brothers?|boys|girls|sons|daughters)|(?:un[oa] de )?(?:los|las) (?:gemel|melliz)[oa]s|(?:su )?herman[oa] (?:gemel|melliz)[oa])\b";
    /// Somebody known by what they did.
    DEED = r"\b(?:the|that|el|la) (?:one|guy|man|lady|woman|kid|family|couple|gentleman|fellow|girl|boy|person|que|hombre|senora?|mujer|familia) (?:who|that|whose|que) (?:always |once |just |also |famously |siempre )?(?:won|saved|crashed|drove|drives|rescued|climbed|sued|robbed|shot|sings|plays|sells|owns|runs|painted|paints|built|walks|rides|feeds|plows|fixes|delivers|teaches|coached|coaches|ran for|ran into|fell through|fell off|survived|dresses|plays|wrote|hosted|dives|dived|landed|canta|vende|maneja|toca|gano|salvo|choco)\b";
    /// Diseases that a region has in ones and twos.
    @asked RARE = r"\b(?:als|ms|multiple sclerosis|lou gehrig'?s?|huntington'?s?|wilson'?s? disease|fabry|gaucher|pompe|ehlers[ \-]danlos|marfan\w*|cystic fibrosis|sickle cell|hemophilia|porphyria|myasthenia|guillain[ \-]barre|scleroderma|creutzfeldt\w*|amyloidosis|sarcoidosis|achondroplasia|dwarfism|progeria|narcolepsy|leprosy|rabies|tularemia|botulism|plague|hantavirus|albinism|acromegaly|gigantism|takayasu|behcet\w*|kawasaki|addison\w*|cushing\w*|phenylketonuria|pku|galactosemia|duchenne|muscular dystrophy|spinal muscular atrophy|rett syndrome|angelman|prader[ \-]willi|osteogenesis imperfecta|epidermolysis|cystinosis|alkaptonuria|moyamoya|locked[ \-]in|stiff[ \-]person|rare (?:disease|disorder|condition|cancer|genetic \w+)|esclerosis|hemofilia|fibrosis quistica|lepra|porfiria|distrofia|miastenia|enfermedad rara|albinismo|acromegalia)\b";
    /// A job that singles out.
    JOB = concat!(r"\b(?:", trade!(), r")\b");
    /// What the office holder does in public is no secret.
    @asked PUBLIC_ACT = r"\b(?:signed|opened|announced|proclaim\w*|spoke|speaks|will speak|join(?:s|ed)?|ribbon|visit(?:s|ed)? (?:our|the) (?:clinic|office|school)|thank(?:s| you) to|welcome\w*|invited|attend\w*|hosts?|cut the|elected|vote|council meeting|firmo|inauguro|hablara|anuncio|guest|declared|talk by|led by|hero of a|cookbook|donat\w+|sponsor\w*|volunteer\w*|hired|poster\w*)\b";
    /// Houses, tests and thoughts that may well be the only ones.
    @asked THING = r"\b(?:we|our|clinics?|practices?|offices?|hospitals?|pharmac\w+|labs?|laborator\w+|programs?|services?|provider|health|machines?|scanner|vaccines?|tests?|place|way|thing|reason|medicine|drug|treatment|finding|symptom|option|trial|sign|cases of|center|clinica|farmacia|vacuna|prueba|first (?:line|dose|visit|time|day|week|step|trimester|person of|aid|choice)|leading|most common)\b";
}

pub(super) fn look(page: &Page<'_>, hits: &mut Vec<Hit>) {
    let case = page.context() == Context::ColleagueCase;
    let of_patient = |at: usize| {
        case || page.context().is_reply()
            || page.context() == Context::Story
            || cues::speaks_of_patient(page, page.sentence_at(at))
    };
    let is_private =
        |found: &Found<'_>| of_patient(found.start()) && !PUBLIC_ACT.is_match(page.folded_sentence(found.start()).1);
    for found in page.find(&OFFICE) {
        let (start, sentence) = page.folded_sentence(found.start());
        let elder = found.as_str().ends_with("mayor") && SPANISH_ELDER.is_match(sentence);
        if !elder && is_private(&found) && (case || POINTED.is_match(&sentence[..found.start() - start])) {
            push(page, hits, found.range());
        }
    }
    for found in page.find(&ONLY).chain(page.find(&FIRST)) {
        if is_private(&found) && !THING.is_match(found.as_str()) {
            push(page, hits, found.range());
        }
    }
    let told = page
        .find(&ROLE_AT)
        .chain(page.find(&ROLE_NAMED))
        .chain(page.find(&KIN))
        .chain(page.find(&NEWS))
        .chain(page.find(&TWINS));
    for found in told.chain(page.find(&DEED)).chain(page.find(&FEW)) {
        if is_private(&found) {
            push(page, hits, found.range());
        }
    }
    page.find(&GUESS).for_each(|found| push(page, hits, found.range()));
    for found in page.find(&RIDDLE) {
        if of_patient(found.start()) && !found.as_str().ends_with("you") {
            push(page, hits, found.range());
        }
    }
    for found in page.find(&JOB) {
        let (_, sentence) = page.folded_sentence(found.start());
        if RARE.is_match(sentence) {
            push(page, hits, found.range());
        }
    }
}

fn push(page: &Page<'_>, hits: &mut Vec<Hit>, folded: Range<usize>) {
    let Some(severity) = SEVERITY.of(page.context()) else { return };
    hits.push(Hit {
        category: Category::Indirect,
        severity,
        origin: page.origin(folded),
        rule: "indirect",
        message: MESSAGE,
        suggestion: SUGGESTION,
    });
}

#[cfg(test)]
mod tests {
    use super::super::examples::{bad, good};
    use crate::context::Context::*;
    use crate::context::Severity::Warn;

    #[test]
    fn finds_people_without_names() {
        for (context, text, span) in [
            (ColleagueCase, "52-year-old, the county sheriff, with new atrial fibrillation.", "county sheriff"),
            (Post, "We treated our only piano tuner for gout.", "only piano tuner"),
            (Post, "A patient, no names, but everybody in town knows her.", "everybody in town knows her"),
            (ColleagueCase, "Sister of our receptionist, with lupus.", "Sister of our receptionist"),
            (ColleagueCase, "Un hombre con esclerosis, bombero.", "bombero"),
            (Post, "Atendimos a la hermana del alcalde.", "hermana del alcalde"),
            (ColleagueCase, "She was on the news last month.", "was on the news"),
            (
                ColleagueCase,
                "58F, wife of a county commissioner, presents with hematuria.",
                "wife of a county commissioner",
            ),
            (
                ColleagueCase,
                "He drives the only snowplow in the valley; now with sciatica.",
                "only snowplow in the valley",
            ),
            (ColleagueCase, "Patient is the band director and has had a stutter since birth.", "band director"),
            (Post, "One of our patients, who owns the feed store, beat pneumonia.", "owns the feed store"),
            (ColleagueCase, "Male, 40s, survivor of the Route 9 pileup, PTSD.", "survivor of the Route 9 pileup"),
            (ColleagueCase, "She is the aunt of one of our MAs.", "aunt of one of our MAs"),
            (Post, "We can't say who, but a certain weather presenter had a colonoscopy.", "can't say who"),
            (ColleagueCase, "The tallest man in town, with Marfan features.", "tallest man in town"),
            (ColleagueCase, "One of the quintuplets, now 15, with asthma.", "quintuplets"),
            (ColleagueCase, "Captain of the wrestling squad, recurrent ringworm.", "Captain of the"),
            (Post, "You will recognize him from Channel 6: our patient finished rehab.", "recognize him"),
            (ColleagueCase, "Dueña de la única panadería del pueblo, hipotiroidismo.", "única panadería del pueblo"),
            (ColleagueCase, "Maestro de música en la secundaria, con Parkinson.", "Maestro de música en la secundaria"),
            (ColleagueCase, "The first woman in the state to receive this implant.", "first woman in the state"),
            (Post, "Ya saben de quién hablamos: la paciente del mercado.", "saben de quién"),
            (Post, "Our patient drives school bus 12 and now breathes easily.", "drives school bus 12"),
            (ReviewReply, "Given your seat on the town council, we are surprised.", "your seat on the town council"),
            (ColleagueCase, "Her brother-in-law is a state legislator.", "brother-in-law is a state legislator"),
            (ColleagueCase, "Lost his leg in the grain elevator collapse that was all over TV.", "all over TV"),
            (ColleagueCase, "She lives in a village of 212 people and has lupus.", "village of 212"),
            (ColleagueCase, "One of eleven people in the country with this mutation.", "eleven people"),
            (ColleagueCase, "Dr. Alvarez's mother-in-law needs a second opinion.", "Dr. Alvarez's mother-in-law"),
        ] {
            bad("indirect", context, text, span, Warn);
        }
    }

    #[test]
    fn leaves_broad_groups_alone() {
        for (context, text) in [
            (Post, "Pregunte a un familiar mayor de 65 años por su vacuna."),
            (Post, "The mayor signed the Heart Month proclamation."),
            (Post, "Teachers and bus drivers: come for a free flu shot."),
            (ColleagueCase, "A man in his fifties with gout who works outdoors."),
            (Post, "The only thing you need is a pair of shoes."),
            (Post, "El alcalde inauguró el parque."),
            (ColleagueCase, "A teacher in her forties with migraine."),
            (ColleagueCase, "Farm worker with a pesticide exposure."),
            (ColleagueCase, "The only abnormal finding was a mild anemia."),
            (ColleagueCase, "First of three injections, given in the clinic."),
            (Post, "The fire chief will speak about smoke alarms at our open house."),
            (Post, "We are the only clinic in the county that is open on Saturdays."),
            (Post, "Flu is in the news. Ask us about the vaccine."),
            (Post, "Twins are often born early."),
            (Post, "You may know someone who has diabetes."),
            (Post, "Guess who is turning ten? Our clinic!"),
            (ColleagueCase, "Her mother had breast cancer at 52; a sister is well."),
            (ColleagueCase, "Married, two children, works in an office."),
            (Post, "Coaches and pastors: please hang our poster."),
            (ColleagueCase, "His sister, a nurse, helps with the injections."),
            (Post, "La única vacuna que necesita este mes es la de la gripe."),
            (ColleagueCase, "Owner of two cats, with a scratch on the hand."),
            (ReviewReply, "We are sorry to read this. Please call our office manager."),
            (ColleagueCase, "The first MRI in the series was normal; the principal complaint is pain."),
        ] {
            good("indirect", context, text);
        }
    }
}
