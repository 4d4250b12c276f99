//! # Numbers that belong to one person
//!
//! **What it finds.** Social security numbers, Medicare numbers, and record, chart, account,
//! member, claim, accession, serial, licence and plate numbers when a word near them says what
//! they are. Codes that belong to nobody (CPT, ICD, PMID, NCT, lots, the NPI, scores, blood
//! pressures) are left alone.
//!
//! **Why it matters.** These are identifiers of 45 CFR 164.514(b)(2)(i)(G) to (M). Payment numbers
//! count as much as medical ones: to whom a claim belongs is health information.
//!
//! **Say instead.** Nothing: delete the number. It never helps a public reader or a colleague.
//!
//! A number of a person can never be kept.

use std::ops::Range;

use super::{BySeverity, Hit};
use crate::context::{Category, Severity};
use crate::reading::Page;
use crate::reading::pattern::patterns;

pub(super) const SEVERITY: BySeverity = BySeverity::everywhere(Severity::Block);
const MESSAGE: &str = "This number belongs to one person.";
const SUGGESTION: &str = "Delete the number.";

patterns! {
    SSN = r"\b\d{3}[\- ]\d{2}[\- ]\d{4}\b";
    /// Medicare beneficiary identifier, in the format that CMS published for it [general knowledge].
    MBI = r"(?i)\b[1-9][ac-hj-kmnp-rt-y][ac-hj-kmnp-rt-y0-9]\d-?[ac-hj-kmnp-rt-y][ac-hj-kmnp-rt-y0-9]\d-?[ac-hj-kmnp-rt-y]{2}\d{2}\b";
    /// A word for a number of a person, up to three words between, the number.
    KEYED = r"\b(?P<key>
        mrn?|m\.r\.n\.?|med(?:ical)? rec(?:ord)?|record|chart|acct|account|member(?:ship)?|subscriber|beneficiary|policy|group|enrollee|medicaid|medicare|insurance|ins\.?|(?:health |insurance |ins )?plan|hmo|ppo|ref\.? code|
        blue cross|bcbs|aetna|cigna|humana|kaiser|patient|pt|claim|invoice|statement|bill|case|ticket|reference|ref|confirmation|authorization|auth|prior auth|referral|accession|specimen|encounter|visit|order|rx|prescription|
        serial|device|pacemaker|implant|s/n|model|plate|licen[sc]e|driver'?s licen[sc]e|dl|passport|vin|social(?: security)?|ssn|ss|ein|dea|id|identifier|identification|badge|file|
        expediente|historia(?: clinica)?|hc|cuenta|poliza|afiliad[oa]|afiliacion|seguro(?: social)?|nss|curp|rfc|licencia|placas?|matricula|reclamo|reclamacion|factura|recibo|folio|serie|cedula|dni|nie|pasaporte|paciente|numero de (?:socio|miembro|paciente)
        )\b(?P<sign>[ ]*(?:[#:]|no\.?|num(?:ber)?\.?|numero|nro\.?|id\b|is\b|es\b|was\b|plate\b|card\b|de\b|security\b|record\b|clinica\b|social\b|del?\b|serial\b|[\-(,]|[ ]){0,8})
        (?P<value>(?:[a-z]{1,4}[ \-]?)?[a-z0-9]*\d[a-z0-9]*(?:[\-./][a-z0-9]+)*(?: [a-z]{0,2}\d[a-z0-9]*| [a-z]{3}\b)?)";
    /// Spanish records label a number shortly, and write it in groups: "NHC: 2569870", "NASS 47 39047534 02", "NoCol: 28 28
    /// 20943" (a licence number), "Episodio: 550012".
    LABELLED = r"\b(?P<key>
        nhc|n\.h\.c\.?|cipa|cip|nass|nuss|nuhsa|tis|no? ?[.]? ?col(?:\.|egiad[oa])?|num(?:ero|\.)? (?:de )?(?:historia|colegiad[oa]|afiliacion|episodio|tarjeta|expediente|registro)|
        episodio|historia clinica|tarjeta sanitaria|colegiad[oa](?: no?\.?)?|no? (?:de )?(?:historia|expediente|registro|afiliacion)
        )[ .:#]{1,4}(?P<value>(?:[a-z]{2,4}-?)?\d(?:[ .\-/]?\d){2,13})";
    /// What follows a number that counts or measures something.
    @asked UNIT = r"^ ?(?:%|percent|mg|mcg|ml|g\b|kg|lbs?|pounds|minutes?|hours?|days?|weeks?|months?|years?|steps|people|patients|visits|members|calories|points|miles?|times|of\b|to\b|yo\b|y/o|f\b|m\b|anos|dias|personas|pacientes|mmhg|bpm|a\.?m|p\.?m|dollars|cm\b|mm\b)";
    /// A phone number is the contact rule's affair.
    @asked PHONE = r"^(?:1-)?\d{3}[\-.]\d{3}[\-.]\d{4}$";
    @asked PHONE_BEHIND = r"^\)? ?[\-.]?\d{3}[\-. ]\d{4}";
    @asked YEAR = r"^(?:19|20)\d{2}$";
    @asked MEASURE = r"^\d{1,3}/\d{1,3}$|^\d+\.\d+$|^\d{1,2}/\d{1,2}(?:/\d{2,4})?$";
    /// Codes and numbers that belong to nobody.
    @asked PUBLIC_CODE = r"(?:npi|cpt|icd(?:[\- ]?10)?|hcpcs|pmid|doi|nct|lot|spf|clia|tin|form|isbn|suite|room|code|version|step|phase|stage|grade|type|zip|week)[ #:.]*$";
}

/// Words that name a person's number only with a sign ("#", "no.", "ID", ":") or a mixed value.
const WEAK: &[&str] = &[
    "record",
    "chart",
    "account",
    "member",
    "membership",
    "policy",
    "group",
    "medicaid",
    "medicare",
    "insurance",
    "ins",
    "ins.",
    "plan",
    "health plan",
    "insurance plan",
    "ins plan",
    "hmo",
    "ppo",
    "patient",
    "pt",
    "claim",
    "statement",
    "bill",
    "case",
    "ticket",
    "reference",
    "ref",
    "confirmation",
    "authorization",
    "auth",
    "referral",
    "visit",
    "order",
    "rx",
    "prescription",
    "device",
    "pacemaker",
    "implant",
    "model",
    "id",
    "file",
    "cuenta",
    "seguro",
    "paciente",
    "serie",
    "factura",
    "recibo",
    "historia",
    "license",
    "licence",
    "social",
    "aetna",
    "cigna",
    "humana",
    "kaiser",
    "ss",
];

/// Weak words that are verbs as well: "how do you bill 99490".
const VERBS: &[&str] = &["bill", "order", "claim", "visit", "case", "file", "group", "model", "record"];

pub(super) fn look(page: &Page<'_>, hits: &mut Vec<Hit>) {
    for found in page.find(&SSN).chain(page.find(&MBI)) {
        push(page, hits, found.range());
    }
    for found in page.groups(&LABELLED) {
        push(page, hits, found.whole().range());
    }
    let text = page.folded();
    let mut from = 0;
    while let Some(found) = page.groups_at(&KEYED, from) {
        let (Some(key), Some(value)) = (found.name("key"), found.name("value")) else { break };
        let sign = found.name("sign").map_or("", |sign| sign.as_str());
        let range = trimmed(text, value.range());
        if is_id(text, key.as_str(), sign, &range) && !PUBLIC_CODE.is_match(&text[..key.start()]) {
            push(page, hits, key.start()..range.end);
            from = value.end();
        } else {
            from = key.end();
        }
    }
}

/// The value without a unit or word that only looked like a part of it.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let value = &text[range.clone()];
    match value.rsplit_once(' ') {
        Some((head, tail)) if head.bytes().any(|b| b.is_ascii_digit()) => {
            let plate = tail.len() <= 3 && head.len() <= 4;
            let keep = plate || tail.bytes().filter(u8::is_ascii_digit).count() >= 4;
            if keep { range } else { range.start..range.start + head.len() }
        }
        _ => range,
    }
}

fn is_id(text: &str, key: &str, sign: &str, range: &Range<usize>) -> bool {
    let value = &text[range.clone()];
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    let said = sign.contains(['#', ':'])
        || ["no", "num", "nro", "id", "is", "es"]
            .iter()
            .any(|word| sign.split(|c: char| !c.is_alphabetic()).any(|s| s.starts_with(word)));
    let after = &text[range.end..];
    if digits < 2
        || PHONE.is_match(value)
        || PHONE_BEHIND.is_match(after)
        || YEAR.is_match(value)
        || MEASURE.is_match(value)
        || (letters == 0 && UNIT.is_match(after))
    {
        return false;
    }
    if after.starts_with(",0") || after.starts_with('%') || text[..range.start].ends_with('$') {
        return false;
    }
    let mixed = letters > 0 && digits >= 3 && value.len() >= 5;
    let plate =
        matches!(key, "plate" | "placa" | "placas" | "matricula") || key.ends_with("plate") || sign.contains("plate");
    if plate {
        return digits >= 2 && value.len() >= 4;
    }
    if WEAK.contains(&key) {
        return (said && digits >= 3)
            || mixed
            || (digits >= 5 && !VERBS.contains(&key))
            || (key == "chart" && sign.contains('#'));
    }
    digits >= 3
}

fn push(page: &Page<'_>, hits: &mut Vec<Hit>, folded: Range<usize>) {
    let Some(severity) = SEVERITY.of(page.context()) else { return };
    hits.push(Hit {
        category: Category::IdNumber,
        severity,
        origin: page.origin(folded),
        rule: "id_number",
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
    fn finds_numbers_of_a_person() {
        for (context, text, span) in [
            (ColleagueCase, "SSN 123-45-6789 on the outside record", "123-45-6789"),
            (ColleagueCase, "her MRN: 0048812, new murmur", "0048812"),
            (ReviewReply, "Your account 77-20418 is open.", "77-20418"),
            (ColleagueCase, "Chart #55710: tachycardia", "#55710"),
            (Story, "my medicare number is 1EG4-TE5-MK73", "1EG4-TE5-MK73"),
            (Post, "blue truck, plate ORG 42K, lights on", "ORG 42K"),
            (ColleagueCase, "pacemaker serial PJN482910S", "PJN482910S"),
            (ColleagueCase, "expediente 88120, vértigo", "88120"),
            (CommentReply, "su número de póliza es 4471-99", "4471-99"),
            (ColleagueCase, "Varón de 53 años. NHC: 1180452.", "1180452"),
            (ColleagueCase, "NASS: 31 20045566 07, ingresa por disnea", "31 20045566 07"),
            (ColleagueCase, "Atendido por el médico, Nº Col: 31 31 40877", "31 31 40877"),
            (ColleagueCase, "Episodio: 5531207", "5531207"),
        ] {
            bad("id_number", context, text, span, Block);
        }
    }

    #[test]
    fn leaves_public_codes_alone() {
        for (context, text) in [
            (ColleagueCase, "NPI 1234567893, CPT 99214, ICD-10 I10, PMID 19916637, NCT01206062"),
            (ColleagueCase, "BP 150/95 on chart review of 1200 visits, claim denied in 2024"),
            (Post, "More: https://cedarhollow.example/p/c/posts/week-1-device-3bbf5fa7"),
            (Post, "Recall: lot 4B2271. SPF 100. Form 1095-A. Suite 204, code 1."),
            (Post, "Members walked 120,000 steps; account for 30 minutes a day."),
            (ColleagueCase, "El segundo episodio, de 3 días; historia clínica sin interés"),
            (Post, "Our policy since 2019: 2 visits, 15 minutes each."),
        ] {
            good("id_number", context, text);
        }
    }
}
