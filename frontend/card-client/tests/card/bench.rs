//! Readers, cards with certificates, and `kortklient` in front of them.

use cards_testcard::{
    Card, Family, Faults, Inserted, KeyKind, Letter, Order, Purpose, Readers, personalise,
};
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

pub const PIN1: &str = "147258";
pub const PIN2: &str = "258369";
pub const PUK: &str = "36925814";
pub const NEW: &str = "802417";

/// A card with its codes and nothing else.
pub fn bare(family: Family, number: &str) -> Card {
    let codes = Letter {
        pin1: PIN1.into(),
        pin2: PIN2.into(),
        puk: PUK.into(),
    };
    personalise(&Order::new(family, number, codes)).unwrap()
}

/// What the program did.
pub struct Ran {
    pub status: i32,
    pub text: String,
}

impl Ran {
    pub fn says(&self, parts: &[&str]) {
        for part in parts {
            assert!(self.text.contains(part), "{part} is not in:\n{}", self.text);
        }
    }

    pub fn well(self) -> Self {
        assert_eq!(self.status, 0, "{}", self.text);
        self
    }

    pub fn not_well(self) -> Self {
        assert_eq!(self.status, 1, "{}", self.text);
        self
    }
}

pub struct Bench {
    pub readers: Readers,
    folder: PathBuf,
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Bench {
    pub fn new(name: &str, readers: usize) -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let own = format!("kortklient-{name}-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(own);
        std::fs::create_dir_all(&folder).unwrap();
        Self {
            readers: Readers::start(readers).unwrap(),
            folder,
        }
    }

    /// Where the programs run; also their home, so that no settings of this machine's reach them.
    pub fn folder(&self) -> PathBuf {
        self.folder.clone()
    }

    pub fn insert(&mut self, reader: usize, card: Card) -> Inserted {
        self.readers
            .insert(reader, card, Faults::default())
            .unwrap()
    }

    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .envs(self.readers.environment())
            .env_remove("LANG")
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("KORTKLIENT_SERVER")
            .env_remove("KORTKLIENT_ROOT_CERTIFICATE")
            .env("HOME", &self.folder)
            .current_dir(&self.folder);
        command
    }

    pub fn client(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(env!("CARGO_BIN_EXE_kortklient"));
        command.args(arguments).arg("--codes-from-stdin");
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command
    }

    /// Runs the program with these lines typed.
    pub fn run(&self, arguments: &[&str], typed: &[&str]) -> Ran {
        Running::start(self.client(arguments)).ends(typed)
    }

    /// The program at a terminal of its own (`script`), as a person meets it.
    pub fn at_a_terminal(&self, arguments: &str) -> Running {
        let line = format!("{} {arguments}", env!("CARGO_BIN_EXE_kortklient"));
        let mut command = self.command("script");
        command.args(["--quiet", "--return", "--command", &line, "/dev/null"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        Running::start(command)
    }

    /// The program where there is no terminal.
    pub fn without_terminal(&self, arguments: &str) -> (bool, String) {
        let mut words = vec!["--wait", env!("CARGO_BIN_EXE_kortklient")];
        words.extend(arguments.split(' '));
        self.tool("setsid", &words)
    }

    /// A program of OpenSC or OpenSSL; whether it worked, and what it said.
    pub fn tool(&self, program: &str, arguments: &[&str]) -> (bool, String) {
        let output = self.command(program).args(arguments).output();
        let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
        let both = [output.stdout, output.stderr].concat();
        (
            output.status.success(),
            String::from_utf8_lossy(&both).into_owned(),
        )
    }

    /// Whether a code is right, as OpenSC finds it. A wrong one costs a try.
    pub fn is_right(&self, reader: usize, code: &str, pin: &str) -> bool {
        let name = self.readers.name(reader).unwrap();
        let verify = [
            "--reader",
            &name,
            "--verify-pin",
            "--auth-id",
            code,
            "--pin",
            pin,
        ];
        self.tool("pkcs15-tool", &verify).0
    }

    /// Gives a card a key and a certificate that is valid for so many days.
    pub fn certify(&self, card: &mut Card, purpose: Purpose, kind: KeyKind, days: &str) {
        let (id, usage) = match purpose {
            Purpose::Authentication => (1, "digitalSignature"),
            Purpose::Signature => (2, "nonRepudiation"),
        };
        card.add_key(purpose, kind, &[id]).unwrap();
        let certificate = self.certificate(&card.public_key(purpose).unwrap(), usage, days);
        card.add_certificate(purpose, &[id], &certificate).unwrap();
    }

    /// A certificate for a public key, of a holder born on 15 March 1979.
    pub fn certificate(&self, public: &[u8], usage: &str, days: &str) -> Vec<u8> {
        std::fs::write(self.folder.join("public.der"), public).unwrap();
        let extension = format!("keyUsage = critical, {usage}\n");
        std::fs::write(self.folder.join("extensions"), extension).unwrap();
        let must = |line: &str| {
            let words: Vec<&str> = line.split(' ').collect();
            let (worked, said) = self.tool("openssl", &words);
            assert!(worked, "{line}\n{said}");
        };
        must("pkey -pubin -inform der -in public.der -out public.pem");
        must(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -subj /CN=DEV-CA",
        );
        must(&format!(
            "x509 -new -force_pubkey public.pem -subj /CN=DEV-Holder/serialNumber=197903159809 \
             -CA ca.pem -CAkey ca.key -days {days} -extfile extensions -outform der -out own.der"
        ));
        std::fs::read(self.folder.join("own.der")).unwrap()
    }

    /// A card whose codes came in a letter, with both certificates.
    pub fn whole(&self, number: &str) -> Card {
        let mut card = bare(Family::Letter, number);
        self.certify(&mut card, Purpose::Authentication, KeyKind::P256, "30");
        self.certify(&mut card, Purpose::Signature, KeyKind::Rsa2048, "30");
        card
    }
}

/// The program while it waits for somebody.
pub struct Running {
    child: Child,
    input: ChildStdin,
    output: ChildStdout,
    said: String,
}

impl Running {
    pub fn start(mut command: Command) -> Self {
        let mut child = command.spawn().unwrap();
        Self {
            input: child.stdin.take().unwrap(),
            output: child.stdout.take().unwrap(),
            said: String::new(),
            child,
        }
    }

    pub fn types(&mut self, lines: &[&str]) {
        for line in lines {
            // A program that has ended already reads nothing more.
            let _ = writeln!(self.input, "{line}");
        }
    }

    /// Types a line after a moment: the terminal hides what is typed from just after the question.
    pub fn types_like_a_person(&mut self, line: &str) {
        #[expect(
            clippy::disallowed_methods,
            reason = "nothing announces that the terminal has begun to hide"
        )]
        std::thread::sleep(std::time::Duration::from_millis(300));
        self.types(&[line]);
    }

    /// Reads on until the program says this.
    pub fn says(&mut self, part: &str) {
        let mut bytes = self.said.clone().into_bytes();
        while !String::from_utf8_lossy(&bytes).contains(part) {
            let mut byte = [0];
            let read = self.output.read(&mut byte).unwrap();
            assert_eq!(read, 1, "{}", String::from_utf8_lossy(&bytes));
            bytes.extend(byte);
        }
        self.said = String::from_utf8(bytes).unwrap();
    }

    /// Reads on until the program says this, or has ended.
    pub fn says_or_ends(&mut self, part: &str) {
        let mut bytes = std::mem::take(&mut self.said).into_bytes();
        let mut byte = [0];
        while !String::from_utf8_lossy(&bytes).contains(part)
            && self.output.read(&mut byte).unwrap() == 1
        {
            bytes.extend(byte);
        }
        self.said = String::from_utf8(bytes).unwrap();
    }

    /// Types these lines, closes the input and waits for the end.
    pub fn ends(mut self, lines: &[&str]) -> Ran {
        self.types(lines);
        drop(self.input);
        self.output.read_to_string(&mut self.said).unwrap();
        let status = self.child.wait().unwrap();
        Ran {
            status: status.code().unwrap(),
            text: self.said,
        }
    }
}
