//! Mail over SMTP, encrypted unless the server is on this very machine.

use std::net::IpAddr;
use std::time::Duration;

use cards_app::ports::{GatewayError, Mail, Mailer};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::{Error, SmtpTransport};
use lettre::{Message, Transport};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

/// How the connection is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmtpSecurity {
    /// Plain at first, then STARTTLS, which is demanded.
    StartTls,
    /// TLS from the first byte.
    Tls,
    /// Not at all; only for a server on the loopback interface.
    None,
}

/// A user of the mail server.
#[derive(Clone, Deserialize)]
pub struct SmtpLogIn {
    /// The name.
    pub user: String,
    /// The password.
    pub password: SecretString,
}

/// Where and how to send mail.
#[derive(Clone)]
pub struct SmtpSettings {
    /// The server's name or address; the certificate must be for it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is encrypted.
    pub security: SmtpSecurity,
    /// Who logs in, if the server wants it.
    pub log_in: Option<SmtpLogIn>,
    /// The sender, as in `Kortkontoret <kort@example.org>`. Its domain ends the Message-IDs.
    pub from: String,
    /// How long to wait for each answer.
    pub timeout: Duration,
    /// A root certificate to trust beside the system's, in PEM.
    pub extra_root: Option<Vec<u8>>,
}

/// Settings with which no mail can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SmtpSettingsError {
    /// Mail would cross a network in plain text.
    #[error("mail without encryption is allowed to a server on this machine only")]
    PlainOverNetwork,
    /// The sender is not a mail address.
    #[error("the sender is not a mail address")]
    Sender,
    /// The certificate cannot be read.
    #[error("the extra root certificate is not a PEM certificate")]
    Root,
    /// TLS cannot be set up for this host.
    #[error("TLS cannot be set up for the mail server")]
    Tls,
}

/// Sends mail over SMTP.
pub struct Smtp {
    transport: SmtpTransport,
    from: Mailbox,
    message_domain: String,
}

impl Smtp {
    /// A sender with these settings. No connection is made before there is a mail.
    ///
    /// # Errors
    /// [`SmtpSettingsError`].
    pub fn new(settings: SmtpSettings) -> Result<Self, SmtpSettingsError> {
        let from: Mailbox = settings
            .from
            .parse()
            .map_err(|_| SmtpSettingsError::Sender)?;
        let mut builder = SmtpTransport::builder_dangerous(&settings.host)
            .port(settings.port)
            .tls(tls(&settings)?)
            .timeout(Some(settings.timeout));
        if let Some(log_in) = settings.log_in {
            let password = log_in.password.expose_secret().to_owned();
            builder = builder.credentials(Credentials::new(log_in.user, password));
        }
        Ok(Self {
            transport: builder.build(),
            message_domain: from.email.domain().to_owned(),
            from,
        })
    }

    fn message(&self, mail: &Mail) -> Result<Message, GatewayError> {
        let unusable = |what: &str| GatewayError::GiveUp(format!("the mail has no usable {what}"));
        let to = mail.to.as_str().parse();
        let to = to.map_err(|_| unusable("recipient"))?;
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&mail.subject)
            .message_id(Some(format!("<{}@{}>", mail.errand, self.message_domain)))
            .singlepart(SinglePart::plain(mail.text.clone()))
            .map_err(|_| unusable("form"))?;
        // So that out-of-office replies stay away.
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        let language = HeaderName::new_from_ascii_str("Content-Language");
        let headers = message.headers_mut();
        headers.insert_raw(HeaderValue::new(automatic, "auto-generated".to_owned()));
        headers.insert_raw(HeaderValue::new(language, mail.language.clone()));
        Ok(message)
    }
}

impl Mailer for Smtp {
    fn send(&self, mail: &Mail) -> Result<(), GatewayError> {
        let message = self.message(mail)?;
        let sent = self.transport.send(&message);
        sent.map(drop).map_err(|error| failure(&error))
    }
}

fn tls(settings: &SmtpSettings) -> Result<Tls, SmtpSettingsError> {
    match settings.security {
        SmtpSecurity::StartTls => parameters(settings).map(Tls::Required),
        SmtpSecurity::Tls => parameters(settings).map(Tls::Wrapper),
        SmtpSecurity::None if is_loopback(&settings.host) => Ok(Tls::None),
        SmtpSecurity::None => Err(SmtpSettingsError::PlainOverNetwork),
    }
}

fn parameters(settings: &SmtpSettings) -> Result<TlsParameters, SmtpSettingsError> {
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(pem) = &settings.extra_root {
        let root = root(pem).ok_or(SmtpSettingsError::Root)?;
        builder = builder.add_root_certificate(root);
    }
    builder.build().map_err(|_| SmtpSettingsError::Tls)
}

/// A text without any certificate in it would be read as no certificates, and trusted in silence.
fn root(pem: &[u8]) -> Option<Certificate> {
    let marker = b"-----BEGIN CERTIFICATE-----";
    let has_any = pem.windows(marker.len()).any(|part| part == marker);
    has_any.then(|| Certificate::from_pem(pem).ok()).flatten()
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// What the failure means for the errand. The server's own words are left out: they tend to repeat
/// the recipient's address.
fn failure(error: &Error) -> GatewayError {
    let code: Option<u16> = error.status().map(Into::into);
    match code {
        Some(code) if error.is_permanent() && !is_about_us(code) => {
            GatewayError::GiveUp(format!("the mail server refuses the mail ({code})"))
        }
        Some(code) => GatewayError::Retry(format!("the mail server takes no mail now ({code})")),
        None => GatewayError::Retry(without_answer(error).to_owned()),
    }
}

/// Answers to a wrong log-in: they end when the settings are put right, and no mail is to be lost
/// until then.
fn is_about_us(code: u16) -> bool {
    matches!(code, 530 | 534 | 535 | 538)
}

fn without_answer(error: &Error) -> &'static str {
    if error.is_timeout() {
        "the mail server does not answer in time"
    } else if error.is_tls() {
        "no trusted connection to the mail server"
    } else if error.is_client() {
        "the mail server lacks what we need, such as STARTTLS"
    } else {
        "no connection to the mail server, or not a trusted one"
    }
}

#[cfg(test)]
mod tests;
