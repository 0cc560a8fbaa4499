//! The files that browsers load beside the pages. Their names are made from their content, so
//! they may be cached for a year; a new version has a new name.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, web};

/// A file that pages refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asset {
    /// The one stylesheet.
    Css,
    /// The script of every page, an ES module.
    Js,
    /// The script of pages that take a photo, an ES module.
    Camera,
    /// The script of pages that show hits while a name is typed, an ES module.
    Search,
    /// The script of pages that follow what happens elsewhere, an ES module.
    Follow,
    /// The script that opens the card program from the page of a task, an ES module.
    OpenProgram,
    /// Inter, variable weight, Latin.
    Font,
    /// The icon of the browser tab.
    Icon,
}

/// An embedded file.
#[derive(Clone, Copy, Debug)]
pub struct File {
    /// Which one it is.
    pub asset: Asset,
    /// Name with the content's hash, such as `1f0c….css`.
    pub name: &'static str,
    /// Path from the server's root.
    pub url: &'static str,
    /// The content as sent.
    pub bytes: &'static [u8],
}

/// Every embedded file.
pub static FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/asset_table.rs"));

/// The address of an asset, such as `/assets/1f0c….css`.
#[must_use]
pub fn asset_url(asset: Asset) -> &'static str {
    FILES
        .iter()
        .find(|file| file.asset == asset)
        .map_or("", |file| file.url)
}

/// Adds `GET /assets/{name}`; no log-in is needed for it.
pub fn routes(config: &mut web::ServiceConfig) {
    config.route("/assets/{name}", web::get().to(serve));
}

async fn serve(name: web::Path<String>) -> HttpResponse {
    FILES
        .iter()
        .find(|file| file.name == name.as_str())
        .map_or_else(
            || HttpResponse::NotFound().finish(),
            |file| {
                HttpResponse::Ok()
                    .insert_header((CONTENT_TYPE, content_type(file.asset)))
                    .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
                    .body(file.bytes)
            },
        )
}

fn content_type(asset: Asset) -> &'static str {
    match asset {
        Asset::Css => "text/css; charset=utf-8",
        Asset::Js | Asset::Camera | Asset::Search | Asset::Follow | Asset::OpenProgram => {
            "text/javascript; charset=utf-8"
        }
        Asset::Font => "font/woff2",
        Asset::Icon => "image/svg+xml",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::{App, test as http};

    #[test]
    fn every_asset_has_a_file_with_content() {
        for asset in [
            Asset::Css,
            Asset::Js,
            Asset::Camera,
            Asset::Search,
            Asset::Follow,
            Asset::OpenProgram,
            Asset::Font,
            Asset::Icon,
        ] {
            let file = FILES.iter().find(|file| file.asset == asset).unwrap();
            assert!(!file.bytes.is_empty(), "{asset:?} is empty");
            assert_eq!(asset_url(asset), format!("/assets/{}", file.name));
        }
    }

    #[test]
    fn nothing_in_style_or_script_is_loaded_from_elsewhere() {
        for file in FILES.iter().filter(|file| {
            matches!(
                file.asset,
                Asset::Css
                    | Asset::Js
                    | Asset::Camera
                    | Asset::Search
                    | Asset::Follow
                    | Asset::OpenProgram
            )
        }) {
            let text = std::str::from_utf8(file.bytes).unwrap();
            let outside = text.replace("http://www.w3.org/2000/svg", "");
            assert!(!outside.contains("http:") && !outside.contains("https:"));
            assert!(!outside.contains("url(//") && !outside.contains("@import"));
        }
    }

    #[test]
    fn the_stylesheet_names_the_font_file_by_its_hash() {
        let css = FILES.iter().find(|file| file.asset == Asset::Css).unwrap();
        let font = FILES.iter().find(|file| file.asset == Asset::Font).unwrap();
        assert!(std::str::from_utf8(css.bytes).unwrap().contains(font.name));
    }

    #[test]
    fn each_script_stays_small() {
        for asset in [
            Asset::Js,
            Asset::Camera,
            Asset::Search,
            Asset::Follow,
            Asset::OpenProgram,
        ] {
            let js = FILES.iter().find(|file| file.asset == asset).unwrap();
            assert!(
                js.bytes.len() <= 6 * 1024,
                "{asset:?}: {} bytes",
                js.bytes.len()
            );
        }
    }

    #[actix_web::test]
    async fn an_asset_is_served_for_ever_and_an_unknown_name_is_not_found() {
        let app = http::init_service(App::new().configure(routes)).await;
        let request = http::TestRequest::get()
            .uri(asset_url(Asset::Css))
            .to_request();
        let answer = http::call_service(&app, request).await;
        assert_eq!(answer.status(), 200);
        assert_eq!(
            answer.headers().get("content-type").unwrap(),
            "text/css; charset=utf-8"
        );
        let cached = answer
            .headers()
            .get("cache-control")
            .unwrap()
            .to_str()
            .unwrap();
        assert!(cached.contains("immutable"));
        let unknown = http::TestRequest::get()
            .uri("/assets/nothing.css")
            .to_request();
        assert_eq!(http::call_service(&app, unknown).await.status(), 404);
    }
}
