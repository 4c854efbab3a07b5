//! The board of a pipeline.

mod card;
mod column;
mod drag;
mod lost_dialog;
mod move_sheet;
mod moves;
mod next_step;
mod page;
mod pager;
mod pipeline_menu;
mod state;
mod toolbar;
mod watch;

pub use lost_dialog::LostDialog;
pub use next_step::next_icon;
pub use page::{BoardIndex, BoardPage, board_address};
