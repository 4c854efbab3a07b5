use domain::view::template::TemplateCard;
use leptos::prelude::*;

use crate::components::{Badge, BadgeKind, IconName};
use crate::layouts::use_links;
use crate::pages::listing::grouped;
use crate::paths;

/// A template as a small picture of its mail, with what one needs to recognise it.
#[component]
pub(super) fn Card(brand: String, card: TemplateCard) -> impl IntoView {
    let links = use_links();
    let path = paths::template(&brand, &card.key);
    let picture = match card.problem {
        None => {
            let mail = paths::template_mail(&brand, &card.key);
            // The frame is a picture only: the card's link says where it leads.
            leptos::html::iframe()
                .attr("loading", "lazy")
                .class("template-card__mail")
                .src(mail)
                .sandbox("")
                .tabindex("-1")
                .aria_hidden("true")
                .title(card.title.clone())
                .into_any()
        }
        Some(problem) => view! { <p class="template-card__problem">{problem}</p> }.into_any(),
    };
    let broken = card.subject.is_empty();
    let uses = match card.uses.as_slice() {
        [] => "No stage uses it".to_owned(),
        uses => uses.join(", "),
    };
    view! {
        <li class="template-card">
            <div class="template-card__picture">{picture}</div>
            <div class="template-card__body">
                <h3><a class="template-card__link" href=move || links.to(&path)>{card.title}</a></h3>
                <p class="template-card__subject">{card.subject}</p>
                <p class="template-card__uses">{uses}</p>
                <p class="template-card__foot">
                    {broken.then(|| view! { <Badge kind=BadgeKind::Bad icon=IconName::Alert label="Broken"/> })}
                    {card.edited.then(|| view! { <Badge kind=BadgeKind::Info icon=IconName::Pencil label="Edited"/> })}
                    <span title="Mails of the last 30 days, and how many of them people opened">
                        {figures(card.sent, card.opened)}
                    </span>
                </p>
            </div>
        </li>
    }
}

fn figures(sent: i64, opened: i64) -> String {
    match sent {
        0 => "Not sent in 30 days".to_owned(),
        sent => format!("{} sent \u{b7} {} opened", grouped(sent), grouped(opened)),
    }
}
