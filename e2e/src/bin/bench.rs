//! `bench --rounds N --commit WORDS [--out FILE]`: measures our widget beside npm's 2.23.0, prints the report and writes it
//! where a file is named. `cargo xtask bench` builds what is measured and starts this.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use e2e::bench::rounds;
use e2e::environment::report_folder;
use e2e::{JourneyError, Outcome, processes};

struct Arguments {
    rounds: u32,
    commit: String,
    out: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Some(arguments) = read(&std::env::args().skip(1).collect::<Vec<_>>()) else {
        eprintln!("bench --rounds N --commit WORDS [--out FILE]");
        return ExitCode::from(2);
    };
    let result = measure(&arguments).await;
    processes::end_all();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn read(arguments: &[String]) -> Option<Arguments> {
    let [rounds_flag, rounds, commit_flag, commit, out @ ..] = arguments else { return None };
    let rounds = rounds.parse().ok().filter(|rounds| *rounds > 0)?;
    let out = match out {
        [] => None,
        [flag, file] if flag == "--out" => Some(PathBuf::from(file)),
        _ => return None,
    };
    let arguments = Arguments { rounds, commit: commit.clone(), out };
    (rounds_flag == "--rounds" && commit_flag == "--commit").then_some(arguments)
}

async fn measure(arguments: &Arguments) -> Outcome {
    let report = rounds::run(arguments.rounds, &arguments.commit, &report_folder().join("programs")).await?;
    println!("\n{report}");
    arguments.out.as_deref().map_or(Ok(()), |out| write(out, &report))
}

fn write(out: &Path, report: &str) -> Outcome {
    std::fs::write(out, report).map_err(JourneyError::io(format!("writing {}", out.display())))
}
