//! Reads the configuration, puts the parts together and runs the commands of `kortkontor`. Besides
//! the developer commands this is the only package that reads the environment.

pub mod commands;
pub mod config;
pub mod demo;
pub mod serve;
pub mod telemetry;
pub mod wire;
pub mod work;

pub use config::Config;
pub use wire::{System, Wired};
