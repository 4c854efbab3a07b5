use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The picture of a card that follows the pointer. Goes when dropped.
pub struct Lifted {
    node: HtmlElement,
    /// From the pointer to the card's corner, in whole pixels: to write fractions takes more code than the rest of the
    /// dragging.
    offset: (i32, i32),
}

impl Lifted {
    /// Copies a card into the layer, under the pointer.
    pub fn new(card: &HtmlElement, layer: &HtmlElement, x: i32, y: i32) -> Option<Self> {
        let node: HtmlElement = card.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
        let place = card.get_bounding_client_rect();
        node.class_list().remove_1("deal--source").ok()?;
        node.class_list().add_1("deal--lifted").ok()?;
        // The picture is no deal: nothing may find it by its id.
        node.remove_attribute("data-deal").ok()?;
        let style = node.style();
        style.set_property("position", "fixed").ok()?;
        style.set_property("left", "0").ok()?;
        style.set_property("top", "0").ok()?;
        style.set_property("width", &format!("{}px", place.width().round() as i32)).ok()?;
        layer.append_child(&node).ok()?;
        let lifted = Self { node, offset: (place.left().round() as i32 - x, place.top().round() as i32 - y) };
        lifted.follow(x, y);
        Some(lifted)
    }

    /// Moves the picture with the pointer.
    pub fn follow(&self, x: i32, y: i32) {
        let (left, top) = (x + self.offset.0, y + self.offset.1);
        let _ = self.node.style().set_property("translate", &format!("{left}px {top}px"));
    }
}

impl Drop for Lifted {
    fn drop(&mut self) {
        self.node.remove();
    }
}
