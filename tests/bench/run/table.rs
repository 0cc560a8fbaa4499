//! `ops/bench/RESULTS.md`: what was measured, on what, and whether it reached its goal.

use std::fmt::Write as _;

use super::figure::Figure;

/// Something that is measured beside others.
pub struct Measured {
    /// What it is.
    pub name: String,
    /// With one client, then with sixteen.
    pub figures: [Figure; 2],
}

/// A line: the same question asked of several.
pub struct Line {
    /// The question.
    pub title: String,
    /// Everybody who was asked.
    pub measured: Vec<Measured>,
    /// Which of them is ours, which the least, and what share of it is the goal.
    pub goal: Option<Goal>,
    /// What a reader must know.
    pub note: String,
}

/// What ours has to reach.
pub struct Goal {
    /// The place of ours.
    pub ours: usize,
    /// The place of the least.
    pub least: usize,
    /// The share of its answers a second, at 16 clients.
    pub share: f64,
}

/// How many times the least one's p99 ours may take at 16 clients.
const TAIL: f64 = 4.0;

impl Line {
    /// The line as a part of the page.
    pub fn write(&self, out: &mut String) {
        let _ = write!(
            out,
            "\n### {}\n\n| | 1 client: a second | p50 ms | p99 ms | 16 clients: a second | p50 ms | p99 ms |\n\
             |---|---|---|---|---|---|---|\n",
            self.title
        );
        for measured in &self.measured {
            let _ = write!(out, "| {} ", measured.name);
            for figure in &measured.figures {
                let _ = write!(
                    out,
                    "| {:.0} | {:.2} | {:.2} ",
                    figure.per_second, figure.p50, figure.p99
                );
            }
            out.push_str("|\n");
        }
        out.push('\n');
        for said in self.verdicts() {
            let _ = writeln!(out, "- {said}");
        }
        if !self.note.is_empty() {
            let _ = writeln!(out, "- {}", self.note);
        }
    }

    /// What was reached and what was not.
    pub fn verdicts(&self) -> Vec<String> {
        let Some(goal) = &self.goal else {
            return Vec::new();
        };
        let (ours, least) = (&self.measured[goal.ours], &self.measured[goal.least]);
        let (mine, its) = (ours.figures[1], least.figures[1]);
        let share = mine.per_second / its.per_second;
        let tail = mine.p99 / its.p99;
        vec![
            format!(
                "{} of {} at 16 clients: **{share:.2}**, goal {:.2}: {}",
                ours.name,
                least.name,
                goal.share,
                reached(share >= goal.share)
            ),
            format!(
                "p99 at 16 clients: **{tail:.1} ×** that of {}, goal {TAIL:.0} ×: {}",
                least.name,
                reached(tail <= TAIL)
            ),
        ]
    }
}

/// The word for it.
pub fn reached(is: bool) -> &'static str {
    if is { "reached" } else { "**not reached**" }
}

/// The machine, as it says of itself.
pub fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name"));
    let model = model
        .unwrap_or_default()
        .trim_start_matches([' ', '\t', ':']);
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let memory = read("/proc/meminfo");
    let memory = memory
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"));
    let kilobytes: u64 = memory
        .and_then(|text| text.split_whitespace().next()?.parse().ok())
        .unwrap_or_default();
    format!("{cores} cores ({model}), {} GB", kilobytes / 1_000_000)
}
