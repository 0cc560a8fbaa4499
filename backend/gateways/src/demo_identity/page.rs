//! The provider's pages: plain forms that work without script, on a phone and by keyboard.

use askama::Template;

use super::Persona;

/// The words of a language.
pub(super) struct Words {
    tag: &'static str,
    title: &'static str,
    mark: &'static str,
    intro: &'static str,
    level: &'static str,
    loa3: &'static str,
    loa2: &'static str,
    personas: &'static str,
    identify: &'static str,
    identify_as: &'static str,
    other: &'static str,
    who: &'static str,
    not_found: &'static str,
    sign: &'static str,
    sign_as: &'static str,
    sign_intro: &'static str,
    cancel: &'static str,
    broken: &'static str,
    broken_do: &'static str,
}

const SV: Words = Words {
    tag: "sv",
    title: "Legitimering",
    mark: "Demonstration: här legitimerar du dig som vem du vill. Inget är på riktigt.",
    intro: "Välj vem du vill vara.",
    level: "Tillitsnivå",
    loa3: "LoA3, som med e-tjänstekort",
    loa2: "LoA2, en enklare legitimering",
    personas: "Personer att prova",
    identify: "Legitimera",
    identify_as: "Legitimera som",
    other: "Någon annan i katalogen",
    who: "HSA-id eller personnummer",
    not_found: "Vi hittar ingen med det. Jämför med katalogen och skriv igen.",
    sign: "Skriv under",
    sign_as: "Skriv under som",
    sign_intro: "Du skriver under texten som du just läste i Kortkontor.",
    cancel: "Avbryt",
    broken: "Legitimeringen kan inte börja härifrån",
    broken_do: "Adressen är gammal eller ofullständig. Gå tillbaka till Kortkontor och logga in på nytt.",
};

const EN: Words = Words {
    tag: "en",
    title: "Identification",
    mark: "Demonstration: here you identify yourself as anyone you like. Nothing is real.",
    intro: "Choose who you want to be.",
    level: "Level of assurance",
    loa3: "LoA3, as with a service ID card",
    loa2: "LoA2, a simpler identification",
    personas: "People to try",
    identify: "Identify",
    identify_as: "Identify as",
    other: "Someone else in the directory",
    who: "HSA-id or personal identity number",
    not_found: "We find no one with that. Compare with the directory and type it again.",
    sign: "Sign",
    sign_as: "Sign as",
    sign_intro: "You sign the text that you have just read in Kortkontor.",
    cancel: "Cancel",
    broken: "The identification cannot start from here",
    broken_do: "The address is old or incomplete. Go back to Kortkontor and log in again.",
};

impl Words {
    /// By `ui_locales`; Swedish unless English comes first.
    pub(super) fn of(locales: &str) -> &'static Self {
        if locales.starts_with("en") { &EN } else { &SV }
    }

    fn is_swedish(&self) -> bool {
        self.tag == SV.tag
    }
}

/// What the page offers.
pub(super) enum Way<'a> {
    /// Everybody.
    Choice {
        personas: Vec<&'a Persona>,
        not_found: Option<&'a str>,
    },
    /// The one who is expected, to log in or to sign.
    One {
        hint: &'a str,
        name: &'a str,
        signs: bool,
    },
}

impl Way<'_> {
    fn heading(&self, words: &Words) -> String {
        match self {
            Self::Choice { .. } => words.title.to_owned(),
            Self::One {
                name, signs: true, ..
            } => format!("{} {name}", words.sign_as),
            Self::One {
                name, signs: false, ..
            } => format!("{} {name}", words.identify_as),
        }
    }
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r##"<!doctype html>
<html lang="{{ words.tag }}" data-color-scheme="auto">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ heading }} – Demonstration</title>
<link rel="stylesheet" href="{{ stylesheet }}">
</head>
<body class="ms">
<main id="innehall"><div class="wrap narrow stack l">
<p class="panel pad"><strong>{{ words.mark }}</strong></p>
<h1 class="h-page">{{ heading }}</h1>
{%- match way %}
{%- when Way::Choice with { personas, not_found } %}
<p>{{ words.intro }}</p>
<form class="stack" method="post" action="{{ action }}">
<input type="hidden" name="request" value="{{ request }}">
<h2 class="h-sec">{{ words.personas }}</h2>
<div class="field"><label for="niva">{{ words.level }}</label>
<select class="ds-input" id="niva" name="niva"><option value="loa3">{{ words.loa3 }}</option><option value="loa2">{{ words.loa2 }}</option></select></div>
<ul class="stack plain" role="list">
{%- for persona in personas %}
<li class="stack s"><p>{% if words.is_swedish() %}{{ persona.description_sv }}{% else %}{{ persona.description_en }}{% endif %}</p>
<div class="row"><button class="ds-button" data-variant="secondary" type="submit" name="persona" value="{{ persona.key }}">{{ words.identify_as }} {{ persona.name }}</button></div></li>
{%- endfor %}
</ul>
</form>
<form class="stack" method="post" action="{{ action }}">
<input type="hidden" name="request" value="{{ request }}">
<h2 class="h-sec">{{ words.other }}</h2>
<div class="field"><label for="vem">{{ words.who }}</label>
{%- if not_found.is_some() %}
<p class="f-err" id="vem-fel">{{ words.not_found }}</p>
{%- endif %}
<input class="ds-input" type="text" id="vem" name="vem" value="{{ not_found.unwrap_or_default() }}" autocomplete="off" autocapitalize="characters" spellcheck="false" required{% if not_found.is_some() %} aria-invalid="true" aria-describedby="vem-fel" autofocus{% endif %}></div>
<div class="field"><label for="niva-annan">{{ words.level }}</label>
<select class="ds-input" id="niva-annan" name="niva"><option value="loa3">{{ words.loa3 }}</option><option value="loa2">{{ words.loa2 }}</option></select></div>
<div class="row"><button class="ds-button" type="submit">{{ words.identify }}</button></div>
</form>
<form method="post" action="{{ action }}">
<input type="hidden" name="request" value="{{ request }}">
<button class="ds-button" data-variant="tertiary" type="submit" name="avbryt" value="ja">{{ words.cancel }}</button>
</form>
{%- when Way::One with { hint, name: _, signs } %}
{%- if *signs %}
<p>{{ words.sign_intro }}</p>
{%- endif %}
<form class="stack" method="post" action="{{ action }}">
<input type="hidden" name="request" value="{{ request }}">
<input type="hidden" name="vem" value="{{ hint }}">
<div class="field"><label for="niva">{{ words.level }}</label>
<select class="ds-input" id="niva" name="niva"><option value="loa3">{{ words.loa3 }}</option><option value="loa2">{{ words.loa2 }}</option></select></div>
<div class="row"><button class="ds-button" type="submit">{% if *signs %}{{ words.sign }}{% else %}{{ words.identify }}{% endif %}</button>
<button class="ds-button" data-variant="tertiary" type="submit" name="avbryt" value="ja">{{ words.cancel }}</button></div>
</form>
{%- endmatch %}
</div></main>
</body>
</html>
"##
)]
struct Choose<'a> {
    words: &'a Words,
    heading: String,
    stylesheet: &'a str,
    action: &'a str,
    request: &'a str,
    way: Way<'a>,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r##"<!doctype html>
<html lang="{{ words.tag }}" data-color-scheme="auto">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ words.broken }} – Demonstration</title>
<link rel="stylesheet" href="{{ stylesheet }}">
</head>
<body class="ms">
<main id="innehall"><div class="wrap narrow stack l">
<h1 class="h-page">{{ words.broken }}</h1>
<p>{{ words.broken_do }}</p>
</div></main>
</body>
</html>
"##
)]
struct Broken<'a> {
    words: &'a Words,
    stylesheet: &'a str,
}

/// The page of choices. `request` is the query it was opened with.
pub(super) fn choose(
    words: &Words,
    stylesheet: &str,
    action: &str,
    request: &str,
    way: Way<'_>,
) -> String {
    let heading = way.heading(words);
    rendered(&Choose {
        words,
        heading,
        stylesheet,
        action,
        request,
        way,
    })
}

/// The page for a request that does not hold.
pub(super) fn broken(words: &Words, stylesheet: &str) -> String {
    rendered(&Broken { words, stylesheet })
}

fn rendered(page: &impl Template) -> String {
    // Writing text into a string does not fail.
    page.render().unwrap_or_default()
}
