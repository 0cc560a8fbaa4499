//! What can be wrong, each with a number to tell the servicedesk and a next step. The numbers that
//! begin with K are the card client's, and mean the same there; those with S are what the server
//! knows, and what a browser shows. A number is never given to another cause.

#[cfg(test)]
mod tests;

use crate::text::Text;

/// Where a cause is to be looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The computer: reader, drivers, card software.
    Computer,
    /// The card in the reader.
    Card,
    /// PIN and PUK.
    Codes,
    /// Certificates and their keys.
    Certificates,
    /// Something that was to be done with a card, a code in hand.
    Task,
    /// What is registered of the card and its holder.
    Registered,
    /// The browser and what it trusts.
    Browser,
}

impl Place {
    /// All of them, in the order in which they are looked for.
    pub(crate) const ALL: [Self; 7] = [
        Self::Computer,
        Self::Card,
        Self::Codes,
        Self::Certificates,
        Self::Browser,
        Self::Registered,
        Self::Task,
    ];

    /// The heading.
    pub(crate) fn title(self, t: Text) -> String {
        match self {
            Self::Computer => t.place_computer(),
            Self::Card => t.place_card(),
            Self::Codes => t.place_codes(),
            Self::Certificates => t.place_certificates(),
            Self::Task => t.place_task(),
            Self::Registered => t.place_registered(),
            Self::Browser => t.place_browser(),
        }
    }

    /// A name for addresses on the page.
    pub(crate) fn anchor(self) -> &'static str {
        match self {
            Self::Computer => "datorn",
            Self::Card => "kortet",
            Self::Codes => "koderna",
            Self::Certificates => "certifikaten",
            Self::Task => "uppgiften",
            Self::Registered => "registret",
            Self::Browser => "webblasaren",
        }
    }
}

/// A cause.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cause {
    /// Its number.
    pub(crate) code: &'static str,
    /// Where.
    pub(crate) place: Place,
    says: fn(&Text) -> String,
    step: fn(&Text) -> String,
}

impl Cause {
    /// What is wrong.
    pub(crate) fn says(&self, t: Text) -> String {
        (self.says)(&t)
    }

    /// Whether a code is locked: what opens it depends on the card, and a page of its own says it.
    pub(crate) fn is_locked(&self) -> bool {
        matches!(self.code, "K302" | "K303" | "K304" | "K305")
    }

    /// What to do.
    pub(crate) fn step(&self, t: Text) -> String {
        (self.step)(&t)
    }
}

macro_rules! causes {
    ($($code:literal $place:ident $says:ident $step:ident;)+) => {
        /// Every cause, in the order of the numbers.
        pub(crate) static ALL: &[Cause] = &[$(Cause {
            code: $code,
            place: Place::$place,
            says: Text::$says,
            step: Text::$step,
        }),+];
    };
}

causes! {
    "K101" Computer cause_k101 step_k101;
    "K102" Computer cause_k102 step_k102;
    "K103" Computer cause_k103 step_k103;
    "K104" Computer cause_k104 step_k104;
    "K105" Computer cause_k105 step_k105;
    "K201" Card cause_k201 step_k201;
    "K202" Card cause_k202 step_k202;
    "K203" Card cause_k203 step_k203;
    "K204" Card cause_k204 step_k204;
    "K205" Card cause_k205 step_k205;
    "K206" Card cause_k206 step_k206;
    "K207" Card cause_k207 step_k207;
    "K208" Card cause_k208 step_k208;
    "K209" Card cause_k209 step_k209;
    "K301" Codes cause_k301 step_k301;
    "K302" Codes cause_k302 step_k302;
    "K303" Codes cause_k303 step_k303;
    "K304" Codes cause_k304 step_k304;
    "K305" Codes cause_k305 step_k305;
    "K306" Codes cause_k306 step_k306;
    "K307" Codes cause_k307 step_k307;
    "K308" Codes cause_k308 step_k308;
    "K309" Codes cause_k309 step_k309;
    "K310" Codes cause_k310 step_k310;
    "K401" Certificates cause_k401 step_k401;
    "K402" Certificates cause_k402 step_k402;
    "K403" Certificates cause_k403 step_k403;
    "K404" Certificates cause_k404 step_k404;
    "K405" Certificates cause_k405 step_k405;
    "K501" Certificates cause_k501 step_k501;
    "K502" Certificates cause_k502 step_k502;
    "K503" Certificates cause_k503 step_k503;
    "K601" Task cause_k601 step_k601;
    "K602" Task cause_k602 step_k602;
    "K603" Task cause_k603 step_k603;
    "K604" Task cause_k604 step_k604;
    "K605" Task cause_k605 step_k605;
    "K606" Task cause_k606 step_k606;
    "K607" Task cause_k607 step_k607;
    "K608" Task cause_k608 step_k608;
    "K609" Task cause_k609 step_k609;
    "K610" Task cause_k610 step_k610;
    "K611" Task cause_k611 step_k611;
    "K612" Task cause_k612 step_k612;
    "K613" Task cause_k613 step_k613;
    "K614" Task cause_k614 step_k614;
    "K615" Task cause_k615 step_k615;
    "K616" Task cause_k616 step_k616;
    "S101" Registered cause_s101 step_s101;
    "S102" Registered cause_s102 step_s102;
    "S103" Registered cause_s103 step_s103;
    "S104" Registered cause_s104 step_s104;
    "S105" Registered cause_s105 step_s105;
    "S201" Registered cause_s201 step_s201;
    "S202" Registered cause_s202 step_s202;
    "S203" Registered cause_s203 step_s203;
    "S301" Registered cause_s301 step_s301;
    "S302" Registered cause_s302 step_s302;
    "S303" Registered cause_s303 step_s303;
    "S304" Registered cause_s304 step_s304;
    "S305" Registered cause_s305 step_s305;
    "S401" Registered cause_s401 step_s401;
    "S501" Browser cause_s501 step_s501;
    "S502" Browser cause_s502 step_s502;
    "S503" Browser cause_s503 step_s503;
}

/// The cause with this number, however it was typed.
pub(crate) fn find(typed: &str) -> Option<&'static Cause> {
    let sought = typed.trim();
    ALL.iter()
        .find(|cause| cause.code.eq_ignore_ascii_case(sought))
}

/// What a number means, also one that the card client knows and this server does not yet.
pub(crate) fn told(t: Text, code: &str) -> (String, String) {
    find(code).map_or_else(
        || (t.cause_unknown(), t.step_unknown()),
        |cause| (cause.says(t), cause.step(t)),
    )
}
