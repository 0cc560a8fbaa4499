//! The task sheet: what the office wants done, and what it knows of the card. It has no names; what it
//! has is not shown by `Debug`.

use crate::card::{CardNumber, Identity};
use crate::weak::BirthDate;
use secrecy::SecretString;
use serde::{Deserialize, Deserializer};
use std::fmt;
use uuid::Uuid;

/// What is to be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// The card is shown to work for the first time.
    Register,
    /// Certificates for signing are written to it.
    FetchSigning,
    /// The holder chooses its code at the counter.
    ChooseCode,
    /// The holder chooses a new code for a locked card at a visit.
    UnlockVisit,
    /// The holder signs the receipt.
    SignReceipt,
    /// A certificate for signing leaves the card.
    DeleteCertificate,
    /// Card and reader are tried.
    TestCard,
    /// Something that a newer server knows.
    #[serde(other)]
    Unknown,
}

impl TaskKind {
    /// Its name in the protocol.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::FetchSigning => "fetch_signing",
            Self::ChooseCode => "choose_code",
            Self::UnlockVisit => "unlock_visit",
            Self::SignReceipt => "sign_receipt",
            Self::DeleteCertificate => "delete_certificate",
            Self::TestCard => "test_card",
            Self::Unknown => "",
        }
    }
}

/// Whom a certificate names the holder as.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// HSA-id.
    HsaId,
    /// Personal number.
    PersonId,
    /// Something that a newer server knows.
    #[serde(other)]
    Other,
}

impl Profile {
    /// Its name in the protocol.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::HsaId => "hsa_id",
            Self::PersonId => "person_id",
            Self::Other => "",
        }
    }

    /// Whom a certificate of it names the holder as, as the card shows it.
    #[must_use]
    pub fn identity(self) -> Identity {
        match self {
            Self::HsaId => Identity::Work,
            Self::PersonId => Identity::Personal,
            Self::Other => Identity::Other,
        }
    }
}

/// What a certificate is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Usage {
    /// *Legitimera*.
    Authentication,
    /// *Skriv under*.
    Signature,
    /// Something that a newer server knows.
    #[serde(other)]
    Other,
}

/// Where a certificate stands in the office's books.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Asked for, not signed yet.
    Requested,
    /// Signed, not known to be on the card.
    Issued,
    /// On the card.
    Active,
    /// Taken off the card, and still valid.
    OffCard,
    /// Over, or something that a newer server knows.
    #[serde(other)]
    Over,
}

impl Stage {
    /// Whether its key is still of use.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(self, Self::Requested | Self::Issued | Self::Active)
    }
}

/// A certificate that the card lacks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
pub struct Wanted {
    /// Whom it names the holder as.
    pub profile: Profile,
    /// What it is for.
    pub usage: Usage,
}

/// A certificate of this card in the office's books.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct ListedCertificate {
    /// Its number there.
    pub id: Uuid,
    /// Whom it names the holder as.
    pub profile: Profile,
    /// What it is for.
    pub usage: Usage,
    /// Where it stands.
    pub stage: Stage,
    /// SHA-256 of its SubjectPublicKeyInfo, hexadecimal.
    #[serde(default)]
    pub key: String,
    /// The certificate (DER), once it is signed.
    #[serde(default, deserialize_with = "base64")]
    pub der: Option<Vec<u8>>,
}

impl fmt::Debug for ListedCertificate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signed = self.der.is_some();
        write!(
            out,
            "{:?} {:?} {:?} signed {signed}",
            self.profile, self.usage, self.stage
        )
    }
}

/// Base64 or nothing; something else is no sheet.
fn base64<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<u8>>, D::Error> {
    use base64::Engine as _;
    use serde::de::Error as _;
    let text = Option::<String>::deserialize(from)?;
    let read = text.map(|text| base64::engine::general_purpose::STANDARD.decode(text));
    read.transpose().map_err(|_| D::Error::custom("not base64"))
}

#[derive(Clone, Deserialize)]
struct Numbered {
    number: String,
}

#[derive(Clone, Deserialize)]
struct Born {
    birth: Option<String>,
}

/// A task sheet.
#[derive(Clone, Deserialize)]
pub struct Sheet {
    /// The task's number.
    pub task: Uuid,
    /// What is to be done.
    pub kind: TaskKind,
    /// Random digits that the proofs carry.
    pub challenge: String,
    card: Numbered,
    #[serde(default)]
    holder: Option<Born>,
    /// What the card lacks.
    #[serde(default)]
    pub wanted: Vec<Wanted>,
    /// What the office knows of the card.
    #[serde(default)]
    pub certificates: Vec<ListedCertificate>,
    /// What shall leave the card.
    #[serde(default)]
    pub remove: Option<Vec<Uuid>>,
    /// What is signed.
    #[serde(default)]
    pub text: Option<String>,
    /// Whether the card's own key has proved itself already.
    #[serde(default)]
    pub proved: bool,
    /// Whether the card was registered before.
    #[serde(default)]
    pub registered: bool,
    /// Who may go on with the task; only when it is fetched.
    #[serde(default)]
    pub secret: Option<SecretString>,
}

impl fmt::Debug for Sheet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Sheet({:?} {})", self.kind, self.task)
    }
}

impl Sheet {
    /// The card that it is for, and no other.
    #[must_use]
    pub fn card(&self) -> CardNumber {
        CardNumber::new(&self.card.number)
    }

    /// The holder's day of birth: no code may be made of it.
    #[must_use]
    pub fn birth(&self) -> Option<BirthDate> {
        let text = self.holder.as_ref()?.birth.as_deref()?;
        BirthDate::of_day(text)
    }

    /// What the card's key for *legitimering* signs.
    #[must_use]
    pub fn text_of_proof(&self) -> Vec<u8> {
        let (kind, task, challenge) = (self.kind.name(), self.task, &self.challenge);
        let signed = match self.kind {
            TaskKind::SignReceipt => self.text.as_deref().unwrap_or_default(),
            _ => "",
        };
        format!("kortkontor card task v1\n{kind}\n{task}\n{challenge}\n{signed}").into_bytes()
    }

    /// What the key of a certificate signs once it is on the card.
    #[must_use]
    pub fn text_of_written(&self, certificate: Uuid) -> Vec<u8> {
        let challenge = &self.challenge;
        format!("kortkontor certificate v1\n{certificate}\n{challenge}\n").into_bytes()
    }

    /// The certificate with this key.
    #[must_use]
    pub fn of_key(&self, hash: &str) -> Option<&ListedCertificate> {
        let mut all = self.certificates.iter();
        all.find(|one| one.key.eq_ignore_ascii_case(hash))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = r#"{"task": "01890a5d-ac96-774b-bcce-b302099a8057", "kind": "fetch_signing",
        "language": "sv", "expires_at": "2026-11-22T18:00:00Z", "card": {"number": "975200000123"},
        "holder": {"birth": "1979-03-15"}, "challenge": "ab12", "text": null, "proved": false,
        "registered": true, "wanted": [{"profile": "hsa_id", "usage": "signature"}],
        "certificates": [{"id": "01890a5d-ac96-774b-bcce-b302099a8058", "profile": "person_id",
        "usage": "authentication", "stage": "revoked", "key": "AB", "der": "AQI="}], "secret": "hidden"}"#;

    #[test]
    fn a_sheet_is_read_with_what_newer_servers_may_add() {
        let sheet: Sheet = serde_json::from_str(SHEET).unwrap();
        assert_eq!(sheet.kind, TaskKind::FetchSigning);
        assert_eq!(sheet.card().last_four(), "0123");
        assert!(sheet.birth().is_some() && sheet.registered && sheet.remove.is_none());
        let listed = sheet.of_key("ab").unwrap();
        assert_eq!(
            (listed.stage, listed.der.as_deref()),
            (Stage::Over, Some(&[1, 2][..]))
        );
        let newer = SHEET.replace("fetch_signing", "something_else");
        let newer: Sheet = serde_json::from_str(&newer).unwrap();
        assert_eq!(newer.kind, TaskKind::Unknown);
    }

    #[test]
    fn the_proof_names_the_kind_the_task_and_the_challenge_and_a_receipt_its_text() {
        let mut sheet: Sheet = serde_json::from_str(SHEET).unwrap();
        let text = |sheet: &Sheet| String::from_utf8(sheet.text_of_proof()).unwrap();
        sheet.text = Some("Jag har fått kortet.".into());
        let proof =
            "kortkontor card task v1\nfetch_signing\n01890a5d-ac96-774b-bcce-b302099a8057\nab12\n";
        assert_eq!(text(&sheet), proof);
        sheet.kind = TaskKind::SignReceipt;
        assert!(text(&sheet).ends_with("\nab12\nJag har fått kortet."));
    }

    #[test]
    fn a_sheet_shows_neither_card_nor_holder_nor_secret() {
        let sheet: Sheet = serde_json::from_str(SHEET).unwrap();
        let shown = format!("{sheet:?}");
        for hidden in ["975200000123", "1979", "hidden"] {
            assert!(!shown.contains(hidden), "{shown}");
        }
    }
}
