//! How long a look takes on a server (in a page: `bench/run guard`): at texts of 3,000 characters of many kinds, and at ten thousand posts one after another.

use std::{error::Error, fs, hint::black_box, time::Instant};

use bedside_guard::{Context, Guard, Lang};

use crate::{
    ground::{self, Ground, Marked},
    identifiers::ASQ_PHI,
    measure::{Measure, Target},
    names::{self, BTC, Spacing},
    posts::{self, Post, TOPICS, Topic},
};

/// Characters of a long text.
const LONG: usize = 3_000;
/// Looks at each long text; the one in the middle counts, so that the machine's other work does not.
const LOOKS: usize = 5;
/// Rounds through the ten thousand posts; the one in the middle counts.
const ROUNDS: usize = 3;

pub(crate) fn measure(ground: &Ground) -> Result<Vec<Measure>, Box<dyn Error>> {
    let mut measures = latency(ground)?;
    measures.push(throughput(ground)?);
    Ok(measures)
}

fn latency(ground: &Ground) -> Result<Vec<Measure>, Box<dyn Error>> {
    let texts = match long_texts(ground)? {
        Ok(texts) => texts,
        Err(why) => return Ok(vec![Measure::missing("speed-p99", "time for 3,000 characters", why)]),
    };
    let guard = &ground.anybody;
    for (text, context, lang) in texts.iter().step_by(10) {
        black_box(ground::look(guard, text, *context, *lang));
    }
    let mut times: Vec<f64> =
        texts.iter().map(|(text, context, lang)| median_look(guard, text, *context, *lang)).collect();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[(times.len() as f64 * share) as usize];
    let what = |which: &str| format!("time for 3,000 characters, native, {} texts: {which}", times.len());
    Ok(vec![
        Measure::number("speed-p50", what("p50"), (at(0.50), "ms"), Target::None),
        Measure::number("speed-p99", what("p99"), (at(0.99), "ms"), Target::AtMost(2.0)),
        Measure::number("speed-most", what("slowest"), (times[times.len() - 1], "ms"), Target::None),
    ])
}

/// Milliseconds.
fn median_look(guard: &Guard, text: &str, context: Context, lang: Lang) -> f64 {
    let mut times = [0.0; LOOKS];
    for time in &mut times {
        let start = Instant::now();
        black_box(ground::look(guard, text, context, lang));
        *time = start.elapsed().as_secs_f64() * 1e3;
    }
    times.sort_by(f64::total_cmp);
    times[LOOKS / 2]
}

/// Texts of exactly 3,000 characters: health topics as posts and stories, strangers' posts as replies, cases in
/// English and Spanish.
#[allow(clippy::type_complexity, reason = "one use")]
fn long_texts(ground: &Ground) -> Result<Result<Vec<(String, Context, Lang)>, String>, Box<dyn Error>> {
    let mut texts = Vec::new();
    let mut cut = |whole: &str, contexts: &[Context], lang| {
        let letters: Vec<char> = whole.chars().collect();
        for (n, part) in letters.chunks_exact(LONG).enumerate() {
            texts.push((part.iter().collect(), contexts[n % contexts.len()], lang));
        }
    };
    let read = |file| ground.corpus(file);
    let (topics, cases, posts, reports) =
        match (read(TOPICS), read(ASQ_PHI), read(BTC), read("meddocan-dev/reports.jsonl")) {
            (Ok(topics), Ok(cases), Ok(posts), Ok(reports)) => (topics, cases, posts, reports),
            (Err(why), ..) | (_, Err(why), ..) | (_, _, Err(why), _) | (.., Err(why)) => return Ok(Err(why)),
        };
    let joined = |lines: Vec<Marked>| lines.into_iter().map(|line| line.text + "\n").collect::<String>();
    let topics: String = ground::lines::<Topic>(&topics)?.into_iter().map(|topic| topic.text + "\n").collect();
    cut(&topics, &[Context::Post, Context::Post, Context::Story], Lang::En);
    cut(&joined(ground::lines(&cases)?), &[Context::ColleagueCase], Lang::En);
    cut(&joined(ground::lines(&reports)?), &[Context::ColleagueCase], Lang::Es);
    let posts: String = names::posts(&posts, Spacing::AsWritten).into_iter().map(|post| post.text + "\n").collect();
    cut(&posts, &[Context::CommentReply, Context::ReviewReply], Lang::En);
    Ok(Ok(texts))
}

fn throughput(ground: &Ground) -> Result<Measure, Box<dyn Error>> {
    let what = "10,000 posts on one core, all rules on".to_owned();
    let posts = match posts::ten_thousand(ground)? {
        Ok(posts) => posts,
        Err(why) => return Ok(Measure::missing("speed-posts", what, why)),
    };
    let mut rates: Vec<f64> =
        (0..ROUNDS).map(|_| characters(&posts) as f64 / seconds(&ground.anybody, &posts) / 1e6).collect();
    rates.sort_by(f64::total_cmp);
    Ok(Measure::number("speed-posts", what, (rates[ROUNDS / 2], "million characters/s"), Target::AtLeast(20.0)))
}

pub(crate) fn characters(posts: &[Post]) -> usize {
    posts.iter().map(|post| post.text.chars().count()).sum()
}

/// Seconds of processor that one round through the posts takes, after a few that fill tables.
pub(crate) fn seconds(guard: &Guard, posts: &[Post]) -> f64 {
    for post in posts.iter().take(200) {
        black_box(ground::look(guard, &post.text, Context::Post, Lang::En));
    }
    let (start, began) = (Instant::now(), processor());
    for post in posts {
        black_box(ground::look(guard, &post.text, Context::Post, Lang::En));
    }
    match (began, processor()) {
        (Some(began), Some(ended)) if ended > began => ended - began,
        _ => start.elapsed().as_secs_f64(),
    }
}

/// Seconds of processor that this thread has had, where Linux tells: other work of the machine does not count.
fn processor() -> Option<f64> {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(told.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}
