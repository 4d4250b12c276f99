//! # A figure or a study without its source
//!
//! **What it finds.** Percentages, "one in five", "millions of people", "doubles the risk", "by
//! 20 points", "more effective than", "studies show", "experts agree", where the text holds neither
//! a link nor a line "Source:" (es: "Fuente:"), and no source is attached to it. A causal claim
//! without a figure gives a note only.
//!
//! **Why it matters.** The FTC asks for competent and reliable evidence behind health claims (FTC,
//! Health Products Compliance Guidance, 2022). Readers believe what they can look up, and a figure
//! without a date grows old unseen.
//!
//! **Say instead.** The same sentence with a source from the library, or without the figure.

use super::{BySeverity, Hit};
use crate::context::{Category, Context, Severity};
use crate::reading::Page;
use crate::reading::pattern::{Found, patterns};

pub(super) const SEVERITY: BySeverity =
    BySeverity { post: Some(Severity::Warn), reply: Some(Severity::Note), story: None, case: None };
const MESSAGE: &str = "Readers cannot look up where this comes from.";
const SUGGESTION: &str = "Add a source from the library, or leave the figure out.";

/// Small numbers as words.
macro_rules! few {
    () => {
        "(?:one|two|three|four|five|six|seven|eight|nine|ten|a|\\d{1,3}|un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez)"
    };
}
macro_rules! more {
    () => {
        "(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|fifty|(?:a |one )?hundred|(?:a |one )?thousand|(?:a |one )?million|\\d[\\d,]*|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|veinte|cien|mil|un millon)"
    };
}
/// Who or what is counted in medicine.
macro_rules! counted {
    () => {
        "(?:adults|people|persons|americans|women|men|seniors|children|kids|teens|teenagers|babies|infants|students|parents|families|patients|smokers|diabetics|workers|households|older adults|heart attacks?|strokes?|deaths?|cases|cancers?|falls|visits|hospitali[sz]ations|lives|pregnancies|infections|of us|adultos|personas|mujeres|hombres|ninos|ninas|pacientes|estadounidenses|mayores|hispanos|latinos|muertes|casos|infartos|familias|vidas)"
    };
}

patterns! {
    @asked SOURCE = r"https?://|\bwww\.|\b(?:source|sources|fuente|fuentes|ref|reference|referencia)s? ?: ?\w|\b[\w\-]+\.(?:gov|org|edu)\b";
    /// Shares and counts.
    NUMBER = concat!(
        r"\b\d+(?:[.,]\d+)? ?(?:%|percent\b|per cent\b|percentage points?\b|por ciento\b)|\b(?:ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|veinte|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)(?:[ \-]\w+)? (?:percent|por ciento)\b|",
        r"\b", few!(), r"(?: out of every| out of| in every| of every| de cada| en cada| in|-in-| for every) ", more!(), r"\b(?: ", counted!(), r")?|",
        r"\b(?:(?:nearly|almost|about|over|more than|up to) )?(?:half|a third|one third|two[ \-]thirds|a quarter|three[ \-]quarters|a fifth|(?:one|two|three|four)[ \-](?:third|fourth|fifth|tenth|quarter)s?|(?:the )?(?:vast |great )?majority|most|nine tenths|la mitad|un tercio|dos tercios|una cuarta parte|tres cuartas partes|la (?:gran )?mayoria) (?:of|de) (?:all |the |our |los |las |l[oa]s )?(?:\w+ )?", counted!(), r"\b|",
        r"\b(?:\d[\d.,]*|(?:tens|hundreds|many|several|dozens|cientos|miles|decenas)(?: of| de)?|(?:one|two|three|four|five|six|ten|un|dos|tres)) (?:thousands?|millions?|billions?|hundred(?: thousand)?|millones|millon|mil)(?: of| de)? (?:\w+ ){0,3}?", counted!(), r"\b|\b(?:millions|thousands|hundreds|millones|miles|cientos) (?:of|de) (?:\w+ ){0,3}?", counted!(), r"\b|",
        r"\b\d[\d.,]* (?:\w+ ){0,2}?", counted!(), r" (?:\w+ )?(?:die|died|have|suffer|live with|get|are|were|each year|every year|a year|per year|al ano|cada ano|mueren|tienen|padecen|viven con)\b|\b(?:claims?|kills?|saves?|affects?|strikes?|cobra|mata|salva|afecta) (?:\w+ ){0,2}?\d[\d.,]* (?:\w+ ){0,2}?", counted!(), r"\b|",
        r"\bevery \w+ (?:seconds|minutes),? (?:\w+ ){0,3}?(?:someone|somebody|an american|a person|a child|a woman|a man|dies|has|gets)\b|\bcada \w+ (?:segundos|minutos) (?:\w+ ){0,2}?(?:alguien|una persona|muere)\b"
    );
    /// By how much something changes.
    RISK = concat!(
        r"\b(?:doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|quadrupl\w+|halv(?:e|es|ed|ing)|cut(?:s|ting)?|slash(?:es|ing)?|lower(?:s|ed|ing)?|reduc(?:e|es|ed|ing)|rais(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|drop(?:s|ped)?|boost(?:s|ed|ing)?|shr[iau]nks?|duplican?|triplican?|reducen?|aumentan?|bajan?|disminuyen?|eleva) (?:your |the |their |our |a |el |su |la |tu |nuestro |el |de )*(?:\w+ ){0,2}?(?:risks?|chances?|odds|likelihood|riesgos?|probabilidad\w*|rates? of)\b|",
        r"\b(?:cut(?:s|ting)?|lower(?:s|ed|ing)?|reduc(?:e|es|ed|ing)|rais(?:e|es|ed|ing)|increas(?:e|es|ed|ing)|drop(?:s|ped)?|boost(?:s|ed)?|slash(?:es)?|improv(?:e|es|ed|ing)|falls?|fell|brings?|go(?:es)? down|baja|reduce|aumenta|disminuye|mejora) (?:\w+ ){0,5}?(?:by|in|up to|hasta|en|a|un)(?: (?:about|around|nearly|almost|as much as|up to|more than|over|casi|unos|hasta|un))* (?:half|a third|a quarter|two[ \-]thirds|\d+(?:[.,]\d+)?(?: to \d+)? ?(?:%|percent|points?|mm|mg|por ciento|puntos)|(?:\w+ )?points?|la mitad|tercio|(?:\w+ )?puntos)|",
        r"\b(?:doubles|triples|quadruples|halves|duplica|triplica)\b|",
        r"\b(?:two|three|four|five|six|ten|twenty|\d+(?:\.\d+)?)[ \-]times (?:more|as|less|higher|greater|the|likelier|faster|better)(?: \w+)?|\btwice (?:as|the) (?:\w+)|\btwo[ \-]?fold|\b(?:three|ten|\d+)[ \-]?fold\b|\b(?:dos|tres|cuatro|cinco|diez|\d+) veces (?:mas|mayor|menos)\b|\bel doble de\b|",
        r"\b(?:as|much|far|even|just as|mas|tan) (?:effective|powerful|safe|dangerous|harmful|deadly|good|bad|likely|efica(?:z|ces)|efectiv[oa]s?|segur[oa]s?|peligros[oa]s?|danin[oa]) (?:as|que|como) (?:\w+)|\b(?:more|less|no more|mas|menos) (?:effective|powerful|addictive|dangerous|harmful|deadly|accurate|reliable|likely|efica(?:z|ces)|efectiv[oa]s?|segur[oa]s?|peligros[oa]s?|probable)(?: (?:to|of) \w+(?: \w+){0,4}?)? (?:than|que)\b|\b(?:better|safer|deadlier|works better|worse|healthier|mejor|peor) (?:\w+ ){0,2}?(?:than|que) (?:any |most |a |the |las? |los? |el |una? )?(?:\w+ )?(?:pills?|drugs?|medicines?|medications?|surgery|smoking|statins?|antidepressants?|opioids?|ibuprofen|aspirin|therapy|vaccines?|treatment|cigarettes?|sugar|pastillas?|medicinas?|medicamentos?|cirugia|fumar)\b|",
        r"\b(?:number one|no\. 1|#1|top|leading|most common|biggest|second leading|primera|principal) (?:preventable )?(?:cause|killer|reason|causa) (?:of|de|for|behind)(?: \w+){1,2}|\b(?:adds?|gain|live|anade|agrega) (?:\w+ ){0,4}?(?:\d+|two|three|five|seven|ten|several|dos|tres|cinco|diez) (?:more |extra |mas )?(?:years|anos)(?: (?:to|of|longer|a|de|mas)\b)"
    );
    STUDIES = r"\b(?:
        (?:(?:new|recent|many|several|some|large|the|a|one|latest|numerous|countless|dozens of|plenty of|hundreds of|growing) )*(?:stud(?:y|ies)|research|science|data|evidence|trials?|meta-analys[ei]s|reviews of studies|surveys?|polls?|statistics|numbers|figures|literature|experiments) (?:(?:\w|-)+ ){0,4}?(?:shows?|showed|shown|suggests?|suggested|finds?|found|proves?|proved|proven|says?|said|confirms?|confirmed|tells? us|told us|links?|linked|indicates?|demonstrates?|demonstrated|reveals?|revealed|concludes?|concluded|reports?|supports?|backs?|points? to|is clear|are clear|don't lie|doesn't lie)|
        (?:most |many |all |leading |top |health |medical |nutrition |sleep |heart )*(?:experts|scientists|doctors|physicians|researchers|specialists|cardiologists|dermatologists|pediatricians|dentists|dietitians|nutritionists|neurologists|psychologists|epidemiologists|professionals|harvard|stanford|mayo clinic|the cdc|cdc|the fda|the who|the aap) (?:\w+ ){0,2}?(?:agree|agrees|say|says|recommend|recommends|believe|believes|found|(?:have|has) (?:\w+ )?(?:found|proven|proved|confirmed|demonstrated|established|linked|learned|discovered|shown|concluded|warned|known)|proved|warn|warns|know|suggest|suggests|advise|advises|urge|urges|swear by|discovered|have discovered|have shown|has shown|confirm|estimate|estimates|tell us)|
        (?:it is|it's|has been|been|is|are|was|were)(?: (?:now|well|long|also|even))* (?:scientifically |clinically |medically )?(?:proven|established|documented)|(?:clinically|scientifically|medically) (?:proven|shown|tested|backed|validated)|(?:research|science|evidence|data|study)[ \-]backed|backed (?:up )?by (?:science|research|data|evidence|studies|decades|years)|according to (?:\w+ )?(?:studies|research|researchers|experts|science|a study|a \w+ study|scientists|doctors|specialists|statistics|the data|estimates|the cdc|surveys)|(?:recommended|approved|endorsed) by (?:\w+ )?(?:doctors|experts|scientists|dermatologists|physicians|specialists|pediatricians)|(?:doctor|dermatologist|expert|physician)[ \-](?:recommended|approved)|(?:in|from) (?:a|one|the latest|recent|large|another) (?:\w+ )?(?:study|trial|survey|clinical trial) (?:of|with|published|from|by)|
        (?:los |las |la |varios |muchos |nuevos |numerosos |diversos )*(?:estudios|expert[oa]s|cientific[oa]s|investigaciones|investigacion|investigadores|especialistas|medic[oa]s|doctores|ciencia|evidencia|estadisticas|pediatras|cardiologos|datos) (?:\w+ ){0,4}?(?:demuestran?|muestran?|dicen?|indican?|confirman?|afirman?|coinciden?|recomiendan?|sugieren?|aseguran?|estan de acuerdo|han (?:demostrado|encontrado|probado|comprobado)|ha (?:demostrado|comprobado|probado)|revelan?|encontraron|advierten|concluyen|prueban?|senalan?)|un (?:nuevo |reciente |gran )?(?:estudio|investigacion) (?:\w+ ){0,3}?(?:demuestra|demostro|muestra|mostro|dice|revela|revelo|encontro|concluye|hallo|confirma|sugiere)|(?:esta|ha sido|fue) (?:cientificamente |clinicamente |mas que )?(?:comprobado|demostrado|probado)|(?:cientificamente|clinicamente) (?:comprobad[oa]|demostrad[oa]|probad[oa])|segun (?:\w+ )?(?:estudios?|expert[oa]s|la ciencia|cientificos|investigadores|especialistas|medicos|los datos|las estadisticas)|recomendad[oa] por (?:\w+ )?(?:medicos|expertos|especialistas|pediatras)
        )\b";
    CAUSE = r"\b(?:causes?|leads? to|is linked to|are linked to|contributes? to|triggers?|brings on|results? in|worsens?|helps? (?:to )?(?:prevent|fight|reverse|control|lower)|prevents?|protects? (?:\w+ )?(?:against|from)|keeps? (?:\w+ )?(?:from getting)|strengthens?|wards off|fights?|feeds|damages?|hurts|destroys|causan?|provocan?|produce|lleva a|ayudan? a (?:prevenir|combatir|controlar|bajar)|previenen?|protegen? (?:\w+ )?(?:contra|de)|danan?|empeoran?|combaten?) (?:\w+ ){0,2}?(?:cancer|disease|diabetes|strokes?|heart attacks?|dementia|alzheimer's|blood pressure|blood sugar|hypertension|obesity|death|asthma|depression|anxiety|inflammation|the immune system|immunity|weight gain|infections?|colds|the flu|liver|kidneys?|enfermedad\w*|infartos?|presion|demencia|obesidad|derrames?|gripe|inflamacion|rinones|higado|ansiedad|depresion)\b";
    /// Prices, shop talk and household measures are no evidence.
    @asked EVERYDAY = r"(?:% off|% milk|100 ?%)|\b(?:percent off|discount|descuento|de descuento|battery|juice|cotton|percent milk|lowfat|low-fat|whole grain|whole wheat|agree with|full|capacity|humidity|effort|committed|chance of rain|daily value|valor diario|dv|etiquetas?|por porcion|cacao|cocoa|alcohol|ethanol|label|per serving|of our (?:team|staff)|we answer|our (?:phone|goal)|half of (?:your|the) plate|(?:one|two|three|four) in (?:the|one|each)|sunscreen|isopropyl|hand sanitizer|dilut\w+|solution)\b";
}

pub(super) fn look(page: &Page<'_>, hits: &mut Vec<Hit>) {
    let Some(severity) = SEVERITY.of(page.context()) else { return };
    if SOURCE.is_match(page.folded()) {
        return;
    }
    for found in page.find(&NUMBER).chain(page.find(&RISK)) {
        // "100 %" is a way to say "wholly"; as a promise it is the rule `claim` that speaks of it.
        if !found.as_str().starts_with("100") && !EVERYDAY.is_match(page.folded_sentence(found.start()).1) {
            push(page, hits, severity, found);
        }
    }
    page.find(&STUDIES).for_each(|found| push(page, hits, severity, found));
    if page.context() == Context::Post {
        page.find(&CAUSE).for_each(|found| push(page, hits, Severity::Note, found));
    }
}

fn push(page: &Page<'_>, hits: &mut Vec<Hit>, severity: Severity, found: Found<'_>) {
    hits.push(Hit {
        category: Category::NoSource,
        severity,
        origin: page.origin(found.range()),
        rule: "no_source",
        message: MESSAGE,
        suggestion: SUGGESTION,
    });
}

#[cfg(test)]
mod tests {
    use super::super::examples::{bad, good};
    use crate::context::Context::*;
    use crate::context::Severity::{Note, Warn};

    #[test]
    fn finds_figures_without_a_source() {
        for (context, text, span, severity) in [
            (Post, "Walking cuts your risk of falls.", "cuts your risk", Warn),
            (Post, "Nearly 48% of adults have high blood pressure.", "48%", Warn),
            (Post, "One in three adults sleeps too little.", "One in three adults", Warn),
            (Post, "Research shows that beans are good for you.", "Research shows", Warn),
            (Post, "Los estudios demuestran que caminar ayuda.", "estudios demuestran", Warn),
            (Post, "Uno de cada cinco adultos fuma.", "Uno de cada cinco", Warn),
            (Post, "Smoking causes heart disease.", "causes heart disease", Note),
            (CommentReply, "Experts agree on that.", "Experts agree", Note),
            (Post, "Did you know? Two thirds of older adults take five pills.", "Two thirds of older adults", Warn),
            (Post, "A daily walk can bring your numbers down: it drops pressure by 8 points.", "by 8 points", Warn),
            (Post, "Seven out of ten kids drink soda every day.", "Seven out of ten kids", Warn),
            (Post, "Yoga is more effective than painkillers for a sore back.", "more effective than", Warn),
            (Post, "Millions of people live with reflux.", "Millions of people", Warn),
            (Post, "A large trial last spring found that naps help.", "trial last spring found", Warn),
            (Post, "Pediatricians recommend an hour of play.", "Pediatricians recommend", Warn),
            (Post, "It is well established that salt raises pressure.", "is well established", Warn),
            (Post, "Smokers are three times more likely to lose teeth.", "three times more", Warn),
            (Post, "Quitting halves the damage within a year.", "halves", Warn),
            (Post, "Heart disease is the number one killer of women.", "number one killer of women", Warn),
            (Post, "Every 40 seconds someone has a stroke.", "Every 40 seconds someone", Warn),
            (Post, "Backed by science: chew slowly.", "Backed by science", Warn),
            (Post, "Dormir poco duplica el peligro.", "duplica", Warn),
            (Post, "La ciencia ha demostrado que reír ayuda.", "ciencia ha demostrado", Warn),
            (Post, "Millones de personas viven con asma.", "Millones de personas", Warn),
            (Post, "Según los especialistas, hay que beber agua.", "Según los especialistas", Warn),
            (Post, "Fiber protects you against colon cancer.", "protects you against", Note),
        ] {
            bad("no_source", context, text, span, severity);
        }
    }

    #[test]
    fn leaves_sourced_and_everyday_figures_alone() {
        for (context, text) in [
            (Post, "Nearly 48% of adults have high blood pressure. Source: CDC, 2024."),
            (Post, "One in three adults sleeps too little: https://www.cdc.gov/sleep"),
            (Post, "La mitad de los adultos. Fuente: CDC."),
            (Post, "Use 1% milk and 100% whole wheat bread."),
            (Post, "Walk for ten minutes after lunch."),
            (Story, "I eat 50% less salt now."),
            (Post, "Ten people signed up for the walk. Two spots are left."),
            (Post, "Join 40 neighbors on Saturday at ten."),
            (Post, "Come in two or three times a week; the door is open."),
            (Post, "Ask your doctor what they recommend for you."),
            (Post, "Our study group meets in room 4."),
            (Post, "Add half a cup of beans to one of three bowls."),
            (Post, "Choose water more often than soda."),
            (Post, "Fill half of your plate with vegetables."),
            (Post, "Frozen peas are just as good on a busy night."),
            (Post, "Our office is open four days a week, twice as long on Mondays with a discount at the café."),
            (Post, "Haga tres preguntas en cada visita."),
            (Post, "We double-check every list of medicines."),
            (ColleagueCase, "Studies show a benefit of 12%."),
            (Post, "Most days, a short walk is enough."),
        ] {
            good("no_source", context, text);
        }
    }
}
