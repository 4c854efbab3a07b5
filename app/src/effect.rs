use leptos::prelude::Effect;

/// Runs `run` in the browser, and again whenever a signal it has read changes. As [`Effect::new`], which makes more than a
/// kilobyte of code for each closure it is given: here it is given one.
pub fn effect(run: impl FnMut() + 'static) {
    boxed(Box::new(run));
}

fn boxed(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_| run());
}
