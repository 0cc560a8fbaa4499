//! The portals as people use them, in a browser.

mod breaking;
mod card_log_in;
mod card_tasks;
mod counter;
mod directory;
mod every_page;
mod keyboard;
mod letters;
mod live_search;
mod locked;
mod loss;
mod opening;
mod organisations;
mod people;
mod photo;
mod post;
mod signing;
mod straight_way;
mod unlock;
