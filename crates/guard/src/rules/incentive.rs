//! # A reward for a review
//!
//! **What it finds.** Blocks: a reward for a *positive* review, reviews by the staff or their
//! families, money to delete one. Warns: any reward for a review, and asking whether people are
//! happy before showing them the links (gating).
//!
//! **Why it matters.** The FTC's Consumer Review Rule forbids paying for a sentiment (16 CFR
//! 465.4), insider reviews (465.5) and suppression (465.7). Review sites hide or remove reviews that
//! were bought or filtered.
//!
//! **Say instead.** "Honest, good or bad: here is where you can write a review", with the same
//! links for everyone.

use super::{BySeverity, Hit};
use crate::context::{Category, Severity};
use crate::reading::Page;
use crate::reading::pattern::{Found, patterns};

pub(super) const SEVERITY: BySeverity =
    BySeverity { post: Some(Severity::Block), reply: Some(Severity::Block), story: None, case: None };
const BOUGHT: &str = "Nobody may be paid for a good review, or to take one back, and staff may not write one.";
const REWARD: &str = "A reward or a question before the link colors what people write.";
const SUGGESTION: &str = "Ask everyone in the same words, with the same links and no reward.";

/// What is written about a practice, and where.
macro_rules! review {
    () => {
        "(?:reviews?|ratings?|stars|testimonials?|recommendations?|yelp|google|healthgrades|zocdoc|vitals|resenas?|estrellas|calificaci(?:on|ones)|opinion(?:es)?|testimonios?|recomendaci(?:on|ones)|comentarios? (?:en|de) (?:google|yelp|facebook|linea))"
    };
}

patterns! {
    /// Nothing is said of reviews without one of these.
    REVIEW = concat!(r"\b(?:", review!(), r"|star|rate us|rating us|feedback|review(?:ed|ing|ers?)|recommend us|(?:about|find|love|tag|shout) us|online|facebook|tripadvisor|califi\w+|recomiend\w+|resen\w+|comentario)\b");
    /// A review is written, as an act that is asked for.
    WRITE = concat!(
        r"\b(?:leav(?:e|es|ing)|left|writ(?:e|es|ing)|wrote|post(?:s|ed|ing)?|giv(?:e|es|ing)|drop(?:s|ping)?|shar(?:e|es|ing)|submit(?:s|ting)?|add(?:s|ing)?|record(?:s|ing)?|film|send|show|bring|screenshot|snap|put|tell|rat(?:e|es|ing)|review(?:s|ing)?|dej\w+|escrib\w+|publi\w+|compart\w+|califi\w+|pong\w+|muestr\w+|ensen\w+|sub[ae]n?|haga|den?)(?: us| me| nos)?(?: \w+){0,5}?[ \-]",
        review!(), r"\b|\b(?:(?:rate|review|recommend|praise|plug)(?:s|ed|ing)? us|(?:shout(?:s|ed)?|hype) us out|say(?:s|ing)? (?:something|a few) (?:\w+ )?(?:about us|online|words)|(?:share|post|tell)(?:s|ing)? (?:us )?(?:about )?your (?:\w+ )?experience (?:on|online|in)|tell (?:the world|google|yelp|everyone|the internet))\b|",
        r"\b(?:for|por|with|per|in exchange for|in return for|a cambio de|con) (?:a|an|any|every|each|your|the|una?|cada|su|la)(?: \w+){0,2}[ \-]", review!(), r"\b|\b(?:every|each|your|cada|su)(?: \w+)? (?:review|rating|testimonial|resena|calificacion|opinion)\b|",
        r"\breview(?:er)?s? (?:contest|drawing|raffle|giveaway|rewards?|challenge|of the month|bonus)|\b(?:best|funniest|nicest|longest|winning|first \w+) (?:review|testimonial|resena)s?\b|\breviewers\b|\bdejenos\b|\bcalifiquenos\b|\brecomiendenos\b|\bresenenos\b|\bstars (?:gets?|earns?|wins?|buys?)\b"
    );
    @asked GIFT = r"\$ ?\d+|\b(?:gift[ \-]?cards?|gifts?|gift (?:basket|bag)|free|freebies?|discounts?|\d+ ?% off|percent off|\d+ (?:dollars|bucks|usd)|(?:dollars|bucks|money|cash|amazon|starbucks|visa card|venmo)|(?:five|ten|twenty|fifty) (?:dollars|bucks)|credits?|coupons?|vouchers?|raffle|drawing|giveaway|sweepstakes|lottery|contest|(?:chance|enter(?:ed)?|entry|entries|ticket) (?:to win|in|into|for)|wins? (?:an?|the|one|\$)|win|winners?|prizes?|reward\w*|bonus|points|perks?|waiv\w+|refund\w*|rebates?|reimburs\w+|compensat\w+|(?:pay|paid|paying) (?:you|for|them)|off your (?:next|copay|bill|balance|visit)|knock \w+ off|skip (?:the|your) copay|no copay|on us|on the house|complimentary|swag|t-?shirts?|mugs?|totes?|treats?|lip balm|(?:coffee|movie|fuel|grocery) cards?|candy|cookies?|cupcakes?|(?:coffee|lunch|dinner|pizza) (?:on|for|from|is)|goodie bag|donat\w+|tarjeta de regalo|regal\w+|obsequi\w+|gratis|gratuit[oa]s?|descuentos?|sorteos?|rifas?|concurso|premi\w+|cupon(?:es)?|dolares|dinero|efectivo|reembols\w+|devolv\w+|participa\w*|gan(?:e|ar|a|en) (?:un|una|el|la)|sin costo|le perdon\w+|credito)\b";
    /// Not a gift.
    @asked NO_GIFT = r"\b(?:feel free|toll[ \-]free|(?:smoke|fat|gluten|sugar|drug|cavity|pain)[ \-]free|free to (?:write|say|tell|ask|call|leave)|take points)\b";
    POSITIVE = r"\b(?:(?:five|5|cinco)[ \-]?(?:stars?|estrellas)|(?:positive|good|great|nice|glowing|kind|excellent|top|best|happy|rave|favorable|perfect|high|higher|positiva|buena|excelente|linda|bonita|favorable)(?: \w+){0,2} (?:reviews?|ratings?|testimonials?|resenas?|calificacion|opinion|testimonio)|(?:resenas?|opinion(?:es)?|calificacion(?:es)?|comentarios?|testimonios?) (?:positiv[oa]s?|buen[oa]s?|excelentes?|favorables?|bonit[oa]s?)|(?:something|anything|a few|some) (?:\w+ )?(?:nice|kind|good|sweet)(?: \w+)? (?:about us|online|words|on google|on yelp)|(?:nice|kind|good) (?:things|words) (?:about us|online|on)|prais(?:e|es|ing) us|hable bien de nosotros|algo (?:bonito|bueno) (?:de nosotros|en))\b";
    STAFF = concat!(
        r"\b(?:staff|team|crew|colleagues|employees?|everybody on the (?:staff|team)|nurses|assistants|family members|family and friends|friends and family|relatives|friends|spouses?|cousins|husbands|wives|kids|everyone who works here|all of us (?:here|at)|coworkers|personal|emplead[oa]s?|equipo|familiares|amigos|companeros|esposos),?:?(?: \w+,?){0,7}? (?:leav(?:e|es|ing)|writ(?:e|es|ing)|post(?:s|ed|ing)?|giv(?:e|es|ing)|add(?:s|ed|ing)?|wrote|left|put up|submit(?:s|ted)?|dej\w+|escrib\w+|publi\w+|den|ponga\w*)(?: \w+){0,4}[ \-]", review!(), r"\b|",
        r"\b(?:staff|team|employees?|nurses|crew|relatives|spouses|cousins|friends|family|kids|husbands|wives|coworkers|personal|emplead[oa]s?|equipo|familiares|amigos)(?:,|:)?(?: \w+,?){0,7}? (?:rate|review|recommend|califi\w+|resen\w+)(?: us| our| this|nos| a)(?: \w+){0,3}|",
        r"\b(?:written|posted|left|reviews?|ratings?|resenas|escritas?) (?:by|from|de|por) (?:our|my|nuestr[oa]s?|the|el) (?:own )?(?:staff|team|employees|nurses|families|relatives|personal|emplead[oa]s|equipo|familiares)\b"
    );
    /// The staff read reviews and thank for them.
    @asked STAFF_READS = r"\b(?:thank\w*|who (?:left|leave|wrote|write|posted)|you (?:leave|left|write|wrote)|reads?|answers?|appreciat\w+|grateful|not allowed|may not|must not|gracias|agradec\w+)\b";
    DELETE = r"\b(?:delet(?:e|es|ed|ing)|remov(?:e|es|ed|ing)|tak(?:e|es|ing)|pull(?:s|ed|ing)?|chang(?:e|es|ed|ing)|updat(?:e|es|ed|ing)|edit(?:s|ed|ing)?|revis(?:e|es|ed|ing)|rais(?:e|es|ed|ing)|upgrad(?:e|es|ed|ing)|withdraw|retract|fix|bump|hide|borr\w+|elimin\w+|quit\w+|cambi\w+|retir\w+|modifi\w+|sub[ae]) (?:\w+ ){0,3}?(?:\w+-star |\w+ star )?(?:reviews?|ratings?|stars?|it|that|post|comment|back|down|resenas?|calificacion|comentario|opinion)\b";
    GATING = r"\b(?:
        (?:not|un|isn't|weren't|aren't|wasn't|less than|didn't|dis)[ \-]?(?:\w+ )?(?:happy|satisfied|pleased|thrilled|perfect|great|5 stars?|five stars?|5-star|five-star|love it|appointed|impressed)(?: \w+){0,6}[?,:;.]? ?(?:\w+ ){0,4}?(?:tell|call|write|email|message|contact|let|use|come|talk|text|fill|give) (?:\w+ ){0,4}?(?:privately|private|first|directly|us|here|know|form|instead|manager)|
        (?:bad|poor|negative|less than (?:perfect|great|ideal)|anything less|something (?:wrong|off)|complaints?|problems?|issues?|concerns?|if (?:it )?(?:was|were)n't|if not|otherwise)(?: \w+){0,4}[?,:;.]? ?(?:\w+ ){0,3}?(?:tell|call|write|email|message|contact|talk|text|let|use|send|keep|come)(?: \w+){0,4} (?:privately|private|first|instead|manager|directly|form|between us|before (?:you )?(?:post|writ|review|go)\w*)|
        (?:loved|love|happy|enjoyed|liked|satisfied|pleased|great|good|wonderful|amazing|positive|five-star|5-star|excellent)(?: \w+){0,4}[?,:!] ?(?:\w+ ){0,3}?(?:leave|review|rate|write|post|tell|share|click|tap|head|go)(?: \w+){0,4} (?:review|google|yelp|us|stars|facebook|online|healthgrades)|
        if (?:you|your (?:visit|experience))(?:'re| are| were| had|'d| would| feel| was)?(?: \w+){0,4} (?:happy|satisfied|loved|enjoyed|great|good|wonderful|5 stars|five stars|positive)(?: \w+){0,5},? (?:please )?(?:leave|review|rate|write|post|share|tell)(?: \w+){0,4} (?:review|google|yelp|us|stars|online)|
        only if you(?:'re| are| were| had)? (?:a )?(?:happy|satisfied|loved|good|great)|(?:happy|satisfied) (?:patients|customers|people) (?:only|click|go|tap|get the link)|before you (?:post|write|leave|put|go (?:on|to))(?: \w+){0,4} (?:review|online|google|yelp)(?: \w+)?,? (?:please )?(?:call|talk|tell|give|come|let|email)|(?:we|we'll|we will) (?:only )?(?:send|share|give)(?: \w+){0,3} link(?: \w+){0,3} (?:happy|satisfied|if you)|
        no (?:esta|quedo|estas|quedaste|le gusto|fue|salio)(?: \w+)? ?(?:content[oa]|satisfech[oa]|feliz|bien|buena)?(?: \w+){0,3}[?,:;.]? ?(?:\w+ ){0,2}?(?:dig\w+|escrib\w+|llam\w+|cuent\w+|habl\w+)|(?:quedo|esta|salio|content[oa]|satisfech[oa]|feliz|le gusto)(?: \w+){0,4}[?,:!] ?(?:\w+ ){0,2}?(?:dej\w+|escrib\w+|califi\w+|resen\w+|compart\w+|publi\w+)|antes de (?:publicar|escribir|dejar)(?: \w+){0,4},? (?:llam\w+|habl\w+|dig\w+|escrib\w+)
        )\b";
    /// Everybody is meant.
    @asked ANYHOW = r"\b(?:good (?:or|and) bad|bad (?:or|and) good|good, bad|happy or (?:not|unhappy)|like it or not|either way|buenas? (?:o|y) malas?|malas? (?:o|y) buenas?)\b";
    @asked NEGATED = r"\b(?:never|don't|do not|does not|cannot|can't|not (?:offer|pay|give|allowed)|no (?:reward|gift|prize|discount|payment)s?|without|against|forbid\w*|illegal|unlawful|may not|nothing in return|nunca|no (?:damos|ofrecemos|pagamos|regalamos)|prohib\w+|honest, good or bad|buenas? o malas?|sin (?:premio|regalo))\b";
}

pub(super) fn look(page: &Page<'_>, hits: &mut Vec<Hit>) {
    let Some(most) = SEVERITY.of(page.context()) else { return };
    if !page.lets(&REVIEW) || !REVIEW.is_match(page.folded()) {
        return;
    }
    for found in page.find(&STAFF) {
        if !STAFF_READS.is_match(page.folded_sentence(found.start()).1) {
            push(page, hits, most, found);
        }
    }
    for found in page.find(&DELETE) {
        let around = around(page, found.start());
        if is_bought(&around) && REVIEW.is_match(&around) {
            push(page, hits, most, found);
        }
    }
    for found in page.find(&WRITE).chain(page.find(&POSITIVE)) {
        let around = around(page, found.start());
        if is_bought(&around) {
            let severity = if POSITIVE.is_match(&around) { most } else { Severity::Warn };
            push(page, hits, severity, found);
        }
    }
    for found in page.find(&GATING) {
        if !ANYHOW.is_match(page.folded_sentence(found.start()).1) {
            push(page, hits, Severity::Warn, found);
        }
    }
}

/// Whether the sentences promise something, and mean it.
fn is_bought(around: &str) -> bool {
    GIFT.is_match(around) && !NEGATED.is_match(around) && {
        let others = NO_GIFT.find_in(around).next().is_some();
        !others || GIFT.find_in(around).any(|gift| !gift.as_str().starts_with("free") && gift.as_str() != "points")
    }
}

/// The sentence with its neighbours: the reward often stands in the next one.
fn around(page: &Page<'_>, at: usize) -> String {
    let sentence = page.sentence_at(at);
    let before = page.folded_of(sentence.checked_sub(1));
    format!("{before} {} {}", page.folded_of(Some(sentence)), page.folded_of(sentence.checked_add(1)))
}

fn push(page: &Page<'_>, hits: &mut Vec<Hit>, severity: Severity, found: Found<'_>) {
    hits.push(Hit {
        category: Category::Incentive,
        severity,
        origin: page.origin(found.range()),
        rule: "incentive",
        message: if severity == Severity::Block { BOUGHT } else { REWARD },
        suggestion: SUGGESTION,
    });
}

#[cfg(test)]
mod tests {
    use super::super::examples::{bad, good};
    use crate::context::Context::*;
    use crate::context::Severity::{Block, Warn};

    #[test]
    fn finds_bought_reviews() {
        for (context, text, span, severity) in [
            (Post, "Leave us a 5-star review and get a $10 gift card!", "5-star review", Block),
            (Post, "Write a review this month and enter our raffle.", "Write a review", Warn),
            (Post, "All employees, please post a review on Google today.", "post a review", Block),
            (ReviewReply, "If you delete the review we will waive the fee.", "delete the review", Block),
            (Post, "Not happy? Tell us privately. Happy? Review us on Google.", "Not happy? Tell us", Warn),
            (Post, "Deje una reseña positiva y reciba un descuento.", "reseña positiva", Block),
            (Post, "Snap a picture of your Google rating and we knock ten bucks off.", "Google rating", Warn),
            (Post, "Five stars on Yelp = a free water bottle.", "Five stars", Block),
            (Post, "Say something nice about us online and win a Fitbit.", "something nice about us", Block),
            (Post, "Team: ask your spouses and cousins to rate us on Google tonight.", "rate us", Block),
            (ReviewReply, "We will refund your copay if you take the review down.", "take the review", Block),
            (
                Post,
                "Had a bad visit? Email our manager instead. Had a great one? Post it on Google.",
                "bad visit",
                Warn,
            ),
            (Post, "Show us your review at the desk for a complimentary lip balm.", "your review", Warn),
            (Post, "Reviewers this month get a coffee on us.", "Reviewers", Warn),
            (Post, "Reseñas de cinco estrellas: un regalo para usted.", "cinco estrellas", Block),
            (Post, "Personal: cada empleado debe dejar una reseña.", "dejar una reseña", Block),
            (ReviewReply, "Si quita su comentario de Google, le devolvemos el pago.", "quita su comentario", Block),
            (Post, "¿Quedó satisfecho? Déjenos una reseña. ¿No? Escríbanos.", "satisfecho", Warn),
            (ReviewReply, "Change your one-star rating and the next one is on the house.", "one-star rating", Block),
            (Post, "Review contest: the funniest review wins a basket.", "Review contest", Warn),
            (Post, "For every review we donate $5 to the food bank.", "every review", Warn),
        ] {
            bad("incentive", context, text, span, severity);
        }
    }

    #[test]
    fn leaves_neutral_requests_alone() {
        for (context, text) in [
            (Post, "Honest, good or bad: you can review us on Google."),
            (Post, "We never offer gifts for a review."),
            (Post, "Free blood pressure checks on Saturday."),
            (Post, "Win a water bottle in our step challenge."),
            (ReviewReply, "Thank you for taking the time to write a review."),
            (Post, "Deje una reseña si lo desea, buena o mala."),
            (ReviewReply, "Thank you for the kind review. Feel free to call our office."),
            (Post, "We read every review, good or bad."),
            (Post, "Our staff reviews every lab result within two days."),
            (Post, "Our team thanks everyone who left a review this year."),
            (Post, "Please review the list of your medicines. Parking is free."),
            (Post, "Rate your stress from 1 to 10 in our free class."),
            (Post, "Stars and stripes picnic: free hot dogs for all."),
            (Post, "Google us for directions; parking is free."),
            (Post, "Post your best soup recipe and win a cookbook."),
            (Post, "Not satisfied with how you sleep? Tell us."),
            (Post, "You find us on Google, Yelp and Healthgrades, all in one list."),
            (Post, "Leemos todas las reseñas y respondemos con gusto."),
            (ReviewReply, "We take feedback seriously. Please call our office."),
            (Post, "Our reading club reviews a book each month, and the coffee is on us."),
        ] {
            good("incentive", context, text);
        }
    }
}
