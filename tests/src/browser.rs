//! Chromium, driven from outside: one window, used like a person uses it, by the names that stand
//! on buttons, links and fields.

mod driver;
mod keyboard;
mod keys;
mod page;
mod programs;

use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::{Client, Locator};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

use driver::{Command, Driver};
pub use keyboard::Key;
pub use keys::Keys;
pub use page::Sight;

/// How long a page may take to appear.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait between two looks.
const BETWEEN: Duration = Duration::from_millis(50);

/// Shows the thing to be pressed and says whether another page comes of it; the page that is
/// there is marked, so that the other can be told from it.
const PRESS: &str = "
const thing = arguments[0];
thing.scrollIntoView({ block: 'center' });
window.isLeft = true;
if (thing.matches('a[href]')) {
  const isPage = thing.protocol.startsWith('http') && !thing.getAttribute('href').startsWith('#');
  return isPage && !thing.hasAttribute('download') && thing.target !== '_blank';
}
const form = thing.matches('button') && thing.type === 'submit' && thing.form;
return Boolean(form) && form.target !== '_blank'
  && (form.noValidate || thing.formNoValidate || form.checkValidity());
";

/// Whether another page than the marked one is there.
const HAS_COME: &str = "return !window.isLeft && document.readyState === 'complete'";

/// What kind of window.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Width in CSS pixels.
    pub width: u32,
    /// Whether pages may run scripts.
    pub has_script: bool,
    /// Whether the person prefers dark colours.
    pub is_dark: bool,
    /// Whether axe judges every page that is arrived at; it takes most of a test's time.
    pub is_judged: bool,
    /// Whether there is a camera, which shows a test picture and is let in without a question.
    pub has_camera: bool,
}

impl Window {
    /// A desk's screen, 1280 pixels wide.
    pub const DESK: Self = Self {
        width: 1280,
        has_script: true,
        is_dark: false,
        is_judged: true,
        has_camera: false,
    };
    /// A phone's screen, 390 pixels wide.
    pub const PHONE: Self = Self {
        width: 390,
        has_script: true,
        is_dark: false,
        is_judged: true,
        has_camera: false,
    };

    /// The same, with a camera.
    #[must_use]
    pub const fn with_camera(self) -> Self {
        Self {
            has_camera: true,
            ..self
        }
    }

    /// The same, with scripts turned off.
    #[must_use]
    pub const fn without_script(self) -> Self {
        Self {
            has_script: false,
            ..self
        }
    }
}

impl Window {
    /// The same, for a way whose pages are judged in other tests.
    #[must_use]
    pub const fn in_a_hurry(self) -> Self {
        Self {
            is_judged: false,
            ..self
        }
    }
}

/// An open window with cookies of its own.
pub struct Browser {
    client: Client,
    runtime: Runtime,
    is_judged: bool,
    // Ended last: Chromium is a child of it, and lives in the home of its keys.
    driver: Driver,
    _keys: Option<Keys>,
}

impl Browser {
    /// Opens a window on nothing.
    ///
    /// # Panics
    /// Chromium or its driver is missing: run the tests with `cargo xtask test`.
    #[must_use]
    pub fn open(window: Window) -> Self {
        Self::start(window, None)
    }

    /// Opens a window that has these keys and their certificates, as with a card in a reader. It shows
    /// whichever a server asks for without a question, and trusts every server.
    ///
    /// # Panics
    /// As [`Browser::open`].
    #[must_use]
    pub fn open_with(window: Window, keys: Keys) -> Self {
        Self::start(window, Some(keys))
    }

    fn start(window: Window, keys: Option<Keys>) -> Self {
        let driver = Driver::start(keys.as_ref());
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let client = runtime.block_on(driver.client(window, keys.as_ref()));
        let browser = Self {
            client,
            runtime,
            // Axe waits for timers, which stand still where pages may run no script.
            is_judged: window.is_judged && window.has_script,
            driver,
            _keys: keys,
        };
        browser.resize(window.width);
        browser.prefer_dark(window.is_dark);
        browser
    }

    /// Makes the window this wide, in CSS pixels.
    pub fn resize(&self, width: u32) {
        let screen = serde_json::json!({
            "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", &screen);
    }

    /// Prefers dark or light colours from now on.
    pub fn prefer_dark(&self, is_dark: bool) {
        let value = if is_dark { "dark" } else { "light" };
        let media = serde_json::json!({
            "features": [{ "name": "prefers-color-scheme", "value": value }],
        });
        self.devtools("Emulation.setEmulatedMedia", &media);
        // Colours that are on their way from the one to the other are nobody's colours.
        self.run("for (const one of document.getAnimations()) { one.finish(); }");
    }

    /// Makes the window one that is touched: nothing points but a finger, and nothing hovers.
    pub fn touch(&self) {
        let screen = serde_json::json!({
            "width": 390, "height": 900, "deviceScaleFactor": 1, "mobile": true,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", &screen);
        let touch = serde_json::json!({ "enabled": true });
        self.devtools("Emulation.setTouchEmulationEnabled", &touch);
    }

    /// The links for other programs that this computer has opened, in their order.
    #[must_use]
    pub fn opened(&self) -> Vec<String> {
        self.driver.programs.opened()
    }

    /// Waits until this computer has opened as many links for other programs.
    ///
    /// # Panics
    /// It does not.
    #[must_use]
    pub fn has_opened(&self, number: usize) -> Vec<String> {
        let opened = self.wait(|| Some(self.opened()).filter(|opened| opened.len() >= number));
        let opened = opened.unwrap_or_else(|| panic!("nothing was opened on {}", self.shown()));
        assert_eq!(opened.len(), number, "{opened:?}");
        opened
    }

    fn devtools(&self, command: &str, params: &Value) {
        let body = serde_json::json!({ "cmd": command, "params": params });
        self.command("goog/cdp/execute", &body);
    }

    fn command(&self, path: &'static str, body: &Value) -> Value {
        let command = Command {
            path,
            body: body.to_string(),
        };
        self.runtime
            .block_on(self.client.issue_cmd(command))
            .unwrap()
    }

    /// Goes to an address.
    ///
    /// # Panics
    /// Nothing answers there.
    pub fn go(&self, url: &str) {
        self.runtime.block_on(self.client.goto(url)).unwrap();
    }

    /// The button that goes back to the page before.
    ///
    /// # Panics
    /// The window is gone.
    pub fn back(&self) {
        self.runtime.block_on(self.client.back()).unwrap();
    }

    /// The button that loads the page anew.
    ///
    /// # Panics
    /// The window is gone.
    pub fn reload(&self) {
        self.runtime.block_on(self.client.refresh()).unwrap();
    }

    /// The address that the window shows.
    ///
    /// # Panics
    /// The window is gone.
    #[must_use]
    pub fn address(&self) -> url::Url {
        self.runtime.block_on(self.client.current_url()).unwrap()
    }

    /// Follows the link or presses the button with this text; when several have it, the first
    /// that is shown.
    ///
    /// # Panics
    /// There is none.
    pub fn click(&self, name: &str) {
        let kinds = "self::a or self::button or self::summary";
        let element = self.named(
            &format!("//*[{kinds}][normalize-space(.)={}]", quoted(name)),
            &format!(
                "//*[{kinds}][contains(normalize-space(.), {})]",
                quoted(name)
            ),
        );
        let element =
            element.unwrap_or_else(|| panic!("no button or link “{name}” on {}", self.shown()));
        self.press_on(&element);
    }

    /// Whether a link or button with this text is shown.
    #[must_use]
    pub fn offers(&self, name: &str) -> bool {
        let path = format!(
            "//*[self::a or self::button][normalize-space(.)={0} or @aria-label={0}]",
            quoted(name)
        );
        self.named(&path, "//nothing").is_some()
    }

    /// Forgets every cookie.
    ///
    /// # Panics
    /// The window is gone.
    pub fn forget(&self) {
        self.runtime
            .block_on(self.client.delete_all_cookies())
            .unwrap();
    }

    /// Writes in the field with this label, in place of what stands there.
    ///
    /// # Panics
    /// There is no such field.
    pub fn write(&self, label: &str, text: &str) {
        let field = self.field(label);
        self.runtime.block_on(async {
            field.clear().await.unwrap();
            field.send_keys(text).await.unwrap();
        });
    }

    /// Chooses a file in the field with this label.
    ///
    /// # Panics
    /// There is no such field.
    pub fn upload(&self, label: &str, file: &std::path::Path) {
        let field = self.field(label);
        let path = file.to_str().unwrap();
        self.runtime.block_on(field.send_keys(path)).unwrap();
    }

    /// What stands in the field with this label.
    ///
    /// # Panics
    /// There is no such field.
    #[must_use]
    pub fn written(&self, label: &str) -> String {
        let field = self.field(label);
        self.runtime
            .block_on(field.prop("value"))
            .unwrap()
            .unwrap_or_default()
    }

    /// Chooses the answer, or ticks the box, with this label.
    ///
    /// # Panics
    /// There is none.
    pub fn choose(&self, label: &str) {
        let field = self.field(label);
        if !self.runtime.block_on(field.is_selected()).unwrap() {
            self.press_on(&field);
        }
    }

    /// Scrolls there first, as a person does when a bar stands in the way, and waits for the next
    /// page where there is one: a click is answered before the page it leads to has come, and
    /// what is looked for then would be looked for on the page that is left.
    fn press_on(&self, element: &Element) {
        let place = serde_json::to_value(element).unwrap();
        let leads_away = self.runtime.block_on(async {
            let leads_away = self.client.execute(PRESS, vec![place]).await.unwrap();
            element.click().await.unwrap();
            leads_away
        });
        if leads_away == Value::Bool(true) {
            let end = Instant::now() + PATIENCE;
            while self.run(HAS_COME) == Value::Bool(false) && Instant::now() < end {
                self.rest(BETWEEN);
            }
        }
    }

    /// Ticks every box of the group with this legend.
    ///
    /// # Panics
    /// There is no such group.
    pub fn tick_all(&self, legend: &str) {
        let boxes = format!(
            "//fieldset[legend[normalize-space(.)={}]]//label[not(contains(@class, 'switch'))]//input",
            quoted(legend)
        );
        let boxes = self.all(&boxes);
        assert!(
            !boxes.is_empty(),
            "no boxes under “{legend}” on {}",
            self.shown()
        );
        for one in boxes {
            self.press_on(&one);
        }
    }

    /// Chooses in the list with this label.
    ///
    /// # Panics
    /// There is no such list or choice.
    pub fn select(&self, label: &str, choice: &str) {
        let field = self.field(label);
        self.runtime
            .block_on(field.select_by_label(choice))
            .unwrap();
    }

    fn field(&self, label: &str) -> Element {
        let labels = self.all(&format!(
            "//label[starts-with(normalize-space(.), {})]",
            quoted(label)
        ));
        for label in labels {
            let id = self
                .runtime
                .block_on(label.attr("for"))
                .unwrap()
                .unwrap_or_default();
            let field = self.named(&format!("//*[@id={}]", quoted(&id)), "//nothing");
            if let Some(field) = field {
                return field;
            }
        }
        panic!("no field “{label}” on {}", self.shown());
    }

    fn named(&self, exact: &str, near: &str) -> Option<Element> {
        [exact, near].into_iter().find_map(|path| {
            self.all(path).into_iter().find(|element| {
                self.runtime
                    .block_on(element.is_displayed())
                    .unwrap_or(false)
            })
        })
    }

    /// Waits until a script of the page answers `true`.
    ///
    /// # Panics
    /// It never does.
    pub fn until(&self, what: &str, script: &str) {
        let is_so = || (self.run(script) == Value::Bool(true)).then_some(());
        assert!(self.wait(is_so).is_some(), "{what}: {}", self.shown());
    }

    /// Lets time pass in which nothing should happen.
    pub fn rest(&self, time: Duration) {
        self.runtime
            .block_on(async { tokio::time::sleep(time).await });
    }

    fn all(&self, path: &str) -> Vec<Element> {
        self.runtime
            .block_on(self.client.find_all(Locator::XPath(path)))
            .unwrap()
    }

    /// Waits for what `look` finds.
    fn wait<T>(&self, look: impl Fn() -> Option<T>) -> Option<T> {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = look() {
                return Some(found);
            }
            if Instant::now() > end {
                return None;
            }
            self.runtime
                .block_on(async { tokio::time::sleep(BETWEEN).await });
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let closed = self.runtime.block_on(self.client.clone().close());
        if closed.is_err() {
            self.driver.stop();
        }
    }
}

/// As a literal of XPath, which knows no way to escape.
fn quoted(text: &str) -> String {
    assert!(!text.contains('"'), "a name with a quotation mark: {text}");
    format!("\"{text}\"")
}
