use anyhow::{Context, bail};
use clap::Args;
use domain::Role;
use outreach::config::Config;
use outreach::people::{NewPerson, create_person};

/// The person to create.
#[derive(Args)]
pub struct CreateUser {
    /// The address they sign in with.
    #[arg(long)]
    email: String,
    /// Their name as colleagues see it.
    #[arg(long)]
    name: String,
    /// A brand and a role, as `codeteki=manager`; repeat for more brands. Roles: admin, manager, member.
    #[arg(long = "role", required = true)]
    roles: Vec<String>,
    /// The password; left out, it is read from OVERTURE_PASSWORD so that it shows in no process list.
    #[arg(long)]
    password: Option<String>,
}

impl CreateUser {
    /// # Errors
    /// When the address is taken, the password too short, or a brand or role unknown.
    pub async fn run(self, config: &Config) -> anyhow::Result<()> {
        let password = match self.password {
            Some(password) => password,
            None => std::env::var("OVERTURE_PASSWORD").context("give --password or set OVERTURE_PASSWORD")?,
        };
        let mut roles = Vec::new();
        for role in &self.roles {
            let Some((brand, role)) = role.split_once('=') else {
                bail!("--role wants BRAND=ROLE, as codeteki=member");
            };
            let role: Role = role
                .parse()
                .with_context(|| format!("{role} is no role; there are admin, manager, member"))?;
            roles.push((brand.to_owned(), role));
        }
        let environment = config.environment(2).await?;
        let new = NewPerson { email: self.email.clone(), name: self.name, password, roles, is_demo: false };
        create_person(&environment, new).await?;
        println!("{} may sign in now.", self.email);
        Ok(())
    }
}
