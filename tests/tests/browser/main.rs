//! The portals as people use them, in a browser.

mod breaking;
mod counter;
mod every_page;
mod keyboard;
mod letters;
mod organisations;
mod people;
mod straight_way;
