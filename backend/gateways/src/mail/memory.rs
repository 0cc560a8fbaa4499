//! A mailer that only remembers, for tests.

use std::sync::{Mutex, MutexGuard, PoisonError};

use cards_app::ports::{GatewayError, Mail, Mailer};

use crate::Demonstration;

#[derive(Default)]
struct Kept {
    sent: Vec<Mail>,
    refusing: Option<GatewayError>,
}

/// Remembers what was sent.
pub struct MemoryMailer(Mutex<Kept>);

impl MemoryMailer {
    /// A mailer that has sent nothing.
    #[must_use]
    pub fn new(_: Demonstration) -> Self {
        Self(Mutex::default())
    }

    /// What was sent, oldest first; a mail sent again under the same errand stands there once.
    #[must_use]
    pub fn sent(&self) -> Vec<Mail> {
        self.kept().sent.clone()
    }

    /// From now on every mail is refused with this error, or, with `None`, taken again.
    pub fn refuse(&self, error: Option<GatewayError>) {
        self.kept().refusing = error;
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Mailer for MemoryMailer {
    fn send(&self, mail: &Mail) -> Result<(), GatewayError> {
        let mut kept = self.kept();
        if let Some(error) = &kept.refusing {
            return Err(error.clone());
        }
        if kept.sent.iter().all(|known| known.errand != mail.errand) {
            kept.sent.push(mail.clone());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use cards_domain::values::EmailAddress;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_repeated_errand_stands_once_and_a_refused_one_not_at_all() {
        let mailer = MemoryMailer::new(Demonstration::unless_production("test").unwrap());
        let mail = Mail {
            errand: Uuid::from_u128(1),
            to: EmailAddress::parse("maja@malarvik.example").unwrap(),
            language: "sv".to_owned(),
            subject: "Hej".to_owned(),
            text: "Text".to_owned(),
        };
        mailer.refuse(Some(GatewayError::Retry("down".to_owned())));
        assert!(mailer.send(&mail).is_err());
        assert_eq!(mailer.sent().len(), 0);
        mailer.refuse(None);
        mailer.send(&mail).unwrap();
        mailer.send(&mail).unwrap();
        assert!(mailer.sent() == [mail]);
    }
}
