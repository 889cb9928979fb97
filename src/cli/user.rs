//! `laoshan user`: accounts made by whoever runs the machine, above all the first administrators.

use clap::{Args, Subcommand};

use super::{Failure, REFUSED, Shell, block_on, open, print};
use crate::accounts::rules;
use crate::accounts::service::codes::Fresh;
use crate::accounts::service::users::{Credential, NewAccount, create_user};
use crate::error::Faults;
use crate::platform::door::Cx;
use crate::platform::mail;
use crate::platform::policy::Role;
use crate::platform::text::Lang;

#[derive(Debug, Subcommand)]
pub enum User {
    /// Make an account and print it as JSON. Without --password-stdin the person is mailed a code to set a password with.
    Create(Create),
}

#[derive(Debug, Args)]
pub struct Create {
    #[arg(long)]
    email: String,
    #[arg(long)]
    name: String,
    /// May be given several times.
    #[arg(long = "role", required = true)]
    roles: Vec<Role>,
    /// Of mails to the person.
    #[arg(long, default_value = "zh-CN")]
    lang: Lang,
    /// Read the password from standard input instead of mailing an invitation.
    #[arg(long)]
    password_stdin: bool,
}

pub fn run(command: User, shell: Shell) -> Result<u8, Failure> {
    let User::Create(args) = command;
    let password = if args.password_stdin { Some(read_password()?) } else { None };
    let view = block_on(async move {
        let app = open(shell).await?;
        let mut faults = Faults::default();
        let email = rules::checked_email(&args.email, &mut faults);
        let name = rules::checked_name(&args.name, &mut faults);
        faults.done()?;
        let hash = match &password {
            Some(password) => {
                rules::checked_password(&app.config.password, "/password", password, (&email, &name), false)?;
                Some(app.hasher.hash(password).await?)
            }
            None => None,
        };
        let mut roles = args.roles;
        roles.sort_unstable();
        roles.dedup();
        let account = NewAccount { email, name, mobile: None, lang: args.lang, roles };
        let (inner, code) = (app.clone(), Fresh::make());
        let create = move |cx: &mut Cx| {
            let credential = hash.as_deref().map_or(Credential::Invitation(&code), Credential::Password);
            create_user(cx, &inner, &account, credential)
        };
        let view = app.door.system("user.create", create).await?;
        // The account stands; should its mail not leave now, a running server tries again.
        if let Err(e) = mail::deliver_due(&app).await {
            eprintln!("laoshan: mail was not delivered yet: {e}");
        }
        Ok(view)
    })?;
    print(&serde_json::to_string_pretty(&view).expect("a view is plain data"))
}

fn read_password() -> Result<String, Failure> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(|e| Failure::new(REFUSED, format!("standard input: {e}")))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
