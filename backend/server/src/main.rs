//! The command `kortkontor`.

fn main() -> std::process::ExitCode {
    cards_server::commands::run()
}
