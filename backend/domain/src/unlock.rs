//! How a locked card is unlocked. The product number decides it, and this is the one place that
//! says what a product number means for unlocking and for the step at Telia.

use strum::{EnumIter, IntoStaticStr};

use crate::values::{ProductClass, ProductNumber, class_of};

/// Telia's number for revoking the personal electronic identification on older cards (source
/// text S3).
pub const TELIA_REVOCATION_PHONE: &str = "020-32 32 62";

/// How many wrong PINs in a row lock a card (source texts S0 and S3).
pub const WRONG_PINS_THAT_LOCK: u8 = 3;

/// About how many days an ordered letter with the PUK takes to arrive (source text S4).
pub const PUK_LETTER_DAYS: u8 = 3;

/// Where the holder finds the PUK.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum PukSource {
    /// In a letter that an ID administrator or the servicedesk orders; none was ever sent.
    OrderedLetter,
    /// In the letter that Telia posted and that the holder used when collecting the card. When it
    /// is missing, an ID administrator or the servicedesk orders a new one.
    TeliaCodeLetter,
}

/// The ways to unlock a card, and what its product number says of a loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnlockWays {
    /// The generation that the number tells.
    pub class: ProductClass,
    /// Whether an ID administrator can unlock the card at a personal visit: at the office of the
    /// photo, or an ID administrator in the holder's own organisation. The holder brings the card
    /// and a valid physical Swedish identity document.
    pub visit: bool,
    /// Where the PUK is. Every card can be unlocked with it as long as it is not locked itself.
    pub puk: PukSource,
    /// Whether the personal electronic identification must also be revoked at Telia, on
    /// [`TELIA_REVOCATION_PHONE`], when the card is lost or somebody may know its codes.
    pub telia_step: bool,
    /// Whether the number belongs to no known generation, so that a person must look at the card.
    /// It is treated as an older card meanwhile.
    pub is_flagged: bool,
}

impl UnlockWays {
    /// Whether nothing is left but a new card when the PUK is locked too. A visit does not use the
    /// holder's PUK, so where a visit helps, it is tried first.
    #[must_use]
    pub const fn is_replaced_when_puk_is_locked(self) -> bool {
        !self.visit
    }
}

/// The ways for a card with this product number on its back, or with none.
///
/// Source text S3: a card whose number begins with 7 is unlocked by an ID administrator at a
/// personal visit, or with an ordered PUK. One that begins with 5 or 6, or has no number, is
/// unlocked only with the PUK of the code letter from Telia, and is revoked at Telia too. No source
/// knows other numbers; they count as older cards and are flagged. Reserve cards go by their
/// number as well.
#[must_use]
pub fn unlock_ways(product_number: Option<&ProductNumber>) -> UnlockWays {
    let class = class_of(product_number);
    let is_seven = class == ProductClass::Gen7;
    UnlockWays {
        class,
        visit: is_seven,
        puk: if is_seven {
            PukSource::OrderedLetter
        } else {
            PukSource::TeliaCodeLetter
        },
        telia_step: !is_seven,
        is_flagged: class == ProductClass::LegacyUnknown,
    }
}
