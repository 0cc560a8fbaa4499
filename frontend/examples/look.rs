//! Writes the catalogue and the sample pages with their assets into a folder, to look at:
//! `cargo run -p cards-portal --example look -- FOLDER`, then serve that folder.

use std::path::PathBuf;

use cards_portal::assets::FILES;
use cards_portal::catalogue::samples;
use cards_portal::text::Lang;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder to write to")?);
    std::fs::create_dir_all(folder.join("assets"))?;
    for file in FILES {
        std::fs::write(folder.join("assets").join(file.name), file.bytes)?;
    }
    for lang in [Lang::Sv, Lang::En] {
        for (name, html) in samples::pages(lang)? {
            std::fs::write(folder.join(format!("{name}.{}.html", lang.tag())), html)?;
        }
    }
    Ok(())
}
