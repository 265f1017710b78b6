//! The structure tree: what each mark on a page is, in reading order.

/// The number of an element in its [`Tree`].
pub type Node = usize;

/// What a screen reader or a converter is told about one stretch of the paper.
#[derive(Debug)]
pub struct Element {
    /// The standard structure type, such as `P` or `TH`.
    pub kind: &'static str,
    pub parent: Node,
    /// Read instead of the content.
    pub alternative: Option<String>,
    /// The text that the content draws, where it is not drawn as text.
    pub actual: Option<String>,
    /// How a list is numbered.
    pub numbering: Option<&'static str>,
    /// The language of a passage that is in another one.
    pub language: Option<String>,
    /// Whether this head of a table is a row's and not a column's.
    pub heads_row: bool,
    /// Its name, which no other element of the paper has.
    pub id: Option<String>,
    children: Vec<Node>,
    attached: usize,
    /// Content and elements in reading order, known once the pages are drawn.
    pub kids: Vec<Kid>,
}

impl Element {
    /// Whether it says anything: only cells may be empty.
    pub fn speaks(&self) -> bool {
        !self.kids.is_empty() || matches!(self.kind, "TD" | "TH" | "Document")
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kid {
    Element(Node),
    /// A marked stretch of a page's content.
    Content {
        page: usize,
        mark: usize,
    },
    /// Where a link can be clicked, by its number among all such areas.
    Link {
        page: usize,
        area: usize,
    },
}

/// The elements of one paper; the first is the document itself.
#[derive(Debug)]
pub struct Tree(Vec<Element>);

impl Tree {
    pub const ROOT: Node = 0;

    pub fn new() -> Tree {
        let mut tree = Tree(Vec::new());
        tree.push("Document", Tree::ROOT);
        tree
    }

    /// Adds an element after all that its parent already has.
    pub fn push(&mut self, kind: &'static str, parent: Node) -> Node {
        let node = self.0.len();
        self.0.push(Element {
            kind,
            parent,
            alternative: None,
            actual: None,
            numbering: None,
            language: None,
            heads_row: false,
            id: None,
            children: Vec::new(),
            attached: 0,
            kids: Vec::new(),
        });
        if node != parent {
            self.0[parent].children.push(node);
        }
        node
    }

    pub fn get(&self, node: Node) -> &Element {
        &self.0[node]
    }

    pub fn get_mut(&mut self, node: Node) -> &mut Element {
        &mut self.0[node]
    }

    pub fn elements(&self) -> &[Element] {
        &self.0
    }

    /// Puts a piece of content behind all that came before it.
    pub fn add(&mut self, node: Node, kid: Kid) {
        let mut path = vec![node];
        while let Some(&last) = path.last()
            && last != Tree::ROOT
        {
            path.push(self.0[last].parent);
        }
        for step in path.windows(2).rev() {
            self.attach(step[1], step[0]);
        }
        self.0[node].kids.push(kid);
    }

    fn attach(&mut self, parent: Node, child: Node) {
        let parent = &mut self.0[parent];
        while parent.attached < parent.children.len() && parent.children[parent.attached] <= child {
            parent.kids.push(Kid::Element(parent.children[parent.attached]));
            parent.attached += 1;
        }
    }

    /// Attaches what holds no content and then drops what says nothing.
    pub fn finish(&mut self) {
        for parent in 0..self.0.len() {
            self.attach(parent, Node::MAX);
        }
        let mut speaks = vec![false; self.0.len()];
        for node in (0..self.0.len()).rev() {
            let element = &mut self.0[node];
            element.kids.retain(|kid| match kid {
                Kid::Element(child) => speaks[*child],
                _ => true,
            });
            speaks[node] = element.speaks();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_stand_where_their_content_is_drawn() {
        let mut tree = Tree::new();
        let paragraph = tree.push("P", Tree::ROOT);
        let link = tree.push("Link", paragraph);
        let empty = tree.push("P", Tree::ROOT);
        let mark = |mark| Kid::Content { page: 0, mark };
        tree.add(paragraph, mark(0));
        tree.add(link, mark(1));
        tree.add(paragraph, mark(2));
        tree.finish();
        assert_eq!(tree.get(paragraph).kids, [mark(0), Kid::Element(link), mark(2)]);
        assert_eq!(tree.get(Tree::ROOT).kids, [Kid::Element(paragraph)]);
        assert!(tree.get(empty).kids.is_empty());
    }

    #[test]
    fn empty_cells_stay() {
        let mut tree = Tree::new();
        let row = tree.push("TR", Tree::ROOT);
        let empty = tree.push("TD", row);
        let full = tree.push("TD", row);
        tree.add(full, Kid::Content { page: 0, mark: 0 });
        tree.finish();
        assert_eq!(tree.get(row).kids, [Kid::Element(empty), Kid::Element(full)]);
    }
}
