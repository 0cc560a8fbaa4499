//! The vocabulary of states: one word, one icon, one colour, one drawing each, in all portals,
//! mails and letters. Pages map their enums to these and invent no words of their own.

use super::{CardDrawing, Icon, StateBadge, Tone};
use crate::text::Text;

/// How a state looks and what it is called.
#[derive(Clone, Copy, Debug)]
pub struct State {
    icon: Icon,
    tone: Tone,
    is_outlined: bool,
    word: fn(&Text) -> String,
    /// The card's drawing in this state, where a card is concerned.
    pub drawing: Option<CardDrawing>,
}

impl State {
    const fn new(icon: Icon, tone: Tone, word: fn(&Text) -> String) -> Self {
        Self {
            icon,
            tone,
            is_outlined: false,
            word,
            drawing: None,
        }
    }

    const fn outlined(mut self) -> Self {
        self.is_outlined = true;
        self
    }

    const fn drawn(mut self, drawing: CardDrawing) -> Self {
        self.drawing = Some(drawing);
        self
    }

    /// The badge in this language.
    #[must_use]
    pub fn badge(&self, t: Text) -> StateBadge {
        let badge = StateBadge::new(self.tone, self.icon, self.word(t));
        if self.is_outlined {
            badge.outlined()
        } else {
            badge
        }
    }

    /// The word alone, for tables and sentences.
    #[must_use]
    pub fn word(&self, t: Text) -> String {
        (self.word)(&t)
    }
}

macro_rules! vocabulary {
    ($($(#[$about:meta])* $thing:ident { $($name:ident = $icon:ident $tone:ident $word:ident $(, $extra:ident($($value:ident)?))*;)+ })+) => {
        $($(#[$about])* pub mod $thing {
            use super::{CardDrawing, Icon, State, Text, Tone};
            $(#[doc = concat!("The state `", stringify!($word), "`.")]
            pub const $name: State = State::new(Icon::$icon, Tone::$tone, Text::$word)
                $(.$extra($(CardDrawing::$value)?))*;)+
            const _: Option<CardDrawing> = None;
        })+

        /// Every state of the vocabulary.
        pub const ALL: &[State] = &[$($($thing::$name),+),+];
    };
}

vocabulary! {
    /// An order of a card.
    order {
        DRAFT = Dots Neutral state_order_draft, drawn(Dashed);
        AWAITING_PREREQUISITES = Clock Warning state_order_awaiting_prerequisites, drawn(Dashed);
        AWAITING_PHOTO = Camera Warning state_order_awaiting_photo, drawn(Dashed);
        READY_TO_SEND = Check Info state_order_ready_to_send, drawn(Dashed);
        IN_PRODUCTION = Box Info state_order_in_production, drawn(Dashed);
        DISPATCHED = Envelope Info state_order_dispatched, drawn(Envelope);
        FULFILLED = Check Success state_order_fulfilled;
        CANCELLED = Cross Neutral state_order_cancelled;
        REJECTED = Cross Neutral state_order_rejected;
        REPLACED_UNDELIVERED = Arrows Neutral state_order_replaced_undelivered, drawn(Banned);
        ACTIVATION_EXPIRED = CalendarCross Danger state_order_activation_expired, drawn(Banned);
    }
    /// A card.
    card {
        ORDERED = Dots Neutral state_card_ordered, drawn(Dashed);
        SENT = Envelope Info state_card_sent, drawn(Envelope);
        UNLOCKED_UNSIGNED = Pen Warning state_card_unlocked_unsigned, drawn(SignatureLine);
        ACTIVE = Check Success state_card_active, drawn(Whole);
        REVOKED = Ban Danger state_card_revoked, drawn(Banned);
        EXPIRED = CalendarCross Neutral state_card_expired, drawn(Grey);
    }
    /// The chip's codes, beside the card's state.
    codes {
        PIN_LOCKED = Padlock Warning state_codes_pin_locked, drawn(Locked), outlined();
        SIGNING_LOCKED = Padlock Warning state_codes_signing_locked, outlined();
        PUK_LOCKED = Padlock Danger state_codes_puk_locked, drawn(Locked), outlined();
    }
    /// Where an ended card is.
    custody {
        RETURNED = Return Neutral state_custody_returned, outlined();
        DESTROYED = Scissors Neutral state_custody_destroyed, drawn(Cut), outlined();
    }
    /// A reserve card.
    reserve {
        IN_STOCK = Box Neutral state_reserve_in_stock, drawn(Grey);
        HANDED_OUT = Clock Warning state_reserve_handed_out, drawn(Whole);
        NO_VALID_EID = Warning Warning state_reserve_no_valid_eid, drawn(Grey);
    }
    /// A certificate.
    certificate {
        VALID = Check Success state_certificate_valid;
        VALID_OFF_CARD = Check Neutral state_certificate_valid_off_card;
        SUPERSEDED = Arrows Neutral state_certificate_superseded;
        REVOKED = Ban Danger state_certificate_revoked;
        EXPIRED = CalendarCross Neutral state_certificate_expired;
    }
    /// A registered letter on its way.
    delivery {
        POSTED = Envelope Info state_delivery_posted;
        NOTICE_SENT = Envelope Info state_delivery_notice_sent;
        AT_SERVICE_POINT = Pin Info state_delivery_at_service_point;
        COLLECTED = Check Success state_delivery_collected;
        RETURNED_TO_SENDER = Return Warning state_delivery_returned_to_sender;
        LOST = Warning Danger state_delivery_lost;
    }
    /// A PUK letter.
    puk_letter {
        REQUESTED = Clock Neutral state_puk_letter_requested;
        APPROVED = Check Info state_puk_letter_approved;
        PRINTING = Printer Info state_puk_letter_printing;
        MAILED = Envelope Info state_puk_letter_mailed;
        AT_SERVICE_POINT = Pin Info state_puk_letter_at_service_point;
        COLLECTED = Check Info state_puk_letter_collected;
        USED = Check Success state_puk_letter_used;
        REJECTED = Cross Neutral state_puk_letter_rejected;
        CANCELLED = Cross Neutral state_puk_letter_cancelled;
        RETURNED_TO_SENDER = Return Warning state_puk_letter_returned_to_sender;
        FAILED = Padlock Danger state_puk_letter_failed, outlined();
        CLOSED = Check Neutral state_puk_letter_closed;
    }
    /// A photo for cards.
    photo {
        CAPTURED = Clock Warning state_photo_captured;
        APPROVED = Check Success state_photo_approved;
        REJECTED = Cross Warning state_photo_rejected;
    }
    /// A revocation case.
    revocation {
        RECEIVED = Clock Danger state_revocation_received, drawn(Whole);
        STEPS_LEFT = Clock Warning state_revocation_steps_left, drawn(Banned);
        CLOSED = Check Success state_revocation_closed, drawn(Banned);
        WITHDRAWN = Cross Neutral state_revocation_withdrawn, drawn(Whole);
    }
    /// What a change of name leads to.
    name_change {
        NEW_CARD_NEEDED = Pen Warning state_name_change_new_card_needed;
        NEW_CARD_COMING = Envelope Info state_name_change_new_card_coming;
        DONE = Check Success state_name_change_done;
    }
    /// A person.
    person {
        PROTECTED = Shield Brass state_person_protected;
    }
}
