//! Whom a certificate can name. Asked when the card is ordered: a card that is made for somebody whom
//! no certificate can name would be of no use.

use crate::product::Product;
use crate::refusal::Refusal;
use crate::values::PersonName;

/// Characters of a given name or a surname in a certificate (RFC 5280, A.1: the upper bounds of
/// names).
pub const LONGEST_NAME: usize = 64;

/// Whether the certificates that the product is made with can name somebody of this name: with a
/// given name and a surname, neither of them too long.
///
/// # Errors
/// [`Refusal::NameNotForCertificate`].
pub fn can_name(product: &Product, name: &PersonName) -> Result<(), Refusal> {
    if product.certificates_when_made().is_empty() {
        return Ok(());
    }
    let fits = |part: &str| !part.is_empty() && part.chars().count() <= LONGEST_NAME;
    if name.given().is_some_and(fits) && fits(name.surname()) {
        Ok(())
    } else {
        Err(Refusal::NameNotForCertificate)
    }
}
