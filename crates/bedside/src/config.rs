//! What the operator decides: on the command line, in the environment (`BEDSIDE_…`), or in one TOML file, in this
//! order. The names are the same everywhere.

use std::{
    io::ErrorKind,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use bedside_platform::settings::Settings;
use clap::{Args, ValueEnum};
use serde::Deserialize;
use url::Url;

/// Where Bedside listens when nobody says otherwise: this machine only.
pub const LISTEN: &str = "127.0.0.1:7400";
/// The folder when nobody says otherwise.
const DATA: &str = "data";
/// The settings file that is read when it is there.
const FILE: &str = "bedside.toml";

/// Options of `bedside serve`, shared by the commands that open the same installation.
#[derive(Args, Debug, Clone, Default)]
pub struct Options {
    /// Folder of the database, the media and the key [default: data]
    #[arg(long, value_name = "DIR", env = "BEDSIDE_DATA")]
    pub data: Option<PathBuf>,
    /// Address to listen on [default: 127.0.0.1:7400]
    #[arg(long, value_name = "ADDR", env = "BEDSIDE_LISTEN")]
    pub listen: Option<SocketAddr>,
    /// sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME [default: a file in the data folder]
    #[arg(long, value_name = "URL", env = "BEDSIDE_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// The address at which people reach Bedside [default: http:// and the listening address]
    #[arg(long, value_name = "URL", env = "BEDSIDE_PUBLIC_URL")]
    pub public_url: Option<Url>,
    /// What this process does
    #[arg(long, value_enum, env = "BEDSIDE_ROLE")]
    pub role: Option<Role>,
    /// A server on a private address that Bedside may talk to, as NAME or NAME:PORT (may be given several times)
    #[arg(long = "allow-host", value_name = "HOST", env = "BEDSIDE_ALLOW_HOST", value_delimiter = ',')]
    pub allow_host: Vec<String>,
    /// Settings file [default: bedside.toml in the data folder, when it is there]
    #[arg(long, value_name = "FILE", env = "BEDSIDE_CONFIG")]
    pub config: Option<PathBuf>,
}

/// What a process does.
#[derive(ValueEnum, Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Pages and publishing.
    #[default]
    All,
    /// Pages only; another process publishes.
    Web,
    /// Publishing only, and `/healthz`.
    Worker,
}

/// The settings file. Its names are those of the command line.
#[derive(Deserialize, Debug, Default)]
#[serde(default, deny_unknown_fields)]
struct File {
    listen: Option<SocketAddr>,
    database: Option<String>,
    public_url: Option<Url>,
    role: Option<Role>,
    allow_host: Vec<String>,
}

/// Everything decided.
#[derive(Debug, Clone)]
pub struct Config {
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Address of the database.
    pub database: String,
    /// What this process does.
    pub role: Role,
    /// For the features.
    pub settings: Settings,
}

impl Config {
    /// Puts options, file and defaults together.
    ///
    /// # Errors
    /// When the file cannot be read, holds a name that does not exist, or a value has the wrong form.
    pub fn decide(options: Options) -> anyhow::Result<Self> {
        let data = options.data.unwrap_or_else(|| PathBuf::from(DATA));
        let file = read_file(options.config.as_deref(), &data)?;
        let listen = match options.listen.or(file.listen) {
            Some(listen) => listen,
            None => LISTEN.parse().context("the default address")?,
        };
        let public_url = match options.public_url.or(file.public_url) {
            Some(url) if !matches!(url.scheme(), "http" | "https") => {
                bail!("public-url must begin with http:// or https://")
            }
            Some(url) => url,
            None => Url::parse(&format!("http://{listen}")).context("the listening address")?,
        };
        let database = options.database.or(file.database);
        let database = database.unwrap_or_else(|| format!("sqlite:{}?mode=rwc", data.join("bedside.db").display()));
        let allowed_hosts =
            [options.allow_host, file.allow_host].concat().into_iter().map(|host| host.to_lowercase()).collect();
        Ok(Self {
            listen,
            database,
            role: options.role.or(file.role).unwrap_or_default(),
            settings: Settings { public_url, data, allowed_hosts, practice_mode: false },
        })
    }
}

fn read_file(named: Option<&Path>, data: &Path) -> anyhow::Result<File> {
    let path = named.map_or_else(|| data.join(FILE), Path::to_owned);
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            toml::from_str(&text).with_context(|| format!("the settings file {} has a mistake", path.display()))
        }
        // A data folder that is no folder has no settings; whoever opens it says what is wrong with it.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) && named.is_none() => {
            Ok(File::default())
        }
        Err(error) => Err(error).with_context(|| format!("the settings file {} cannot be read", path.display())),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_beats_the_file_and_the_file_beats_the_default() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join(FILE),
            "listen = \"127.0.0.1:9000\"\nrole = \"web\"\nallow_host = [\"Localhost:8001\"]\n",
        )
        .unwrap();
        let options = Options { data: Some(folder.path().to_owned()), role: Some(Role::Worker), ..Options::default() };
        let config = Config::decide(options).unwrap();
        assert_eq!(config.listen.port(), 9000);
        assert_eq!(config.role, Role::Worker);
        assert_eq!(config.settings.public_url.as_str(), "http://127.0.0.1:9000/");
        assert_eq!(config.settings.allowed_hosts, ["localhost:8001"]);
        assert!(config.database.ends_with("bedside.db?mode=rwc"));
    }

    #[test]
    fn a_wrong_name_in_the_file_is_said() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), "lissten = 1\n").unwrap();
        let options = Options { data: Some(folder.path().to_owned()), ..Options::default() };
        let error = format!("{:#}", Config::decide(options).unwrap_err());
        assert!(error.contains("lissten"), "{error}");
    }
}
