//! Pages of the codes that readers tell, one group a file. Those of checks stand beside the checks.

mod answers;
mod brand;
mod conditions;
mod names;
mod prove;
mod reuse;
mod shape;
mod texts;

use super::Page;

/// All of them, in no promised order.
pub fn pages() -> impl Iterator<Item = &'static Page> {
    [
        shape::PAGES,
        names::PAGES,
        conditions::PAGES,
        reuse::PAGES,
        texts::PAGES,
        prove::PAGES,
        answers::PAGES,
        brand::PAGES,
    ]
    .into_iter()
    .flatten()
}
