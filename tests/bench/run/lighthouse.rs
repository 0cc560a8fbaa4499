//! Lighthouse on the pages people open most: an npm package of its own, fetched into `ops/bench`
//! when it is first needed, since it weighs more than everything else that comes from there.

use std::path::Path;
use std::process::Command;

use super::figure::middle;
use crate::RunOptions;

/// Scores of a page out of 100.
pub struct Scores {
    /// The page.
    pub path: String,
    /// How fast it is on a phone with a slow connection.
    pub performance: f64,
    /// How accessible it is.
    pub accessibility: f64,
    /// Whether it keeps to good practice.
    pub practices: f64,
}

impl Scores {
    /// The lowest of the three.
    pub fn lowest(&self) -> f64 {
        self.performance.min(self.accessibility).min(self.practices)
    }
}

/// Fetches Lighthouse; `Err` says what is missing.
pub fn prepare(folder: &Path) -> Result<(), String> {
    if folder.join("node_modules/lighthouse").is_dir() {
        return Ok(());
    }
    let fetched = Command::new("npm").arg("ci").current_dir(folder).status();
    match fetched {
        Ok(status) if status.success() => Ok(()),
        _ => Err("Lighthouse is not measured: `npm ci` in ops/bench failed".to_owned()),
    }
}

/// Looks at a page several times, with this header; the medians. `Err` says what is missing.
pub fn look(
    options: &RunOptions,
    (url, path): (&str, &str),
    header: Option<&str>,
) -> Result<Scores, String> {
    let (Some(node), Some(chromium)) = (&options.node, &options.chromium) else {
        return Err("Lighthouse is not measured: Node 22 or Chromium is missing".to_owned());
    };
    let cookie = header.and_then(|header| header.split_once(": "));
    let headers = serde_json::json!(
        cookie
            .into_iter()
            .collect::<std::collections::BTreeMap<_, _>>()
    );
    let runs = (0..3).map(|_| {
        let output = Command::new(node)
            .arg(options.ops.join("node_modules/lighthouse/cli/index.js"))
            .arg(format!("{url}{path}"))
            .args(["--output=json", "--quiet"])
            .arg("--only-categories=performance,accessibility,best-practices")
            .arg("--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage")
            .arg(format!("--extra-headers={headers}"))
            .env("CHROME_PATH", chromium)
            .output()
            .map_err(|error| format!("Lighthouse does not start: {error}"))?;
        scores(&output.stdout).ok_or_else(|| {
            let told = String::from_utf8_lossy(&output.stderr);
            format!(
                "Lighthouse failed on {path}: {}",
                told.lines().next().unwrap_or_default()
            )
        })
    });
    let runs = runs.collect::<Result<Vec<_>, String>>()?;
    let median = |place: usize| middle(runs.iter().map(|run| run[place]).collect());
    Ok(Scores {
        path: path.to_owned(),
        performance: median(0),
        accessibility: median(1),
        practices: median(2),
    })
}

fn scores(report: &[u8]) -> Option<[f64; 3]> {
    let report: serde_json::Value = serde_json::from_slice(report).ok()?;
    let score = |name: &str| {
        let path = format!("/categories/{name}/score");
        Some(100.0 * report.pointer(&path)?.as_f64()?)
    };
    Some([
        score("performance")?,
        score("accessibility")?,
        score("best-practices")?,
    ])
}
