//! Speaking with the person: plain lines one after the other, so that a keyboard and a screen reader
//! are enough. Nothing is drawn, nothing is coloured, nothing moves.

use crate::code::Code;
use crate::words::Words;
use std::io::{self, BufRead, Write};
use zeroize::Zeroizing;

/// Longer than any line that is a code, so that the buffer never grows and leaves a copy behind.
const LINE: usize = 256;

/// A conversation.
pub trait Talk {
    /// Says a line.
    fn say(&mut self, line: &str);

    /// Asks for a line; `None` when nobody answers.
    fn ask(&mut self, question: &str) -> Option<String>;

    /// Asks for a code, without showing it; `None` when nobody answers, or it cannot be hidden.
    fn ask_code(&mut self, question: &str, words: &Words) -> Option<Code>;
}

/// The terminal.
pub struct Terminal {
    /// Codes are read as lines of standard input. For tests alone: they are not hidden there.
    pub codes_from_stdin: bool,
}

impl Talk for Terminal {
    fn say(&mut self, line: &str) {
        // Whoever closed the terminal does not want to read it.
        let _ = writeln!(io::stdout(), "{line}");
    }

    fn ask(&mut self, question: &str) -> Option<String> {
        prompt(question);
        let mut line = String::new();
        let read = io::stdin().lock().read_line(&mut line).ok()?;
        (read > 0).then(|| line.trim().to_owned())
    }

    fn ask_code(&mut self, question: &str, words: &Words) -> Option<Code> {
        if self.codes_from_stdin {
            prompt(question);
            let mut line = Zeroizing::new(String::with_capacity(LINE));
            let read = io::stdin().lock().read_line(&mut line).ok()?;
            return (read > 0).then(|| Code::typed(&line));
        }
        match rpassword::prompt_password(format!("{question} ")) {
            Ok(typed) => Some(Code::typed(&Zeroizing::new(typed))),
            // Ctrl-C: the person wants to stop.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => None,
            Err(_) => {
                self.say(&words.text("no-terminal"));
                None
            }
        }
    }
}

fn prompt(question: &str) {
    let mut out = io::stdout();
    let _ = write!(out, "{question} ");
    let _ = out.flush();
}
