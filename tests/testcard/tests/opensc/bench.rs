//! Readers, a folder, and the programs of OpenSC and OpenSSL in them.

use cards_testcard::{
    Card, Family, Faults, Inserted, KeyKind, Letter, MasterKey, Order, Purpose, Readers,
    personalise, response,
};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub const PIN1: &str = "147258";
pub const PIN2: &str = "258369";
pub const PUK: &str = "36925814";
pub const LEGITIMERING: &str = "TEST e-id kort (Legitimering)";
pub const UNDERSKRIFT: &str = "TEST e-id kort (Underskrift)";

fn made(family: Family, number: &str) -> Card {
    let codes = Letter {
        pin1: PIN1.into(),
        pin2: PIN2.into(),
        puk: PUK.into(),
    };
    let mut card = personalise(&Order::new(family, number, codes)).unwrap();
    card.add_key(Purpose::Authentication, KeyKind::P256, &[1])
        .unwrap();
    card
}

/// A card whose codes came in a letter, with a key for *legitimering*.
pub fn letter_card(number: &str) -> Card {
    made(Family::Letter, number)
}

/// A card of 7xx, with a key for *legitimering*.
pub fn seven_card(number: &str) -> Card {
    made(Family::Seven, number)
}

/// What a program did.
pub struct Ran {
    pub worked: bool,
    pub text: String,
    pub file: Option<PathBuf>,
}

impl Ran {
    pub fn must(self) -> String {
        assert!(self.worked, "{}", self.text);
        self.text
    }

    pub fn must_file(self) -> PathBuf {
        assert!(self.worked, "{}", self.text);
        self.file.unwrap()
    }
}

/// A folder that goes when the test ends.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let own = format!("kortkontor-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(own);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub struct Bench {
    readers: Readers,
    folder: Folder,
}

impl Bench {
    pub fn new(name: &str, readers: usize) -> Self {
        let bench = Self {
            readers: Readers::start(readers).unwrap(),
            folder: Folder::new(name),
        };
        bench.write("message", b"a message");
        bench
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path(name)
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    pub fn insert(&mut self, reader: usize, card: Card) -> Inserted {
        self.insert_with(reader, card, Faults::default())
    }

    pub fn insert_with(&mut self, reader: usize, card: Card, faults: Faults) -> Inserted {
        self.readers.insert(reader, card, faults).unwrap()
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .envs(self.readers.environment())
            .current_dir(&self.folder.0);
        command
    }

    pub fn run(&self, program: &str, arguments: &[&str]) -> Ran {
        let output = self.command(program).args(arguments).output();
        let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
        let both = [output.stdout, output.stderr].concat();
        Ran {
            worked: output.status.success(),
            text: String::from_utf8_lossy(&both).into_owned(),
            file: None,
        }
    }

    /// `pkcs11-tool` on the token with this label, or on no token in particular.
    pub fn pkcs11(&self, token: &str, arguments: &[&str]) -> Ran {
        let mut all = Vec::new();
        if !token.is_empty() {
            all.extend(["--token-label", token]);
        }
        all.extend(arguments);
        self.run("pkcs11-tool", &all)
    }

    pub fn login(&self, token: &str, pin: &str) -> Ran {
        self.pkcs11(token, &["--login", "--pin", pin, "--list-objects"])
    }

    /// What PKCS#11 says about the first token.
    pub fn flags(&self) -> String {
        let slots = self.pkcs11("", &["--list-slots"]).must();
        let flags = slots.lines().find(|line| line.contains("token flags"));
        flags.unwrap_or_default().to_owned()
    }

    pub fn slot_of(&self, serial: &str) -> String {
        let slots = self.pkcs11("", &["--list-slots"]).must();
        let mut slot = String::new();
        for line in slots.lines() {
            if let Some((_, rest)) = line.split_once("(0x") {
                slot = format!("0x{}", rest.split(')').next().unwrap());
            }
            if line.contains(serial) {
                return slot;
            }
        }
        panic!("{serial} is in no reader:\n{slots}")
    }

    pub fn make_key(&self, token: &str, pin: &str, kind: &str, id: &str) -> Ran {
        let make = [
            "--login",
            "--pin",
            pin,
            "--keypairgen",
            "--usage-sign",
            "--label",
            "DEV",
        ];
        self.pkcs11(
            token,
            &[&make[..], &["--key-type", kind, "--id", id]].concat(),
        )
    }

    pub fn public_key(&self, token: &str, id: &str) -> PathBuf {
        let read = [
            "--read-object",
            "--type",
            "pubkey",
            "--id",
            id,
            "-o",
            "public",
        ];
        self.pkcs11(token, &read).must();
        self.path("public")
    }

    pub fn sign(&self, token: &str, pin: &str, id: &str, mechanism: &str) -> Ran {
        let _ = std::fs::remove_file(self.path("signature"));
        let sign = [
            "--login",
            "--pin",
            pin,
            "--sign",
            "--mechanism",
            mechanism,
            "--id",
            id,
        ];
        let files = [
            "-i",
            "message",
            "-o",
            "signature",
            "--signature-format",
            "openssl",
        ];
        let mut ran = self.pkcs11(token, &[&sign[..], &files[..]].concat());
        ran.file = Some(self.path("signature"));
        ran
    }

    /// Whether OpenSSL takes the signature for one of the message.
    pub fn is_true(&self, public: &Path, signature: &Path) -> bool {
        let (public, signature) = (public.to_str().unwrap(), signature.to_str().unwrap());
        let verify = [
            "dgst",
            "-sha256",
            "-verify",
            public,
            "-signature",
            signature,
            "message",
        ];
        self.run("openssl", &verify).worked
    }

    pub fn make_certificate(&self) {
        let make = [
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-keyout",
            "unused",
            "-subj",
            "/CN=DEV Test Testsson",
            "-days",
            "2",
            "-outform",
            "der",
            "-out",
            "certificate",
        ];
        self.run("openssl", &make).must();
    }

    pub fn write_certificate(&self, token: &str, pin: &str, id: &str) -> Ran {
        self.make_certificate();
        self.write_prepared(token, pin, id)
    }

    pub fn write_prepared(&self, token: &str, pin: &str, id: &str) -> Ran {
        let write = [
            "--login",
            "--pin",
            pin,
            "--write-object",
            "certificate",
            "--type",
            "cert",
        ];
        self.pkcs11(
            token,
            &[&write[..], &["--id", id, "--label", "DEV"]].concat(),
        )
    }

    pub fn read_certificate(&self, token: &str, id: &str) -> Vec<u8> {
        let read = ["--read-object", "--type", "cert", "--id", id, "-o", "back"];
        self.pkcs11(token, &read).must();
        self.read("back")
    }

    pub fn delete(&self, token: &str, pin: &str, object: &str, id: &str) -> Ran {
        let delete = [
            "--login",
            "--pin",
            pin,
            "--delete-object",
            "--type",
            object,
            "--id",
            id,
        ];
        self.pkcs11(token, &delete)
    }

    pub fn unblock(&self, code: &str, puk: &str, new: &str) -> Ran {
        let unblock = [
            "--auth-id",
            code,
            "--unblock-pin",
            "--puk",
            puk,
            "--new-pin",
            new,
        ];
        self.run("pkcs15-tool", &unblock)
    }

    /// Commands as they are, to the card in the first reader that has one.
    pub fn raw(&self, commands: &[&str]) -> Ran {
        let mut arguments = vec!["--card-driver", "default"];
        for command in commands {
            arguments.extend(["--send-apdu", command]);
        }
        self.run("opensc-tool", &arguments)
    }

    /// The status that the card answers a command with.
    pub fn apdu(&self, command: &str) -> String {
        status_in(&self.raw(&[command]).must())
    }

    /// Asks the card's question, answers it as the office does, and chooses a code; the status.
    pub fn office_chooses(&self, number: &str, which: u8, new: &str) -> String {
        let mut shell = self
            .command("stdbuf")
            .args(["-oL", "opensc-explorer", "--card-driver", "default"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = shell.stdin.take().unwrap();
        let mut said = BufReader::new(shell.stdout.take().unwrap());
        let mut ask = |command: &str| {
            writeln!(input, "apdu {command}").unwrap();
            answer_to_one(&mut said)
        };
        let asked = ask("0084000008");
        let challenge = hexadecimal(asked.lines().last().unwrap(), 8);
        let key = MasterKey::demonstration().of_card(number);
        let answer = digits(&response(&key, &challenge));
        ask(&format!("0082001008{answer}"));
        let field = digits(new.as_bytes());
        let chosen = ask(&format!("002C02{which:02X}08{field:F<16}"));
        drop(input);
        shell.wait().unwrap();
        status_in(&chosen)
    }
}

/// What the shell says until the answer to one command is complete.
fn answer_to_one(said: &mut impl BufRead) -> String {
    let mut answer = String::new();
    while !answer.contains("Received (SW1=") {
        assert_ne!(said.read_line(&mut answer).unwrap(), 0, "{answer}");
    }
    if answer.trim_end().ends_with(':') {
        said.read_line(&mut answer).unwrap();
    }
    answer
}

/// The status of the last command in what a program said.
fn status_in(said: &str) -> String {
    let (_, status) = said.rsplit_once("SW1=0x").unwrap();
    format!("{}{}", &status[..2], &status[10..12])
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

/// The first bytes of a line of a dump.
fn hexadecimal(line: &str, count: usize) -> Vec<u8> {
    let pairs = line.split_whitespace().take(count);
    pairs
        .map(|pair| u8::from_str_radix(pair, 16).unwrap())
        .collect()
}
