use super::dice::Dice;

/// Where a contact works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub suburb: &'static str,
    /// State or territory code.
    pub state: &'static str,
    /// IANA name.
    pub zone: &'static str,
    /// Area code of the telephone.
    area: &'static str,
}

const fn place(suburb: &'static str, state: &'static str, zone: &'static str, area: &'static str) -> Place {
    Place { suburb, state, zone, area }
}

const SYDNEY: &str = "Australia/Sydney";
const MELBOURNE: &str = "Australia/Melbourne";
const BRISBANE: &str = "Australia/Brisbane";
const ADELAIDE: &str = "Australia/Adelaide";
const PERTH: &str = "Australia/Perth";

#[rustfmt::skip]
const PLACES: &[Place] = &[
    place("Harris Park", "NSW", SYDNEY, "02"), place("Parramatta", "NSW", SYDNEY, "02"),
    place("Blacktown", "NSW", SYDNEY, "02"), place("Westmead", "NSW", SYDNEY, "02"),
    place("Wentworthville", "NSW", SYDNEY, "02"), place("Liverpool", "NSW", SYDNEY, "02"),
    place("Pendle Hill", "NSW", SYDNEY, "02"), place("Quakers Hill", "NSW", SYDNEY, "02"),
    place("Strathfield", "NSW", SYDNEY, "02"), place("Marsden Park", "NSW", SYDNEY, "02"),
    place("Newcastle", "NSW", SYDNEY, "02"),
    place("Dandenong", "VIC", MELBOURNE, "03"), place("Point Cook", "VIC", MELBOURNE, "03"),
    place("Tarneit", "VIC", MELBOURNE, "03"), place("Craigieburn", "VIC", MELBOURNE, "03"),
    place("Clayton", "VIC", MELBOURNE, "03"), place("Glen Waverley", "VIC", MELBOURNE, "03"),
    place("Werribee", "VIC", MELBOURNE, "03"), place("Footscray", "VIC", MELBOURNE, "03"),
    place("Sunnybank", "QLD", BRISBANE, "07"), place("Runcorn", "QLD", BRISBANE, "07"),
    place("Springfield", "QLD", BRISBANE, "07"), place("Calamvale", "QLD", BRISBANE, "07"),
    place("Canning Vale", "WA", PERTH, "08"), place("Cannington", "WA", PERTH, "08"),
    place("Harrisdale", "WA", PERTH, "08"),
    place("Mawson Lakes", "SA", ADELAIDE, "08"), place("Blair Athol", "SA", ADELAIDE, "08"),
    place("Gungahlin", "ACT", SYDNEY, "02"), place("Glenorchy", "TAS", "Australia/Hobart", "03"),
];

/// Mobile numbers that the regulator (ACMA) keeps for fiction.
#[rustfmt::skip]
const MOBILES: &[&str] = &[
    "0491 570 006", "0491 570 156", "0491 570 157", "0491 570 158", "0491 570 159", "0491 570 110", "0491 570 313",
    "0491 570 737", "0491 571 266", "0491 571 491", "0491 571 804", "0491 572 549", "0491 572 665", "0491 572 983",
    "0491 573 770", "0491 573 087", "0491 574 118", "0491 574 632", "0491 575 254", "0491 575 789", "0491 576 398",
    "0491 576 801", "0491 577 426", "0491 577 644", "0491 578 957", "0491 578 148", "0491 578 888", "0491 579 212",
    "0491 579 760", "0491 579 455",
];

impl Place {
    pub fn any(dice: &mut Dice) -> &'static Self {
        dice.pick(PLACES)
    }

    /// A telephone number that belongs to nobody: from the ranges kept for fiction.
    pub fn phone(&self, dice: &mut Dice) -> String {
        if dice.percent(40) {
            return dice.word(MOBILES).to_owned();
        }
        let exchange = dice.word(&["5550", "7010"]);
        format!("({}) {exchange} {:04}", self.area, dice.below(10_000))
    }
}
