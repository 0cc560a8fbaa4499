//! The manufacturer's reports: each becomes an action on its order, in sets, and is acknowledged
//! once that has been committed. A report that comes twice is refused by the order's stage and
//! acknowledged again.

use cards_domain::access::SystemActor;
use cards_domain::order::{Order, OrderAction};
use cards_store::Link;
use uuid::Uuid;

use crate::ports::{ManufacturerNews, ManufacturerReport};
use crate::{App, Failure};

impl App {
    /// Takes care of the reports that are there. Gives how many.
    pub(super) fn take_reports(&self, link: &mut Link) -> Result<usize, Failure> {
        let reports = match self.ports.manufacturer.reports() {
            Ok(reports) => reports,
            Err(error) => {
                tracing::warn!(%error, "the manufacturer's reports cannot be read");
                return Ok(0);
            }
        };
        let call = self.system_call(SystemActor::Manufacturer);
        // One report at a time per order: two about the same order are two steps.
        let mut waiting: Vec<&ManufacturerReport> = reports.iter().collect();
        while !waiting.is_empty() {
            let (now, later) = first_of_each(&waiting);
            let acts: Vec<(Uuid, OrderAction)> = now
                .iter()
                .map(|report| (report.order.0, action(&report.news)))
                .collect();
            let answers = self.ledger.act_many::<Order>(link, &call, &acts)?;
            for (report, answer) in now.iter().zip(answers) {
                if !matches!(answer, Some(Ok(_))) {
                    tracing::warn!(report = %report.id, "a report did not fit its order");
                }
                self.ports.manufacturer.acknowledge(report.id)?;
            }
            waiting = later;
        }
        Ok(reports.len())
    }
}

type Reports<'a> = Vec<&'a ManufacturerReport>;

/// The first report about each order, and the rest.
fn first_of_each<'a>(reports: &[&'a ManufacturerReport]) -> (Reports<'a>, Reports<'a>) {
    let mut seen = std::collections::HashSet::new();
    reports
        .iter()
        .copied()
        .partition(|report| seen.insert(report.order))
}

fn action(news: &ManufacturerNews) -> OrderAction {
    match news {
        ManufacturerNews::Produced(made) => OrderAction::Produce(made.clone()),
        ManufacturerNews::Failed => OrderAction::FailProduction,
        ManufacturerNews::Dispatched { rek_id } => OrderAction::Dispatch {
            rek_id: rek_id.clone(),
        },
    }
}
