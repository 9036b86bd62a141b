//! The organization as a tree: the root, the OUs and the accounts on the caller's way and the resource's.
//!
//! SCPs count along the way from the root to the caller's account, RCPs along that to the resource's. Both
//! begin at the root and may part: then the tree has two branches.

use super::{Attachment, Document, Id, Workspace};

/// The root, an OU or an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    pub id: Id,
    pub name: String,
    pub way: Way,
    /// Whether the scenario lists it among the levels of SCPs, and of RCPs.
    pub service_control: bool,
    pub resource_control: bool,
}

/// Whose way a node lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Both,
    Caller,
    Resource,
}

impl Way {
    pub fn has(self, service_control: bool) -> bool {
        match self {
            Self::Both => true,
            Self::Caller => service_control,
            Self::Resource => !service_control,
        }
    }
}

impl Node {
    fn new(name: String, way: Way) -> Self {
        Self { id: Id::fresh(), name, way, service_control: false, resource_control: false }
    }

    pub fn lists(&self, service_control: bool) -> bool {
        if service_control { self.service_control } else { self.resource_control }
    }

    fn list(&mut self, service_control: bool) {
        *(if service_control { &mut self.service_control } else { &mut self.resource_control }) = true;
    }
}

/// The attachment of a policy of one of the two types at a node.
pub fn attachment(service_control: bool, node: Id) -> Attachment {
    if service_control { Attachment::ServiceControl(node) } else { Attachment::ResourceControl(node) }
}

/// The tree of two lists of levels, by their names: those with the same name are one node. What follows the
/// last of these in both lists are two branches.
pub(super) fn joined(service: Vec<String>, resource: Vec<String>) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut push = |name, way, service_control, resource_control| {
        nodes.push(Node { service_control, resource_control, ..Node::new(name, way) });
    };
    let mut resource = resource.into_iter().peekable();
    // Without a name in common they have the root in common, if that is all that can be.
    let mut service = service.into_iter().peekable();
    let apart = !service.clone().any(|name| resource.clone().any(|other| other == name));
    if apart
        && service.len() > 1
        && resource.len() > 0
        && let Some(root) = service.next()
    {
        push(root, Way::Both, true, false);
    }
    let mut tail = Vec::new();
    for name in service {
        match resource.clone().position(|other| other == name) {
            Some(between) => {
                tail.drain(..).for_each(|name| push(name, Way::Both, true, false));
                resource.by_ref().take(between).for_each(|name| push(name, Way::Both, false, true));
                resource.next();
                push(name, Way::Both, true, true);
            }
            None => tail.push(name),
        }
    }
    let parts = !tail.is_empty() && resource.peek().is_some();
    tail.into_iter().for_each(|name| push(name, if parts { Way::Caller } else { Way::Both }, true, false));
    resource.for_each(|name| push(name, if parts { Way::Resource } else { Way::Both }, false, true));
    nodes
}

impl Workspace {
    pub fn node(&self, id: Id) -> Option<&Node> {
        self.organization.iter().find(|each| each.id == id)
    }

    pub fn node_mut(&mut self, id: Id) -> Option<&mut Node> {
        self.organization.iter_mut().find(|each| each.id == id)
    }

    /// The levels of SCPs or of RCPs, from the root to the account.
    pub fn levels(&self, service_control: bool) -> impl Iterator<Item = &Node> {
        self.organization.iter().filter(move |each| each.lists(service_control))
    }

    /// The nodes right below one; below none: the first.
    pub fn below(&self, id: Option<Id>) -> Vec<Id> {
        let parent_of = |at: usize| {
            let way = self.organization.get(at)?.way;
            let above = self.organization.iter().take(at).rev();
            above.filter(|each| each.way == Way::Both || each.way == way).map(|each| each.id).next()
        };
        let all = self.organization.iter().enumerate();
        all.filter(|(at, _)| parent_of(*at) == id).map(|(_, each)| each.id).collect()
    }

    /// Adds a node right below one, above what stands there; without one, a root. Gives its id.
    pub fn add_node(&mut self, below: Option<Id>) -> Id {
        let at = below.and_then(|id| self.organization.iter().position(|each| each.id == id));
        let way = at.and_then(|at| self.organization.get(at)).map_or(Way::Both, |each| each.way);
        let base = if at.is_some() { "New OU" } else { "Root" };
        let taken = |name: &str| self.organization.iter().any(|each| each.name == name);
        let numbered = (2u32..).map(|number| format!("{base} {number}"));
        let name = std::iter::once(base.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default();
        let node = Node::new(name, way);
        let id = node.id;
        self.organization.insert(at.map_or(0, |at| at + 1), node);
        id
    }

    /// Lists a node among the levels of SCPs or RCPs, since a policy is attached there.
    pub fn attach_at(&mut self, node: Id, service_control: bool) {
        if let Some(node) = self.node_mut(node) {
            node.list(service_control);
        }
    }

    /// The node that a node changes places with when it moves up or down.
    fn neighbor(&self, id: Id, down: bool) -> Option<(usize, usize)> {
        let at = self.organization.iter().position(|each| each.id == id)?;
        let other = if down { at + 1 } else { at.checked_sub(1)? };
        let same = self.organization.get(at)?.way == self.organization.get(other)?.way;
        same.then_some((at, other))
    }

    pub fn can_move_node(&self, id: Id, down: bool) -> bool {
        self.neighbor(id, down).is_some()
    }

    pub fn move_node(&mut self, id: Id, down: bool) {
        if let Some((at, other)) = self.neighbor(id, down) {
            self.organization.swap(at, other);
        }
    }

    /// Whether the ways of the caller and the resource can part at a node: it and what is below become two
    /// branches.
    pub fn can_part(&self, id: Id) -> bool {
        self.organization.iter().all(|each| each.way == Way::Both)
            && self.organization.iter().skip(1).any(|each| each.id == id)
    }

    /// Whether the two ways part anywhere.
    pub fn parts(&self) -> bool {
        self.organization.iter().any(|each| each.way != Way::Both)
    }

    /// Makes a node and what is below two branches: the caller's with the SCPs, the resource's with the RCPs.
    pub fn part(&mut self, id: Id) {
        let Some(at) = self.organization.iter().position(|each| each.id == id) else { return };
        let below = self.organization.split_off(at);
        let mut other = Vec::new();
        for mut node in below {
            if node.resource_control || !node.service_control {
                let name =
                    if node.service_control { format!("{} of the resource", node.name) } else { node.name.clone() };
                let twin = Node { resource_control: true, ..Node::new(name, Way::Resource) };
                for document in self.documents.iter_mut() {
                    if document.attachment == Attachment::ResourceControl(node.id) {
                        document.attachment = Attachment::ResourceControl(twin.id);
                    }
                }
                other.push(twin);
            }
            if node.service_control {
                node.way = Way::Caller;
                node.resource_control = false;
                self.organization.push(node);
            }
        }
        self.organization.extend(other);
    }

    /// Makes one way of two: the branches' nodes follow each other, those at the same height become one.
    pub fn join(&mut self) {
        let (shared, rest): (Vec<Node>, Vec<Node>) =
            std::mem::take(&mut self.organization).into_iter().partition(|each| each.way == Way::Both);
        let (caller, resource): (Vec<Node>, Vec<Node>) = rest.into_iter().partition(|each| each.way == Way::Caller);
        self.organization = shared;
        let mut resource = resource.into_iter();
        for mut node in caller {
            node.way = Way::Both;
            if let Some(twin) = resource.next() {
                node.resource_control |= twin.resource_control;
                for document in self.documents.iter_mut() {
                    if document.attachment == Attachment::ResourceControl(twin.id) {
                        document.attachment = Attachment::ResourceControl(node.id);
                    }
                }
            }
            self.organization.push(node);
        }
        self.organization.extend(resource.map(|node| Node { way: Way::Both, ..node }));
    }

    /// Removes a node with the documents attached there.
    pub fn remove_node(&mut self, id: Id) -> Option<Node> {
        let at = self.organization.iter().position(|each| each.id == id)?;
        let is_there = |each: &Document| matches!(each.attachment, Attachment::ServiceControl(node) | Attachment::ResourceControl(node) if node == id);
        self.documents.retain(|each| !is_there(each));
        let node = self.organization.remove(at);
        // A branch without a sibling is no branch.
        let has = |way| self.organization.iter().any(|each| each.way == way);
        if !(has(Way::Caller) && has(Way::Resource)) {
            self.organization.iter_mut().for_each(|each| each.way = Way::Both);
        }
        Some(node)
    }

    /// The documents of a node, SCPs first.
    pub fn at_node(&self, id: Id) -> impl Iterator<Item = &Document> {
        self.attached(Attachment::ServiceControl(id)).chain(self.attached(Attachment::ResourceControl(id)))
    }

    /// Whether there is a place for a document to move to.
    pub fn can_move_document(&self, id: Id, down: bool) -> bool {
        self.document_move(id, down).is_some()
    }

    /// Moves a document before or behind the next one with the same attachment; at the edge of a node of the
    /// organization, to the next node.
    pub fn move_document(&mut self, id: Id, down: bool) {
        match self.document_move(id, down) {
            Some(Move::Swap(a, b)) => self.documents.swap(a, b),
            Some(Move::Attach(at, to)) => {
                let mut document = self.documents.remove(at);
                document.attachment = to;
                if let Attachment::ServiceControl(node) = to {
                    self.attach_at(node, true);
                } else if let Attachment::ResourceControl(node) = to {
                    self.attach_at(node, false);
                }
                let place = if down { 0 } else { self.documents.len() };
                self.documents.insert(place, document);
            }
            None => {}
        }
    }

    fn document_move(&self, id: Id, down: bool) -> Option<Move> {
        let at = self.documents.iter().position(|each| each.id == id)?;
        let attachment = self.documents.get(at)?.attachment;
        let same = |(_, each): &(usize, &Document)| each.attachment == attachment;
        let mut others = self.documents.iter().enumerate();
        let other = if down { others.skip(at + 1).find(same) } else { others.by_ref().take(at).filter(same).last() };
        if let Some((other, _)) = other {
            return Some(Move::Swap(at, other));
        }
        let (node, service_control) = match attachment {
            Attachment::ServiceControl(node) => (node, true),
            Attachment::ResourceControl(node) => (node, false),
            _ => return None,
        };
        let mut way = self.organization.iter().filter(|each| each.way.has(service_control));
        let next = if down {
            way.skip_while(|each| each.id != node).nth(1)
        } else {
            way.by_ref().take_while(|each| each.id != node).last()
        };
        next.map(|next| Move::Attach(at, self::attachment(service_control, next.id)))
    }
}

/// How a document moves.
enum Move {
    Swap(usize, usize),
    Attach(usize, Attachment),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[&str]) -> Vec<String> {
        list.iter().map(|name| (*name).to_owned()).collect()
    }

    /// A tree in short: `=` both ways, `<` the caller's, `>` the resource's.
    fn tree(nodes: &[Node]) -> String {
        let sign = |way| match way {
            Way::Both => '=',
            Way::Caller => '<',
            Way::Resource => '>',
        };
        let each = |node: &Node| {
            let s = if node.service_control { "s" } else { "" };
            let r = if node.resource_control { "r" } else { "" };
            format!("{}{}:{s}{r}", sign(node.way), node.name)
        };
        nodes.iter().map(each).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn levels_of_the_same_name_are_one_node() {
        for (service, resource, wanted) in [
            (&["Root", "Prod", "1"][..], &["Root", "Prod", "1"][..], "=Root:sr =Prod:sr =1:sr"),
            (&["Root", "Prod", "1"], &[], "=Root:s =Prod:s =1:s"),
            (&["Root", "1"], &["Root", "2"], "=Root:sr <1:s >2:r"),
            (&["Root", "Prod", "1"], &["Root", "1"], "=Root:sr =Prod:s =1:sr"),
            (&["Root", "A", "1"], &["Root", "B", "C", "1"], "=Root:sr =A:s =B:r =C:r =1:sr"),
            (&["Root"], &["Root", "Data", "2"], "=Root:sr =Data:r =2:r"),
            (&["Here"], &["There"], "<Here:s >There:r"),
            (&["Root", "Prod"], &["Data"], "=Root:s <Prod:s >Data:r"),
            (&[""], &[""], "=:sr"),
            (&[], &[], ""),
        ] {
            assert_eq!(tree(&joined(names(service), names(resource))), wanted);
        }
    }

    fn workspace(service: &[&str], resource: &[&str]) -> Workspace {
        Workspace { organization: joined(names(service), names(resource)), ..Workspace::blank() }
    }

    fn id(workspace: &Workspace, name: &str) -> Id {
        workspace.organization.iter().find(|each| each.name == name).unwrap().id
    }

    #[test]
    fn a_way_parts_and_joins() {
        let mut it = workspace(&["Root", "Prod", "1"], &["Root", "1"]);
        assert!(!it.can_part(id(&it, "Root")));
        let at = id(&it, "Prod");
        it.part(at);
        assert_eq!(tree(&it.organization), "=Root:sr <Prod:s <1:s >1 of the resource:r");
        assert_eq!(it.below(Some(id(&it, "Root"))).len(), 2);
        it.join();
        assert_eq!(tree(&it.organization), "=Root:sr =Prod:sr =1:s");
    }

    #[test]
    fn nodes_are_added_moved_and_removed() {
        let mut it = workspace(&["Root", "Prod"], &["Root", "Data"]);
        let data = id(&it, "Data");
        let new = it.add_node(Some(data));
        it.attach_at(new, false);
        assert_eq!(tree(&it.organization), "=Root:sr <Prod:s >Data:r >New OU:r");
        assert!(it.can_move_node(data, true) && !it.can_move_node(data, false));
        it.move_node(data, true);
        assert_eq!(tree(&it.organization), "=Root:sr <Prod:s >New OU:r >Data:r");
        let prod = id(&it, "Prod");
        it.remove_node(prod);
        assert_eq!(tree(&it.organization), "=Root:sr =New OU:r =Data:r");
    }
}
