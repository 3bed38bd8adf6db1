//! Carriers' and agencies' statements against our own records: what is equal, what differs, what was decided, what is
//! paid (R16, R21). One machinery for both; an [`Account`] says what is ours. Derived each time from the records and
//! the register of settlements, stored nowhere else.

mod bar;
mod compare;
mod ledger;
mod matching;
mod ours;
mod waiting;

pub use bar::{Bar, Barred, shaken};
pub use compare::{Compared, Item, Key, Verdict, Why, compare, compare_with};
pub use ledger::{Booked, Decided, Decision, Event, Ledger, Statement, What, columns_of, counter, event, statements};
pub use matching::{Claim, Line};
pub use waiting::{Waiting, ledgers, waiting};

use crate::base::field::{Kind, List};
use crate::base::number::Number;
use crate::base::words::{Words, words};
use crate::book::Book;
use crate::forms::form::Form;
use ours::Ask;

/// The action under `[sign]` of policy.toml: to decide differences and to settle.
pub const SIGN: &str = "settle";

/// What is settled with a kind of party.
pub struct Account {
    /// Its code in the register and in JSON.
    pub code: &'static str,
    /// What people call it.
    pub name: Words,
    /// The kind of cost that it is in the budget (R64).
    pub cost: &'static str,
    /// The rule that asks for it.
    pub rule: &'static str,
    /// The command that it belongs to: `cs ship`.
    pub command: &'static str,
    /// The kind of record that is paid for.
    pub kind: Kind,
    /// The list that holds the parties.
    pub list: List,
    /// The flag that names a party.
    pub flag: &'static str,
    /// What people call a party.
    pub party: Words,
    /// Whether a glance at a record's text shows that it may be asked about.
    glance: fn(&Ask<'_>, &Number, &str) -> bool,
    /// Loads the records asked about.
    load: fn(&Book<'_>, &Ask<'_>),
    /// What we owe for a record, if anything.
    claim: fn(&Book<'_>, &Form) -> Option<Claim>,
    /// Why we owe nothing for a record that is no claim.
    lacks: fn(&Book<'_>, &Form) -> Bar,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Account({})", self.code)
    }
}

/// The carriers' freight (R16).
pub static FREIGHT: Account = Account {
    code: "freight",
    name: words("Freight", "运费"),
    cost: "freight",
    rule: "R16",
    command: "ship",
    kind: Kind::Shipment,
    list: List::Carriers,
    flag: "carrier",
    party: words("carrier", "物流公司"),
    glance: ours::may_ship,
    load: ours::load_shipped,
    claim: ours::shipped,
    lacks: ours::unshipped,
};

/// The agencies' repair fees (R21).
pub static FEES: Account = Account {
    code: "fees",
    name: words("Repair fees", "维修费"),
    cost: "repair_fees",
    rule: "R21",
    command: "repair",
    kind: Kind::Repair,
    list: List::Agencies,
    flag: "agency",
    party: words("agency", "广告公司"),
    glance: ours::may_mend,
    load: ours::load_mended,
    claim: ours::mended,
    lacks: ours::unmended,
};

/// Every account.
pub static ACCOUNTS: &[&Account] = &[&FREIGHT, &FEES];

/// The account with this code.
pub fn account(code: &str) -> Option<&'static Account> {
    ACCOUNTS.iter().copied().find(|account| account.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::field::Ty;
    use crate::forms::KINDS;
    use crate::registers::SETTLEMENTS;

    #[test]
    fn the_table_of_accounts_is_sound() {
        let field = SETTLEMENTS.fields.iter().find(|f| f.key == "account").unwrap();
        let Ty::Choice(known) = field.ty else { panic!("{field:?}") };
        assert_eq!(
            known.iter().map(|c| c.code).collect::<Vec<_>>(),
            ACCOUNTS.iter().map(|a| a.code).collect::<Vec<_>>()
        );
        for account in ACCOUNTS {
            assert!(KINDS.iter().any(|k| k.kind == account.kind && k.verbs.command == account.command));
        }
    }
}
