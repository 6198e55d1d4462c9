//! `huiyin backup` and `huiyin restore`: the whole school in one file, and back (10.5).
//!
//! The file is a zip: the database as one unmoving state taken while the school runs, photos and papers, the settings of
//! this copy, calendars, and the keys, without which receipts are not found and sealed names not opened. Whoever has it
//! has the school: it is written for its owner only. A database server is saved with its own tools.
//!
//! The doors to the outside are saved too and stay shut in what is restored until a person opens them: a second copy that
//! sent letters and emptied the mailbox would do it to real people.

use super::progress;
use crate::cli;
use crate::school::{DATABASE_FILE, make_folder};
use crate::stop::Stop;
use huiyin_foundation::config::{CONFIG_FILE, Config, POST_FILE};
use huiyin_foundation::db::{Db, backup};
use huiyin_foundation::keys::KEY_FILE;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The copy of the database while it is being packed, with the number of the process.
const COPY: &str = "backup-copy.";
/// Single files and folders of a data folder that belong to the school.
const FILES: [&str; 3] = [KEY_FILE, CONFIG_FILE, POST_FILE];
const FOLDERS: [&str; 2] = ["files", "calendars"];
/// The name under which the doors to the outside are laid down, so that nothing goes through them yet.
const POST_SHUT: &str = "post.toml.restored";

/// Saves.
pub fn save(options: cli::Backup) -> Result<(), Stop> {
    let config = options.place.config()?;
    embedded_only(&config)?;
    let data = &config.data;
    if !data.join(KEY_FILE).exists() {
        return Err(Stop::failed(format!("there is no school in {}", data.display())));
    }
    let to = &options.file;
    if to.exists() {
        return Err(Stop::failed(format!("{} is there already: choose another name", to.display())));
    }
    clear_away_after_a_kill(data)?;
    // Within the data folder, so that the database lies open nowhere else while it is being packed.
    let copy = Scrap(data.join(format!("{COPY}{}", std::process::id())));
    let bar = progress::bar(0, "database");
    backup::save(&data.join(DATABASE_FILE), &copy.0, |so_far| {
        bar.set_length(so_far.total);
        bar.set_position(so_far.done);
    })?;
    bar.finish_and_clear();

    let unfinished = Scrap(with_tail(to, ".unfinished"));
    let out = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished.0);
    let out = out.map_err(Stop::about(&unfinished.0))?;
    let mut archive = ZipWriter::new(BufWriter::new(out));
    add(&mut archive, &copy.0, DATABASE_FILE, CompressionMethod::Deflated)?;
    for name in FILES.iter().filter(|name| data.join(name).exists()) {
        add(&mut archive, &data.join(name), name, CompressionMethod::Stored)?;
    }
    let papers = papers(data)?;
    let bar = progress::bar(papers.len() as u64, "files");
    for (path, name) in papers {
        add(&mut archive, &path, &name, CompressionMethod::Stored)?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    let out = archive.finish().map_err(Stop::failed)?.into_inner().map_err(Stop::failed)?;
    out.sync_all().map_err(Stop::about(to))?;
    fs::rename(&unfinished.0, to).map_err(Stop::about(to))?;
    super::say(format!("saved {}; it holds the school's keys, keep it like a key", to.display()))
}

/// Restores.
pub fn restore(options: cli::Restore) -> Result<(), Stop> {
    let config = options.place.config()?;
    embedded_only(&config)?;
    let (from, data) = (&options.file, &config.data);
    let is_empty = fs::read_dir(data).map_or(true, |mut entries| entries.next().is_none());
    if !is_empty {
        return Err(Stop::failed(format!("{} is not empty: name a new folder with --data", data.display())));
    }
    let file = File::open(from).map_err(Stop::about(from))?;
    let no_backup = |cause| Stop::failed(format!("{} is no backup of a school: {cause}", from.display()));
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(no_backup)?;
    let names = archive.file_names().map(|name| name.map(Into::into)).collect::<Result<Vec<String>, _>>();
    let names = names.map_err(no_backup)?;
    for wanted in [KEY_FILE, DATABASE_FILE] {
        if !names.iter().any(|name| name == wanted) {
            return Err(Stop::failed(format!(
                "{} is no backup of a school: it holds no {wanted}",
                from.display()
            )));
        }
    }
    make_folder(data)?;
    let bar = progress::bar(names.len() as u64, "restore");
    let saved = Scrap(data.join("database.saved"));
    for name in &names {
        let mut member = archive.by_name(name).map_err(no_backup)?;
        let to = match name.as_str() {
            DATABASE_FILE => saved.0.clone(),
            POST_FILE => data.join(POST_SHUT),
            name => data.join(safe(name)?),
        };
        if let Some(folder) = to.parent() {
            make_folder(folder)?;
        }
        let mut out = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&to)
            .map_err(Stop::about(&to))?;
        io::copy(&mut member, &mut out).map_err(Stop::about(&to))?;
        out.sync_all().map_err(Stop::about(&to))?;
        bar.inc(1);
    }
    // Read whole and checked for damage on its way to its place, with the tables brought up to date.
    backup::restore(&saved.0, &data.join(DATABASE_FILE), |_| {})?;
    Db::open_sqlite(data.join(DATABASE_FILE))?.close();
    bar.finish_and_clear();
    let data = data.display();
    super::say(format!("restored into {data}; check it with `huiyin verify --data {data}`"))?;
    super::say(if names.iter().any(|name| name == POST_FILE) {
        format!(
            "the doors to the outside are shut: when this copy, and no other, is to send letters and read the mailbox, \
             rename {data}/{POST_SHUT} to {POST_FILE}"
        )
    } else {
        format!("the backup holds no {POST_FILE}: nothing leaves this copy until one is put into {data}")
    })
}

fn embedded_only(config: &Config) -> Result<(), Stop> {
    match config.database_url {
        None => Ok(()),
        Some(_) => Err(Stop::wrong_use(
            "a school on a database server is saved with pg_dump --schema=NAME and a copy of the data folder",
        )),
    }
}

/// Everything under the folders that belong to the school, with its name in the archive.
fn papers(data: &Path) -> Result<Vec<(PathBuf, String)>, Stop> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> =
        FOLDERS.iter().map(|name| data.join(name)).filter(|path| path.is_dir()).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(Stop::about(&folder))? {
            let path = entry.map_err(Stop::about(&folder))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(name) = path.strip_prefix(data) {
                let name = name.to_string_lossy().into_owned();
                found.push((path, name));
            }
        }
    }
    found.sort();
    Ok(found)
}

fn add(
    archive: &mut ZipWriter<BufWriter<File>>,
    path: &Path,
    name: &str,
    method: CompressionMethod,
) -> Result<(), Stop> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        // Swept away meanwhile: nobody had claimed it.
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(cause) => return Err(Stop::about(path)(cause)),
    };
    let options =
        SimpleFileOptions::default().compression_method(method).large_file(true).unix_permissions(0o600);
    archive.start_file(name, options).map_err(Stop::failed)?;
    io::copy(&mut file, archive).map_err(Stop::about(path))?;
    archive.flush().map_err(Stop::about(path))
}

/// A name of an archive that stays inside the folder it is unpacked into.
fn safe(name: &str) -> Result<PathBuf, Stop> {
    let is_plain =
        |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', '\0']);
    let is_ours =
        FILES.contains(&name) || FOLDERS.iter().any(|folder| name.starts_with(&format!("{folder}/")));
    if is_ours && name.split('/').all(is_plain) {
        return Ok(PathBuf::from(name));
    }
    Err(Stop::failed(format!("the backup holds “{name}”, which belongs to no school: it was not restored")))
}

/// Removes what a save left behind that was killed; one that is still at work is let be.
fn clear_away_after_a_kill(data: &Path) -> Result<(), Stop> {
    for entry in fs::read_dir(data).map_err(Stop::about(data))? {
        let path = entry.map_err(Stop::about(data))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let process = name.strip_prefix(COPY).map(|rest| rest.trim_end_matches(".unfinished").to_owned());
        if process.is_some_and(|number| !Path::new("/proc").join(number).exists()) {
            fs::remove_file(&path).map_err(Stop::about(&path))?;
        }
    }
    Ok(())
}

fn with_tail(path: &Path, tail: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(tail);
    PathBuf::from(name)
}

/// A file that is not needed any longer when the work is over, whichever way it ends.
struct Scrap(PathBuf);

impl Drop for Scrap {
    fn drop(&mut self) {
        // It has its final name by now, or is of no use to anybody.
        let _ = fs::remove_file(&self.0);
    }
}
