//! The keyboard, and where it is.

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key as Code;

use super::Browser;

/// Tab presses on one page before a thing counts as out of reach.
const FAR: usize = 80;

/// Keys that do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// To the next thing.
    Tab,
    /// To go on.
    Enter,
    /// To tick.
    Space,
    /// Down in a list.
    Down,
}

/// Says what has focus: its text or label, and whether the eye sees that it has.
const FOCUS: &str = r"
const e = document.activeElement;
if (!e || e === document.body) return ['', true];
const label = e.id && document.querySelector(`label[for='${e.id}']`);
const name = (label ? label.innerText : e.innerText || e.value || '').replace(/\s+/g, ' ').trim();
let ring = false;
for (let at = e, i = 0; at && i < 5; at = at.parentElement, i++) {
  const style = getComputedStyle(at);
  ring ||= style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
}
const box = (e.closest('label') || e).getBoundingClientRect();
const at = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 20));
const free = !at || e.contains(at) || at.contains(e) || (label && label.contains(at));
return [name, ring && box.width > 0 && box.top >= 0 && box.bottom <= innerHeight + 1 && free];
";

impl Browser {
    /// Presses a key.
    ///
    /// # Panics
    /// The window is gone.
    pub fn press(&self, key: Key) {
        let value = match key {
            Key::Tab => char::from(Code::Tab),
            Key::Enter => char::from(Code::Enter),
            Key::Space => ' ',
            Key::Down => char::from(Code::Down),
        };
        let strokes = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value });
        self.runtime
            .block_on(self.client.perform_actions(strokes))
            .unwrap();
    }

    /// Types where the focus is.
    ///
    /// # Panics
    /// Nothing has focus.
    pub fn type_here(&self, text: &str) {
        self.runtime.block_on(async {
            self.client
                .active_element()
                .await
                .unwrap()
                .send_keys(text)
                .await
                .unwrap();
        });
    }

    /// What has focus, by the text that stands on it.
    ///
    /// # Panics
    /// Focus is where the eye cannot see it.
    #[must_use]
    pub fn focus(&self) -> String {
        let (name, is_seen): (String, bool) = serde_json::from_value(self.run(FOCUS)).unwrap();
        assert!(
            is_seen,
            "the focus on “{name}” cannot be seen on {}",
            self.shown()
        );
        name
    }

    /// Presses Tab until what has focus begins with `name`.
    ///
    /// # Panics
    /// It is out of reach.
    pub fn tab_to(&self, name: &str) {
        for _ in 0..FAR {
            self.press(Key::Tab);
            if self.focus().starts_with(name) {
                return;
            }
        }
        panic!("“{name}” cannot be reached by keyboard on {}", self.shown());
    }
}
