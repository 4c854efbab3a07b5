use leptos::prelude::*;
use leptos::tachys::html::InertElement;

use super::icon_paths::path;

/// The pictures of the interface. Strokes on a 24-unit grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IconName {
    Today,
    Inbox,
    Board,
    Deals,
    Contacts,
    Composer,
    Sequences,
    Import,
    Backlinks,
    Emails,
    Decisions,
    Analytics,
    Settings,
    Account,
    More,
    Search,
    Bell,
    Plus,
    Check,
    Close,
    ChevronDown,
    ChevronRight,
    ChevronLeft,
    ChevronsUpDown,
    Fold,
    Collapse,
    Expand,
    ArrowRight,
    ArrowUp,
    ArrowDown,
    External,
    Clock,
    Calendar,
    Hourglass,
    FastForward,
    Send,
    Reply,
    MailOpen,
    MailX,
    MailCheck,
    Eye,
    EyeOff,
    Click,
    Ban,
    Pause,
    Play,
    Won,
    Lost,
    Move,
    Note,
    Zap,
    Flame,
    Sun,
    Moon,
    Monitor,
    Snowflake,
    Ghost,
    New,
    Message,
    Unverified,
    Robot,
    Alert,
    Info,
    Undo,
    Filter,
    Lock,
    LogOut,
    File,
    Download,
    Phone,
    Globe,
    Pin,
    Building,
    Tag,
    Trash,
    Pencil,
    Copy,
    Refresh,
    Unsubscribe,
    Spam,
    ServerDown,
    Grip,
    Telescope,
    User,
    Columns,
    Asterisk,
    Lurker,
}

/// A picture, 16 px unless told (12, 14, 16 or 20). Hidden from screen readers: the word beside it, or the label of its
/// button, says what it means.
#[component]
pub fn Icon(name: IconName, #[prop(default = 16)] size: u8) -> impl IntoView {
    let class = match size {
        12 => "icon icon--12",
        14 => "icon icon--14",
        20 => "icon icon--20",
        _ => "icon",
    };
    // All of it is ours, and never changes by itself: one piece of markup, nothing in it to escape or to take over.
    let path = path(name);
    InertElement::new(format!(
        r#"<svg class="{class}" viewBox="0 0 24 24" aria-hidden="true"><path d="{path}"></path></svg>"#
    ))
}
