//! # Somebody may need help now
//!
//! **What it finds.** In a story: signs of an emergency (chest, breath, face, arm, overdose,
//! fainting), of self-harm and of violence. Figures of speech ("to die for", "my heart skipped a
//! beat when I saw …") are left alone.
//!
//! **Why it matters.** People write to whoever reads. The text is held back, its author sees 911 and
//! 988 at once, and a person of the practice is called.
//!
//! **Say instead.** Nothing to rewrite: look after the person first.

use std::ops::Range;

use super::{BySeverity, Hit};
use crate::context::{Category, Severity};
use crate::reading::Page;
use crate::reading::pattern::patterns;

pub(super) const SEVERITY: BySeverity =
    BySeverity { post: None, reply: None, story: Some(Severity::Block), case: None };
const MESSAGE: &str = "The writer may need help now.";
const SUGGESTION: &str =
    "If this is an emergency, call 911. Call or text 988 at any hour (Spanish: press 2, or text AYUDA).";

patterns! {
    BODY = r"\b(?:
        (?:chest|left arm|jaw) (?:\w+ ){0,2}?(?:pain|pressure|tight\w*|hurts?|hurting|aches?|numb|heavy|heaviness)(?: and my (?:\w+ ){0,3}\w+ (?:is|feels|went) \w+)?|(?:pain|pressure|tightness) in (?:my|the) (?:chest|left arm|jaw)|
        (?:can't|cannot|can not|couldn't|hard to|trouble|struggling to) (?:breathe|breathing|catch my breath)|short(?:ness)? of breath|gasping|throat (?:is |feels |was )?(?:closing|swelling)|
        face (?:is |was |started )?(?:droop\w*|numb)|slurr\w+ (?:my )?(?:speech|words)|(?:arm|leg|side) (?:is|went|feels|goes) (?:numb|weak)|can't (?:move|feel) my|worst headache|
        overdos\w+|took (?:too many|all (?:of )?(?:my|the)|a whole bottle)|(?:i|he|she) (?:\w+ )?(?:fainted|passed out|collapsed|blacked out)|unconscious|won't wake up|having a seizure|seizure right now|bleeding (?:won't|will not|doesn't) stop|bleeding a lot|cough\w* (?:up )?blood|vomit\w* blood|
        heart (?:started |keeps? |is |was |kept )(?:skipping|racing|pounding|stopp\w+)|swelling of my (?:face|tongue|lips)|
        duele (?:mucho )?el pecho(?: y se me \w+ el \w+ \w+)?|dolor (?:de|en el) pecho|no puedo respirar|me falta el aire|me cuesta respirar|sobredosis|no despierta|sangra mucho|se desmayo|me desmaye|convulsiones|se me cierra la garganta|cara caida|se me duerme (?:el brazo|la cara)
        )\b";
    SELF_HARM = r"\b(?:
        (?:want|wanted|wanting|going|ready|plan|planning|wish) (?:to|i (?:could|were|was)) (?:die|be dead|kill myself|end (?:it|my life|things)|disappear forever|hurt myself|not wake up|dead)|kill(?:ing)? myself|end(?:ing)? (?:my life|it all)|suicid\w+|(?:don't|do not|didn't) (?:want to|wanna) (?:be here|live|be alive|wake up|go on)(?: anymore| any more)?|no (?:reason|point) (?:to|in) (?:live|living|go on|going on)|better off (?:without me|dead|if i)|(?:hurt|cut|harm)(?:ing)? myself|can't go on|tired of living|
        quiero morir\w*|matarme|quitarme la vida|(?:ya )?no quiero (?:vivir|seguir|estar aqui)|suicid\w+|no vale la pena vivir|hacerme dano|estarian mejor sin mi|cortarme
        )\b";
    VIOLENCE = r"\b(?:(?:he|she|husband|wife|boyfriend|girlfriend|partner|dad|father|mom|mother)(?: \w+)? (?:hits?|beats?|chokes?|choked|kicks?|punch\w*|slaps?|slapped|hurts?|threatens?|threatened|burns?) (?:me|us|my (?:kids?|child|son|daughter|baby)|the kids)|(?:afraid|scared|terrified) of (?:my (?:husband|wife|partner|boyfriend|girlfriend|dad|father)|him|going home)|hurting my (?:child|kids?|baby)|(?:was|been|being) (?:raped|abused|beaten)|me (?:pega|golpea|amenaza|maltrata)|tengo miedo de mi (?:esposo|esposa|pareja|marido|novio)|maltrata a)\b";
    /// Figures of speech.
    IDIOM = r"\b(?:to die for|kill(?:ing)? for|killed for|nearly killed me|killing me|dying of laughter|dying to|skipped a beat|broke my heart|heart attack when i saw|(?:almost|nearly) (?:had a heart attack|died) (?:when|laughing)|dead tired|breathtaking|killing it|drop dead|die[ \-]hard|laugh\w*|ha ha|lol|me moria por|muero por|de muerte|muert[oa] de (?:risa|cansancio)|se me partio el corazon|matando la dieta)\b";
    /// Told from long ago, or about others who are well.
    PAST = r"\b(?:years? ago|in (?:19|20)\d{2}|used to|no longer|not anymore|hace (?:\w+ )?anos|no more|without|never|after my|my doctor said|prevent\w*|learn\w*|signs of|sin)\b";
}

pub(super) fn look(page: &Page<'_>, hits: &mut Vec<Hit>) {
    if SEVERITY.of(page.context()).is_none() {
        return;
    }
    for found in page.find(&BODY) {
        let (_, sentence) = page.folded_sentence(found.start());
        if !IDIOM.is_match(sentence) && !PAST.is_match(sentence) {
            push(page, hits, found.range());
        }
    }
    // Nobody jokes these away: only a figure of speech in the very words does.
    for found in page.find(&SELF_HARM).chain(page.find(&VIOLENCE)) {
        if !IDIOM.is_match(found.as_str()) {
            push(page, hits, found.range());
        }
    }
}

fn push(page: &Page<'_>, hits: &mut Vec<Hit>, folded: Range<usize>) {
    hits.push(Hit {
        category: Category::Emergency,
        severity: Severity::Block,
        origin: page.origin(folded),
        rule: "emergency",
        message: MESSAGE,
        suggestion: SUGGESTION,
    });
}

#[cfg(test)]
mod tests {
    use super::super::examples::{bad, good};
    use crate::context::Context::*;
    use crate::context::Severity::Block;

    #[test]
    fn finds_people_in_need() {
        for (text, span) in [
            ("My chest feels tight and my left arm is numb.", "chest feels tight"),
            ("I don't want to be here anymore.", "don't want to be here"),
            ("He hits me when dinner is late.", "He hits me"),
            ("My heart started skipping and I fainted.", "I fainted"),
            ("Me duele el pecho.", "duele el pecho"),
            ("Ya no quiero vivir.", "no quiero vivir"),
        ] {
            bad("emergency", Story, text, span, Block);
        }
    }

    #[test]
    fn leaves_figures_of_speech_alone() {
        for (context, text) in [
            (Story, "This soup is to die for."),
            (Story, "I would kill for a bag of chips, ha ha."),
            (Story, "My heart skipped a beat when I saw the salt."),
            (Story, "Me moría por unas papitas."),
            (Post, "Chest pain? Call 911."),
        ] {
            good("emergency", context, text);
        }
    }
}
