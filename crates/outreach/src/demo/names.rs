//! Names of people and businesses. Any likeness is chance; every address ends in a reserved domain.

use super::dice::Dice;
use super::places::Place;

#[rustfmt::skip]
const FIRST: &[&str] = &[
    "Aarav", "Aditi", "Aditya", "Amit", "Amrita", "Ananya", "Anil", "Anita", "Anjali", "Ankit", "Arjun", "Asha", "Bhavna",
    "Chitra", "Deepa", "Deepak", "Dev", "Divya", "Farah", "Gaurav", "Gurpreet", "Harpreet", "Harsh", "Imran", "Isha",
    "Jasleen", "Jaspreet", "Karan", "Kavita", "Kiran", "Lakshmi", "Mahesh", "Manish", "Manpreet", "Meena", "Meera", "Mohan",
    "Naveen", "Neha", "Nikhil", "Nisha", "Omar", "Pallavi", "Parth", "Pooja", "Prakash", "Priya", "Rahul", "Rajesh",
    "Ramesh", "Rani", "Ravi", "Rekha", "Ritu", "Rohan", "Sameer", "Sandeep", "Sangeeta", "Sanjay", "Shalini", "Shreya",
    "Simran", "Sneha", "Sonia", "Suresh", "Sunita", "Swati", "Tanvi", "Uma", "Varun", "Vidya", "Vijay", "Vikram", "Yasmin",
    "Zara",
];

#[rustfmt::skip]
const LAST: &[&str] = &[
    "Agarwal", "Ahmed", "Bains", "Banerjee", "Bedi", "Bhatt", "Bose", "Chauhan", "Chopra", "Das", "Desai", "Dhillon",
    "D'Souza", "Fernandes", "Gill", "Grewal", "Gupta", "Hussain", "Iyer", "Jain", "Joshi", "Kapoor", "Kaur", "Khan",
    "Khanna", "Krishnan", "Kumar", "Malhotra", "Mehta", "Menon", "Mishra", "Mukherjee", "Naidu", "Nair", "Pandey", "Patel",
    "Pillai", "Rao", "Rathore", "Reddy", "Sandhu", "Saxena", "Sethi", "Shah", "Sharma", "Sidhu", "Singh", "Sinha",
    "Subramaniam", "Thakur", "Thomas", "Varma", "Verma", "Yadav",
];

#[rustfmt::skip]
const FIRST_ELSEWHERE: &[&str] = &[
    "Alison", "Andrew", "Anh", "Ben", "Chloe", "Daniel", "Emma", "Fiona", "Georgia", "Hamish", "Hannah", "Jack", "James",
    "Kate", "Liam", "Linh", "Lucy", "Mei", "Nathan", "Olivia", "Peter", "Rachel", "Sarah", "Sofia", "Tom", "Wei",
];

#[rustfmt::skip]
const LAST_ELSEWHERE: &[&str] = &[
    "Anderson", "Brown", "Campbell", "Chen", "Costa", "Davies", "Edwards", "Fraser", "Harris", "Hughes", "Kelly", "Lee",
    "Martin", "McDonald", "Mitchell", "Morris", "Murphy", "Nguyen", "O'Brien", "Papadopoulos", "Robinson", "Russo",
    "Taylor", "Tran", "Walker", "Wilson",
];

#[rustfmt::skip]
const WORDS: &[&str] = &[
    "Aangan", "Amrit", "Annapurna", "Bombay", "Chandni", "Deccan", "Ganga", "Gulmohar", "Haveli", "Himalaya", "Jaipur",
    "Kesar", "Kohinoor", "Lotus", "Madras", "Malabar", "Mayura", "Mehfil", "Mogra", "Namaste", "Nataraj", "Neem", "Pongal",
    "Punjab", "Raga", "Rangoli", "Rani", "Royal India", "Saffron", "Sagar", "Shakti", "Sitara", "Surya", "Swagat",
    "Tamarind", "Tara", "Utsav", "Vaisakhi",
];

#[rustfmt::skip]
const WORDS_ELSEWHERE: &[&str] = &[
    "Acacia", "Banksia", "Bayside", "Blue Gum", "Coastline", "Cooper", "Federation", "Fernhill", "Harbour", "Ironbark",
    "Kestrel", "Kurrajong", "Lighthouse", "Magpie", "Northside", "Pacific", "Redgum", "Ridgeline", "Sandstone", "Southern",
    "Wattle", "Westgate",
];

/// What a business does, which decides its name and the roles in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trade {
    /// Shops, restaurants and services of the community.
    Community,
    RealEstate,
    Events,
    Classifieds,
    /// Small companies that might need software or a website.
    Prospect,
    /// Websites that might link to us.
    Website,
    /// Studios and consultants that might work with us.
    Partner,
}

impl Trade {
    /// A business's name. "{w}" is a word, "{l}" a surname, "{p}" a suburb.
    #[rustfmt::skip]
    const fn patterns(self) -> &'static [&'static str] {
        match self {
            Self::Community => &[
                "{w} Sweets", "{w} Indian Grocery", "{w} Spice House", "{w} Tandoori", "{w} Travel", "{w} Jewellers",
                "{w} Beauty & Henna", "{w} Catering", "{l} Migration Services", "{l} Dental Care", "{w} Sarees",
                "{w} Driving School", "{w} Tuition Centre", "{l} Accounting", "{w} Dosa Corner", "{w} Yoga Studio",
                "{l} Conveyancing", "{w} Florist", "{w} Photography", "{l} Mortgage Brokers",
            ],
            Self::RealEstate => &[
                "{l} Property", "{w} Realty", "{p} Homes Real Estate", "{l} & Co Estate Agents", "{w} Property Group",
                "{l} Residential",
            ],
            Self::Events => &[
                "{w} Events", "{w} Dance Academy", "{p} Diwali Committee", "{w} Entertainment", "{w} Music Circle",
                "{p} Cricket Carnival", "{w} Weddings",
            ],
            Self::Classifieds => &[
                "{l} Used Cars", "{w} Removals", "{w} Cleaning", "{l} Handyman", "{w} Room Rentals", "{w} Tiffin Service",
                "{l} Maths Tutoring",
            ],
            Self::Prospect => &[
                "{x} Plumbing", "{x} Physiotherapy", "{x} Legal", "{x} Logistics", "{x} Dental", "{x} Landscapes",
                "{x} Veterinary Clinic", "{x} Joinery", "{x} Early Learning", "{x} Solar", "{x} Freight",
                "{x} Accountants", "{x} Electrical", "{x} Wellness",
            ],
            Self::Website => &[
                "The {x} Business Journal", "{x} Tech Review", "{x} Start-up Weekly", "{x} Marketing Notes",
                "{x} Property Blog", "The {w} Times", "{w} Kitchen Stories", "{w} Community Radio",
            ],
            Self::Partner => &[
                "{x} Design Studio", "{x} Consulting", "{x} IT Services", "{x} Digital", "{x} Print & Signage",
                "{x} Bookkeeping",
            ],
        }
    }

    #[rustfmt::skip]
    const fn roles(self) -> &'static [&'static str] {
        match self {
            Self::Community => &["Owner", "Owner", "Director", "Manager", "Marketing Manager"],
            Self::RealEstate => &["Sales Agent", "Principal", "Licensee in Charge", "Property Manager"],
            Self::Events => &["Organiser", "Founder", "Committee President", "Artistic Director"],
            Self::Classifieds => &["Owner", "Owner", ""],
            Self::Prospect => &["Managing Director", "Operations Manager", "Practice Manager", "Owner", "Marketing Lead"],
            Self::Website => &["Editor", "Webmaster", "Publisher", "Content Manager"],
            Self::Partner => &["Director", "Founder", "Studio Lead", "Partner Manager"],
        }
    }

    /// Whether the people are mostly of the South Asian community.
    pub const fn is_community(self) -> bool {
        match self {
            Self::Community | Self::RealEstate | Self::Events | Self::Classifieds => true,
            Self::Prospect | Self::Website | Self::Partner => false,
        }
    }

    pub fn role(self, dice: &mut Dice) -> &'static str {
        dice.word(self.roles())
    }

    pub fn business(self, dice: &mut Dice, surname: &str, place: &Place) -> String {
        dice.word(self.patterns())
            .replace("{w}", dice.word(WORDS))
            .replace("{x}", dice.word(WORDS_ELSEWHERE))
            .replace("{l}", surname)
            .replace("{p}", place.suburb)
    }
}

/// First name and surname.
pub(super) fn person(dice: &mut Dice, trade: Trade) -> (&'static str, &'static str) {
    if trade.is_community() || dice.percent(25) {
        (dice.word(FIRST), dice.word(LAST))
    } else {
        (dice.word(FIRST_ELSEWHERE), dice.word(LAST_ELSEWHERE))
    }
}

/// Small letters and digits only, as in a domain.
pub(super) fn slug(text: &str) -> String {
    text.replace('&', "and")
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}
