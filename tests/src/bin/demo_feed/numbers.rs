//! Personal numbers with birth numbers 980–999, which are never given to anybody living.

use std::collections::HashSet;

use cards_domain::values::luhn_check_digit;

/// Year, month and day of birth.
pub type Born = (u32, u32, u32);

/// Hands out each number once.
#[derive(Default)]
pub struct Numbers(HashSet<String>);

impl Numbers {
    /// A free number of somebody born that day, `None` when the day's ten are gone.
    pub fn take(&mut self, born: Born, man: bool) -> Option<String> {
        self.free((980..1000).map(|number| written(born, number)), man)
    }

    /// A free coordination number: the day is written with 60 added.
    pub fn take_coordination(&mut self, (year, month, day): Born, man: bool) -> Option<String> {
        self.free(
            (980..1000).map(|number| written((year, month, day + 60), number)),
            man,
        )
    }

    fn free(&mut self, numbers: impl Iterator<Item = String>, man: bool) -> Option<String> {
        let parity = usize::from(man);
        let number = numbers
            .skip(parity)
            .step_by(2)
            .find(|number| !self.0.contains(number))?;
        self.0.insert(number.clone());
        Some(number)
    }
}

fn written((year, month, day): Born, number: u32) -> String {
    let body = format!("{year:04}{month:02}{day:02}{number:03}");
    let digits: Vec<u8> = body.bytes().skip(2).map(|byte| byte - b'0').collect();
    format!("{body}{}", luhn_check_digit(&digits))
}
