//! # Pictures, video and voice of a person
//!
//! **What it finds.** Words that say that a person is shown or heard: "selfie with our patient",
//! "before and after", "everybody in the picture", "picture of his face", "see image", screenshots
//! of a chart, voice messages. Team pictures, food, stock pictures, drawings and cropped images
//! without text are left alone.
//!
//! **Why it matters.** Full-face photographs and comparable images, and biometric identifiers such
//! as the voice, are identifiers of 45 CFR 164.514(b)(2)(i)(P) and (Q). A facility paid $182,000 for
//! pictures in success stories without a valid authorization (Cadia, 2025).
//!
//! **Say instead.** Leave the picture out, or get the person's written authorization first. Crop, and
//! remove headers and name tags.

use std::ops::Range;

use super::{BySeverity, Hit};
use crate::context::{Category, Context, Severity};
use crate::reading::Page;
use crate::reading::pattern::patterns;

pub(super) const SEVERITY: BySeverity = BySeverity {
    post: Some(Severity::Block),
    reply: Some(Severity::Block),
    story: Some(Severity::Warn),
    case: Some(Severity::Block),
};
const MESSAGE: &str = "A picture, video or voice can show who a person is.";
const SUGGESTION: &str = "Leave it out, or get a written authorization first; crop it and remove names.";

patterns! {
    OF_PERSON = r"\b(?:before[ \-]and[ \-]after )?(?:photos?|photographs?|pictures?|pics?|images?|selfies?|videos?|clips?|snapshots?|x[ \-]?rays?|mri|fotos?|imagen(?:es)?|grabacion|radiografias?)(?: \w+){0,3}? (?:of|with|from|showing|de|del|con) (?:\w+ ){0,4}?(?:him|her|his|them|patients?|pacientes?|face|faces|cara|rostro|everybody|everyone|people|waiting room|baby|woman|man|lady|gentleman|clients?|winner|family|mom|dad|mrs?|ms|miss|senora?|don|dona)\b";
    OF_SELF = r"\b(?:photos?|pictures?|pics?|selfies?|videos?|fotos?)(?: \w+){0,2} (?:of|with|from|de|con) (?:me|myself|us|my (?:\w+ )?(?:wife|husband|family|kids|children|son|daughter|mom|dad|face|belly|scar)|mi (?:\w+ )?(?:esposa|esposo|familia|hij[oa]s?)|mi)\b(?: (?:in|at|with|on|and) (?:my \w+|the \w+))*";
    IN_PICTURE = r"\b(?:everybody|everyone|people|patients?|folks|all|pacientes|todos|(?:she|he|they)(?: is| are)?|face) (?:\w+ )?(?:in|on|en) (?:the|this|these|our|la|las|esta|estas) (?:\w+ )?(?:photos?|pictures?|pics?|videos?|fotos?|imagen)\b";
    THESE = r"\b(?:these|this|those|the|her|his|estas?|esta|las|la|su) (?:\w+ ){0,3}?(?:photos?|pictures?|pics?|images?|selfies?|videos?|fotos?|imagenes)\b";
    /// Somebody's body or change is what the picture shows.
    @asked SHOWS = r"\b(?:before and after|antes y despues|(?:her|his|our patient'?s?|patient'?s?|nuestr[oa] paciente|paciente) (?:\w+ )?(?:skin|face|smile|body|scar|wound|rash|teeth|hair|weight|progress|results?|transformation|piel|cara|sonrisa)|look at (?:her|his|our patient)|la piel de|nuestra paciente|nuestro paciente)\b";
    SEE_IMAGE = r"\b(?:see|attached|attaching|enclosed|uploading|adjunto|ver) (?:\w+ ){0,2}?(?:images?|photos?|pictures?|pics?|videos?|foto|imagen)\b|\bface (?:is |clearly |fully )?(?:visible|shown|uncovered)|\beyes (?:not|un)[ \-]?covered|\b(?:images?|photos?|pictures?) (?:attached|below|enclosed)\b";
    SCREEN = r"\b(?:screenshots?|screen shots?|screen grab|captura(?: de pantalla)?) (?:\w+ )?(?:of|from|de|del) (?:\w+ ){0,2}?(?:chart|records?|portal|message|texts?|lab|results?|schedule|emr|ehr|expediente)\b|\bscreenshots? (?:from|of) the \w+";
    VOICE = r"\b(?:voice|audio) (?:message|memo|note|recording|mail|clip)s? (?:\w+ ){0,2}?(?:from|of|by) (?:\w+ ){0,2}?(?:patient|her|him|mom|wife|husband)\b(?: attached)?|\bvoicemail (?:from|of) (?:\w+ ){0,2}(?:patient|her|him)|\b(?:mensaje|nota) de voz (?:de|del) (?:\w+ )?paciente";
    CAMERA = r"\b(?:caught|captured|filmed|recorded|seen) (?:on|by) (?:our|the) (?:\w+ )?camera";
    @asked HARMLESS = r"\b(?:no people|just the plate|stock|posed|models?|public domain|de-?identified|metadata (?:removed|stripped)|no text|no header|redrawn|drawing|drawn|diagram|infographic|illustration|cartoon|our (?:own )?(?:team|staff|nurses|doctors|office dog)|picture this|picture of (?:health|the (?:breast|heart|lungs?|bones?|inside))|sin personas|dominio publico|dibujo|nuestro equipo|please do(?: not|n't)|do not (?:post|share|send)|don't (?:post|share|send)|never (?:post|share|send)|with (?:signed |written )?(?:authorization|permission))\b";
}

pub(super) fn look(page: &Page<'_>, hits: &mut Vec<Hit>) {
    for pattern in [&OF_PERSON, &IN_PICTURE, &SCREEN, &VOICE, &CAMERA] {
        for found in page.find(pattern) {
            judge(page, hits, found.range());
        }
    }
    for found in page.find(&THESE) {
        if SHOWS.is_match(page.folded_sentence(found.start()).1) {
            judge(page, hits, found.range());
        }
    }
    match page.context() {
        Context::Story => page.find(&OF_SELF).for_each(|found| judge(page, hits, found.range())),
        Context::ColleagueCase => page.find(&SEE_IMAGE).for_each(|found| judge(page, hits, found.range())),
        _ => {}
    }
}

fn judge(page: &Page<'_>, hits: &mut Vec<Hit>, found: Range<usize>) {
    let Some(severity) = SEVERITY.of(page.context()) else { return };
    if HARMLESS.is_match(page.folded_sentence(found.start).1) {
        return;
    }
    hits.push(Hit {
        category: Category::Photo,
        severity,
        origin: page.origin(found),
        rule: "photo",
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
    fn finds_pictures_of_people() {
        for (context, text, span, severity) in [
            (
                Post,
                "Selfie with our favorite patient after her last infusion.",
                "Selfie with our favorite patient",
                Block,
            ),
            (Post, "Before and after: look at her skin in these two photos!", "these two photos", Block),
            (ColleagueCase, "A picture of his face with the rash.", "picture of his face", Block),
            (Post, "Thanks everybody in the picture!", "everybody in the picture", Block),
            (ColleagueCase, "Screenshot from the chart below.", "Screenshot from the chart", Block),
            (ColleagueCase, "Voice message from the patient attached.", "Voice message from the patient", Block),
            (Story, "I added a photo of me in my kitchen.", "photo of me", Warn),
            (Post, "Miren la piel de nuestra paciente en estas fotos.", "estas fotos", Block),
        ] {
            bad("photo", context, text, span, severity);
        }
    }

    #[test]
    fn leaves_other_pictures_alone() {
        for (context, text) in [
            (Post, "Photo: our team at the Heart Walk."),
            (Post, "Share a photo of your low-salt dinner, no people."),
            (Post, "Stock photo, posed by models."),
            (Post, "Picture this: a week without soda."),
            (Post, "A mammogram is an X-ray picture of the breast."),
            (ColleagueCase, "Cropped dermoscopy image, no text, metadata removed."),
        ] {
            good("photo", context, text);
        }
    }
}
