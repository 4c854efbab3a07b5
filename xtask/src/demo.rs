//! A demo: its environment, its data, and its two processes.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    process::Command,
    time::Duration,
};

use anyhow::Result;

use crate::{
    compile, endings,
    guard::Guard,
    port,
    postgres::urls::Urls,
    process::{self, Service},
    progress,
    workspace::Workspace,
};

/// The people of the demo data, and what each may see.
pub const SIGN_INS: [(&str, &str); 4] = [
    ("admin@overture.test", "everything"),
    ("manager@overture.test", "both brands"),
    ("codeteki@overture.test", "Codeteki only"),
    ("desifirms@overture.test", "Desi Firms only"),
];
/// The password of all of them.
pub const PASSWORD: &str = "overture-demo";

/// Longer than the worker's own grace period for running jobs.
const WORKER_GRACE: Duration = Duration::from_secs(30);

/// What a demo's processes are told.
pub struct Demo {
    /// Where the server listens.
    pub address: SocketAddr,
    urls: Urls,
    secret: String,
    /// Where the processes' output goes; to the terminal without it.
    logs: Option<PathBuf>,
    server: PathBuf,
    worker: PathBuf,
    surroundings: Vec<(&'static str, String)>,
}

/// The two processes. Dropping this stops the worker and then the server.
pub struct Running {
    worker: Service,
    server: Service,
}

impl Demo {
    /// A demo of what [`compile::quick`] built.
    #[must_use]
    pub fn new(
        workspace: &Workspace,
        urls: Urls,
        address: SocketAddr,
        secret: String,
        logs: Option<PathBuf>,
    ) -> Self {
        let surroundings = vec![
            ("OVERTURE_SITE_ROOT", workspace.site().to_string_lossy().into_owned()),
            ("OVERTURE_TEMPLATES", workspace.path("email_templates").to_string_lossy().into_owned()),
        ];
        Self {
            address,
            urls,
            secret,
            logs,
            server: compile::binary(workspace, "server"),
            worker: compile::binary(workspace, "worker"),
            surroundings,
        }
    }

    /// The same with the processes' output on the terminal.
    #[must_use]
    pub fn on_terminal(mut self) -> Self {
        self.logs = None;
        self
    }

    /// Where a browser finds it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Brings the schema up to date and loads the pipelines and, on first use, the demo data.
    ///
    /// # Errors
    /// When one of the steps fails; its words are in the message.
    pub fn prepare(&self) -> Result<()> {
        self.migrate()?;
        progress::step("Loading brands and pipelines", || self.administer(&["seed"]))?;
        progress::step("Loading the demo data", || self.administer(&["demo", "load"]))
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// When a migration fails.
    pub fn migrate(&self) -> Result<()> {
        progress::step("Migrating the database", || self.administer(&["migrate"]))
    }

    /// Starts both processes and waits for the first page.
    ///
    /// # Errors
    /// When one of them ends, or the first page does not come.
    pub fn start(&self, guard: &mut Guard) -> Result<Running> {
        let log = |name: &str| self.logs.as_ref().map(|logs| logs.join(format!("{name}.log")));
        progress::step("Starting the server and the worker", || {
            let mut server = self.command(&self.server);
            server.arg("serve");
            let server = Service::start("server", server, log("server").as_deref(), guard)?;
            let mut worker = self.command(&self.worker);
            worker.arg("run");
            let worker =
                Service::start("worker", worker, log("worker").as_deref(), guard)?.with_grace(WORKER_GRACE);
            let mut running = Running { worker, server };
            port::wait_for_page(self.address, "/login", Duration::from_secs(60), || running.check())?;
            Ok(running)
        })
    }

    /// A command with the environment of the demo.
    fn command(&self, program: &PathBuf) -> Command {
        let mut command = Command::new(program);
        command
            .env("DATABASE_URL", &self.urls.owner)
            .envs(self.urls.application.iter().map(|url| ("APP_DATABASE_URL", url)))
            .env("OVERTURE_ADDR", self.address.to_string())
            .env("OVERTURE_DEMO", "1")
            .env("OVERTURE_SECRET", &self.secret)
            .envs(self.surroundings.iter().map(|(name, value)| (name, value)));
        if std::env::var_os("OVERTURE_PUBLIC_URL").is_none() {
            command.env("OVERTURE_PUBLIC_URL", self.url());
        }
        command
    }

    fn administer(&self, arguments: &[&str]) -> Result<()> {
        process::quietly(self.command(&self.server).args(arguments)).map(|_| ())
    }
}

impl Running {
    /// # Errors
    /// When one of the processes has ended by itself.
    pub fn check(&mut self) -> Result<()> {
        self.server.check()?;
        self.worker.check()
    }

    /// Waits for Ctrl-C or SIGTERM.
    ///
    /// # Errors
    /// When one of the processes ends by itself.
    pub fn until_asked_to_end(&mut self) -> Result<()> {
        while !endings::requested() {
            self.check()?;
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.worker.ask_to_end();
        self.server.ask_to_end();
    }
}

/// The address that `OVERTURE_ADDR` asks for; without it 127.0.0.1:3000, or the next port that is free.
///
/// # Errors
/// When `OVERTURE_ADDR` is no address, or something listens there already.
pub fn address() -> Result<SocketAddr> {
    if let Ok(wanted) = std::env::var("OVERTURE_ADDR") {
        let address: SocketAddr = wanted.parse().map_err(|_| {
            anyhow::anyhow!("OVERTURE_ADDR is `{wanted}`, but has to look like 127.0.0.1:3000")
        })?;
        anyhow::ensure!(
            port::is_free(address),
            "another program listens on {address}: end it, or set OVERTURE_ADDR"
        );
        return Ok(address);
    }
    let usual = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 3000);
    let mut address = usual;
    while !port::is_free(address) {
        anyhow::ensure!(address.port() < 3100, "ports 3000 to 3100 are all taken: set OVERTURE_ADDR");
        address.set_port(address.port() + 1);
    }
    if address != usual {
        progress::note(&format!("another program listens on {usual}, so this is on {address}"));
    }
    Ok(address)
}
