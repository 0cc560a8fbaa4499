//! The card by itself, command by command, without a reader.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected shall stop"
)]

use cards_testcard::{
    Card, CardFile, Family, ImageError, KeyKind, Letter, MasterKey, Order, PersonaliseError,
    Purpose, personalise, response,
};
use std::path::PathBuf;

const NUMBER: &str = "975200000042";

fn letter() -> Letter {
    Letter {
        pin1: "147258".into(),
        pin2: "258369".into(),
        puk: "36925814".into(),
    }
}

fn card(family: Family) -> Card {
    personalise(&Order::new(family, NUMBER, letter())).unwrap()
}

/// Sends a command written as hexadecimal digits; gives the data and the status.
fn send(card: &mut Card, command: &str) -> (Vec<u8>, u16) {
    let digits: Vec<u8> = command
        .bytes()
        .filter(|byte| *byte != b' ')
        .map(|byte| u8::try_from(char::from(byte).to_digit(16).unwrap()).unwrap())
        .collect();
    let bytes: Vec<u8> = digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect();
    let (mut answer, status) = card.execute(&bytes);
    answer.truncate(answer.len() - 2);
    (answer, status.number())
}

fn status(card: &mut Card, command: &str) -> u16 {
    send(card, command).1
}

/// A code as its field of eight bytes.
fn field(code: &str) -> String {
    let digits: String = code.bytes().map(|byte| format!("{byte:02X}")).collect();
    format!("{digits:F<16}")
}

fn verify(card: &mut Card, which: u8, code: &str) -> u16 {
    status(card, &format!("002000{which:02X}08{}", field(code)))
}

fn unlock(card: &mut Card, which: u8, puk: &str, new: &str) -> u16 {
    status(
        card,
        &format!("002C00{which:02X}10{}{}", field(puk), field(new)),
    )
}

/// A folder that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("kortkontor-applet-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self) -> CardFile {
        CardFile::take(&self.0.join("card")).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn three_wrong_tries_lock_one_code_and_leave_the_other() {
    let mut card = card(Family::Letter);
    assert_eq!(status(&mut card, "00200001"), 0x63C3);
    assert_eq!(verify(&mut card, 1, "000000"), 0x63C2);
    assert_eq!(verify(&mut card, 1, "000000"), 0x63C1);
    assert_eq!(verify(&mut card, 1, "000000"), 0x63C0);
    assert_eq!(verify(&mut card, 1, "147258"), 0x6983);
    assert_eq!(status(&mut card, "00200001"), 0x6983);
    assert_eq!(verify(&mut card, 2, "258369"), 0x9000);
}

#[test]
fn the_puk_opens_either_code_and_locks_after_ten_wrong_tries() {
    let mut card = card(Family::Letter);
    for _ in 0..3 {
        verify(&mut card, 2, "000000");
    }
    assert_eq!(unlock(&mut card, 2, "36925814", "741852"), 0x9000);
    assert_eq!(verify(&mut card, 2, "741852"), 0x9000);
    for left in (0..10).rev() {
        assert_eq!(unlock(&mut card, 1, "00000000", "741852"), 0x63C0 + left);
    }
    assert_eq!(unlock(&mut card, 1, "36925814", "741852"), 0x6983);
    assert_eq!(status(&mut card, "00200003"), 0x6983);
    assert_eq!(
        verify(&mut card, 1, "147258"),
        0x9000,
        "the old code still holds"
    );
}

#[test]
fn a_new_code_of_the_wrong_form_costs_no_try_of_the_puk() {
    let mut card = card(Family::Letter);
    assert_eq!(unlock(&mut card, 1, "00000000", "12345"), 0x6A80);
    assert_eq!(status(&mut card, "002C0001"), 0x63CA);
}

#[test]
fn a_code_is_changed_with_the_old_one_only() {
    let mut card = card(Family::Letter);
    let change = |old: &str, new: &str| format!("0024000110{}{}", field(old), field(new));
    assert_eq!(status(&mut card, &change("000000", "741852")), 0x63C2);
    assert_eq!(status(&mut card, &change("147258", "741852")), 0x9000);
    assert_eq!(verify(&mut card, 1, "147258"), 0x63C2);
    assert_eq!(verify(&mut card, 1, "741852"), 0x9000);
    assert_eq!(status(&mut card, &change("741852", "12")), 0x6A80);
    assert_eq!(verify(&mut card, 1, "741852"), 0x9000);
}

#[test]
fn a_card_of_7xx_has_no_code_until_the_office_lets_one_be_chosen() {
    let mut card = card(Family::Seven);
    assert_eq!(verify(&mut card, 1, "147258"), 0x6984);
    let choose = format!("002C020108{}", field("741852"));
    assert_eq!(status(&mut card, &choose), 0x6982);
    let (challenge, _) = send(&mut card, "0084000008");
    let key = MasterKey::demonstration().of_card(NUMBER);
    let answer: String = response(&key, &challenge)
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect();
    let prove = format!("0082001008{answer}");
    assert_eq!(status(&mut card, &prove), 0x9000);
    assert_eq!(status(&mut card, &prove), 0x6985, "an answer counts once");
    assert_eq!(status(&mut card, &choose), 0x9000);
    assert_eq!(verify(&mut card, 1, "741852"), 0x9000);
    assert_eq!(
        status(&mut card, "00200002"),
        0x6984,
        "the other is still to be chosen"
    );
}

#[test]
fn the_office_key_counts_wrong_answers_and_forgets_with_the_power() {
    let mut card = card(Family::Seven);
    send(&mut card, "0084000008");
    assert_eq!(status(&mut card, "00820010080000000000000000"), 0x63C9);
    let (challenge, _) = send(&mut card, "0084000008");
    let key = MasterKey::demonstration().of_card(NUMBER);
    let answer: String = response(&key, &challenge)
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect();
    card.power_on();
    assert_eq!(status(&mut card, &format!("0082001008{answer}")), 0x6985);
}

#[test]
fn only_the_puk_opens_cards_with_a_letter_and_reserve_cards() {
    for family in [Family::Letter, Family::Reserve] {
        let mut card = card(family);
        send(&mut card, "0084000008");
        assert_eq!(status(&mut card, "00820010080000000000000000"), 0x6A88);
        assert_eq!(
            status(&mut card, &format!("002C020108{}", field("741852"))),
            0x6982
        );
    }
}

#[test]
fn a_key_answers_to_its_own_code_only_and_power_forgets() {
    let mut card = card(Family::Letter);
    card.add_key(Purpose::Signature, KeyKind::P256, &[2])
        .unwrap();
    let sign = format!("002A9E9A20{}00", "AB".repeat(32));
    assert_eq!(status(&mut card, "002241B60A80010481024B01840100"), 0x9000);
    assert_eq!(verify(&mut card, 1, "147258"), 0x9000);
    assert_eq!(status(&mut card, &sign), 0x6982);
    assert_eq!(verify(&mut card, 2, "258369"), 0x9000);
    assert_eq!(status(&mut card, &sign), 0x9000);
    card.power_on();
    assert_eq!(status(&mut card, "002241B60A80010481024B01840100"), 0x9000);
    assert_eq!(status(&mut card, &sign), 0x6982);
}

/// Creates a key file for PIN2 and makes a key in it.
fn make_key(card: &mut Card) {
    assert_eq!(status(card, "00A4080C025015"), 0x9000);
    assert_eq!(verify(card, 2, "258369"), 0x9000);
    let create = "00E000001962178102010082012283024B0986032222FF850200008A0100";
    assert_eq!(status(card, create), 0x9000);
    assert_eq!(status(card, "00460000"), 0x9000);
}

#[test]
fn a_key_is_made_on_the_card_once_and_never_replaced() {
    let mut card = card(Family::Letter);
    make_key(&mut card);
    let (point, _) = send(&mut card, "00CA018600");
    assert_eq!((point.len(), point[0], point[2]), (67, 0x86, 4));
    assert_eq!(status(&mut card, "00460000"), 0x6985);
    assert_eq!(send(&mut card, "00CA018600").0, point);
}

#[test]
fn a_full_card_refuses_new_files_and_takes_them_again_when_there_is_room() {
    let mut order = Order::new(Family::Letter, NUMBER, letter());
    order.capacity = 5_000;
    let mut card = personalise(&order).unwrap();
    assert_eq!(verify(&mut card, 1, "147258"), 0x9000);
    assert_eq!(status(&mut card, "00A4080C025015"), 0x9000);
    let create = |id: u8| {
        format!("00E0000019 6217 80020300 820101 830243{id:02X} 86030000FF 85020000 8A0100")
    };
    assert_eq!(status(&mut card, &create(1)), 0x9000);
    assert_eq!(status(&mut card, &create(2)), 0x6A84);
    assert_eq!(status(&mut card, "00A4080C0450154301"), 0x9000);
    assert_eq!(status(&mut card, "A0E40000"), 0x9000);
    assert_eq!(status(&mut card, &create(2)), 0x9000);
    let mut too_small = order.clone();
    too_small.capacity = 100;
    let mut card = personalise(&too_small).unwrap();
    let refused = card.add_key(Purpose::Authentication, KeyKind::P256, &[1]);
    assert!(matches!(refused, Err(PersonaliseError::Full)));
}

#[test]
fn a_directory_that_is_half_rewritten_when_the_power_goes_is_the_old_one() {
    let mut card = card(Family::Letter);
    assert_eq!(verify(&mut card, 1, "147258"), 0x9000);
    let select = "00A4080C0450154404";
    assert_eq!(status(&mut card, select), 0x9000);
    let (before, _) = send(&mut card, "00B0000000");
    let half = "AA".repeat(255);
    assert_eq!(status(&mut card, &format!("00D60000FF{half}")), 0x9000);
    card.power_on();
    assert_eq!(status(&mut card, select), 0x9000);
    assert_eq!(send(&mut card, "00B0000000").0, before);
    assert_eq!(verify(&mut card, 1, "147258"), 0x9000);
    assert_eq!(status(&mut card, &format!("00D60000FF{half}")), 0x9000);
    assert_eq!(status(&mut card, &format!("00D600FFFF{half}")), 0x9000);
    assert_eq!(send(&mut card, "00B0000000").0, vec![0xAA; 256]);
}

#[test]
fn a_key_that_no_directory_names_is_gone_when_power_comes_again() {
    let mut card = card(Family::Letter);
    let (files, free) = (card.files(), card.free());
    make_key(&mut card);
    card.power_on();
    assert_eq!((card.files(), card.free()), (files, free));
}

#[test]
fn a_deleted_certificate_that_a_directory_still_names_is_back_when_power_comes_again() {
    let mut card = card(Family::Letter);
    card.add_certificate(Purpose::Authentication, &[1], b"a certificate")
        .unwrap();
    let free = card.free();
    let delete = |card: &mut Card| {
        assert_eq!(verify(card, 1, "147258"), 0x9000);
        assert_eq!(status(card, "00A4080C0450154301"), 0x9000);
        assert_eq!(status(card, "A0E40000"), 0x9000);
        assert_eq!(status(card, "00A4080C0450154301"), 0x6A82);
    };
    delete(&mut card);
    assert_eq!(
        card.free(),
        free,
        "its room is kept until it is gone for good"
    );
    card.power_on();
    assert_eq!(status(&mut card, "00A4080C0450154301"), 0x9000);
    assert_eq!(send(&mut card, "00B0000000").0, b"a certificate");
    delete(&mut card);
    assert_eq!(status(&mut card, "00A4080C0450154403"), 0x9000);
    let zeros = "00".repeat(255);
    for offset in ["0000", "00FF", "01FE"] {
        assert_eq!(status(&mut card, &format!("00D6{offset}FF{zeros}")), 0x9000);
    }
    card.power_on();
    assert_eq!(status(&mut card, "00A4080C0450154301"), 0x6A82);
    assert!(card.free() > free);
}

#[test]
fn files_cannot_be_changed_without_a_code() {
    let mut card = card(Family::Letter);
    assert_eq!(status(&mut card, "00A4080C0450154403"), 0x9000);
    assert_eq!(status(&mut card, "00D600000100"), 0x6982);
    assert_eq!(status(&mut card, "A0E40000"), 0x6982);
    assert_eq!(verify(&mut card, 1, "147258"), 0x9000);
    assert_eq!(
        status(&mut card, "A0E40000"),
        0x6982,
        "nobody deletes a directory"
    );
    assert_eq!(status(&mut card, "00A4080C0450155031"), 0x9000);
    assert_eq!(
        status(&mut card, "00D600000100"),
        0x6982,
        "nobody changes the list of directories"
    );
}

#[test]
fn what_was_acknowledged_is_in_the_file_after_every_command() {
    let folder = Folder::new("kept");
    let mut card = card(Family::Letter).kept_in(folder.file()).unwrap();
    verify(&mut card, 1, "000000");
    drop(card);
    let mut card = Card::open(folder.file()).unwrap();
    assert_eq!(card.tries_left(), [2, 3, 10]);
    make_key(&mut card);
    let (point, _) = send(&mut card, "00CA018600");
    drop(card);
    let mut card = Card::open(folder.file()).unwrap();
    assert_eq!(status(&mut card, "00A4080C0450154B09"), 0x9000);
    assert_eq!(send(&mut card, "00CA018600").0, point);
    unlock(&mut card, 1, "00000000", "741852");
    drop(card);
    assert_eq!(Card::open(folder.file()).unwrap().tries_left(), [2, 3, 9]);
}

#[test]
fn a_card_is_in_one_reader_at_a_time() {
    let folder = Folder::new("alone");
    let card = card(Family::Letter).kept_in(folder.file()).unwrap();
    let second = CardFile::take(&folder.0.join("card"));
    assert!(matches!(second, Err(ImageError::InUse(_))));
    drop(card);
    assert!(Card::open(folder.file()).is_ok());
}

#[test]
fn a_card_that_could_be_taken_for_a_real_one_is_not_made() {
    let mut order = Order::new(Family::Letter, NUMBER, letter());
    order.label = "SITHS e-id kort".into();
    assert!(matches!(personalise(&order), Err(PersonaliseError::Label)));
    let order = Order::new(Family::Letter, "12", letter());
    assert!(matches!(
        personalise(&order),
        Err(PersonaliseError::CardNumber)
    ));
}

#[test]
fn no_command_however_odd_stops_the_card() {
    let mut card = card(Family::Letter);
    card.add_key(Purpose::Authentication, KeyKind::P256, &[1])
        .unwrap();
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[3]
    };
    let instructions = [
        0xA4, 0xB0, 0xD6, 0xE0, 0xE4, 0x24, 0x2C, 0x84, 0x82, 0x22, 0x2A, 0xCA, 0x2E,
    ];
    for _ in 0..20_000 {
        let length = usize::from(next() % 40);
        let mut command = vec![0, instructions[usize::from(next()) % instructions.len()]];
        command.extend((0..length).map(|_| next()));
        let (answer, status) = card.execute(&command);
        assert!(answer.ends_with(&status.number().to_be_bytes()));
    }
    assert_ne!(status(&mut card, "00A40000"), 0x6F00);
}
