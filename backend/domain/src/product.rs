//! Card products are data: what a page or a rule wants to know of a product, it asks here.

use serde::{Deserialize, Serialize};
use strum::{EnumIter, EnumString, IntoStaticStr};

use crate::ids::ProductId;
use crate::values::ProductNumber;

/// How the holder comes to know the codes of a card.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, EnumString, IntoStaticStr,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum CodeDelivery {
    /// In a letter from the former issuer (products without number, 5xx and 6xx).
    CodeLetter,
    /// Chosen by the holder at the activation (7xx).
    ChosenAtActivation,
    /// In the envelope of a reserve card.
    Envelope,
}

/// One card product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// The number on the back of the card, if it has one.
    pub number: Option<ProductNumber>,
    /// The name that officers see.
    pub name: String,
    /// Whether the card is also a Swedish identity card (SIS-marked).
    pub sis_marked: bool,
    /// Whether a photo is printed on it.
    pub has_photo: bool,
    /// Longest validity, in calendar months.
    pub validity_months: u32,
    /// Shortest code that the chip accepts.
    pub pin_min: u8,
    /// Longest code that the chip accepts.
    pub pin_max: u8,
    /// How the codes reach the holder.
    pub code_delivery: CodeDelivery,
    /// Whether new cards of the product may be ordered.
    pub orderable: bool,
}
