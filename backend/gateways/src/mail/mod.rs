//! Mail: what it says, and three ways to be rid of it: SMTP, the demonstration's inbox, and the
//! memory of a test.

mod dates;
mod hours;
mod inbox;
mod memory;
mod smtp;
mod texts;

pub use inbox::{Inbox, InboxMail};
pub use memory::MemoryMailer;
pub use smtp::{Smtp, SmtpLogIn, SmtpSecurity, SmtpSettings, SmtpSettingsError};
pub use texts::{Language, Texts};
