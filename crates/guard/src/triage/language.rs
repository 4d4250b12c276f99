//! In which of its two languages a message is answered.

/// Words that Spanish uses all the time and English does not.
const SPANISH: &[&str] = &[
    "el", "la", "los", "las", "que", "de", "mi", "un", "una", "por", "para", "con", "es", "muy", "gracias", "tengo",
    "puedo", "esta", "y", "del", "al", "lo", "se", "su", "mis", "como", "ya", "les", "hola", "todo", "quiero",
    "cuando", "donde",
];

/// Whether an answer should be in Spanish: the network's language tag says so, or the text does.
pub fn is_spanish(text: &str, lang: &str) -> bool {
    let lowered = text.to_lowercase();
    let words = lowered.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
    let (total, known) = words
        .fold((0_usize, 0_usize), |(total, known), word| (total + 1, known + usize::from(SPANISH.contains(&word))));
    let looks_spanish = known * 5 >= total && known > 0 || lowered.contains(['ñ', '¿', '¡']);
    // People leave their app's language on English and write Spanish; the other way round is rare.
    looks_spanish || (lang.starts_with("es") && known > 0)
}
