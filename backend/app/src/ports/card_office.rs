//! The office's side of a chip: its answer to a question that only the holder of the cards' key can
//! answer, and whether something was signed by the key of a certificate.

use cards_domain::values::CardNumber;

use super::GatewayError;

/// How long a chip's question is, in bytes.
pub const QUESTION_BYTES: usize = 8;

/// Answers chips, and judges what they sign.
pub trait CardOffice: Send + Sync {
    /// The answer to the question of the chip of the card with this number. With it whoever has the
    /// card can choose a new code: nothing here may ask for one without the rules' leave.
    ///
    /// # Errors
    /// There is no key for cards here (give up).
    fn answer(
        &self,
        card: &CardNumber,
        question: &[u8; QUESTION_BYTES],
    ) -> Result<Vec<u8>, GatewayError>;

    /// Whether the signature over the message holds for the key of the certificate (DER): ECDSA with
    /// SHA-256 on P-256, as `r ‖ s` or DER, or RSA PKCS #1 v1.5 with SHA-256.
    fn holds(&self, certificate: &[u8], message: &[u8], signature: &[u8]) -> bool;
}
