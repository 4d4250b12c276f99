//! Breaks a title into lines, and makes it smaller until it fits.

/// One line of text and where its foot is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) y: u32,
}

/// How wide a letter of Literata 500 is at most on average, in hundredths of the font's size: measured on
/// English and Spanish titles, with room to spare.
const LETTER: usize = 52;
/// The smallest size of a title, in pixels.
const SMALLEST: u32 = 30;

/// The size and the lines of `text` in `width` pixels: at most `size` high and `most` lines, the first one's foot
/// one size below `top`. What does not fit at the smallest size ends in an ellipsis.
pub(super) fn fit(text: &str, width: u32, size: u32, most: usize, top: u32) -> (u32, Vec<Line>) {
    let mut size = size;
    loop {
        let room = width as usize * 100 / (size as usize * LETTER);
        let mut lines = balanced(text, room);
        if lines.len() > most && size > SMALLEST {
            size = (size - 6).max(SMALLEST);
            continue;
        }
        if lines.len() > most {
            lines.truncate(most);
            lines.iter_mut().last().into_iter().for_each(|line| line.push('…'));
        }
        let leading = size + size / 50;
        let feet = (0..).map(|at: u32| top + size + at * leading);
        return (size, lines.into_iter().zip(feet).map(|(text, y)| Line { text, y }).collect());
    }
}

/// As few lines as there is room for, and then as even as they can be: no last word stands alone.
fn balanced(text: &str, room: usize) -> Vec<String> {
    let lines = broken(text, room);
    (room / 2..room)
        .map(|narrower| broken(text, narrower))
        .find(|other| other.len() == lines.len() && is_whole(text, other))
        .unwrap_or(lines)
}

/// Whether no word was cut.
fn is_whole(text: &str, lines: &[String]) -> bool {
    lines.join(" ") == text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn broken(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        // A word longer than a line would run out of the picture.
        let word: String = word.chars().take(room).collect();
        match lines.last_mut().filter(|line| line.chars().count() + 1 + word.chars().count() <= room) {
            Some(line) => {
                line.push(' ');
                line.push_str(&word);
            }
            None => lines.push(word),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_titles_get_smaller_and_then_end() {
        let texts =
            |(size, lines): (u32, Vec<Line>)| (size, lines.into_iter().map(|line| line.text).collect::<Vec<_>>());
        assert_eq!(texts(fit("How much salt is too much?", 1080, 92, 4, 0)).1, ["How much salt", "is too much?"]);
        assert_eq!(
            texts(fit("Less salt, more flavor", 500, 92, 4, 0)),
            (92, vec!["Less salt,".to_owned(), "more".to_owned(), "flavor".to_owned()])
        );
        let (size, lines) = texts(fit(&"Pneumonoultramicroscopic ".repeat(9), 500, 92, 4, 0));
        assert_eq!((size, lines.len()), (SMALLEST, 4));
        assert!(lines[3].ends_with('…'));
    }
}
