//! Bundles what the browser loads: one stylesheet, the scripts, one font file, one icon.
//! Each gets a name made from its content, so that it may be cached for ever.

use std::fmt::Write as _;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::{css, read, write};

/// The component files of the design system that the templates use; nothing else is shipped.
const COMPONENT_FILES: [&str; 6] = [
    "base",
    "button",
    "input",
    "table",
    "breadcrumbs",
    "pagination",
];

/// Blocks of the design system's theme that are left out: our own colours replace theirs.
const THEME_LEFT_OUT: [&str; 3] = [
    "@layer ds.theme.color-scheme.",
    "@layer ds.theme.typography.secondary",
    "@charset",
];

const MODULES_MISSING: &str = "the design system is not installed: run `npm ci` in the folder \
    `frontend` and build again";

/// Bundles the assets of the folder `root` into `out`/assets and writes the table of them.
pub fn bundle(root: &Path, out: &Path) -> Result<(), String> {
    let modules = root.join("node_modules");
    if !modules.join("@digdir/designsystemet-css").is_dir() {
        return Err(MODULES_MISSING.to_owned());
    }
    let folder = out.join("assets");
    std::fs::create_dir_all(&folder)
        .map_err(|e| format!("cannot make {}: {e}", folder.display()))?;
    let font = modules.join("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2");
    let font = std::fs::read(&font).map_err(|_| MODULES_MISSING.to_owned())?;
    let font_name = hashed(&font, "woff2");
    let style = stylesheet(root, &modules)?.replace("inter.woff2", &font_name);
    let script = read(&root.join("assets/js/kortkontor.js"))?;
    let camera = read(&root.join("assets/js/camera.js"))?;
    let search = read(&root.join("assets/js/search.js"))?;
    let follow = read(&root.join("assets/js/follow.js"))?;
    let program = read(&root.join("assets/js/open_program.js"))?;
    let icon = read(&root.join("assets/icon.svg"))?;
    let mut table = String::from("&[\n");
    for (kind, extension, bytes) in [
        ("Css", "css", style.as_bytes()),
        ("Js", "js", script.as_bytes()),
        ("Camera", "js", camera.as_bytes()),
        ("Search", "js", search.as_bytes()),
        ("Follow", "js", follow.as_bytes()),
        ("OpenProgram", "js", program.as_bytes()),
        ("Font", "woff2", font.as_slice()),
        ("Icon", "svg", icon.as_bytes()),
    ] {
        let name = hashed(bytes, extension);
        write(&folder.join(&name), bytes)?;
        let _ = writeln!(
            table,
            "File {{ asset: Asset::{kind}, name: \"{name}\", url: \"/assets/{name}\", \
             bytes: include_bytes!(concat!(env!(\"OUT_DIR\"), \"/assets/{name}\")) }},"
        );
    }
    table.push(']');
    write(&out.join("asset_table.rs"), table)
}

fn stylesheet(root: &Path, modules: &Path) -> Result<String, String> {
    let mut all = String::new();
    for name in COMPONENT_FILES {
        let file = modules.join(format!("@digdir/designsystemet-css/dist/src/{name}.css"));
        all.push_str(&css::shrink(&read(&file)?));
    }
    let theme = modules.join("@digdir/designsystemet-theme/src/themes/designsystemet.css");
    let theme = css::shrink(&read(&theme)?);
    all.extend(
        css::blocks(&theme)
            .into_iter()
            .filter(|block| !THEME_LEFT_OUT.iter().any(|start| block.starts_with(start))),
    );
    for file in own_styles(&root.join("assets/css"))? {
        all.push_str(&css::shrink(&read(&file)?));
    }
    Ok(all)
}

fn own_styles(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    let entries =
        std::fs::read_dir(folder).map_err(|e| format!("cannot list {}: {e}", folder.display()))?;
    let mut files: Vec<_> = entries
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "css"))
        .collect();
    files.sort();
    Ok(files)
}

fn hashed(bytes: &[u8], extension: &str) -> String {
    let digest = Sha256::digest(bytes);
    let short = digest.iter().take(8).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    format!("{short}.{extension}")
}
