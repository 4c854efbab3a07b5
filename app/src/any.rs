use leptos::prelude::*;

/// Collects views as views of any kind. Lists of those share their code; a list of each kind brings two kilobytes.
pub trait CollectAny {
    /// The views in their order.
    fn collect_any(self) -> Vec<AnyView>;
}

impl<I> CollectAny for I
where
    I: IntoIterator<Item: IntoView>,
{
    fn collect_any(self) -> Vec<AnyView> {
        self.into_iter().map(|view| view.into_view().into_any()).collect()
    }
}
