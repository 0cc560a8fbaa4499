//! What the servicedesk does during the call itself with a living card: that it is locked, the
//! letter with its PUK, and that it is lost.

use cards_app::queries::{CardAndOffers, CardSheet, PersonPage};
use cards_domain::access::Function;
use cards_domain::chip_code::ChipCodeActionName;
use cards_domain::revocation::RevocationStage;
use cards_domain::unlock::unlock_ways;

use super::Act;
use crate::components::{Button, Icon, StateBadge, Tone};
use crate::id_admin::parts;
use crate::locked_card::refusal_sentence;
use crate::pages::Setting;
use crate::text::Text;

/// The case that is open about the card, before everything else: whoever reported it may be on the
/// line again, and a report that waits is judged there and told nowhere a second time.
pub(super) fn case(s: &Setting, page: &PersonPage, sheet: &CardSheet) -> Option<Act> {
    let t = s.t;
    let case = sheet.parts.open_case()?;
    if !parts::may(s, Function::ReportLoss, &page.sheet, &sheet.card) {
        return None;
    }
    let answer = if waits_for_caller(sheet) {
        let mut clocks = page.clocks.iter();
        let clock = clocks.find(|clock| clock.thing == case.id.0);
        let by = clock.map_or(case.reported_at, |clock| clock.acts_at);
        t.sd_case_call_back(t.day_and_clock(by))
    } else {
        t.worklist_open_steps_means()
    };
    let to = Button::link(t.open_case(), format!("/servicedesk/sparr/{}", case.id));
    Some(yours(t, t.sd_case(), answer, to))
}

fn waits_for_caller(sheet: &CardSheet) -> bool {
    let case = sheet.parts.open_case();
    case.is_some_and(|case| case.stage == RevocationStage::Reported)
}

/// What is offered, and why the rest is not.
pub(super) fn acts(s: &Setting, page: &PersonPage, card: &CardAndOffers) -> Vec<Act> {
    let t = s.t;
    let lock = (!card.codes.is_empty()).then(|| lock(t, card));
    let letter = letter(t, card);
    let may_report = parts::may(s, Function::ReportLoss, &page.sheet, &card.sheet.card);
    let is_told = may_report && waits_for_caller(&card.sheet);
    let loss = (!is_told).then(|| loss(t, &card.sheet, may_report));
    [lock, letter, loss].into_iter().flatten().collect()
}

/// That the card is locked, or, when it is, how it is unlocked.
fn lock(t: Text, card: &CardAndOffers) -> Act {
    let sheet = &card.sheet;
    let to = format!("{}/last", address(sheet));
    if sheet.parts.has_locked_pin() {
        let ways = unlock_ways(sheet.card.product_number.as_ref());
        let (answer, who, icon) = if ways.visit {
            let answer = t.ul_sd_open_visit(&sheet.office.name);
            (answer, t.sd_needs_visit(), Icon::Home)
        } else {
            (t.ul_sd_open_puk(), t.sd_you(), Icon::Check)
        };
        let who = StateBadge::new(Tone::Neutral, icon, who).outlined();
        return Act {
            what: t.ul_sd_open(),
            answer,
            code: None,
            track: Some(Button::link(t.ul_sd_ways(), to).secondary()),
            who,
        };
    }
    match card.code_verdict(ChipCodeActionName::Lock) {
        Ok(()) => yours(
            t,
            t.ul_sd_lock(),
            t.ul_sd_lock_means(),
            Button::link(t.card_is_locked(), to),
        ),
        Err(refusal) => no(t, t.ul_sd_lock(), refusal_sentence(t, &refusal)),
    }
}

fn letter(t: Text, card: &CardAndOffers) -> Option<Act> {
    let sheet = &card.sheet;
    if let Some(open) = sheet.parts.open_letter() {
        let state = crate::states::puk_letter(open.stage).word(t);
        let to = Button::link(
            t.ul_see_letter(),
            format!("/servicedesk/puk-brev/{}", open.id),
        );
        return Some(yours(t, t.ul_sd_letter(), format!("{state}."), to));
    }
    if sheet.parts.is_puk_locked() {
        return None;
    }
    let to = format!("{}/puk-brev", address(sheet));
    Some(match card.letter.as_ref()? {
        Ok(()) => yours(
            t,
            t.ul_sd_letter(),
            t.ul_sd_letter_means(),
            Button::link(t.ul_ask_letter(), to),
        ),
        Err(refusal) => no(t, t.ul_sd_letter(), refusal_sentence(t, refusal)),
    })
}

/// The loss, after the first question has been answered.
fn loss(t: Text, sheet: &CardSheet, may_report: bool) -> Act {
    if !may_report {
        return Act {
            what: t.ul_sd_loss(),
            answer: t.sd_revoke_means(&sheet.office.name),
            code: None,
            track: None,
            who: StateBadge::new(Tone::Neutral, Icon::Person, t.sd_by_officer()).outlined(),
        };
    }
    let to = format!("{}/sparra", address(sheet));
    let to = Button::link(t.ul_sd_loss_link(), to);
    yours(t, t.ul_sd_loss(), t.ul_sd_loss_means(), to)
}

fn address(sheet: &CardSheet) -> String {
    format!("/servicedesk/kort/{}", sheet.card.id)
}

fn yours(t: Text, what: String, answer: String, to: Button) -> Act {
    Act {
        what,
        answer,
        code: None,
        track: Some(to.secondary()),
        who: StateBadge::new(Tone::Success, Icon::Check, t.sd_you()).outlined(),
    }
}

fn no(t: Text, what: String, why: String) -> Act {
    Act {
        what,
        answer: why,
        code: None,
        track: None,
        who: StateBadge::new(Tone::Neutral, Icon::Cross, t.sd_not_now()).outlined(),
    }
}
