"""Things of one kind, of which two titles that are otherwise alike name one each: farmers in Ghana, farmers in Kenya.

One team writes such papers by the dozen, with the same authors and in the same year, so that little else tells them
apart; two databases' records of one work hardly ever name two of them. A kind is worth its place where that is so: of
pairs of titles with most words in common, those that differ in it should be distinct.
"""

from collections.abc import Sequence

# Of each kind the things, parted by "|", with those forms of their words that differ by more than an "s". A word is of
# one kind only. Left out is what means much else as well ("lead", "us", "may"), what holds others of its
# kind (continents, "patients"), and what another writer would say for another ("britain" for "england").
KINDS = {
    "country": (
        "afghanistan afghan|albania albanian|algeria algerian|angola angolan|argentina argentine argentinian|armenia "
        "armenian|australia australian|austria austrian|azerbaijan|bahamas|bahrain|bangladesh bangladeshi|barbados|"
        "belarus|belgium belgian|benin|bhutan|bolivia bolivian|bosnia|botswana|brazil brazilian|brunei|bulgaria "
        "bulgarian|burundi|cambodia cambodian|cameroon cameroonian|canada canadian|chad|chile chilean|china chinese|"
        "colombia colombian|croatia croatian|cuba cuban|cyprus cypriot|czech czechia|denmark danish|ecuador "
        "ecuadorian|egypt egyptian|england english|eritrea|estonia estonian|ethiopia ethiopian|faso|fiji|finland "
        "finnish|france french|gabon|gambia|germany german|ghana ghanaian|greece greek|guatemala|haiti haitian|"
        "honduras|hungary hungarian|iceland icelandic|india indian|indonesia indonesian|iran iranian|iraq iraqi|"
        "ireland irish|israel israeli|italy italian|jamaica jamaican|japan japanese|jordan jordanian|kazakhstan|"
        "kenya kenyan|kong|korea korean|kosovo|kuwait kuwaiti|kyrgyzstan|lanka lankan|laos|latvia latvian|lebanon "
        "lebanese|leone|lesotho|liberia liberian|libya libyan|lithuania lithuanian|luxembourg|macedonia|madagascar|"
        "malawi malawian|malaysia malaysian|mali malian|malta maltese|mauritania|mauritius|mexico mexican|moldova|"
        "mongolia mongolian|montenegro|morocco moroccan|mozambique|myanmar|namibia namibian|nepal nepalese nepali|"
        "netherlands dutch|nicaragua nicaraguan|niger|nigeria nigerian|norway norwegian|oman omani|pakistan "
        "pakistani|palestine palestinian|panama|papua|paraguay|peru peruvian|philippines filipino|poland polish|"
        "portugal portuguese|puerto|qatar qatari|rica rican|romania romanian|russia russian|rwanda rwandan|salvador|"
        "saudi|scotland scottish|senegal senegalese|serbia serbian|singapore|slovakia slovak|slovenia slovenian|"
        "somalia somali|spain spanish|sudan sudanese|swaziland eswatini|sweden swedish|switzerland swiss|syria "
        "syrian|taiwan taiwanese|tajikistan|tanzania tanzanian|thailand thai|togo|trinidad|tunisia tunisian|turkey "
        "turkish|turkmenistan|uganda ugandan|ukraine ukrainian|uruguay|uzbekistan|venezuela venezuelan|vietnam "
        "vietnamese|wales welsh|yemen yemeni|zambia zambian|zealand|zimbabwe zimbabwean"
    ),
    "state or province": (
        "alabama|alaska|alberta|arizona|arkansas|bavaria|bengal|california|catalonia|colorado|connecticut|dakota|"
        "florida|georgia|gujarat|hawaii|idaho|illinois|indiana|iowa|kansas|karnataka|kentucky|kerala|louisiana|"
        "maharashtra|manitoba|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|ohio|"
        "oklahoma|ontario|oregon|pennsylvania|punjab|quebec|queensland|saskatchewan|saxony|sicily|tasmania|tennessee|"
        "texas|tuscany|utah|vermont|virginia|wisconsin|wyoming"
    ),
    "city": (
        "amsterdam|ankara|athens|baghdad|baltimore|bangkok|barcelona|basel|beijing|belgrade|berlin|bologna|boston|"
        "brussels|bucharest|budapest|cairo|chicago|cologne|copenhagen|damascus|delhi|detroit|dhaka|dublin|edinburgh|"
        "florence|frankfurt|geneva|glasgow|guangzhou|hamburg|helsinki|houston|istanbul|jakarta|jerusalem|"
        "johannesburg|karachi|kolkata|lagos|leiden|leipzig|lima|lisbon|london|lyon|madrid|manchester|manila|"
        "marseille|melbourne|milan|montreal|moscow|mumbai|munich|nairobi|naples|osaka|oslo|philadelphia|prague|"
        "riyadh|rome|rotterdam|santiago|seattle|seoul|shanghai|shenzhen|stockholm|sydney|tehran|tokyo|toronto|"
        "vancouver|venice|vienna|warsaw|wuhan|zurich"
    ),
    "water": (
        "adriatic|aegean|amazon|arctic|atlantic|baltic|danube|elbe|ganges|mediterranean|mekong|nile|pacific|rhine|"
        "yangtze"
    ),
    "animal": (
        "mouse mice murine|rat|dog canine|cat feline|pig piglets porcine swine|cow cattle bovine calves heifers|"
        "sheep ovine lambs ewes|goat caprine|horse equine|rabbit|chicken broiler hens|duck|geese|turkeys|quail|camel|"
        "buffalo buffaloes|deer|zebrafish|drosophila|elegans|monkey macaque|hamster|bat|salmon|trout|carp|tilapia|"
        "shrimp|oyster|mussel|bee honeybee|ant|termite|mosquito mosquitoes|tick|frog|snake|lizard|elephant|wolf "
        "wolves|bear"
    ),
    "plant": (
        "wheat|maize corn|rice|barley|sorghum|millet|oat|rye|soybean|cotton|potato potatoes|tomato tomatoes|cassava|"
        "sunflower|sugarcane|coffee|cocoa|chickpea|cowpea|lentil|peanut groundnut|apple|grape grapevine|banana|mango "
        "mangoes|citrus|strawberry strawberries|onion|garlic|cucumber|lettuce|spinach|cabbage|carrot|arabidopsis|oak|"
        "beech|pine|spruce|birch|larch|poplar|eucalyptus|bamboo"
    ),
    "food": "milk|egg|meat beef pork|honey|cheese|fish|bread|yogurt yoghurt|wine|beer|juice|chocolate",
    "microbe": (
        "escherichia|salmonella|listeria|staphylococcus staphylococcal|streptococcus streptococcal|pseudomonas|"
        "klebsiella|campylobacter|acinetobacter|enterococcus enterococci|clostridium|helicobacter|mycobacterium|"
        "candida|aspergillus|toxoplasma|leishmania|plasmodium|trypanosoma|saccharomyces|bacillus|lactobacillus|"
        "streptomyces|chlamydia|borrelia|brucella|legionella|shigella|yersinia"
    ),
    "element": (
        "copper|nickel|zinc|iron|cobalt|silver|gold|cadmium|chromium|manganese|aluminum aluminium|titanium|arsenic|"
        "selenium|magnesium|calcium|sodium|potassium|lithium|nitrogen|phosphorus|sulfur sulphur|platinum|palladium|"
        "ruthenium|rhodium|iridium|uranium|tungsten|molybdenum|vanadium|helium|argon|neon|xenon|hydrogen|silicon|"
        "germanium|gallium|boron|fluoride|chloride|bromide|iodide"
    ),
    "compound": (
        "methanol|ethanol|propanol|butanol|methane|ethane|propane|butane|ammonia|ozone|benzene|toluene|xylene|"
        "glucose|fructose|sucrose|lactose|xylose|cellulose|lignin|chitosan|starch|acetone|phenol"
    ),
    "material": "steel|concrete|timber|glass|polyester|polyethylene|polypropylene|polystyrene|wool|silk|linen|leather",
    "organ": (
        "breast|prostate prostatic|lung|colon colorectal|gastric stomach|liver hepatic hepatocellular|pancreas "
        "pancreatic|kidney renal|bladder|ovary ovarian|cervix cervical|endometrial|thyroid|skin cutaneous|brain "
        "cerebral|esophagus esophageal oesophagus oesophageal|heart cardiac|spleen splenic|testicular|hip|knee|"
        "shoulder|wrist|ankle|elbow|femur femoral|tibia tibial|radius radial|humerus humeral|rib|mandible mandibular|"
        "maxilla maxillary|retina retinal|cornea corneal"
    ),
    "disease": (
        "asthma asthmatic|copd|diabetes diabetic|stroke|hypertension hypertensive|obesity obese|tuberculosis|malaria|"
        "hiv|hepatitis|influenza|pneumonia|sepsis|arthritis|osteoporosis|osteoarthritis|migraine|psoriasis|eczema|"
        "dengue|cholera|measles|rabies|ebola|zika|gout|lupus|leukemia leukaemia|lymphoma|melanoma|myeloma|epilepsy "
        "epileptic|parkinson|dementia alzheimer|anemia anaemia|leprosy|syphilis|gonorrhea gonorrhoea|herpes|"
        "endometriosis|glaucoma|cataract"
    ),
    "disorder": (
        "depression depressive|anxiety|schizophrenia|autism autistic|adhd|dyslexia|insomnia|anorexia|bulimia|ptsd|"
        "psychosis psychotic|aphasia|stuttering"
    ),
    "people": (
        "nurse|physician doctors|pharmacist|dentist|midwife midwives|surgeon|psychologist|physiotherapist|paramedic|"
        "student|teacher|principals|parent|veteran|soldier|farmer|fishermen|miners|prisoner|police|firefighter|"
        "journalist|lawyers|librarian|refugee|athlete|grandparent"
    ),
    "trade": "bank|insurer|hospital|school|airline|hotel|restaurant",
    "drug": (
        "alcohol|cannabis marijuana|tobacco|cocaine|heroin|caffeine|nicotine|methamphetamine|mdma|lsd|psilocybin|"
        "ketamine|morphine|fentanyl|methadone|buprenorphine|oxycodone|tramadol"
    ),
    "medicine": (
        "aspirin|ibuprofen|paracetamol acetaminophen|naproxen|diclofenac|metformin|insulin|warfarin|heparin|"
        "clopidogrel|ticagrelor|prasugrel|rivaroxaban|apixaban|dabigatran|edoxaban|atorvastatin|simvastatin|"
        "rosuvastatin|pravastatin|sitagliptin|linagliptin|saxagliptin|vildagliptin|alogliptin|empagliflozin|"
        "dapagliflozin|canagliflozin|ertugliflozin|liraglutide|semaglutide|exenatide|dulaglutide|tirzepatide|"
        "amlodipine|losartan|valsartan|candesartan|olmesartan|telmisartan|enalapril|ramipril|lisinopril|captopril|"
        "propranolol|metoprolol|atenolol|carvedilol|bisoprolol|fluoxetine|sertraline|paroxetine|citalopram|"
        "escitalopram|venlafaxine|duloxetine|bupropion|mirtazapine|olanzapine|risperidone|quetiapine|aripiprazole|"
        "clozapine|haloperidol|ziprasidone|paliperidone|lurasidone|methylphenidate|atomoxetine|lisdexamfetamine|"
        "donepezil|rivastigmine|galantamine|memantine|cisplatin|carboplatin|oxaliplatin|paclitaxel|docetaxel|"
        "gemcitabine|capecitabine|doxorubicin|tamoxifen|letrozole|anastrozole|exemestane|bevacizumab|cetuximab|"
        "trastuzumab|rituximab|nivolumab|pembrolizumab|atezolizumab|ipilimumab|adalimumab|infliximab|etanercept|"
        "tocilizumab|secukinumab|ustekinumab|omeprazole|pantoprazole|esomeprazole|lansoprazole|amoxicillin|"
        "azithromycin|clarithromycin|ciprofloxacin|levofloxacin|vancomycin|linezolid|remdesivir|favipiravir|"
        "lopinavir|oseltamivir|sofosbuvir|molnupiravir|hydroxychloroquine|ivermectin|fluticasone|budesonide|"
        "salmeterol|formoterol|tiotropium|montelukast|gabapentin|pregabalin|lamotrigine|levetiracetam|valproate|"
        "carbamazepine|topiramate|zoledronate|alendronate|denosumab|propofol|sevoflurane|desflurane|isoflurane|"
        "bupivacaine|ropivacaine|lidocaine|dexmedetomidine|midazolam"
    ),
    "exercise": (
        "yoga|pilates|walking|swimming|cycling|running|rowing|football|soccer|basketball|volleyball|handball|tennis|"
        "rugby"
    ),
    "subject": "mathematics|physics|chemistry|biology|geography|history|music|philosophy|economics",
    "philosopher": (
        "plato|aristotle|augustine|aquinas|descartes|spinoza|leibniz|locke|hume|kant|hegel|schopenhauer|nietzsche|"
        "husserl|heidegger|wittgenstein|sartre"
    ),
    "religion": "christian christianity|muslim islam islamic|jewish judaism|hindu hinduism|buddhist buddhism",
    "platform": "twitter|facebook|reddit|youtube|wikipedia|instagram|tiktok|whatsapp|weibo",
    "programming language": "java|python|javascript|fortran|haskell|prolog|matlab",
    "heavenly body": "mercury|venus|mars|jupiter|saturn|uranus|neptune|pluto|titan",
    "particle": "proton|neutron|electron|photon|muon|kaon|pion|neutrino",
    "hormone": "estrogen oestrogen|progesterone|testosterone|cortisol|leptin|ghrelin|oxytocin|prolactin|melatonin",
    "operation": (
        "appendectomy|cholecystectomy|hysterectomy|nephrectomy|prostatectomy|mastectomy|gastrectomy|colectomy|"
        "thyroidectomy|tonsillectomy|vitrectomy|phacoemulsification|trabeculectomy|keratoplasty|hepatectomy|"
        "pancreatectomy|esophagectomy"
    ),
    "treatment": (
        "acupuncture|massage|hypnosis|meditation|aromatherapy|radiotherapy|chemotherapy|immunotherapy|psychotherapy"
    ),
    "office": "treasurer|secretary|president|chair chairman chairperson|director|editor",
    "writer": (
        "homer|virgil|dante|chaucer|cervantes|shakespeare|milton|goethe|schiller|byron|pushkin|dickens|flaubert|"
        "tolstoy|dostoevsky|chekhov|proust|kafka|joyce|woolf|beckett|borges"
    ),
    "composer": (
        "bach|handel|haydn|mozart|beethoven|schubert|chopin|schumann|wagner|verdi|brahms|mahler|debussy|stravinsky"
    ),
    "colour": "red|green|blue|yellow|brown|purple",
    "weekday": "monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    "time of day": "morning|afternoon|evening|night",
    "direction": "north|south|east|west",
    "equation": "elliptic|parabolic|hyperbolic",
}  # fmt: skip

# Of each kind the names of its things, in their first form.
NAMES = tuple([forms.split()[0] for forms in written.split("|")] for written in KINDS.values())
# The number of every word, with and without an "s": the forms of one thing have one, and the things of one kind are in
# one thousand.
PER_KIND = 1000
_NUMBERS = {
    word: PER_KIND * kind + thing
    for kind, written in enumerate(KINDS.values(), start=1)
    for thing, forms in enumerate(written.split("|"))
    for word in forms.split()
}
NUMBERS = {f"{word}s": number for word, number in _NUMBERS.items()} | _NUMBERS


def named(words: Sequence[str]) -> dict[int, str]:
    """The things among the words of a folded title, by number, each as its first word there says it."""
    return {NUMBERS[word]: word for word in reversed(words) if word in NUMBERS}
