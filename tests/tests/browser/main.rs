//! The portals as people use them, in a browser.

mod breaking;
mod counter;
mod every_page;
mod keyboard;
mod letters;
mod locked;
mod loss;
mod organisations;
mod people;
mod photo;
mod post;
mod straight_way;
mod unlock;
