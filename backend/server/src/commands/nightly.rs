//! `kortkontor nightly`.

use cards_app::Lane;
use cards_app::nightly::{NightPart, NightReport};
use cards_domain::calendar::business_day;
use cards_domain::safety_stop::{Trip, Verdict};
use chrono::NaiveDate;
use clap::Args;

use super::{Done, say};
use crate::work::runner;
use crate::{Config, System};

/// Runs today's nightly run now, or asks what a run would do.
#[derive(Args)]
pub struct Nightly {
    /// Report what would happen and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// A later business day to ask about, as 2030-01-08.
    #[arg(long, requires = "dry_run")]
    day: Option<NaiveDate>,
    /// Run once more today, for what has ended since the run was done.
    #[arg(long, conflicts_with = "dry_run")]
    again: bool,
    /// The report as JSON.
    #[arg(long)]
    json: bool,
}

impl Nightly {
    pub(super) fn run(self, config: &Config) -> Done {
        let system = System::build(config, "")?;
        let mut link = system.app.db.link(Lane::Long)?;
        let today = business_day(link.now());
        let report = if self.dry_run {
            let day = self.day.unwrap_or(today);
            if day < today {
                return Err(format!("{day} has been: a dry run is of today or later").into());
            }
            Some(system.app.would_run_night(&mut link, day)?)
        } else {
            let report = system.app.run_night(&mut link, &runner(), self.again)?;
            system.app.night_releases(&mut link)?;
            report
        };
        match report {
            Some(report) if self.json => say(&serde_json::to_string_pretty(&report)?),
            Some(report) => tell(&report, self.dry_run),
            None if self.json => say("null"),
            None => say(&format!(
                "The run of {today} is done already, or another process is at it. \
                 (--again runs it once more.)"
            )),
        }
        Ok(())
    }
}

fn tell(report: &NightReport, dry_run: bool) {
    if dry_run {
        say("Provkörning: ingenting har ändrats. (Dry run: nothing has changed.)");
    }
    say(&format!("nightly run of {}", report.day));
    for part in &report.organisations {
        tell_part(part);
    }
    if let Verdict::Held(_) | Verdict::Stops { .. } = report.in_all {
        say(&format!(
            "safety stop for the whole run: {} revocations in all; a second person must release it",
            report.counted_in_all
        ));
    }
    if report.organisations.is_empty() {
        say("no clock has ended");
    }
}

fn tell_part(part: &NightPart) {
    say(&format!("{} ({} live cards)", part.name, part.live));
    for (rule, counts) in &part.rules {
        let refused: u64 = counts.refused.values().sum();
        say(&format!(
            "  {rule}: {} · held {} · refused {refused} · failed {}",
            counts.goes, counts.held, counts.failed
        ));
    }
    match part.verdict {
        Verdict::Goes | Verdict::Released(_) => {}
        Verdict::Held(_) => say("  safety stop: an earlier one stands"),
        Verdict::Stops { why, .. } => say(&format!(
            "  safety stop: {} of {} cards, {}",
            part.revocations,
            part.live,
            because(why)
        )),
    }
}

fn because(why: Trip) -> &'static str {
    match why {
        Trip::TooMany => "more than 50",
        Trip::TooGreatAPart => "more than 0.5 %",
        Trip::TooManyInAll => "too many in all",
    }
}
