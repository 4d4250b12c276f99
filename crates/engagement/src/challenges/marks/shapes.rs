//! One function for each challenge: the mark of a day, drawn around the middle of its cell. Days count from 0.

use std::f64::consts::{PI, TAU};

use super::{COLUMNS, MARKS};

/// How a template draws the mark of a day, counted from 0.
pub(super) fn shape(template_id: &str) -> fn(usize) -> String {
    match template_id {
        "better-sleep" => moon,
        "calm-minutes" => breath,
        "know-your-pressure" => gauge,
        "less-salt" => salt_and_leaf,
        "more-fiber" => plant,
        "quit-smoking" => cigarette,
        "ready-for-flu-season" => cross,
        "rethink-your-drink" => sugar_and_drop,
        "screens-down" => screen_and_sun,
        "steady-on-your-feet" => footstep,
        "sun-smart" => sun,
        "walk-more" => bar,
        _ => dot,
    }
}

/// The moon waxes and wanes, once each week.
fn moon(day: usize) -> String {
    let phase = (PI * column(day) / COLUMNS as f64).cos();
    let lit = usize::from((day / COLUMNS).is_multiple_of(2));
    let edge = usize::from(phase < 0.0);
    let width = number(8.5 * phase.abs());
    format!(
        r#"<circle class="as" r="8.5"/><path class="c" d="M0 -8.5A8.5 8.5 0 0 {lit} 0 8.5A{width} 8.5 0 0 {edge} 0 -8.5Z"/>"#
    )
}

/// A breath goes in and out with the days.
fn breath(day: usize) -> String {
    let angle = TAU * column(day) / COLUMNS as f64 + 0.7 * row(day);
    let radius = number(3.0 + 5.5 * (1.0 - angle.cos()) / 2.0);
    format!(r#"<circle class="as" r="9.5" opacity=".35"/><circle class="a" r="{radius}"/>"#)
}

/// The needle swings widely at first, and calms down.
fn gauge(day: usize) -> String {
    let swing = 1.9 - 1.5 * progress(day);
    let angle = -PI / 2.0 + swing * (2.4 * day as f64).sin();
    let (x, y) = (number(7.0 * angle.cos()), number(7.0 * angle.sin()));
    format!(
        r#"<path class="as" d="M-7.4 5.4A9.2 9.2 0 1 1 7.4 5.4"/><path class="bs" d="M0 0L{x} {y}"/><circle class="b" r="1.7"/>"#
    )
}

/// Grains of salt grow smaller and leaves take their place.
fn salt_and_leaf(day: usize) -> String {
    if day > 17 || day == 15 || (day >= 8 && day.is_multiple_of(2)) {
        let half = 6.0 + 3.6 * progress(day);
        let tilt = if day.is_multiple_of(2) { -38 } else { 38 };
        let (top, vein) = (number(half), number(0.45 * half));
        return format!(
            r#"<g transform="rotate({tilt})"><path class="a" d="{}"/><path class="vein" d="M0 -{vein}V{top}"/></g>"#,
            leaf(half)
        );
    }
    let half = 5.5 - 3.0 * progress(day);
    let (start, side, turn) = (number(-half), number(2.0 * half), day * 23 % 90);
    format!(
        r#"<rect class="b" x="{start}" y="{start}" width="{side}" height="{side}" rx="1.2" transform="rotate({turn})"/>"#
    )
}

/// One more leaf each week.
fn plant(day: usize) -> String {
    let leaves = day / COLUMNS + 1;
    let mut drawn = r#"<path class="as" d="M0 10V-7"/>"#.to_owned();
    for n in 0..leaves {
        let ripe = n + 1 == leaves && day % 4 == 3;
        let class = if ripe { "b" } else { "a" };
        let tilt = if n.is_multiple_of(2) { 55 } else { -55 };
        let place = format!("translate(0 {}) rotate({tilt}) translate(0 -4)", number(5.0 - 4.0 * n as f64));
        drawn.push_str(&format!(r#"<path class="{class}" transform="{place}" d="{}"/>"#, leaf(4.6)));
    }
    drawn
}

/// The cigarette gets shorter until it is gone.
fn cigarette(day: usize) -> String {
    if day >= 25 {
        return r#"<circle class="c" r="7"/>"#.to_owned();
    }
    let end = 10.0 - 20.0 * progress(day);
    let (end, ember) = (number(end), number(end + 1.0));
    format!(
        r#"<path class="as" stroke-width="4" d="M-10 0H{end}" stroke-linecap="butt"/><circle class="b" cx="{ember}" r="2.4"/>"#
    )
}

/// Two weeks of getting ready, two of being ready.
fn cross(day: usize) -> String {
    let class = match day {
        0..14 => "a",
        _ if day.is_multiple_of(2) => "as",
        _ => "b",
    };
    format!(
        r#"<rect class="{class}" x="-3" y="-9" width="6" height="18" rx="1.5"/><rect class="{class}" x="-9" y="-3" width="18" height="6" rx="1.5"/>"#
    )
}

/// Each week more drops of water and fewer cubes of sugar.
fn sugar_and_drop(day: usize) -> String {
    if column(day) < 2.0 * row(day) + 1.0 {
        return r#"<path class="a" d="M0 -10C5 -3.5 7 -.5 7 3A7 7 0 0 1 -7 3C-7 -.5 -5 -3.5 0 -10Z"/>"#.to_owned();
    }
    let turn = (day * 17 % 50) as f64 - 25.0;
    format!(r#"<rect class="b" x="-5" y="-5" width="10" height="10" rx="1.5" transform="rotate({})"/>"#, number(turn))
}

/// The screen shrinks and the sun comes out.
fn screen_and_sun(day: usize) -> String {
    if day >= 18 {
        return format!(r#"<circle class="c" r="{}"/>"#, number(1.5 + 5.0 * progress(day)));
    }
    let scale = 1.0 - progress(day);
    let (x, y) = (number(-9.0 * scale), number(-6.5 * scale));
    let (width, height) = (number(18.0 * scale), number(13.0 * scale));
    format!(r#"<rect class="a" x="{x}" y="{y}" width="{width}" height="{height}" rx="1.5"/>"#)
}

/// Left, right, left, right.
fn footstep(day: usize) -> String {
    let (class, y, turn, x) = if day.is_multiple_of(2) { ("b", 3.0, -8, -0.8) } else { ("a", -3.0, 8, 0.8) };
    let (toe, y, x) = (number(y - 9.5), number(y), number(x));
    format!(
        r#"<ellipse class="{class}" cx="0" cy="{y}" rx="4" ry="7" transform="rotate({turn})"/><circle class="{class}" cx="{x}" cy="{toe}" r="1.6"/>"#
    )
}

/// More rays each week.
fn sun(day: usize) -> String {
    let rays = 4 + 3 * (day / COLUMNS);
    let mut drawn = format!(r#"<circle class="c" r="{}"/>"#, number(4.0 + progress(day)));
    for n in 0..rays {
        let (sin, cos) = (TAU * n as f64 / rays as f64).sin_cos();
        let (from, to) = ((number(7.0 * cos), number(7.0 * sin)), (number(9.6 * cos), number(9.6 * sin)));
        drawn.push_str(&format!(r#"<path class="bs" d="M{} {}L{} {}"/>"#, from.0, from.1, to.0, to.1));
    }
    drawn
}

/// A little more each day, and a fresh start each week.
fn bar(day: usize) -> String {
    let height = 4.0 + 0.95 * column(day) + 3.2 * row(day);
    let class = if column(day) < 5.0 { "a" } else { "b" };
    let (y, height) = (number(9.5 - height), number(height));
    format!(r#"<rect class="{class}" x="-5" y="{y}" width="10" height="{height}" rx="1"/>"#)
}

fn dot(_: usize) -> String {
    r#"<circle class="a" r="6"/>"#.to_owned()
}

/// A leaf from its tip at `-half` to its stem at `half`.
fn leaf(half: f64) -> String {
    let (end, wide, middle) = (number(half), number(0.75 * half), number(0.5 * half));
    format!("M0 -{end}C{wide} -{middle} {wide} {middle} 0 {end}C-{wide} {middle} -{wide} -{middle} 0 -{end}Z")
}

fn column(day: usize) -> f64 {
    (day % COLUMNS) as f64
}

fn row(day: usize) -> f64 {
    (day / COLUMNS) as f64
}

/// From 0 on the first day to 1 on the last.
fn progress(day: usize) -> f64 {
    day as f64 / (MARKS - 1) as f64
}

/// Two decimals at most, and no negative zero.
fn number(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    if rounded == 0.0 { "0".to_owned() } else { format!("{rounded}") }
}
