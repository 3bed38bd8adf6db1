//! The registers: what their entries name exists.

use std::collections::BTreeMap;

use super::references::no_record;
use crate::base::field::{Kind, Ty};
use crate::base::number::{Code, Number};
use crate::base::problem::Problem;
use crate::base::time::Date;
use crate::book::{Book, numbers_in};
use crate::registers::{REGISTERS, Spot};
use crate::tr;

/// Where an entry of any register stands that names something.
type Named<T> = BTreeMap<T, Spot>;

/// What the entries of all registers name exists: records, and people who worked here then.
pub fn references(book: &Book<'_>, problems: &mut Vec<Problem>) {
    for spec in REGISTERS {
        let zone = book.now.zone;
        let start = || (Named::<(Number, &[Kind])>::new(), Named::<(Code, Date)>::new());
        let months = book.fold(spec, Date::MIN..=Date::MAX, start, |(records, people), entry| {
            for field in &entry.fields.0 {
                let (Ty::Record(kinds) | Ty::Records(kinds)) = field.field.ty else { continue };
                for number in numbers_in(field) {
                    records.entry((number, kinds)).or_insert_with(|| entry.spot());
                }
            }
            people.entry((entry.by.clone(), zone.day(entry.at))).or_insert_with(|| entry.spot());
            Ok(())
        });
        for (records, people) in months {
            for ((number, kinds), spot) in records {
                problems.extend(no_record(book, kinds, &number).map(|problem| problem.at(book.place(&spot))));
            }
            for ((by, day), spot) in people.into_iter().filter(|((by, day), _)| book.staff_on(by, *day).is_none()) {
                let problem = Problem::new(
                    "ref.staff",
                    tr!("{by} does not work here on {day}", "{by} 在 {day} 不是在职员工"),
                    tr!("see joined and left in `cs staff list`", "请查看 cs staff list 中的入职和离职日期"),
                );
                problems.push(problem.at(book.place(&spot)));
            }
        }
    }
}
