//! Child processes that a signal can stop. Every child leads a process group of its own, so a
//! signal to the group of this command reaches this command alone, and it decides the order in
//! which things end.

use crate::failure::Failure;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use std::fs::File;
use std::io::{BufRead, BufReader, PipeReader, PipeWriter};
use std::os::fd::AsRawFd;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::sleep;
use std::time::{Duration, Instant};

const PAUSE: Duration = Duration::from_millis(30);
const GRACE: Duration = Duration::from_secs(20);

/// Whether a signal has asked this command to end.
#[derive(Clone)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Listens for SIGINT, SIGTERM and SIGHUP.
    pub fn listen() -> Result<Self, Failure> {
        let asked = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            signal_hook::flag::register(signal, Arc::clone(&asked))
                .map_err(|error| Failure::said(format!("cannot listen for signals: {error}")))?;
        }
        Ok(Self(asked))
    }

    /// One that no signal reaches.
    #[cfg(test)]
    pub fn never() -> Self {
        Self(Arc::new(AtomicBool::new(false)))
    }

    /// `Err(Failure::Stopped)` once a signal has come.
    pub fn check(&self) -> Result<(), Failure> {
        match self.0.load(Ordering::SeqCst) {
            true => Err(Failure::Stopped),
            false => Ok(()),
        }
    }
}

/// Starts a child in a process group of its own, without a keyboard.
pub fn start(command: &mut Command) -> Result<Child, Failure> {
    command
        .process_group(0)
        .stdin(Stdio::null())
        .spawn()
        .map_err(cannot_start(command))
}

fn cannot_start(command: &Command) -> impl FnOnce(std::io::Error) -> Failure {
    let name = command.get_program().to_string_lossy().into_owned();
    move |error| Failure::said(format!("cannot start {name}: {error}"))
}

/// Runs a child to its end; a signal ends it together with everything it started.
pub fn run(command: &mut Command, stop: &Stop) -> Result<ExitStatus, Failure> {
    stop.check()?;
    let mut child = start(command)?;
    wait(&mut child, stop)
}

/// Like [`run`], for a child whose output tells what is going on: it goes to standard error.
pub fn run_aside(command: &mut Command, stop: &Stop) -> Result<ExitStatus, Failure> {
    run(command.stdout(std::io::stderr()), stop)
}

/// Runs a child aside and fails with `sentence` unless it succeeded.
pub fn must(command: &mut Command, stop: &Stop, sentence: &str) -> Result<(), Failure> {
    match run_aside(command, stop)?.success() {
        true => Ok(()),
        false => Err(Failure::said(sentence)),
    }
}

/// Runs a child that may ask for a password: it keeps the terminal.
pub fn run_at_terminal(command: &mut Command, stop: &Stop) -> Result<ExitStatus, Failure> {
    stop.check()?;
    let status = command.status().map_err(cannot_start(command))?;
    stop.check()?;
    Ok(status)
}

/// Runs a short child, signal or not, and hands back what it wrote.
pub fn capture(command: &mut Command) -> Result<Output, Failure> {
    command
        .process_group(0)
        .stdin(Stdio::null())
        .output()
        .map_err(cannot_start(command))
}

/// Whether a short child starts and succeeds.
pub fn succeeds(command: &mut Command) -> bool {
    capture(command).is_ok_and(|output| output.status.success())
}

/// Runs a child and hands every line it writes, on either stream and in order, to `on_line`.
pub fn run_lines(
    command: &mut Command,
    stop: &Stop,
    mut on_line: impl FnMut(&str),
) -> Result<ExitStatus, Failure> {
    stop.check()?;
    let (lines, mut child) = start_piped(command)?;
    loop {
        match lines.recv_timeout(PAUSE) {
            Ok(line) => on_line(&line),
            Err(RecvTimeoutError::Disconnected) => return wait(&mut child, stop),
            Err(RecvTimeoutError::Timeout) => {
                end_when_asked(&mut child, stop)?;
                // A grandchild left behind may hold the pipe open for ever.
                if let Some(status) = ended(&mut child)? {
                    lines.try_iter().for_each(|line| on_line(&line));
                    return Ok(status);
                }
            }
        }
    }
}

fn start_piped(command: &mut Command) -> Result<(Receiver<String>, Child), Failure> {
    let broken = |error: std::io::Error| Failure::said(format!("cannot make a pipe: {error}"));
    let (reader, writer) = std::io::pipe().map_err(broken)?;
    command
        .stdout(another_end(&writer).map_err(broken)?)
        .stderr(writer);
    let child = start(command)?;
    // The command holds the writing ends: while it lives the reader sees no end.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let (sender, receiver) = channel();
    std::thread::spawn(move || forward(reader, &sender));
    Ok((receiver, child))
}

/// Another writing end of the pipe that shares no settings with the first. A grandchild that makes its
/// standard error non-blocking, as Node does, would otherwise make the standard output of everybody
/// so, and what is written to a full pipe would be lost.
fn another_end(writer: &PipeWriter) -> std::io::Result<Stdio> {
    let opened = File::options()
        .write(true)
        .open(format!("/proc/self/fd/{}", writer.as_raw_fd()));
    match opened {
        Ok(end) => Ok(Stdio::from(end)),
        // Where there is no /proc.
        Err(_) => writer.try_clone().map(Stdio::from),
    }
}

fn forward(reader: PipeReader, sender: &Sender<String>) {
    let mut reader = BufReader::new(reader);
    let mut line = Vec::new();
    while reader
        .read_until(b'\n', &mut line)
        .is_ok_and(|length| length > 0)
    {
        let text = String::from_utf8_lossy(&line)
            .trim_end_matches(['\r', '\n'])
            .to_owned();
        if sender.send(text).is_err() {
            return;
        }
        line.clear();
    }
}

fn wait(child: &mut Child, stop: &Stop) -> Result<ExitStatus, Failure> {
    loop {
        if let Some(status) = ended(child)? {
            return Ok(status);
        }
        end_when_asked(child, stop)?;
        sleep(PAUSE);
    }
}

fn end_when_asked(child: &mut Child, stop: &Stop) -> Result<(), Failure> {
    let asked = stop.check();
    if asked.is_err() {
        end(child);
    }
    asked
}

/// How the child ended, or `None` while it runs.
pub fn ended(child: &mut Child) -> Result<Option<ExitStatus>, Failure> {
    child
        .try_wait()
        .map_err(|error| Failure::said(format!("cannot wait for a child: {error}")))
}

/// Ends a child and its group: SIGTERM first, SIGKILL after twenty seconds.
pub fn end(child: &mut Child) {
    let group = child.id();
    end_group(group, || !matches!(child.try_wait(), Ok(None)));
}

/// Ends a process group: SIGTERM first, SIGKILL when `gone` still says no after twenty seconds.
pub fn end_group(group: u32, mut gone: impl FnMut() -> bool) {
    signal_group("TERM", group);
    let patience = Instant::now() + GRACE;
    while !gone() && Instant::now() < patience {
        sleep(PAUSE);
    }
    // What a child leaves behind in its group goes too.
    signal_group("KILL", group);
    let patience = Instant::now() + Duration::from_secs(5);
    while !gone() && Instant::now() < patience {
        sleep(PAUSE);
    }
}

fn signal_group(signal: &str, group: u32) {
    // The shell's own `kill` is everywhere; the program of that name is not.
    let line = format!("kill -s {signal} -- -{group}");
    let _gone_already = capture(Command::new("sh").args(["-c", &line]));
}

/// A mark that tells a running process from a later one with the same number.
pub fn mark(process: u32) -> Option<String> {
    if !std::path::Path::new("/proc/self/stat").exists() {
        return mark_by_ps(process);
    }
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // Field 22 counts the start in clock ticks; the name before it may hold anything but ')' last.
    let (_, after_name) = stat.rsplit_once(')')?;
    let mut fields = after_name.split_whitespace();
    if fields.next()? == "Z" {
        return None;
    }
    let boot = std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    Some(format!("{} {}", boot.trim(), fields.nth(18)?))
}

fn mark_by_ps(process: u32) -> Option<String> {
    let output = capture(Command::new("ps").args(["-o", "lstart=", "-p", &process.to_string()]));
    let text = String::from_utf8_lossy(&output.ok()?.stdout)
        .trim()
        .to_owned();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_streams_arrive_line_by_line_in_order() {
        let mut seen = Vec::new();
        let mut command = Command::new("sh");
        command.args(["-c", "echo one; echo two >&2; printf three; exit 3"]);
        let status = run_lines(&mut command, &Stop::never(), |line| {
            seen.push(line.to_owned())
        })
        .unwrap();
        assert_eq!(status.code(), Some(3));
        assert_eq!(seen, ["one", "two", "three"]);
    }

    /// `dd` sets the flag on what it was given, as Node does, and leaves it there.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_grandchild_that_makes_one_stream_non_blocking_leaves_the_other_as_it_was() {
        let script = "dd if=/dev/null oflag=nonblock status=none 1>&2; \
                      sed -n 's/^flags:[^0-9]*//p' /proc/$$/fdinfo/1 /proc/$$/fdinfo/2";
        let mut flags = Vec::new();
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        let ended = run_lines(&mut command, &Stop::never(), |line| {
            flags.push(i64::from_str_radix(line, 8).unwrap());
        });
        assert!(ended.unwrap().success());
        let non_blocking: Vec<bool> = flags.iter().map(|flags| flags & 0o4000 != 0).collect();
        assert_eq!(non_blocking, [false, true]);
    }

    #[test]
    fn a_signal_ends_the_child_and_what_it_started() {
        let stop = Stop::never();
        let asked = stop.clone();
        let ending = std::thread::spawn(move || {
            sleep(Duration::from_millis(200));
            asked.0.store(true, Ordering::SeqCst);
        });
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 77 & echo $!; wait"]);
        let mut grandchild = None;
        let ended = run_lines(&mut command, &stop, |line| {
            grandchild = line.parse::<u32>().ok()
        });
        ending.join().unwrap();
        assert_eq!(ended, Err(Failure::Stopped));
        let gone = (0..100).any(|_| {
            sleep(PAUSE);
            mark(grandchild.unwrap()).is_none()
        });
        assert!(gone, "the grandchild still runs");
    }

    #[test]
    fn the_mark_of_a_process_stays_while_it_lives_and_ends_with_it() {
        let mut child = start(Command::new("sleep").arg("77")).unwrap();
        let first = mark(child.id());
        assert!(first.is_some());
        assert_eq!(first, mark(child.id()));
        end(&mut child);
        assert_eq!(mark(child.id()), None);
    }
}
