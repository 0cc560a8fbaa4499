//! The command `kortkontor`.

/// Pages and rows are many small texts: the system's allocator took a quarter of the time of an
/// answer beside the database.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cards_server::commands::run()
}
