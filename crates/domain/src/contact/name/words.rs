//! Word lists. Small on purpose: a wrong guess is worse than none.

/// Trades and company words that end a glued domain (`sharmasweets`), with how they are written. Longest first where
/// one ends another.
#[rustfmt::skip]
pub(super) const TRADES: &[(&str, &str)] = &[
    ("realestateagents", "Real Estate Agents"), ("realestateagent", "Real Estate Agent"), ("realestate", "Real Estate"),
    ("estateagents", "Estate Agents"), ("estateagent", "Estate Agent"), ("propertygroup", "Property Group"),
    ("propertymanagement", "Property Management"), ("properties", "Properties"), ("property", "Property"), ("realty", "Realty"),
    ("homeloans", "Home Loans"), ("homes", "Homes"), ("agency", "Agency"), ("agencies", "Agencies"), ("agents", "Agents"),
    ("australia", "Australia"), ("sydney", "Sydney"), ("melbourne", "Melbourne"), ("brisbane", "Brisbane"),
    ("adelaide", "Adelaide"), ("canberra", "Canberra"), ("group", "Group"), ("sweets", "Sweets"), ("restaurants", "Restaurants"),
    ("restaurant", "Restaurant"), ("catering", "Catering"), ("caterers", "Caterers"), ("foods", "Foods"), ("spices", "Spices"),
    ("grocers", "Grocers"), ("groceries", "Groceries"), ("kitchens", "Kitchens"), ("kitchen", "Kitchen"), ("bakery", "Bakery"),
    ("travels", "Travels"), ("travel", "Travel"), ("tours", "Tours"), ("jewellers", "Jewellers"), ("jewellery", "Jewellery"),
    ("fashions", "Fashions"), ("fashion", "Fashion"), ("boutique", "Boutique"), ("consulting", "Consulting"),
    ("consultants", "Consultants"), ("consultancy", "Consultancy"), ("accountants", "Accountants"), ("accounting", "Accounting"),
    ("solutions", "Solutions"), ("services", "Services"), ("technologies", "Technologies"), ("technology", "Technology"),
    ("software", "Software"), ("systems", "Systems"), ("digital", "Digital"), ("marketing", "Marketing"), ("media", "Media"),
    ("lawyers", "Lawyers"), ("solicitors", "Solicitors"), ("legal", "Legal"), ("conveyancing", "Conveyancing"),
    ("migration", "Migration"), ("immigration", "Immigration"), ("education", "Education"), ("academy", "Academy"),
    ("college", "College"), ("studios", "Studios"), ("studio", "Studio"), ("salon", "Salon"), ("beauty", "Beauty"),
    ("dental", "Dental"), ("medical", "Medical"), ("clinic", "Clinic"), ("physio", "Physio"), ("pharmacy", "Pharmacy"),
    ("motors", "Motors"), ("automotive", "Automotive"), ("mechanics", "Mechanics"), ("cleaning", "Cleaning"),
    ("cleaners", "Cleaners"), ("plumbing", "Plumbing"), ("plumbers", "Plumbers"), ("plumber", "Plumber"),
    ("electrical", "Electrical"), ("electricians", "Electricians"), ("constructions", "Constructions"),
    ("construction", "Construction"), ("builders", "Builders"), ("building", "Building"), ("landscaping", "Landscaping"),
    ("painting", "Painting"), ("painters", "Painters"), ("removals", "Removals"), ("transport", "Transport"),
    ("logistics", "Logistics"), ("finance", "Finance"), ("financial", "Financial"), ("mortgages", "Mortgages"),
    ("mortgage", "Mortgage"), ("loans", "Loans"), ("insurance", "Insurance"), ("weddings", "Weddings"), ("events", "Events"),
    ("photography", "Photography"), ("decorators", "Decorators"), ("entertainment", "Entertainment"), ("productions", "Productions"),
    ("firms", "Firms"), ("partners", "Partners"), ("associates", "Associates"), ("enterprises", "Enterprises"),
    ("industries", "Industries"), ("traders", "Traders"), ("trading", "Trading"), ("imports", "Imports"),
    ("furniture", "Furniture"), ("interiors", "Interiors"), ("gardens", "Gardens"), ("security", "Security"),
    ("recruitment", "Recruitment"), ("careers", "Careers"), ("community", "Community"), ("association", "Association"),
    ("council", "Council"), ("foundation", "Foundation"), ("magazine", "Magazine"), ("news", "News"), ("radio", "Radio"),
];

/// Short words at the start of a glued name that are words, not initials.
#[rustfmt::skip]
pub(super) const SHORT_WORDS: &[&str] = &[
    "ace", "all", "art", "bay", "big", "car", "fox", "fun", "gem", "get", "hot", "ice", "ivy", "jay", "joy", "key", "kim", "lee",
    "my", "new", "oak", "old", "one", "our", "pet", "raj", "ram", "ray", "red", "sam", "sea", "sky", "sun", "tax", "the", "top",
    "toy", "web", "zen", "om", "jai", "dev", "max", "pro", "eco", "bio", "air", "gas", "law", "pay", "app", "box", "bee",
];

/// Places that stand at the front of a company's name or name an office.
#[rustfmt::skip]
pub(super) const PLACES: &[&str] = &[
    "adelaide", "ahmedabad", "auckland", "australia", "ballarat", "bangalore", "bendigo", "blacktown", "bombay", "brisbane",
    "bunbury", "cairns", "canberra", "castlehill", "chatswood", "chennai", "craigieburn", "dandenong", "darwin", "delhi",
    "dubai", "geelong", "goldcoast", "harrispark", "hobart", "hyderabad", "ipswich", "kolkata", "launceston", "liverpool",
    "logan", "london", "mackay", "madras", "melbourne", "mumbai", "newcastle", "nsw", "qld", "parramatta", "penrith", "perth",
    "pune", "punjab", "rockhampton", "southbank", "sunshinecoast", "sydney", "tarneit", "tasmania", "toowoomba", "townsville",
    "vic", "werribee", "westmead", "wollongong", "wyndham", "act", "wa", "sa", "nt", "tas", "au", "nz", "uk", "usa", "india",
    "east", "west", "north", "south", "cbd", "city", "metro", "national", "regional",
];

/// Legal forms and the like: a name with one of them is a company's.
#[rustfmt::skip]
pub(super) const COMPANY_FORMS: &[&str] =
    &["pty", "ltd", "limited", "inc", "llc", "llp", "corp", "corporation", "company", "co", "plc", "gmbh", "pvt", "trust", "trustee", "association", "incorporated", "holdings", "enterprises"];

/// Given names that let a glued local part be read (`rajeshk`, `priyasharma`). Sorted.
#[rustfmt::skip]
pub(super) const GIVEN: &[&str] = &[
    "aarav", "aarti", "abdul", "abhishek", "adam", "adil", "aditi", "aditya", "ahmed", "ajay", "akash", "akhil", "alan", "alex",
    "alexander", "alexandra", "ali", "alice", "alison", "aman", "amanda", "amar", "amber", "amit", "amrita", "amy", "anand",
    "ananya", "andrea", "andrew", "angela", "anil", "anish", "anita", "anitha", "anjali", "ankit", "ankita", "ann", "anna",
    "anne", "anthony", "anu", "anupama", "anuradha", "arjun", "arun", "aruna", "asha", "ashish", "ashok", "ashwin", "balwinder",
    "barbara", "belinda", "ben", "benjamin", "bharat", "bhavesh", "bhavna", "brad", "bradley", "brendan", "brett", "brian",
    "bruce", "cameron", "carol", "caroline", "catherine", "charles", "charlotte", "chetan", "chirag", "chloe", "chris",
    "christina", "christine", "christopher", "claire", "craig", "daniel", "danielle", "darren", "david", "dean", "deepa",
    "deepak", "deepika", "deepti", "dennis", "dev", "dhruv", "diana", "diane", "dilip", "dimple", "dinesh", "divya", "donna",
    "edward", "elizabeth", "ella", "emily", "emma", "eric", "fatima", "fiona", "frank", "gagan", "ganesh", "gareth", "garry",
    "gary", "gaurav", "gavin", "geeta", "geoff", "george", "gita", "glen", "glenn", "gopal", "graham", "grant", "greg",
    "gurpreet", "guru", "hannah", "hardik", "hari", "harish", "harjit", "harpreet", "harry", "harsh", "heather", "heena",
    "helen", "hemant", "hiren", "hitesh", "ian", "imran", "indira", "isabella", "jack", "jacob", "jacqueline", "jagdeep",
    "jaideep", "jake", "james", "jamie", "jane", "janet", "jasmine", "jason", "jaspreet", "jatin", "jay", "jaya", "jayesh",
    "jean", "jennifer", "jenny", "jeremy", "jessica", "jignesh", "jill", "jim", "jitendra", "joanna", "joanne", "joe", "joel",
    "john", "jonathan", "joseph", "josh", "joshua", "joy", "judith", "judy", "julia", "julie", "justin", "jyoti", "kamal",
    "kapil", "karan", "karen", "karthik", "kate", "katherine", "kathryn", "kavita", "kavitha", "keith", "kelly", "ken",
    "kenneth", "kerry", "kevin", "khan", "kim", "kiran", "kirsten", "kishore", "komal", "krishna", "kuldeep", "kumar", "kunal",
    "kyle", "lakshmi", "lalit", "lata", "laura", "lauren", "leanne", "lee", "leena", "liam", "linda", "lisa", "louise", "lucas",
    "lucy", "luke", "madhav", "madhu", "mahesh", "malcolm", "mandeep", "manish", "manisha", "manju", "manjit", "manoj",
    "manpreet", "marcus", "maria", "marie", "mark", "martin", "mary", "matt", "matthew", "maya", "meena", "meera", "megan",
    "megha", "melissa", "michael", "michelle", "mihir", "mike", "milan", "minal", "mitesh", "mohammed", "mohan", "mohit",
    "monica", "monika", "mukesh", "naresh", "narendra", "natalie", "natasha", "naveen", "navdeep", "neel", "neelam", "neeraj",
    "neha", "neil", "nicholas", "nick", "nicole", "nidhi", "nigel", "nikhil", "nilesh", "nimesh", "nina", "nisha", "nishant",
    "nitin", "olivia", "oliver", "omkar", "padma", "pallavi", "pamela", "pankaj", "paramjit", "parth", "patricia", "patrick",
    "paul", "paula", "pauline", "pavan", "pawan", "payal", "peter", "philip", "phillip", "pooja", "prabhu", "pradeep",
    "prakash", "pramod", "pranav", "prasad", "prashant", "pratik", "praveen", "preeti", "priti", "priya", "priyal", "priyanka",
    "punit", "rachel", "radha", "raghav", "rahul", "raj", "raja", "rajan", "rajat", "rajeev", "rajendra", "rajesh",
    "rajeshwari", "rajiv", "rajni", "rakesh", "rakhi", "ram", "raman", "ramesh", "ramya", "ranjit", "rashmi", "raul", "ravi",
    "ravinder", "ray", "raymond", "rebecca", "reena", "rekha", "renu", "richa", "richard", "rick", "ricky", "ritesh", "ritu",
    "rob", "robert", "robin", "robyn", "rohan", "rohit", "ronald", "rosemary", "ross", "roshan", "roy", "ruchi", "rupa",
    "rupesh", "russell", "ruth", "ryan", "sachin", "sahil", "salman", "sam", "samantha", "sameer", "samuel", "sandeep",
    "sandhya", "sandra", "sangeeta", "sanjay", "sanjeev", "sapna", "sara", "sarah", "sarita", "satish", "satya", "saurabh",
    "scott", "sean", "seema", "shalini", "shane", "shankar", "shannon", "sharon", "shashi", "sheetal", "shilpa", "shirley",
    "shiv", "shreya", "shruti", "shyam", "simon", "simran", "sita", "smita", "sneha", "sonal", "sonali", "sonia", "sonya",
    "sophia", "sophie", "sridhar", "srinivas", "stephanie", "stephen", "steve", "steven", "stuart", "subhash", "sudha",
    "sudhir", "sukhdeep", "sukhwinder", "sujata", "suman", "sumit", "sunil", "sunita", "suraj", "suresh", "surinder", "sushil",
    "sushma", "susan", "swati", "tanvi", "tanya", "tara", "tarun", "tejas", "thomas", "tim", "timothy", "tina", "tom", "tony",
    "tracey", "trevor", "uday", "uma", "umesh", "upasana", "urvashi", "usha", "vaibhav", "vandana", "varun", "vasant",
    "veena", "vicki", "victor", "vidya", "vijay", "vikas", "vikram", "vimal", "vinay", "vincent", "vineet", "vinod", "vipul",
    "virat", "vishal", "vishnu", "vivek", "warren", "wayne", "wendy", "william", "yash", "yogesh", "yuvraj", "zara", "zoe",
];

/// Surnames that end a glued local part, or show that a first word isn't a given name. Sorted.
#[rustfmt::skip]
pub(super) const SURNAMES: &[&str] = &[
    "agarwal", "aggarwal", "ahmed", "anderson", "arora", "bains", "banerjee", "bhatia", "bhatt", "brar", "brown", "chauhan",
    "chawla", "chen", "chopra", "clark", "dass", "desai", "deshpande", "devi", "dhaliwal", "dhillon", "dsouza", "fernandes",
    "fernando", "garg", "ghosh", "gill", "goyal", "grewal", "gupta", "harris", "hussain", "iyer", "jackson", "jain", "johnson",
    "jones", "joshi", "kapoor", "kaur", "khan", "khanna", "khatri", "kohli", "krishnan", "kulkarni", "kumar", "lewis",
    "malhotra", "malik", "martin", "mathur", "mehra", "mehta", "menon", "mishra", "mistry", "modi", "mukherjee", "murphy",
    "murthy", "nair", "naidu", "nguyen", "pandey", "pandya", "parekh", "parmar", "patel", "patil", "perera", "pillai", "prasad",
    "puri", "raman", "ranganathan", "rao", "rathore", "reddy", "roberts", "robinson", "saini", "sandhu", "saxena", "sethi", "shah", "shaikh",
    "sharma", "sheikh", "shetty", "shukla", "sidhu", "silva", "singh", "singhal", "sinha", "smith", "srivastava", "subramanian",
    "taylor", "thakur", "thomas", "thompson", "tiwari", "trivedi", "varma", "verma", "vyas", "walker", "white", "williams",
    "wilson", "wright", "yadav",
];
