#include "note/lexicon.h"

#include <unordered_map>
#include <unordered_set>

namespace chartside::note {
namespace {

using Set = std::unordered_set<std::string_view>;

const Set& generics()
{
    static const Set set = {
        "acetaminophen", "acyclovir", "albuterol", "alendronate", "allopurinol", "alprazolam", "amiodarone", "amitriptyline",
        "amlodipine", "amoxicillin", "amphetamine", "apixaban", "aripiprazole", "aspirin", "atenolol", "atorvastatin", "azathioprine",
        "azithromycin", "baclofen", "benazepril", "benzonatate", "bisoprolol", "budesonide", "bupropion", "buspirone",
        "canagliflozin", "candesartan", "captopril", "carbamazepine", "carboplatin", "carvedilol", "cefdinir", "ceftriaxone",
        "celecoxib", "cephalexin", "cetirizine", "chlorthalidone", "ciprofloxacin", "cisplatin", "citalopram", "clarithromycin",
        "clindamycin", "clonazepam", "clonidine", "clopidogrel", "clotrimazole", "codeine", "colace", "colchicine", "cortisone",
        "cyclobenzaprine", "dapagliflozin", "dexamethasone", "diazepam", "diclofenac", "dicyclomine", "digoxin", "diltiazem",
        "diphenhydramine", "docusate", "donepezil", "doxazosin", "doxycycline", "dulaglutide", "duloxetine", "empagliflozin",
        "enalapril", "enoxaparin", "epinephrine", "erythromycin", "escitalopram", "esomeprazole", "estradiol", "estrogen",
        "eszopiclone", "etanercept", "ezetimibe", "famotidine", "fenofibrate", "fentanyl", "fexofenadine", "finasteride",
        "fluconazole", "fluoxetine", "fluticasone", "folate", "furosemide", "gabapentin", "glimepiride", "glipizide", "glyburide",
        "guaifenesin", "haloperidol", "heparin", "hydralazine", "hydrochlorothiazide", "hydrocodone", "hydrocortisone",
        "hydromorphone", "hydroxychloroquine", "hydroxyzine", "ibuprofen", "indomethacin", "infliximab", "insulin", "ipratropium",
        "irbesartan", "isosorbide", "ivermectin", "ketoconazole", "ketorolac", "labetalol", "lamotrigine", "lansoprazole",
        "latanoprost", "letrozole", "levetiracetam", "levofloxacin", "levothyroxine", "lidocaine", "linagliptin", "liraglutide",
        "lisinopril", "lithium", "loperamide", "loratadine", "lorazepam", "losartan", "lovastatin", "meclizine", "melatonin",
        "meloxicam", "memantine", "metformin", "methadone", "methimazole", "methocarbamol", "methotrexate", "methylphenidate",
        "methylprednisolone", "metoclopramide", "metolazone", "metoprolol", "metronidazole", "mirtazapine", "montelukast", "morphine",
        "mupirocin", "nabumetone", "naloxone", "naltrexone", "naproxen", "nicotine", "nifedipine", "nitrofurantoin", "nitroglycerin",
        "norethindrone", "nortriptyline", "nystatin", "olanzapine", "olmesartan", "omeprazole", "ondansetron", "oseltamivir",
        "oxybutynin", "oxycodone", "paclitaxel", "pantoprazole", "paracetamol", "paroxetine", "penicillin", "permethrin", "phenytoin",
        "pioglitazone", "polymyxin", "pramipexole", "pravastatin", "prazosin", "prednisolone", "prednisone", "pregabalin",
        "prochlorperazine", "progesterone", "promethazine", "propranolol", "pseudoephedrine", "quetiapine", "quinapril", "rabeprazole",
        "ramipril", "ranitidine", "ranolazine", "risperidone", "rivaroxaban", "rizatriptan", "ropinirole", "rosuvastatin",
        "sacubitril", "semaglutide", "sertraline", "sildenafil", "simvastatin", "sitagliptin", "solifenacin", "spironolactone",
        "sucralfate", "sulfamethoxazole", "sumatriptan", "tadalafil", "tamoxifen", "tamsulosin", "temazepam", "terazosin",
        "terbinafine", "testosterone", "ticagrelor", "timolol", "tiotropium", "tirzepatide", "tizanidine", "tolterodine", "topiramate",
        "torsemide", "tramadol", "trazodone", "tretinoin", "triamcinolone", "triamterene", "trimethoprim", "valacyclovir", "valproate",
        "valsartan", "vancomycin", "varenicline", "venlafaxine", "verapamil", "warfarin", "zolpidem", "benzoyl", "adapalene",
        "minoxidil", "mesalamine", "adalimumab", "etoposide", "pembrolizumab", "bevacizumab", "rituximab", "cyclosporine", "tacrolimus",
        "clomid", "leuprolide", "anastrozole", "hyaluronic", "senna", "psyllium", "simethicone", "bismuth", "lactulose"};
    return set;
}

const Set& brands()
{
    static const Set set = {
        "abilify", "accutane", "adderall", "advair", "advil", "aldactone", "aleve", "allegra", "ambien", "ativan", "augmentin",
        "bactrim", "belviq", "benadryl", "bentyl", "botox", "brilinta", "bumex", "celebrex", "celexa", "chantix", "cialis", "cipro",
        "claritin", "coreg", "coumadin", "cozaar", "crestor", "cymbalta", "depakote", "dilantin", "diovan", "effexor", "eliquis",
        "enbrel", "entresto", "epiduo", "epipen", "excedrin", "farxiga", "flagyl", "flexeril", "flomax", "flonase", "flovent",
        "fosamax", "glucophage", "glucotrol", "humalog", "humira", "imdur", "imitrex", "imodium", "janumet", "januvia", "jardiance",
        "keflex", "kenalog", "keppra", "keytruda", "klonopin", "lamictal", "lantus", "lasix", "levaquin", "lexapro", "lipitor",
        "lopressor", "lortab", "lotrimin", "lunesta", "lyrica", "macrobid", "medrol", "metamucil", "microgestin", "miralax", "mobic",
        "motrin", "mounjaro", "mucinex", "naprosyn", "neurontin", "nexium", "norco", "norvasc", "novolog", "ozempic", "paxil",
        "pepcid", "percocet", "phexxi", "plaquenil", "plavix", "pravachol", "prilosec", "prolia", "protonix", "prozac", "pulmicort",
        "remicade", "requip", "ritalin", "robaxin", "robitussin", "rocephin", "seroquel", "singulair", "spiriva", "suboxone", "sudafed",
        "symbicort", "synthroid", "synvisc", "tamiflu", "taxol", "tessalon", "topamax", "toprol", "toradol", "trulicity", "tums", "tylenol",
        "ultram", "unithroid", "valium", "valtrex", "ventolin", "viagra", "vicodin", "victoza", "voltaren", "wellbutrin", "xanax",
        "zantac", "zestril", "zithromax", "zocor", "zofran", "zoloft", "zyprexa", "zyrtec", "wegovy", "nyquil", "dayquil", "theraflu", "z-pak"};
    return set;
}

} // namespace

bool is_drug_brand(std::string_view lower) { return brands().contains(lower); }
bool is_drug(std::string_view lower) { return generics().contains(lower) || brands().contains(lower); }

bool is_drug_class(std::string_view lower)
{
    static const Set set = {
        "antibiotic", "antibiotics", "inhaler", "inhalers", "steroid", "steroids", "statin", "statins", "diuretic", "diuretics",
        "antidepressant", "antidepressants", "anti-inflammatory", "anti-inflammatories", "nsaids", "supplement", "supplements",
        "vitamin", "vitamins", "medication", "medications", "medicine", "medicines", "painkiller", "painkillers", "beta-blocker",
        "antihistamine", "antihistamines", "ointment", "cream", "nebulizer", "immunotherapy", "chemotherapy", "chemo", "injection",
        "injections", "prescription", "prescriptions", "pills", "narcotics", "opioids", "dose", "doses", "laxative", "contraception", "contraceptive"};
    return set.contains(lower);
}

bool is_symptom(std::string_view lower)
{
    static const Set set = {
        "pain", "pains", "ache", "aches", "aching", "achy", "hurt", "hurts", "hurting", "sore", "soreness", "tender", "tenderness", "burning",
        "swelling", "swollen", "redness", "red", "bruising", "numb", "numbness", "tingling", "tingle", "weakness", "weak", "stiff",
        "stiffness", "locking", "clicking", "popping", "cramping", "cramps", "spasm", "spasms", "fever", "fevers", "chills", "sweats",
        "sweating", "fatigue", "fatigued", "tired", "tiredness", "exhausted", "dizzy", "dizziness", "lightheaded", "lightheadedness",
        "headache", "headaches", "migraine", "migraines", "nausea", "nauseous", "vomiting", "vomit", "vomited", "diarrhea", "constipation", "constipated",
        "bloating", "heartburn", "reflux", "cough", "coughing", "wheezing", "wheeze", "breath", "breathing", "dyspnea", "palpitations",
        "fainting", "passed", "syncope", "rash", "itching", "itchy", "hives", "congestion", "congested", "runny", "sneezing", "discharge",
        "bleeding", "blood", "bloody", "urinating", "urination", "urinate", "incontinence", "thirst", "thirsty", "hunger", "appetite",
        "weight", "insomnia", "snoring", "snore", "anxious", "anxiety", "depressed", "depression", "suicidal", "vision", "blurry", "blurred", "hearing", "ringing",
        "sputum", "phlegm", "mucus", "hoarse", "swallowing", "throat", "seizure", "seizures", "tremor", "tremors", "falls", "fell", "limp",
        "limping", "lump", "lumps", "mole", "sores", "ulcers", "stools", "stool", "tarry", "black", "stressed", "throbbing", "throb", "pressure",
        "tightness", "nosebleeds", "hot", "flashes", "acne", "infection", "infections", "jaundice", "cold", "sick", "ill"};
    return set.contains(lower);
}

bool is_condition(std::string_view lower)
{
    static const Set set = {
        "diabetes", "hypertension", "hyperlipidemia", "cholesterol", "asthma", "copd", "gerd", "reflux", "arthritis", "osteoarthritis",
        "osteoporosis", "gout", "cancer", "lymphoma", "leukemia", "stroke", "anemia", "depression", "anxiety", "hypothyroidism",
        "hyperthyroidism", "thyroid", "migraine", "migraines", "epilepsy", "seizures", "pneumonia", "bronchitis", "sinusitis", "infection",
        "uti", "stones", "diverticulitis", "diverticulosis", "hepatitis", "cirrhosis", "colitis", "ulcer", "ulcers", "hernia",
        "fracture", "sprain", "strain", "tear", "meniscus", "tendinitis", "tendonitis", "tendinopathy", "bursitis", "impingement", "sciatica", "stenosis",
        "radiculopathy", "neuropathy", "scoliosis", "fibromyalgia", "lupus", "psoriasis", "eczema", "dermatitis", "acne", "melanoma",
        "covid", "flu", "influenza", "strep", "apnea", "afib", "fibrillation", "failure", "murmur", "embolism", "thrombosis", "aneurysm",
        "obesity", "dementia", "alzheimer's", "parkinson's", "bipolar", "schizophrenia", "adhd", "ptsd", "endometriosis", "fibroids",
        "menopause", "pregnancy", "pregnant", "cataract", "cataracts", "glaucoma", "retinopathy", "nephropathy", "kidney", "crohn's",
        "celiac", "allergies", "allergy", "rhinitis", "vertigo", "concussion", "contusion", "epicondylitis", "fasciitis", "carpal",
        "prediabetes", "deficiency", "syndrome", "disease", "disorder", "gastritis", "pancreatitis", "gallstones", "cholecystitis",
        "appendicitis", "hemorrhoids", "insomnia", "edema", "effusion", "heart attack", "lymphedema", "cellulitis", "abscess", "hypotension", "tachycardia", "arrhythmia"};
    return set.contains(lower);
}

bool is_family_member(std::string_view lower)
{
    static const Set set = {"mother", "father", "mom", "dad", "brother", "sister", "brothers", "sisters", "grandmother", "grandfather",
                            "grandma", "grandpa", "aunt", "uncle", "cousin", "parents", "sibling", "siblings", "family", "son",
                            "daughter", "mother's", "father's", "mom's", "dad's", "grandparents"};
    return set.contains(lower);
}

bool is_test(std::string_view lower)
{
    static const Set set = {
        "x-ray", "x-rays", "xray", "mri", "ct", "ultrasound", "echocardiogram", "echo", "ekg", "ecg", "cbc", "a1c", "hemoglobin",
        "lipid", "panel", "cholesterol", "tsh", "creatinine", "glucose", "labs", "lab", "bloodwork", "biopsy", "colonoscopy",
        "endoscopy", "mammogram", "scan", "urinalysis", "urine", "culture", "test", "tests", "pap", "emg", "spirometry", "pfts",
        "bun", "potassium", "sodium", "ldl", "hdl", "triglycerides", "ferritin", "platelets", "hematocrit", "stress", "holter",
        "angiogram", "doppler", "psa", "swab", "titer", "microalbumin", "imaging", "uric", "sugar", "sugars", "profile"};
    return set.contains(lower);
}

std::string_view exam_label(std::string_view lower)
{
    static const std::unordered_map<std::string_view, std::string_view> table = {
        {"heart", "Heart"}, {"lungs", "Lungs"}, {"lung", "Lungs"}, {"chest", "Chest"}, {"abdomen", "Abdomen"}, {"belly", "Abdomen"},
        {"abdominal", "Abdomen"}, {"neck", "Neck"}, {"throat", "Throat"}, {"ears", "Ears"}, {"ear", "Ears"}, {"nose", "Nose"},
        {"eyes", "Eyes"}, {"eye", "Eyes"}, {"pupils", "Eyes"}, {"skin", "Skin"}, {"back", "Back"}, {"spine", "Spine"},
        {"knee", "Knee"}, {"knees", "Knees"}, {"shoulder", "Shoulder"}, {"shoulders", "Shoulders"}, {"elbow", "Elbow"},
        {"wrist", "Wrist"}, {"hand", "Hand"}, {"hands", "Hands"}, {"finger", "Finger"}, {"fingers", "Fingers"}, {"hip", "Hip"},
        {"hips", "Hips"}, {"ankle", "Ankle"}, {"ankles", "Ankles"}, {"foot", "Foot"}, {"feet", "Feet"}, {"toe", "Toe"}, {"toes", "Toes"},
        {"leg", "Leg"}, {"legs", "Legs"}, {"calf", "Calf"}, {"extremities", "Extremities"}, {"extremity", "Extremities"},
        {"thyroid", "Thyroid"}, {"sinuses", "Sinuses"}, {"sinus", "Sinuses"}, {"lymph", "Lymph nodes"}, {"nodes", "Lymph nodes"},
        {"gait", "Gait"}, {"strength", "Strength"}, {"reflexes", "Reflexes"}, {"sensation", "Sensation"}, {"pulses", "Pulses"},
        {"coordination", "Coordination"}, {"face", "Face"}, {"discs", "Fundi"}, {"tongue", "Mouth"}, {"mouth", "Mouth"}, {"tonsils", "Throat"},
        {"arm", "Arm"}, {"arms", "Arms"}, {"forearm", "Forearm"}, {"thumb", "Thumb"}, {"scalp", "Scalp"}, {"breast", "Breast"},
        {"breasts", "Breasts"}, {"carotid", "Neck"}, {"carotids", "Neck"}, {"neurological", "Neurological"}, {"neuro", "Neurological"}, {"motor", "Motor"},
        {"liver", "Abdomen"}, {"spleen", "Abdomen"}, {"ligaments", "Ligaments"}, {"flexion", "Range of motion"}, {"extension", "Range of motion"}, {"wound", "Wound"}, {"incision", "Incision"}};
    auto found = table.find(lower);
    return found == table.end() ? std::string_view() : found->second;
}

bool is_vital_sign(std::string_view lower)
{
    static const Set set = {"vitals", "vital", "temperature", "pulse", "oxygen", "saturation", "respiratory", "respirations", "bmi"};
    return set.contains(lower);
}

bool is_laterality(std::string_view lower)
{
    return lower == "left" || lower == "right" || lower == "bilateral" || lower == "bilaterally";
}

} // namespace chartside::note
