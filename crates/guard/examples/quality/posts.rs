//! Public health text as posts: the topics of MedlinePlus, whole, which should hardly ever be stopped; and ten
//! thousand posts of a practice's length cut from them, for speed and false alarms. Every fifth of those says
//! something about a person as well.

use std::error::Error;

use bedside_guard::{Context, Lang, Severity};
use serde::{Deserialize, Serialize};

use crate::{
    ground::{self, Ground, is_identifier, told},
    measure::{Measure, Miss, Target},
};

/// The topics, whole.
pub(crate) const TOPICS: &str = "medlineplus/whole_topics.jsonl";
/// Posts that are cut from them.
const POSTS: usize = 10_000;
/// Every so many a post says something about a person.
const PLANTED_EVERY: usize = 5;
/// The least characters of a post, and how much longer others are: as long as networks allow.
const LENGTH: (usize, usize) = (80, 320);

const GIVEN: [&str; 12] =
    ["Denise", "Marcus", "Thu", "Rosa", "Aisha", "Peter", "Yolanda", "Dmitri", "Grace", "Hank", "Lakshmi", "Owen"];
const SURNAMES: [&str; 11] =
    ["Kowalski", "Okafor", "Nguyen", "Delgado", "Rahman", "Lindqvist", "Washington", "Petrov", "Kim", "Baker", "Iyer"];
const MONTHS: [&str; 7] = ["January", "March", "April", "June", "August", "October", "December"];
const TOWNS: [&str; 5] = ["Maple Falls", "Tualatin", "Sweet Home", "Coos Bay", "Hood River"];

/// A topic of the library.
#[derive(Deserialize)]
pub(crate) struct Topic {
    id: String,
    title: String,
    pub(crate) text: String,
}

/// A post that is measured with.
#[derive(Serialize, Deserialize)]
pub(crate) struct Post {
    pub(crate) id: String,
    pub(crate) text: String,
    /// Nothing in it is about a person.
    pub(crate) clean: bool,
}

/// Topics that would be blocked.
pub(crate) fn topics(ground: &Ground) -> Result<Vec<Measure>, Box<dyn Error>> {
    let what = "MedlinePlus topics as posts: texts with a block";
    let content = match ground.corpus(TOPICS) {
        Ok(content) => content,
        Err(why) => return Ok(vec![Measure::missing("medlineplus", what, why)]),
    };
    let mut stopped = Measure::share("medlineplus", what, Target::AtMost(0.02));
    for topic in ground::lines::<Topic>(&content)? {
        let findings = ground::look(&ground.anybody, &topic.text, Context::Post, Lang::En);
        let blocks: Vec<_> = findings.iter().filter(|finding| finding.severity == Severity::Block).collect();
        stopped.add(blocks.first().map_or("none", |block| block.category.as_str()), !blocks.is_empty());
        for block in blocks {
            stopped.misses.push(Miss {
                id: format!("{} {}", topic.id, topic.title),
                text: ground::around(&topic.text, &(block.start..block.end)),
                expected: "no block".to_owned(),
                found: told([block]),
            });
        }
    }
    Ok(vec![stopped])
}

/// Posts about nobody that would be flagged: as identifying somebody, and at all; and posts about somebody that are.
pub(crate) fn clean(ground: &Ground) -> Result<Vec<Measure>, Box<dyn Error>> {
    let posts = match ten_thousand(ground)? {
        Ok(posts) => posts,
        Err(why) => return Ok(vec![Measure::missing("clean-posts", "clean posts flagged", why)]),
    };
    let most = Target::AtMost(0.02);
    let mut as_person = Measure::share("clean-posts", "clean posts flagged for an identifier", most);
    let mut at_all = Measure::share("clean-posts-any", "clean posts flagged for anything", most);
    let mut planted = Measure::share("clean-posts-planted", "posts with a planted identifier flagged", Target::None);
    for post in posts {
        let findings = ground::look(&ground.anybody, &post.text, Context::Post, Lang::En);
        let loud: Vec<_> = findings.iter().filter(ground::is_loud).collect();
        let identifier = loud.iter().find(|finding| is_identifier(finding.category));
        let kind = |finding: Option<&&bedside_guard::Finding>| finding.map_or("none", |found| found.category.as_str());
        if !post.clean {
            planted.add(kind(identifier), identifier.is_some());
            continue;
        }
        as_person.add(kind(identifier), identifier.is_some());
        at_all.add(kind(loud.first()), !loud.is_empty());
        if !loud.is_empty() {
            let found = told(loud.iter().copied());
            let miss = Miss { id: post.id, text: post.text, expected: "nothing".to_owned(), found };
            as_person.misses.extend(identifier.map(|_| miss.clone()));
            at_all.misses.push(miss);
        }
    }
    Ok(vec![as_person, at_all, planted])
}

/// The posts, the same ones each time; or that the topics are absent.
pub(crate) fn ten_thousand(ground: &Ground) -> Result<Result<Vec<Post>, String>, Box<dyn Error>> {
    let content = match ground.corpus(TOPICS) {
        Ok(content) => content,
        Err(why) => return Ok(Err(why)),
    };
    let topics: Vec<Topic> = ground::lines(&content)?;
    let sentences: Vec<Vec<&str>> = topics.iter().map(|topic| sentences(&topic.text)).collect();
    let mut posts = Vec::with_capacity(POSTS);
    // Rounds through all topics, so that neighbours are about different things.
    let mut at = vec![0; topics.len()];
    for turn in (0..topics.len()).cycle() {
        if posts.len() == POSTS {
            break;
        }
        let (n, of_topic) = (posts.len(), &sentences[turn]);
        let least = LENGTH.0 + n * 37 % LENGTH.1;
        let mut text = String::new();
        while text.len() < least && !of_topic.is_empty() {
            text.push_str(of_topic[at[turn] % of_topic.len()]);
            text.push(' ');
            at[turn] += 1;
        }
        let clean = n % PLANTED_EVERY != PLANTED_EVERY - 1;
        if !clean {
            text.push_str(&about_somebody(n / PLANTED_EVERY));
            text.push(' ');
        }
        text.push_str("Source: MedlinePlus.");
        posts.push(Post { id: n.to_string(), text, clean });
    }
    Ok(Ok(posts))
}

/// Sentences and lines of a list.
fn sentences(text: &str) -> Vec<&str> {
    let parts = text.split('\n').flat_map(|line| line.split_inclusive(". "));
    parts.map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// A sentence that must not be said in public, in ten forms.
fn about_somebody(n: usize) -> String {
    let (given, surname) = (GIVEN[n % GIVEN.len()], SURNAMES[n % SURNAMES.len()]);
    let (month, town, day) = (MONTHS[n % MONTHS.len()], TOWNS[n % TOWNS.len()], 1 + n % 28);
    let number = 100_000 + n * 7_919 % 900_000;
    match n % 10 {
        0 => format!("Our patient {given} {surname} lost 40 pounds this way."),
        1 => format!("Call {given} at (541) 555-{:04} to hear how it went.", number % 10_000),
        2 => format!("Questions about her case go to {}.{number}@example.com.", given.to_lowercase()),
        3 => format!("We diagnosed a patient with it here on {month} {day}, 2026."),
        4 => format!("Look up MRN {number} for the whole story."),
        5 => format!("Mrs. {surname} from {town} came to us with exactly this."),
        6 => format!("Happy {}th birthday to our oldest patient, Mr. {surname}!", 90 + n % 10),
        7 => format!("A patient who lives at {} Mill Street in {town} had it twice.", 1 + n % 900),
        8 => format!("Thank you {given} {surname} for trusting us with your surgery on {month} {day}."),
        _ => format!("Her SSN is {:03}-{:02}-{:04}.", 100 + n % 600, 10 + n % 90, 1_000 + n % 9_000),
    }
}
