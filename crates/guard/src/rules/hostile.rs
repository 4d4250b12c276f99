//! # Anger, insult, threat
//!
//! **What it finds.** Insults ("liar", "idiot", "get a life"), calling a review false, threats with a
//! lawyer, "learn to read", "some people". Sarcasm in a reply ("how nice that you had time to …")
//! gives a warning.
//!
//! **Why it matters.** Every reader judges the practice by this answer. A threat to make somebody
//! remove a review breaks 16 CFR 465.7, and in the case of a $50,000 penalty (Igbinadolor, 2022) the
//! reply ended in insults.
//!
//! **Say instead.** Wait a day. Then: "We take feedback seriously. Please call our office."

use std::ops::Range;

use super::{BySeverity, Hit};
use crate::context::{Category, Severity};
use crate::reading::Page;
use crate::reading::pattern::{Found, patterns};

pub(super) const SEVERITY: BySeverity =
    BySeverity { post: Some(Severity::Block), reply: Some(Severity::Block), story: None, case: None };
const MESSAGE: &str = "This reads as anger or a threat.";
const SUGGESTION: &str =
    "Wait a day, then write: \"We take feedback seriously. Please call our office; we would like to listen.\"";

patterns! {
    /// Words that wound wherever they stand.
    INSULT = r"\b(?:liars?|idiots?|idiotic|morons?|moronic|imbeciles?|stupid(?:ity)?|dumb(?:est)?|dumbass\w*|fools?|foolish|losers?|cowards?|cowardly|crybab(?:y|ies)|crazy (?:person|people|lady|woman|man)|lunatics?|nutjobs?|nut ?cases?|weirdos?|creeps?|scumbags?|lowlifes?|pathetic|ridiculous (?:person|people|review|complaint)|clueless|ignorant (?:person|people|review|comment|fool)|ignoramus|scammers?|karens?|shut up|get over (?:it|yourself)|get a clue|shame on you|how dare you|deadbeats?|drama queens?|(?:you|total|complete|real) psycho|(?:so|very|how|incredibly|such an?|another) entitled|entitled (?:person|people|patients?|attitude|brats?|behavior|much)|(?:such an?|what an?|be a|being a|is a|total|complete|you|real|rude) (?:jerks?|bully|brat|clown|joke|piece of work|waste of (?:time|space|air))|drug[ \-]seek(?:er|ing)|(?:lazy|rude|selfish|nasty|awful|horrible|whiny|ungrateful|dishonest|spoiled|hateful) (?:patients?|person|reviewers?|customers?|woman|man|lady|individuals?|parents?|little)|mentiros[oa]s?|idiotas?|imbecil(?:es)?|estupid[oa]s?|estupidez|cobardes?|patetic[oa]s?|ridicul[oa]s? (?:person\w*|queja|resena|comentario)|(?:que|usted es|es (?:un|una)) (?:\w+ )?(?:ridicul[oa]|groser[oa]|maleducad[oa]|ignorante|tont[oa]|loc[oa])|ignorantes?|callese|tont[oa]s?|sinverguenzas?|que verguenza|malagradecid[oa]s?|metase en|groser[oa]s?|no sea (?:\w+ )?(?:ridicul[oa]|groser[oa]|maleducad[oa]))\b|\bget a life(?:[.!,;]|$| and)|(?:^|[.!?,:;] )(?:just )?grow up\b|\b(?:please|you should|need to|time to|and) grow up\b";
    /// Said to the one who complained: who they are, what they are worth.
    ABUSE = r"\b(?:
        you(?:'re| are| were| sound| seem| must be|'ve been| have been)(?: (?:just|clearly|obviously|being|simply|so|very|quite|extremely|always|an?|the|one|of|those|incredibly|really|nothing|but|such|only))* (?:rude|abusive|nasty|aggressive|disrespectful|dishonest|unhinged|delusional|bitter|hostile|impossible|ungrateful|miserable|unreasonable|ridiculous|hysterical|crazy|insane|childish|immature|petty|toxic|jealous|cheap|lazy|paranoid|troublemaker|bully|troll|liar|fraud|problem|joke|embarrassment|drunk|high|screaming|yelling|belligerent|vile|hateful)|
        troll(?:s|ing)?|whiners?|whining|(?:bizarre|unhinged|ridiculous|silly|childish|pointless|angry|nasty|hateful) (?:rant|tirade|tantrum|outburst|little|attack|post|comment|review)|(?:your|this|that|another) (?:\w+ )?(?:tantrum|rant|tirade|meltdown|hissy fit|temper|drivel|garbage|nonsense|whining|vendetta|delusion\w*)|throw(?:ing|n)? (?:a |another )?(?:tantrum|fit)|you should (?:both |all )?be (?:ashamed|embarrassed)|(?:nobody|no one) (?:here |else )?(?:believes|cares|likes|asked|forced|made|is forcing|wants|misses) (?:you|a word|what|for|about)|
        (?:too|so) much (?:free )?time on your hands|get (?:your )?(?:facts|story|act) (?:straight|together|right)|(?:we|our \w+) (?:don't|do not|didn't) (?:need|want|miss) (?:patients|people|customers|someone|folks|you)(?: like you)?|(?:patients|people|customers|folks|someone|reviewers|types) like you|you people|your (?:kind|sort|type)(?: of (?:people|person))?|(?:glad|happy|relieved|thrilled|better off|celebrated when)(?: \w+){0,3} (?:you (?:left|are gone|won't|went|never)|without you|to see you (?:go|leave))|(?:don't let|let) the door|your (?:attitude|mouth|ego|lies|nonsense|childish \w+|bad manners|lack of (?:manners|respect|intelligence|class))|mind your own|who do you think you are|what is wrong with you|what's wrong with you|(?:always|constantly|only|just|loves? to|never stops?|forever) (?:complain\w*|whin\w+|moan\w*|grip\w+|nag\w*|nitpick\w*|find\w* (?:something|fault))|siempre (?:se )?quej\w+|cry(?:ing)? (?:about it|harder|more|me a river)|seek (?:professional |psychiatric |mental )?help|
        (?:usted|ud\.?|tu) (?:es|fue|parece|eres|esta)(?: (?:un|una|muy|tan|simplemente|puro|pura|bien))* (?:groser[oa]|agresiv[oa]|maleducad[oa]|irrespetuos[oa]|loc[oa]|insoportable|problematic[oa]|ridicul[oa]|amargad[oa]|ingrat[oa]|abusiv[oa]|payas[oa])|nadie (?:le|lo|la|te) (?:cree|obliga|pidio|quiere|invito|extrana)|deberia (?:darle verguenza|avergonzarse)|deje de (?:mentir|quejarse|llorar|inventar)|pong[ao]se a (?:trabajar|leer)|vaya a llorar|su (?:mala educacion|groseria|actitud|berrinche)
        )\b";
    /// A review is called untrue.
    FALSE = r"\b(?:
        (?:you|you're|you are|he|she|they|he's|she's|this person|this reviewer|the reviewer|reviewer|this patient|someone|somebody) (?:(?:is|are|just|clearly|obviously|simply|\w+ly) )?(?:lying|lied|lies|a lie|making (?:this|it|things|stuff|that|everything) up|made (?:this|it|that|everything|the whole thing) up|full of (?:it|lies|nonsense)|invented)|(?:this|that|it|it's|that's|all|your \w+) (?:is |was |are )?(?:just |simply |clearly |obviously |nothing but )?(?:an? (?:\w+ )?lie|lies|made[ \-]up|fabricat\w+|fiction|pure fiction|invented)|
        (?:this|your|the|that|his|her) (?:(?:\w|-)+ )?(?:review|comment|story|post|account|version|claim|accusation)s? (?:is|are|was) (?:\w+ ){0,2}?(?:fake|false|untrue|a lie|lies|made[ \-]up|nonsense|garbage|trash|slander|libel|defam\w+|bogus|a joke|fiction|fabricat\w+|invented|a fantasy|rubbish|malicious|laughable)|(?:fake|bogus|phony|false|fraudulent|malicious|so-called) (?:\w+ )?(?:review|account|reviewer|profile|claims)|(?:pack|bunch|string|tissue) of lies|(?:total|pure|complete|nothing but|outright|blatant|vicious|spreading|telling|more|your) (?:\w+ )?lies?|(?:never|didn't|did not) (?:even )?happen(?:ed)?|(?:stop|quit) (?:lying|making things up|spreading|posting lies)|not (?:even )?a real (?:patient|person|review)|
        (?:usted|ud\.?) (?:\w+ )?(?:miente|mintio|esta mintiendo|invento|inventa)|(?:es|son|eso es|esto es|todo es) (?:(?:una|pura|puras|un|total|todo|vil) )*(?:mentiras?|fals[oa]s?|falsedad|invento|invencion|cuento)|puras? mentiras?|resena falsa|comentario falso|eso nunca (?:paso|ocurrio)
        )\b";
    THREAT = r"\b(?:(?:our|my|the practice's|see|hear(?:ing)? from|contact(?:ed|ing)?|call(?:ed|ing)?|talk(?:ed|ing)? to|spoke(?:n)? (?:to|with)|from|with|to|let) (?:\w+ )?(?:lawyers?|attorneys?|legal team|legal counsel|legal department|counsel)|(?:lawyers?|attorneys?|legal team) (?:will|is|are|has|have|would) (?:\w+ )?(?:be|in touch|contact\w*|review\w*|handl\w+|look\w*|enjoy|send\w*)|(?:we|i|we'll|i'll|we're|we are)(?: \w+){0,3} (?:sue|suing|lawsuit|press charges|take (?:you|this|it) to court|taking (?:you|this|it) to court|legal action|legally|legal options|see you in court|report (?:you|this to the police)|know who you are|know where you|find out who you|expose you|track you)|see you in court|(?:will|may|could|can) be (?:sued|prosecuted|held liable)|legal (?:action|consequences|steps|proceedings|options)|defamation|defamatory|defam(?:e|ed|ing)|slander(?:ous|ing)?|libel(?:ous)?|you(?:'ll| will)(?: \w+)? (?:regret|be sorry|pay for|be hearing)|cease and desist|watch (?:your back|yourself|your mouth|what you (?:say|post))|consider this (?:a|your) (?:\w+ )?warning|(?:nuestr[oa]s?|mi|el|los|con|un) abogad[oa]s?|abogad[oa]s? (?:le|se|lo|la) \w+|demandar(?:emos|e|lo|la|los)?|demanda (?:legal|judicial|por)|(?:lo|la|te|los) (?:vamos a demandar|demandaremos)|acciones legales|medidas legales|se va a arrepentir|se arrepentira|difamaci?on|difamar|calumnia\w*|nos vemos en (?:la corte|los tribunales)|sabemos quien es)\b";
    /// By itself, so that "take" alone starts no search for lawyers.
    ULTIMATUM = r"\b(?:delete|remove|take|retract)(?: \w+){0,4} or (?:else|we|i|you|our|face|expect)\b";
    /// Scorn that no reader of a post would take as advice.
    SCORN = r"(?:^|[.!?,:;] |\b(?:maybe|perhaps|please|you should|you could|you need to|you might|try to|go|some people (?:should|need to)|if you could|if you would) )learn (?:how )?to (?:read|listen|tell time|use a (?:clock|phone|calendar)|behave|spell|count|drive|park|be (?:polite|nice|patient))\b|\blearn some (?:manners|respect|patience)\b|\b(?:good riddance|don't (?:bother (?:coming|calling|us|to|showing|asking)|come back)|not welcome (?:here|back|in our)|aprend[ae] a (?:leer|escuchar|esperar|respetar|manejar)|gente como usted|no vuelva (?:nunca|mas|por aqui|a pisar|aqui)|que le vaya bien lejos)\b";
    /// In an answer "some people" are the one who complained.
    SCORN_REPLY = r"\b(?:some (?:people|folks|patients|individuals|reviewers)|certain (?:people|patients|individuals)|(?:next time,?|maybe|perhaps) (?:try|you should|you could|if you|you'd)(?: \w+){0,3} (?:read|reading|show(?:ing|ed)?(?: up)?|listen\w*|on time|arriv\w+|pay\w*|call\w*|polite|nicer|manners|respect)|(?:go|feel free to go|try going|find|good luck (?:finding|with)|take your (?:business|complaints|drama)|feel free to (?:find|take)) (?:\w+ ){0,3}?(?:somewhere else|elsewhere|another (?:doctor|clinic|practice|dentist|provider|office)|(?:doctor|clinic|one) who)|what (?:did|do) you expect|(?:is|was|it's|all) (?:\w+ )?(?:your|entirely your|nobody's fault but your)(?: own)? fault|you should be ashamed|don't bother|no wonder|you (?:only |clearly |obviously |just )?(?:have|had) (?:yourself|only yourself) to blame|blame yourself|not our (?:problem|fault)|deal with it|take it or leave it|believe what(?:ever)? you (?:want|like)|hay gente que|cierta gente|algunas personas|busque otr[oa] (?:medico|doctora?|clinica|lugar)|vayase a otr[oa]|no vuelva|la culpa es (?:suya|de usted)|no es (?:culpa nuestra|nuestra culpa|nuestro problema)|con razon|si no le gusta)\b";
    SARCASM = r"\b(?:
        (?:how|so|what a) (?:\w+ )?(?:nice|lovely|kind|wonderful|convenient|brave|interesting|funny|sweet|thoughtful|generous|clever|original|charming|classy|mature|dreadful|tragic|adorable|delightful|touching|noble|shocking|surprising)(?: (?:that |of you |for you |to (?:hear|see|read|know) (?:that )?)(?:you |to )?| surprise| coincidence| thing to)|what a (?:surprise|shock|shame that you|tragedy|coincidence|treat)|
        (?:sorry|so sorry|we apologi[sz]e|apologies|pardon us|forgive us|excuse us|our bad)(?: (?:that|if|for|because))? (?:\w+ )?(?:we|our|the|not|daring|being|having|this|for)(?: \w+){0,4} (?:aren't|isn't|wasn't|weren't|can't|don't|didn't|cannot|not|daring|only human|ruin\w*|inconvenienc\w* your (?:royal|precious|busy)|interrupt\w*|read\w* your mind|magic\w*|crystal ball|trying to help|doing our jobs?)(?: \w+){0,3}? ?(?:magic\w*|mind[ \-]?read\w*|minds?|fast food|a hotel|a spa|a restaurant|perfect enough|good enough for you|drive[ \-]thr\w+|wizards?|crystal ball|red carpet|five-star|psychics?|roll\w* out|lives? at your|your (?:schedule|mind|majesty|highness|servants?))|
        (?:thanks?|thank you|thx|gee,? thanks|many thanks)(?: \w+)? (?:so much |a lot |a million )?for (?:the|your|this|that|sharing your|enlightening|educating|teaching|explaining|gracing|blessing) (?:\w+ )?(?:novel|essay|rant|masterpiece|drama|lecture|fairy tale|fiction|entertainment|expertise|wisdom|medical degree|medical advice|expert opinion|brilliant \w+|life story|autobiography|tantrum|laughs?|bedtime story|poetry|us|sermon|history lesson|professional opinion)|
        congratulations on (?:your|being|finding|wasting|the|having)|must be (?:nice|hard being|exhausting|so hard|lovely|tough being)|poor you|poor thing|boo hoo|bless your (?:little )?heart|oh,? (?:please|really)[.!,?]|oh,? (?:the horror|my goodness,? how|dear,? how|boy)|yeah,? right|if you say so|(?:(?:wow|gee|gosh|golly|lol|haha|ha ha),? (?:imagine|just|okay|ok|really|someone|somebody|talk about|aren't|so (?:you|we)|what a (?:rant|story|novel|drama)|thanks for (?:nothing|the lecture))|slow clap|nice try|thanks for nothing|newsflash|news flash|spoiler alert|shocker|imagine (?:being|having)|as if|whatever[.!,]|sure you (?:did|were)|of course you (?:did|were|know)|surprise,? surprise|cry me|tiny violin|world's smallest|alert the (?:media|press)|call the (?:waaambulance|press)|right on that|we'll frame|print (?:this|it) (?:out )?and|made (?:our|my) (?:day|week) laugh)\b(?: us)?|apparently,? (?:you|reading|some|we|patience|time)|clearly,? (?:you|an expert|reading|your)|obviously,? (?:you|an expert|your)|(?:since|as) you(?:'re| are) (?:clearly |obviously |such |apparently )*(?:an? |the )?expert|(?:your|a) (?:google|internet|youtube|facebook) (?:degree|md|diploma)|dr\.? google|where did you (?:get|earn) your (?:medical )?degree|your majesty|your highness|(?:we|i) (?:must have|had) missed (?:the|your) (?:memo|medical)|next time (?:we'll|we will) (?:be sure|make sure|roll|bring|read)(?: \w+){0,5} (?:mind|red carpet|champagne|crystal ball|magic)|
        que casualidad|pobrecit[oa]|gracias por (?:la novela|el drama|el cuento|iluminarnos|la leccion|su (?:sabiduria|gran experiencia|opinion experta|cuento|novela)|ensenarnos)|felicidades por (?:su (?:imaginacion|berrinche)|perder|ser|encontrar)|que (?:lastima|pena) que no (?:sepa|pueda leer|tenga)|que (?:valiente|original|conveniente|gracioso|bonito)(?:,| que| de su)|(?:perdon|disculpe|disculpenos|lo sentimos|sentimos) (?:por |que |si )?no (?:ser|leer|leemos|adivin\w+|somos|tener|tenemos) (?:\w+ ){0,3}?(?:magos?|adivin\w+|mente|perfect[oa]s?|hotel|bola de cristal|restaurante)|claro,? como usted|ay,? (?:pobre|por favor|que pena)|si usted lo dice|se nota que usted|no me diga
        )";
    /// Thanks that are meant.
    @asked GENUINE = r"\b(?:of you to (?:say|write|leave|mention|take the time|share|recommend|think|let us|help)|(?:to hear|to read|to see|to know)(?: that)?$|how (?:nice|lovely|kind|wonderful|sweet) to|poor baby|(?:interesting|funny) thing)";
    /// Quoted, disavowed, or about a rule.
    @asked CALM = r"\b(?:bully\w*|never call|don't call|do not call|stigma|feel(?:ing|s)? (?:\w+ )?(?:stupid|dumb|foolish|pathetic)|no (?:stupid|dumb|foolish) (?:questions?)|(?:stupid|dumb|foolish) (?:questions?|luck)|for (?:fools|dummies|cowards)|april fools?|sorry|no such thing|health(?:care)? (?:proxy|power of attorney)|power of attorney|living will|advance (?:directive|care)|estate|custody|legal aid|attorney general|disability|immigration|elder law|bullies|spammers|beware|watch out for|scams?|report (?:a )?fake|spot (?:a )?fake|not a lie|truth|myths?|fool (?:you|proof)|nobody's fool|fool's)\b";
    /// Where a body lies.
    @asked LIES_DOWN = r"^(?:lying|lies|lied)? ?(?:down|on|in|flat|still|awake|below|above|beneath|behind|between|beside|along|near|under|next|quietly|comfortably|face|back|there|at|within|just|around|across|prone|supine|sitting|or (?:sitting|standing)|for|with)\b";
}

pub(super) fn look(page: &Page<'_>, hits: &mut Vec<Hit>) {
    let Some(most) = SEVERITY.of(page.context()) else { return };
    let reply = page.context().is_reply();
    let is_calm = |found: &Found<'_>| CALM.is_match(page.folded_sentence(found.start()).1);
    for found in page.find(&INSULT).chain(page.find(&FALSE)) {
        let lies_down = found.as_str().ends_with("lying") || found.as_str().ends_with("lies");
        let rests = lies_down && LIES_DOWN.is_match(page.folded()[found.end()..].trim_start());
        let consists = found.as_str().ends_with("up") && page.folded()[found.end()..].starts_with(" of ");
        if (reply || !is_calm(&found)) && !rests && !consists {
            push(page, hits, most, found.range());
        }
    }
    for found in page.find(&THREAT).chain(page.find(&ULTIMATUM)) {
        if !is_calm(&found) {
            push(page, hits, most, found.range());
        }
    }
    page.find(&SCORN).for_each(|found| push(page, hits, most, found.range()));
    if reply {
        page.find(&ABUSE).chain(page.find(&SCORN_REPLY)).for_each(|found| push(page, hits, most, found.range()));
        for found in page.find(&SARCASM) {
            let end = page.around(found.start()).end.max(found.end());
            if !GENUINE.is_match(&page.folded()[found.start()..end]) {
                push(page, hits, Severity::Warn, found.range());
            }
        }
    }
}

fn push(page: &Page<'_>, hits: &mut Vec<Hit>, severity: Severity, folded: Range<usize>) {
    hits.push(Hit {
        category: Category::Hostile,
        severity,
        origin: page.origin(folded),
        rule: "hostile",
        message: MESSAGE,
        suggestion: SUGGESTION,
    });
}

#[cfg(test)]
mod tests {
    use super::super::examples::{bad, good};
    use crate::context::Context::*;
    use crate::context::Severity::{Block, Warn};

    #[test]
    fn finds_anger() {
        for (context, text, span, severity) in [
            (ReviewReply, "You are a liar and everybody can see it.", "liar", Block),
            (ReviewReply, "This review is fake.", "This review is fake", Block),
            (ReviewReply, "You will hear from our attorney.", "our attorney", Block),
            (CommentReply, "Maybe learn to read the sign.", "learn to read", Block),
            (ReviewReply, "Thanks for the novel.", "Thanks for the novel", Warn),
            (ReviewReply, "Usted miente. Hablaremos con nuestro abogado.", "Usted miente", Block),
            (Post, "To the idiot who parked in our lot.", "idiot", Block),
            (ReviewReply, "You should be embarrassed by this.", "should be embarrassed", Block),
            (ReviewReply, "What a bizarre rant about parking.", "bizarre rant", Block),
            (ReviewReply, "Nobody believes a word of it.", "Nobody believes", Block),
            (CommentReply, "Some folks live to complain.", "Some folks", Block),
            (ReviewReply, "Clearly someone has too much time on your hands.", "too much time", Block),
            (ReviewReply, "You were rude to everybody at the desk.", "You were rude", Block),
            (ReviewReply, "Take it down or we talk to counsel.", "Take it down or we", Block),
            (CommentReply, "Your story is pure fiction.", "story is pure fiction", Block),
            (ReviewReply, "Our office does not need people like you.", "people like you", Block),
            (ReviewReply, "Gee, thanks for your expert opinion.", "thanks for your expert opinion", Warn),
            (ReviewReply, "Wow. Imagine being this angry about a form.", "Imagine being", Warn),
            (ReviewReply, "Apologies for not reading minds.", "not reading minds", Warn),
            (ReviewReply, "How thoughtful of you to post this at 2 a.m.", "How thoughtful of you", Warn),
            (CommentReply, "Get your facts straight.", "Get your facts straight", Block),
            (CommentReply, "Learn some manners.", "Learn some manners", Block),
            (ReviewReply, "Usted es un grosero.", "grosero", Block),
            (ReviewReply, "Nadie le cree.", "Nadie le cree", Block),
            (ReviewReply, "Disculpe que no somos adivinos.", "no somos adivinos", Warn),
            (Post, "To the coward who left one star: we know who you are.", "coward", Block),
        ] {
            bad("hostile", context, text, span, severity);
        }
    }

    #[test]
    fn leaves_calm_words_alone() {
        for (context, text) in [
            (Post, "There are no stupid questions."),
            (Post, "Some people feel dizzy when they stand up fast."),
            (ReviewReply, "We are sorry to read this and take all feedback seriously."),
            (Post, "Ask us about a health care power of attorney."),
            (ReviewReply, "Gracias por su comentario. Llame a nuestra oficina."),
            (Post, "The spleen lies under the ribs on your left side."),
            (Post, "Rest when you are lying on your side, and breathe out."),
            (Post, "Bone is made up of living tissue; it is made up of cells."),
            (Post, "Do not jerk the splinter; pull it slowly."),
            (Post, "Tell us if your arms jerk at night."),
            (Post, "Hear from people like you who quit smoking."),
            (Post, "Children learn to read faster when they sleep well."),
            (Post, "You are entitled to a copy of your records."),
            (Post, "Get a life jacket that fits before you go on the lake."),
            (Post, "Kids grow up fast; keep their vaccines up to date."),
            (Post, "Don't bother with soda; water is all you need."),
            (ReviewReply, "How kind of you to write this. Thank you."),
            (ReviewReply, "Thank you for sharing this with us. Please call our manager."),
            (CommentReply, "Wow, thank you for the recipe!"),
            (ReviewReply, "We are so sorry that the phones were not answered. We have added a line."),
            (ReviewReply, "Sentimos mucho la espera. Llámenos, por favor."),
            (CommentReply, "Poor sleep is common; ask your clinician."),
        ] {
            good("hostile", context, text);
        }
    }
}
