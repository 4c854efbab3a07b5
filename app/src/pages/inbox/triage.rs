use domain::reply::Intent;
use domain::view::inbox::{Decided, OpenInbound};
use domain::{ContactId, InboundId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::{Toasts, use_toasts};
use crate::error::AppError;
use crate::layouts::{Refresh, use_refresh};
use crate::pages::listing::ListAddress;
use crate::server_fns::inbox::{assign_mail, decide, undo_decision};

/// Where the person is in the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Spot {
    mail: Option<InboundId>,
    newer: Option<InboundId>,
    older: Option<InboundId>,
}

type Change = Box<dyn Fn(&[(&'static str, &str)]) + Send + Sync>;

/// Decides the open mail and goes on to the next.
#[derive(Clone, Copy)]
pub(super) struct Triage {
    spot: StoredValue<Spot>,
    address: ListAddress,
    change: StoredValue<Change>,
    toasts: Toasts,
    refresh: Refresh,
    /// Something is on its way.
    pub busy: RwSignal<bool>,
}

impl Triage {
    /// For the page that is being built.
    pub fn here() -> Self {
        let address = ListAddress::here();
        let change: Change = Box::new(address.changer());
        Self {
            spot: StoredValue::new(Spot::default()),
            address,
            change: StoredValue::new(change),
            toasts: use_toasts(),
            refresh: use_refresh(),
            busy: RwSignal::new(false),
        }
    }

    /// The mail that is shown from now on.
    pub fn shows(self, mail: Option<&OpenInbound>) {
        let spot = mail.map_or_else(Spot::default, |mail| Spot {
            mail: Some(mail.id),
            newer: mail.newer,
            older: mail.older,
        });
        let _ = self.spot.try_set_value(spot);
    }

    /// To the mail below (`older`) or above.
    pub fn step(self, older: bool) {
        let spot = self.spot.get_value();
        if let Some(id) = if older { spot.older } else { spot.newer } {
            self.open(Some(id));
        }
    }

    /// The person says what the open mail means.
    pub fn says(self, intent: Intent) {
        if let Some(id) = self.spot.get_value().mail {
            self.does(async move { decide(id, intent).await }, true);
        }
    }

    /// The person says whom the open mail is from.
    pub fn is_from(self, to: ContactId) {
        if let Some(id) = self.spot.get_value().mail {
            self.does(async move { assign_mail(id, to).await }, false);
        }
    }

    fn does(self, call: impl Future<Output = Result<Decided, AppError>> + 'static, goes_on: bool) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        let spot = self.spot.get_value();
        spawn_local(async move {
            match call.await {
                Ok(decided) => {
                    self.tells(decided);
                    // Without a mail in the address the newest is open anyway; and the person may have gone elsewhere.
                    if goes_on && self.spot.try_get_value().is_some_and(|now| now.mail == spot.mail) {
                        let named = untrack(|| !self.address.value("mail").is_empty());
                        self.open(spot.older.or(spot.newer).filter(|_| named));
                    }
                }
                Err(error) => self.toasts.problem(error.to_string()),
            }
            let _ = self.busy.try_set(false);
            self.refresh.now();
        });
    }

    fn tells(self, decided: Decided) {
        match decided.undo {
            Some(review) => self.toasts.with_undo(decided.sentence, move || self.takes_back(review)),
            None => self.toasts.good(decided.sentence),
        }
    }

    fn takes_back(self, review: uuid::Uuid) {
        spawn_local(async move {
            match undo_decision(review).await {
                Ok(mail) => self.open(Some(mail)),
                Err(error) => self.toasts.problem(error.to_string()),
            }
            self.refresh.now();
        });
    }

    fn open(self, mail: Option<InboundId>) {
        let mail = mail.map(|id| id.to_string()).unwrap_or_default();
        let before = untrack(|| self.address.value("before"));
        let _ = self.change.try_with_value(|change| change(&[("mail", &mail), ("before", &before)]));
    }
}
