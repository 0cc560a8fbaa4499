//! Names, streets and kinds of work to draw from.

pub const WOMEN: &[&str] = &[
    "Agnes", "Alice", "Anette", "Anna", "Annika", "Astrid", "Barbro", "Birgitta", "Camilla",
    "Carina", "Cecilia", "Charlotte", "Ebba", "Elin", "Ellen", "Elsa", "Emelie", "Emma", "Erika",
    "Eva", "Frida", "Greta", "Gunilla", "Hanna", "Helena", "Ida", "Ingrid", "Jenny", "Jessica",
    "Johanna", "Josefin", "Julia", "Karin", "Katarina", "Kerstin", "Klara", "Kristina", "Lena",
    "Lina", "Linda", "Linnéa", "Lisa", "Louise", "Lovisa", "Madeleine", "Malin", "Maria",
    "Marie", "Matilda", "Mia", "Moa", "Monica", "Märta", "Nathalie", "Olivia", "Pernilla",
    "Petra", "Pia", "Rebecka", "Sandra", "Sara", "Signe", "Siri", "Sofia", "Stina", "Susanne",
    "Sölve-Marie", "Therese", "Tilda", "Ulrika", "Vendela", "Viktoria", "Wilma", "Ylva", "Åsa",
    "Amina", "Fatima", "Hodan", "Jasmin", "Leïla", "Milica", "Noor", "Parisa", "Rojin", "Shirin",
    "Snežana", "Zeynep", "Agnieszka", "Aino", "Päivi", "Maryam", "Thị Lan", "Anna-Karin",
    "Eva-Lena", "Ann-Sofie",
];

pub const MEN: &[&str] = &[
    "Adam", "Albin", "Alexander", "Anders", "Andreas", "Anton", "Axel", "Bengt", "Björn", "Bo",
    "Christian", "Christoffer", "Daniel", "David", "Edvin", "Emil", "Erik", "Filip", "Fredrik",
    "Gabriel", "Gustav", "Göran", "Hampus", "Hans", "Henrik", "Håkan", "Isak", "Jakob", "Jan",
    "Jens", "Jesper", "Joakim", "Johan", "John", "Jonas", "Jonatan", "Kent", "Kjell", "Lars",
    "Leif", "Linus", "Magnus", "Marcus", "Martin", "Mats", "Mattias", "Mikael", "Niklas", "Olle",
    "Oskar", "Patrik", "Per", "Peter", "Pontus", "Pär", "Rasmus", "Rickard", "Robert", "Robin",
    "Roger", "Simon", "Staffan", "Stefan", "Sten", "Sven", "Thomas", "Tobias", "Tommy", "Torbjörn",
    "Ulf", "Viktor", "Wilhelm", "Åke", "Örjan", "Abdi", "Ahmed", "Ali", "Bogdan", "Dariusz",
    "Goran", "Hassan", "Ibrahim", "Juhani", "Mehmet", "Mohammed", "Omar", "Reza", "Serhat",
    "Tomasz", "Yusuf", "Karl-Johan", "Lars-Erik", "Per-Olof",
];

pub const SURNAMES: &[&str] = &[
    "Abrahamsson", "Ahlberg", "Andersson", "Arvidsson", "Axelsson", "Berg", "Berggren", "Berglund",
    "Bergman", "Björk", "Blom", "Blomqvist", "Boström", "Carlsson", "Claesson", "Dahl", "Dahlberg",
    "Danielsson", "Ek", "Eklund", "Eliasson", "Engström", "Eriksson", "Falk", "Forsberg",
    "Fransson", "Fredriksson", "Gunnarsson", "Gustafsson", "Hansson", "Hedlund", "Hellström",
    "Henriksson", "Hermansson", "Holm", "Holmberg", "Håkansson", "Isaksson", "Jakobsson",
    "Jansson", "Johansson", "Jonasson", "Jonsson", "Jönsson", "Karlsson", "Larsson", "Lind",
    "Lindberg", "Lindgren", "Lindholm", "Lindqvist", "Lindström", "Lund", "Lundberg", "Lundin",
    "Löfgren", "Magnusson", "Martinsson", "Mattsson", "Månsson", "Mårtensson", "Nilsson",
    "Norberg", "Nordström", "Norén", "Nyberg", "Nyström", "Olofsson", "Olsson", "Persson",
    "Pettersson", "Samuelsson", "Sandberg", "Sandström", "Sjöberg", "Sjögren", "Ström",
    "Strömberg", "Sundberg", "Svensson", "Söderberg", "Viklund", "Wallin", "Westerlund", "Åberg",
    "Åkesson", "Åström", "Öberg", "Öhman", "Abdullahi", "Ahmadi", "Al-Sayed", "Çelik", "Dąbrowski",
    "El Khoury", "Hosseini", "Jovanović", "Korhonen", "Kovačević", "Nguyễn", "Núñez", "O’Connor",
    "Öztürk", "Popescu", "Schröder", "Virtanen", "von Essen", "af Klercker", "Warsame", "Yılmaz",
];

pub const STREETS: &[&str] = &[
    "Alkärrsvägen", "Båtvarvsgatan", "Dungatan", "Fjärilsstigen", "Gråsparvsvägen", "Havtornsgatan",
    "Isbrytarvägen", "Kaprifolvägen", "Kvarndammsgatan", "Lindallén", "Lärkträdsvägen",
    "Myrstigen", "Nattviolsgatan", "Pilfinksvägen", "Rönnbärsgatan", "Segelmakargatan",
    "Skördevägen", "Spovgatan", "Tegelugnsvägen", "Törnrosvägen", "Vasstigen", "Ängsullsvägen",
    "Åkermyntavägen", "Östra Kajgatan",
];

/// Town and its postcodes, which are of no place in Sweden.
pub const TOWNS: &[(&str, &str)] = &[
    ("99110", "Mälarvik"),
    ("99112", "Mälarvik"),
    ("99115", "Mälarvik"),
    ("99120", "Björkvallen"),
    ("99122", "Björkvallen"),
    ("99130", "Tallhöjden"),
    ("99140", "Strandängen"),
    ("99150", "Näckrosviken"),
];

pub const DOCTOR_SPECIALITIES: &[(&str, &str)] = &[
    ("Allmänmedicin", "4100"),
    ("Internmedicin", "2100"),
    ("Kirurgi", "1100"),
    ("Ortopedi", "1300"),
    ("Geriatrik", "2600"),
    ("Psykiatri", "3100"),
    ("Obstetrik och gynekologi", "1500"),
    ("Akutsjukvård", "5100"),
    ("Radiologi", "6100"),
];

pub const NURSE_SPECIALITIES: &[(&str, &str)] = &[
    ("Akutsjukvård", "8110"),
    ("Distriktssköterska", "8120"),
    ("Vård av äldre", "8130"),
    ("Operationssjukvård", "8140"),
    ("Psykiatrisk vård", "8150"),
    ("Hälso- och sjukvård för barn och ungdomar", "8160"),
];

/// Last days: an instant at Swedish midnight, another writing, a date.
pub const LAST_DAYS_TO_COME: &[&str] =
    &["20261231230000Z", "20270228", "20270630220000Z", "20270831220000Z", "20280131"];
pub const LAST_DAYS_GONE: &[&str] = &["20260831220000Z", "20260930220000Z", "20261015"];
