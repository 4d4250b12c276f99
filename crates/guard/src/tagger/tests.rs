//! The shipped weights on sentences whose answer is plain, and on odd input.

use super::*;

/// Names of the test sentences with their classes; all other words are common ones.
const NAMES: &[(&str, u8, u8)] = &[
    ("linda", 7, 0),
    ("perkins", 0, 5),
    ("alvarez", 0, 6),
    ("marcus", 5, 2),
    ("jennifer", 7, 0),
    ("guadalupe", 5, 2),
    ("hernandez", 0, 7),
    ("osei", 0, 0),
    ("t", 0, 0),
];

/// The words of a sentence that are taken for names at this threshold.
fn names(sentence: &str, threshold: i32) -> Vec<&str> {
    let mut places = Vec::new();
    let mut start = None;
    for (place, character) in sentence.char_indices().chain([(sentence.len(), ' ')]) {
        match start {
            None if character.is_alphabetic() => start = Some(place),
            Some(from) if !character.is_alphabetic() => {
                places.push(from..place);
                start = None;
            }
            _ => {}
        }
    }
    let folded: Vec<String> = places.iter().map(|place| sentence[place.clone()].to_lowercase()).collect();
    let tokens: Vec<Token<'_>> = (0..places.len())
        .map(|at| {
            let name = NAMES.iter().find(|name| name.0 == folded[at]);
            let next = places.get(at + 1).map_or(sentence.len(), |next| next.start);
            Token {
                cased: &sentence[places[at].clone()],
                folded: &folded[at],
                gap: &sentence[places[at].end..next],
                given: name.map_or(0, |name| name.1),
                surname: name.map_or(0, |name| name.2),
                common: name.is_none(),
                health: false,
                place: false,
            }
        })
        .collect();
    let mut scores = vec![7];
    score(&sentence[..places.first().map_or(0, |place| place.start)], &tokens, &mut scores);
    assert_eq!(scores.len(), tokens.len());
    let taken = (0..places.len()).filter(|at| weighed(&tokens[*at], scores[*at]) > threshold);
    taken.map(|at| &sentence[places[at].clone()]).collect()
}

#[test]
fn people_are_found() {
    for (sentence, expected) in [
        ("Linda Perkins loved our soup.", &["Linda", "Perkins"][..]),
        ("thank you Dr. Alvarez for the talk", &["Alvarez"]),
        ("Our patient Marcus T. walked every day.", &["Marcus", "T"]),
        ("Thanks, Jennifer! See you at the walk.", &["Jennifer"]),
        ("Gracias, Guadalupe Hernandez, por venir.", &["Guadalupe", "Hernandez"]),
        ("Our nurse and Dr. Osei will be there.", &["Osei"]),
        ("linda perkins loved our soup", &["linda", "perkins"]),
        ("LINDA PERKINS LOVED OUR SOUP", &["LINDA", "PERKINS"]),
    ] {
        assert_eq!(names(sentence, -UNIT), expected, "{sentence}");
    }
}

#[test]
fn ordinary_sentences_name_nobody() {
    for sentence in [
        "Salt hides in bread.",
        "Hope you are well.",
        "Drink Water and Eat Fruit.",
        "FREE BLOOD PRESSURE CHECKS THIS FRIDAY",
        "may your heart be strong",
        "Follow @Linda for more.",
    ] {
        assert_eq!(names(sentence, -UNIT), [""; 0], "{sentence}");
    }
}

#[test]
fn odd_input_is_read_to_its_end() {
    let long = "Linda ".repeat(10_000);
    assert_eq!(names(&long, -100 * UNIT).len(), 10_000);
    for sentence in ["", " ", "…", "1 2 3", "😀 ❤️", "ß ﬁ Ǆ 李 أحمد", "@", "\u{200b}\u{301}"] {
        names(sentence, 0);
    }
    let all_highest = Token {
        cased: "",
        folded: "",
        gap: "",
        given: u8::MAX,
        surname: u8::MAX,
        common: false,
        health: true,
        place: true,
    };
    let mut scores = Vec::new();
    score("", &[all_highest; 3], &mut scores);
    assert_eq!(scores.len(), 3);
}

#[test]
fn the_same_sentence_has_the_same_score() {
    let words = [Token {
        cased: "Osei",
        folded: "osei",
        gap: ".",
        given: 0,
        surname: 0,
        common: false,
        health: false,
        place: false,
    }; 4];
    let (mut first, mut second) = (vec![1; 9], Vec::new());
    score("", &words, &mut first);
    score("", &words, &mut second);
    assert_eq!(first, second);
    score("@", &words, &mut second);
    assert_eq!(second[0], NEVER);
    assert_ne!(second[1], NEVER);
}
