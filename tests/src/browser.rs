//! Chromium, driven from outside.
