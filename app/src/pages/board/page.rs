use domain::PipelineId;
use domain::view::board::BoardView;
use domain::view::frame::{FrameView, PipelineEntry};
use leptos::{html, prelude::*};
use leptos_router::components::Redirect;
use leptos_router::hooks::use_params_map;

use super::column::ColumnView;
use super::drag::{Drag, DragLayer};
use super::lost_dialog::LostDialog;
use super::move_sheet::MoveSheet;
use super::pager::Pager;
use super::pipeline_menu::PipelineMenu;
use super::state::{BoardState, Question};
use super::toolbar::{Toolbar, use_filter};
use super::watch;
use crate::any::CollectAny;
use crate::components::{EmptyState, IconName, Load, use_toasts};
use crate::effect::effect;
use crate::layouts::{Page, use_frame, use_links, use_refresh};
use crate::paths;
use crate::server_fns::board::board;
use crate::wire::blocking;

/// `/board`: goes to the first pipeline of the brand in sight.
#[component]
pub fn BoardIndex() -> impl IntoView {
    let (frame, links) = (use_frame(), use_links());
    let first = untrack(|| frame.with(|frame| first_of(frame.as_ref(), &links.brand().get())));
    match first {
        Some(path) => view! { <Redirect path=untrack(|| links.to(&path))/> }.into_any(),
        None => view! {
            <Page title="Board">
                <EmptyState
                    icon=IconName::Board
                    title="No board yet"
                    text="You are no member of a brand with a pipeline. Ask an administrator to add you to one."
                />
            </Page>
        }
        .into_any(),
    }
}

/// How a pipeline is addressed: by its key, or by its id where two of the person's pipelines share the key.
pub(super) fn address(frame: &FrameView, pipeline: &PipelineEntry) -> String {
    let all = frame.brands.iter().flat_map(|brand| &brand.pipelines);
    let namesakes = all.filter(|other| other.key == pipeline.key).count();
    paths::board(&if namesakes > 1 { pipeline.id.to_string() } else { pipeline.key.clone() })
}

/// The same by id and key, for pages that link to a board; by its id outside the frame.
pub fn board_address(pipeline: PipelineId, key: &str) -> String {
    let entry = PipelineEntry { id: pipeline, key: key.to_owned(), name: String::new() };
    use_frame().with_untracked(|frame| {
        frame.as_ref().map_or_else(|| paths::board(&pipeline.to_string()), |frame| address(frame, &entry))
    })
}

/// The address of the first pipeline among the brands a filter names.
fn first_of(frame: Option<&FrameView>, brand: &str) -> Option<String> {
    let frame = frame?;
    let chosen = |slug: &str| brand.is_empty() || brand == "all" || slug == brand;
    frame
        .brands
        .iter()
        .filter(|entry| chosen(&entry.slug))
        .find_map(|entry| entry.pipelines.first())
        .map(|pipeline| address(frame, pipeline))
}

/// `/board/{pipeline}`.
#[component]
pub fn BoardPage() -> impl IntoView {
    let params = use_params_map();
    let (frame, links, refresh, filter) = (use_frame(), use_links(), use_refresh(), use_filter());
    let which = Memo::new(move |_| params.with(|params| params.get("pipeline").unwrap_or_default()));
    let brand = links.brand();
    // The filter isn't tracked: changing it reads the open board again instead of building a new one.
    let view = blocking(
        move || (which.get(), brand.get(), filter.get_untracked()),
        |(which, brand, filter)| board(which, brand, filter, 0),
    );
    let title =
        Signal::derive(move || frame.with(|frame| name_of(frame.as_ref(), &which.get(), &brand.get()).0));
    let current =
        Signal::derive(move || frame.with(|frame| name_of(frame.as_ref(), &which.get(), &brand.get()).1));
    let elsewhere = move || {
        let (which, brand) = (which.get(), brand.get());
        frame.with(|frame| other_board(frame.as_ref(), &which, &brand))
    };
    let head = move || view! { <PipelineMenu title=title current=current/> };
    view! {
        {move || elsewhere().map(|path| view! { <Redirect path=untrack(|| links.to(&path))/> })}
        <Page title=title head=head fill=true>
            <h1 class="sr-only">{move || title.get()}</h1>
            <Load resource=view let:view>
                {open(view, filter, refresh)}
            </Load>
        </Page>
    }
    .into_any()
}

/// Name and id of the pipeline, from the frame: they are there before the board is.
fn name_of(frame: Option<&FrameView>, which: &str, brand: &str) -> (String, String) {
    let found = frame.and_then(|frame| {
        frame
            .brands
            .iter()
            .filter(|entry| brand.is_empty() || brand == "all" || entry.slug == brand)
            .flat_map(|entry| &entry.pipelines)
            .find(|pipeline| pipeline.key == which || pipeline.id.to_string() == which)
            .map(|pipeline| (pipeline.name.clone(), pipeline.id.to_string()))
    });
    found.unwrap_or_else(|| ("Board".to_owned(), String::new()))
}

/// Somebody on the board of one brand chose another: its first board.
fn other_board(frame: Option<&FrameView>, which: &str, brand: &str) -> Option<String> {
    let here = name_of(frame, which, brand).1;
    let anywhere = name_of(frame, which, "").1;
    (here.is_empty() && !anywhere.is_empty()).then(|| first_of(frame, brand)).flatten()
}

fn open(
    view: BoardView,
    filter: Memo<domain::view::board::BoardFilter>,
    refresh: crate::layouts::Refresh,
) -> impl IntoView {
    let (mode, name, shown) = (view.mode, view.name.clone(), view.filter.clone());
    let board = BoardState::new(view, filter);
    watch::keep(board);
    let first = StoredValue::new(true);
    effect(move || {
        refresh.track();
        // The first time it is as the page came, unless somebody has gone back before it was taken over.
        if filter.get() != shown || !first.get_value() {
            board.reload();
        }
        first.set_value(false);
    });
    view! { <Toolbar board=board mode=mode/><Columns board=board name=name/> }
}

#[component]
fn Columns(board: BoardState, name: String) -> impl IntoView {
    let node = NodeRef::<html::Ol>::new();
    let layer = NodeRef::<html::Div>::new();
    let drag = Drag::new(board, node, layer, use_toasts());
    let columns =
        board.all().into_iter().map(|column| view! { <ColumnView column=column board=board/> }).collect_any();
    view! {
        <Pager board=board node=node/>
        <ol
            class="board"
            aria-label=format!("Stages of {name}")
            aria-describedby="board-help"
            node_ref=node
            on:pointerdown=move |event| drag.press(&event)
            on:pointerover=move |event| drag.hover(event.target())
            on:pointerleave=move |_| board.hovered.set(None)
            on:focusin=move |event| drag.hover(event.target())
            on:keydown=move |event| drag.key(&event)
            on:dragstart=move |event| event.prevent_default()
            on:contextmenu=move |event| drag.menu(&event)
        >
            {columns}
        </ol>
        <p class="sr-only" id="board-help">
            "Space picks a deal up, the arrow keys choose the stage, Enter drops it, Escape leaves it where it was."
        </p>
        <div class="sr-only" role="status" aria-live="assertive">{move || board.said.get()}</div>
        <DragLayer layer=layer/>
        <MoveSheet board=board/>
        <AskWhyLost board=board/>
    }
}

#[component]
fn AskWhyLost(board: BoardState) -> impl IntoView {
    let toasts = use_toasts();
    let open = board.asks(|question| matches!(question, Question::WhyLost(..)));
    let name = Signal::derive(move || {
        board.asking.with(|asking| asking.as_ref().map(Question::name)).unwrap_or_default()
    });
    let choose = move |reason| {
        if let Some(Question::WhyLost(card, to)) = board.asking.get_untracked() {
            board.asking.set(None);
            board.make_move(card, to, Some(reason), toasts);
        }
    };
    view! { <LostDialog name=name open=open on_choose=choose/> }
}
