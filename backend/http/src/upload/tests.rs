//! Files that come with a form, and those that should not.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::*;
use crate::actor::tests::remember;
use crate::signed_form::KEY;
use crate::site::tests::site;
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_TYPE, ORIGIN};
use actix_web::test::TestRequest;
use actix_web::web::{self, Bytes};
use futures_util::stream;

const SESSION: [u8; 32] = [9; 32];
const MIB: usize = 1024 * 1024;

type Texts = BTreeMap<String, String>;
type Pieces = std::pin::Pin<Box<dyn stream::Stream<Item = Result<Bytes, PayloadError>>>>;

fn token(key: [u8; 32]) -> String {
    CsrfKey(key.to_vec()).masked(&*site("https://kort.example.se").entropy)
}

fn text(name: &str, value: &str) -> Vec<u8> {
    format!("--grans\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into()
}

fn file(content: &[u8]) -> Vec<u8> {
    let head = "--grans\r\nContent-Disposition: form-data; name=\"foto\"; filename=\"Maja.jpg\"\
                \r\nContent-Type: image/jpeg\r\n\r\n";
    [head.as_bytes(), content, b"\r\n"].concat()
}

fn hidden(csrf: &str) -> Vec<u8> {
    [text(CSRF, csrf), text(KEY, &Uuid::from_u128(7).to_string())].concat()
}

fn whole(parts: &[Vec<u8>]) -> Vec<u8> {
    [parts.concat(), b"--grans--\r\n".to_vec()].concat()
}

fn request() -> TestRequest {
    TestRequest::post()
        .uri("/mina-sidor/foto")
        .app_data(web::Data::new(site("https://kort.example.se")))
        .insert_header((CONTENT_TYPE, "multipart/form-data; boundary=grans"))
        .insert_header((ORIGIN, "https://kort.example.se"))
}

async fn sent(request: TestRequest, body: Vec<u8>) -> Result<SignedUpload<Texts>, Fault> {
    let (request, mut payload) = request.set_payload(body).to_http_parts();
    remember(&request, SESSION);
    SignedUpload::from_request(&request, &mut payload).await
}

async fn read_of(parts: &[Vec<u8>]) -> Result<SignedUpload<Texts>, Fault> {
    sent(request(), whole(parts)).await
}

fn ours() -> Vec<u8> {
    hidden(&token(SESSION))
}

/// A form whose file is sent in pieces of a mebibyte; counts how many of them were taken.
async fn in_pieces(head: Vec<u8>, pieces: usize) -> (Result<SignedUpload<Texts>, Fault>, usize) {
    let taken = Rc::new(Cell::new(0));
    let counted = Rc::clone(&taken);
    let begin = Bytes::from([head, file(b"")].concat());
    let begin = begin.slice(..begin.len() - 2);
    let piece = Bytes::from(vec![7; MIB]);
    let middle = (0..pieces).map(move |_| {
        counted.set(counted.get() + 1);
        piece.clone()
    });
    let end = [text("efter", "ja"), b"--grans--\r\n".to_vec()].concat();
    let end = Bytes::from([b"\r\n".to_vec(), end].concat());
    let all = std::iter::once(begin).chain(middle).chain([end]);
    let stream = stream::iter(all.map(Ok::<Bytes, PayloadError>));
    let (request, _) = request().to_http_parts();
    remember(&request, SESSION);
    let payload: Pieces = Box::pin(stream);
    let mut payload = Payload::from(payload);
    let read = SignedUpload::from_request(&request, &mut payload).await;
    (read, taken.get())
}

#[actix_web::test]
async fn a_form_of_the_session_is_read_with_its_file_and_what_was_typed() {
    let content = b"\xFF\xD8\r\n--gran\r\n\0";
    let parts = [ours(), file(content), text("ord", "Å och ä")];
    let form = read_of(&parts).await.ok().unwrap();
    assert_eq!(form.file, Ok(content.to_vec()));
    assert_eq!(form.fields.get("ord").unwrap(), "Å och ä");
    assert_eq!(form.key(), Uuid::from_u128(7));
}

#[actix_web::test]
async fn a_form_without_file_or_with_an_empty_one_says_so_at_the_field() {
    for parts in [vec![ours()], vec![ours(), file(b"")]] {
        let form = read_of(&parts).await.ok().unwrap();
        assert_eq!(form.file, Err(UploadFault::Missing));
    }
    assert_eq!(UploadFault::Missing.status().as_u16(), 422);
}

#[actix_web::test]
async fn the_largest_file_is_read_and_one_byte_more_is_too_large() {
    let form = read_of(&[ours(), file(&vec![1; MOST_FILE_BYTES])]).await;
    assert_eq!(form.ok().unwrap().file.unwrap().len(), MOST_FILE_BYTES);
    let parts = [
        ours(),
        file(&vec![1; MOST_FILE_BYTES + 1]),
        text("ord", "kvar"),
    ];
    let form = read_of(&parts).await.ok().unwrap();
    assert_eq!(form.file, Err(UploadFault::TooLarge));
    assert_eq!(form.fields.get("ord").unwrap(), "kvar");
    assert_eq!(UploadFault::TooLarge.status().as_u16(), 413);
}

#[actix_web::test]
async fn of_a_file_without_end_no_more_is_read_than_a_browser_needs_to_hear_the_answer() {
    let (form, taken) = in_pieces(ours(), 10).await;
    let form = form.ok().unwrap();
    assert_eq!((form.file, taken), (Err(UploadFault::TooLarge), 10));
    assert_eq!(form.fields.get("efter").unwrap(), "ja");
    let (form, taken) = in_pieces(ours(), 10_000).await;
    assert_eq!(form.ok().unwrap().file, Err(UploadFault::TooLarge));
    assert!((33..=35).contains(&taken), "{taken} MiB were read");
}

#[actix_web::test]
async fn without_the_right_token_before_it_a_file_is_not_read() {
    let late = [file(b"1"), ours()];
    assert_eq!(read_of(&late).await.err(), Some(Notice::ForeignForm.into()));
    for csrf in [String::new(), "AAAA".to_owned(), token([8; 32])] {
        let (form, taken) = in_pieces(hidden(&csrf), 30).await;
        assert_eq!(form.err(), Some(Notice::ForeignForm.into()), "{csrf}");
        assert!(taken <= 2, "{taken} MiB were read");
        let without_file = read_of(&[hidden(&csrf)]).await;
        assert_eq!(without_file.err(), Some(Notice::ForeignForm.into()));
    }
}

#[actix_web::test]
async fn a_form_from_elsewhere_is_refused_even_with_the_token() {
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://kort.example.se"),
        ("sec-fetch-site", "cross-site"),
    ] {
        let request = request().insert_header((name, value));
        let form = sent(request, whole(&[ours(), file(b"1")])).await;
        assert_eq!(form.err(), Some(Notice::ForeignForm.into()), "{value}");
    }
}

#[actix_web::test]
async fn the_same_form_with_the_same_file_is_the_same_request_and_another_file_is_not() {
    let print = async |parts: &[Vec<u8>]| read_of(parts).await.ok().unwrap().fingerprint;
    let first = print(&[ours(), file(b"one"), text("ord", "a")]).await;
    let again = print(&[ours(), file(b"one"), text("ord", "a")]).await;
    assert_eq!(first, again, "the token differs, the request does not");
    for other in [
        [ours(), file(b"two"), text("ord", "a")],
        [ours(), file(b"one"), text("ord", "b")],
        [ours(), file(b""), text("ord", "a")],
    ] {
        let other = print(&other).await;
        assert_eq!(first.key, other.key);
        assert_ne!(first.body_hash, other.body_hash);
    }
}

#[actix_web::test]
async fn what_is_no_form_with_one_file_is_not_read() {
    let unreadable = Some(Fault::from(Notice::UnreadableForm));
    let two = [ours(), file(b"1"), file(b"2")];
    assert_eq!(read_of(&two).await.err(), unreadable);
    let long = [ours(), text("ord", &"a".repeat(LONGEST_TEXT))];
    assert_eq!(read_of(&long).await.err(), unreadable);
    let many = [ours(), text("ord", "").repeat(600)];
    assert_eq!(read_of(&many).await.err(), unreadable);
    let without_key = [text(CSRF, &token(SESSION)), file(b"1")];
    assert_eq!(read_of(&without_key).await.err(), unreadable);
    let broken_off = sent(request(), [ours(), file(b"1")].concat()).await;
    assert_eq!(broken_off.err(), unreadable);
    for kind in [
        "multipart/form-data",
        "application/x-www-form-urlencoded",
        "text/plain",
    ] {
        let request = request().insert_header((CONTENT_TYPE, kind));
        let form = sent(request, whole(&[ours(), file(b"1")])).await;
        assert_eq!(form.err(), unreadable, "{kind}");
    }
}

async fn streamed(parts: &[Vec<u8>]) -> Result<StreamedUpload<Texts>, Fault> {
    let (request, mut payload) = request().set_payload(whole(parts)).to_http_parts();
    remember(&request, SESSION);
    StreamedUpload::from_request(&request, &mut payload).await
}

#[actix_web::test]
async fn a_large_file_comes_in_pieces_and_has_an_end() {
    let form = streamed(&[ours(), text("ord", "ja"), file(b"0123456789")]).await;
    let form = form.ok().unwrap();
    assert_eq!(form.fields.get("ord").unwrap(), "ja");
    let mut file = form.file.unwrap();
    assert_eq!(file.name(), "Maja.jpg");
    for piece in ["0123", "4567", "89", "", ""] {
        assert_eq!(file.piece(4).await.ok().unwrap(), piece.as_bytes());
    }
}

#[actix_web::test]
async fn without_the_right_token_before_it_not_a_piece_of_a_large_file_is_read() {
    let foreign = Some(Fault::from(Notice::ForeignForm));
    assert_eq!(streamed(&[file(b"1"), ours()]).await.err(), foreign);
    for csrf in [String::new(), "AAAA".to_owned(), token([8; 32])] {
        assert_eq!(streamed(&[hidden(&csrf), file(b"1")]).await.err(), foreign);
    }
}

#[actix_web::test]
async fn a_form_whose_file_was_not_chosen_has_none() {
    let nothing =
        b"--grans\r\nContent-Disposition: form-data; name=\"fil\"; filename=\"\"\r\n\r\n\r\n";
    for parts in [vec![ours()], vec![ours(), nothing.to_vec()]] {
        assert!(streamed(&parts).await.ok().unwrap().file.is_none());
    }
}
