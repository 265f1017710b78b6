//! One metric or score by itself, where everything that it is made of is known already.

use jiff::civil::Date;

use super::Work;
use crate::model::{Pack, Respondent, Values, Worked};

/// Works out one step of [`Pack::order`] over what is known.
///
/// Given metrics are taken from the respondent, all else from the values.
pub fn work_out_one(
    pack: &Pack,
    respondent: &Respondent,
    values: Values,
    of: Worked,
    as_of: Option<Date>,
) -> Values {
    let mut work = Work { pack, respondent, as_of, values, problems: Vec::new(), refusals: Vec::new() };
    work.step(of);
    work.values
}
