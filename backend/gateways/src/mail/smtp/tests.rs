//! Against a mail server of a few lines that answers as it is told.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;

use cards_domain::values::EmailAddress;
use uuid::Uuid;

use super::*;

/// What the server answers to a recipient, and to `EHLO` after its name.
#[derive(Clone, Copy)]
struct Answers {
    to_recipient: &'static str,
    ehlo: &'static str,
}

const WILLING: Answers = Answers {
    to_recipient: "250 ok",
    ehlo: "250 8BITMIME",
};

/// Serves one connection; gives back everything the client said.
fn serve(answers: Answers) -> (u16, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let server = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        converse(stream, answers)
    });
    (port, server)
}

fn converse(stream: TcpStream, answers: Answers) -> String {
    let mut out = stream.try_clone().unwrap();
    let mut heard = String::new();
    let mut in_data = false;
    writeln!(out, "220 test\r").unwrap();
    for line in BufReader::new(stream).lines().map_while(Result::ok) {
        heard.push_str(&line);
        heard.push('\n');
        let answer = match line.get(..4).unwrap_or(&line) {
            "." if in_data => {
                in_data = false;
                "250 taken"
            }
            _ if in_data => continue,
            "EHLO" => {
                write!(out, "250-test\r\n{}\r\n", answers.ehlo).unwrap();
                continue;
            }
            "RCPT" => answers.to_recipient,
            "DATA" => {
                in_data = true;
                "354 go on"
            }
            "AUTH" => "535 5.7.8 wrong",
            _ => "250 ok",
        };
        write!(out, "{answer}\r\n").unwrap();
    }
    heard
}

fn settings(port: u16) -> SmtpSettings {
    SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port,
        security: SmtpSecurity::None,
        log_in: None,
        from: "Kortkontoret <kort@malarvik.example>".to_owned(),
        timeout: Duration::from_secs(5),
        extra_root: None,
    }
}

fn mail() -> Mail {
    Mail {
        errand: Uuid::from_u128(7),
        to: EmailAddress::parse("maja@malarvik.example").unwrap(),
        language: "sv".to_owned(),
        subject: "Ditt kort är på väg".to_owned(),
        text: "Hej Maja,\n".to_owned(),
    }
}

fn send(
    answers: Answers,
    change: impl FnOnce(&mut SmtpSettings),
) -> (Result<(), GatewayError>, String) {
    let (port, server) = serve(answers);
    let mut settings = settings(port);
    change(&mut settings);
    let smtp = Smtp::new(settings).unwrap();
    let sent = smtp.send(&mail());
    drop(smtp);
    (sent, server.join().unwrap())
}

#[test]
fn a_mail_carries_the_errand_as_its_message_id_and_says_that_it_is_automatic() {
    let (sent, heard) = send(WILLING, |_| {});
    sent.unwrap();
    let id = format!("Message-ID: <{}@malarvik.example>", Uuid::from_u128(7));
    assert!(heard.contains(&id), "{heard}");
    assert!(heard.contains("Auto-Submitted: auto-generated"));
    assert!(heard.contains("Content-Language: sv"));
    assert!(heard.contains("RCPT TO:<maja@malarvik.example>"));
}

#[test]
fn a_refused_recipient_is_given_up_without_being_named() {
    let answers = Answers {
        to_recipient: "550 5.1.1 <maja@malarvik.example> is unknown",
        ..WILLING
    };
    let (sent, _) = send(answers, |_| {});
    let text = "the mail server refuses the mail (550)".to_owned();
    assert_eq!(sent, Err(GatewayError::GiveUp(text)));
}

#[test]
fn a_server_that_is_busy_is_tried_again() {
    let answers = Answers {
        to_recipient: "451 maja@malarvik.example later",
        ..WILLING
    };
    let (sent, _) = send(answers, |_| {});
    let text = "the mail server takes no mail now (451)".to_owned();
    assert_eq!(sent, Err(GatewayError::Retry(text)));
}

#[test]
fn a_wrong_password_loses_no_mail() {
    let answers = Answers {
        ehlo: "250 AUTH PLAIN",
        ..WILLING
    };
    let (sent, heard) = send(answers, |settings| {
        settings.log_in = Some(SmtpLogIn {
            user: "kort".to_owned(),
            password: "wrong".to_owned().into(),
        });
    });
    assert!(matches!(sent, Err(GatewayError::Retry(_))), "{sent:?}");
    assert!(heard.contains("AUTH PLAIN"));
}

#[test]
fn a_server_without_starttls_hears_neither_sender_nor_recipient() {
    let (sent, heard) = send(WILLING, |settings| {
        settings.security = SmtpSecurity::StartTls;
    });
    assert!(matches!(sent, Err(GatewayError::Retry(_))), "{sent:?}");
    assert!(
        !heard.contains("RCPT") && !heard.contains("MAIL"),
        "{heard}"
    );
}

#[test]
fn a_server_that_is_not_there_is_tried_again() {
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let sent = Smtp::new(settings(port)).unwrap().send(&mail());
    assert!(matches!(sent, Err(GatewayError::Retry(_))), "{sent:?}");
}

#[test]
fn plain_mail_is_allowed_on_this_machine_only() {
    let refused = |host: &str| {
        let host = host.to_owned();
        let settings = SmtpSettings {
            host,
            ..settings(25)
        };
        Smtp::new(settings).err()
    };
    for host in ["localhost", "127.0.0.1", "::1"] {
        assert_eq!(refused(host), None, "{host}");
    }
    for host in ["mail.malarvik.example", "10.0.0.1", "localhost.example"] {
        assert_eq!(refused(host), Some(SmtpSettingsError::PlainOverNetwork));
    }
}

#[test]
fn settings_that_cannot_work_are_refused_at_once() {
    let refused = |change: fn(&mut SmtpSettings)| {
        let mut settings = settings(25);
        change(&mut settings);
        Smtp::new(settings).err()
    };
    assert_eq!(
        refused(|settings| settings.from = "Kortkontoret".to_owned()),
        Some(SmtpSettingsError::Sender)
    );
    assert_eq!(
        refused(|settings| {
            settings.security = SmtpSecurity::Tls;
            settings.extra_root = Some(b"no certificate".to_vec());
        }),
        Some(SmtpSettingsError::Root)
    );
}
