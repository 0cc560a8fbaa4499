//! The portals as people use them, in a browser.

mod people;
mod straight_way;
