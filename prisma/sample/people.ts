import { notSpecified } from "@/lib/database/not-given";
import type { Language } from "./messages";
import type { Random } from "./random";

type People = { given: string[]; family: string[]; familyFirst?: boolean; companies: string[]; domains: string[] };

const people: Record<Language, People> = {
  en: {
    given: [
      "Emma",
      "Oliver",
      "Priya",
      "James",
      "Aisha",
      "Daniel",
      "Grace",
      "Liam",
      "Chloe",
      "Noah",
      "Zanele",
      "Hannah",
      "Ravi",
      "Siobhán",
      "Marcus",
      "Ruth",
      "Kwame",
      "Ellen",
      "Theo",
      "Ivy",
    ],
    family: [
      "Walker",
      "Hughes",
      "Patel",
      "O'Brien",
      "Okafor",
      "Bennett",
      "Clarke",
      "Nguyen",
      "Morgan",
      "Reid",
      "Sharma",
      "Foster",
      "Kaur",
      "Doyle",
      "Mbeki",
      "Lindqvist",
      "Harper",
      "Stone",
      "Ellis",
      "Ward",
    ],
    companies: [
      "Northlight Ltd",
      "Harbour & Finch",
      "Brightwell Logistics",
      "Oakridge Dental Group",
      "Summit Outdoor Co.",
      "Pinegate Insurance",
      "Fernhill Foods",
      "Cobalt Instruments",
      "Marlow Publishing",
      "Riverside Clinics",
      "Tidewater Energy",
      "Greyfriars School",
    ],
    domains: ["example.com", "example.org", "example.net", "northlight.example", "brightwell.example", "mail.example"],
  },
  de: {
    given: [
      "Anna",
      "Lukas",
      "Jürgen",
      "Sophie",
      "Björn",
      "Katharina",
      "Mehmet",
      "Claudia",
      "Felix",
      "Ayşe",
      "Heike",
      "Jonas",
    ],
    family: [
      "Müller",
      "Schmidt",
      "Großmann",
      "Weber",
      "Yılmaz",
      "Schäfer",
      "Becker",
      "Hoffmann",
      "Krüger",
      "Zimmermann",
      "Voß",
      "Lehmann",
    ],
    companies: [
      "Nordwind Maschinenbau GmbH",
      "Stadtwerke Lindenau",
      "Bäckerei Krüger KG",
      "Rhein-Logistik AG",
      "Praxisklinik am Park",
      "Feinwerk Messtechnik GmbH & Co. KG",
      "Alpenblick Reisen",
    ],
    domains: ["example.de", "nordwind.example", "feinwerk.example", "post.example"],
  },
  fr: {
    given: ["Camille", "Léa", "Thomas", "Hélène", "Mathieu", "Zoé", "François", "Inès"],
    family: ["Dubois", "Lefèvre", "Moreau", "Garçon", "Petit", "Benali", "Rousseau", "Faure"],
    companies: ["Ateliers du Lac SARL", "Groupe Beaumont", "Librairie des Quais", "Transports Morel"],
    domains: ["example.fr", "beaumont.example"],
  },
  es: {
    given: ["Lucía", "Javier", "María José", "Andrés", "Nuria", "Íñigo", "Valentina", "Diego"],
    family: ["García", "Muñoz", "Fernández", "Ibáñez", "Castro", "Peña", "Ruiz", "Ortega"],
    companies: ["Bodegas del Norte S.L.", "Clínica Miramar", "Transportes Ebro", "Editorial Olivo"],
    domains: ["example.es", "miramar.example"],
  },
  ja: {
    given: ["太郎", "花子", "健一", "美咲", "翔太", "由紀"],
    family: ["山田", "佐藤", "鈴木", "高橋", "田中", "渡辺"],
    familyFirst: true,
    companies: ["山田製作所", "株式会社みらいデータ", "東京物流株式会社", "さくら医療センター"],
    domains: ["example.jp", "mirai.example"],
  },
  pt: {
    given: ["João", "Beatriz", "Tiago", "Conceição", "Rafael", "Inês"],
    family: ["Silva", "Gonçalves", "Araújo", "Ferreira", "Simões", "Magalhães"],
    companies: ["Porto Azul Lda.", "Construções Simões", "Mercado da Ribeira"],
    domains: ["example.pt", "portoazul.example"],
  },
  it: {
    given: ["Giulia", "Marco", "Chiara", "Niccolò", "Elena", "Davide"],
    family: ["Rossi", "Bianchi", "D'Angelo", "Ferrari", "Colombo", "Greco"],
    companies: ["Officine Bellini S.r.l.", "Cantina del Sole", "Studio Greco"],
    domains: ["example.it", "bellini.example"],
  },
  ar: {
    given: ["ليلى", "أحمد", "سارة", "يوسف", "مريم"],
    family: ["حداد", "الخطيب", "منصور", "عباس", "النجار"],
    companies: ["شركة الأفق للتقنية", "مجموعة النخيل"],
    domains: ["example.org", "ofoq.example"],
  },
};

/** Names in the address: ASCII letters only, as most mailboxes have them; names without any get a neutral word. */
function mailbox(given: string, family: string, random: Random): string {
  const plain = (text: string) =>
    text
      .replace(/ß/g, "ss")
      .replace(/ı/g, "i")
      .normalize("NFD")
      .replace(/[^A-Za-z]/g, "")
      .toLowerCase();
  const [first, last] = [plain(given), plain(family)];
  if (first === "" || last === "")
    return `${random.pick(["info", "contact", "office", "sales"])}${random.integer(1, 999)}`;
  return random.weighted([
    [`${first}.${last}`, 5],
    [`${first.charAt(0)}.${last}`, 3],
    [`${first}${random.integer(1, 99)}`, 2],
    [`${last}`, 1],
  ]);
}

/** Somebody who writes in the given language: name, address and employer (the website leaves blanks in three ways). */
export function samplePerson(
  language: Language,
  random: Random,
): { name: string; email: string; company: string | null } {
  const from = people[language];
  const given = random.pick(from.given);
  const family = random.pick(from.family);
  const double = language !== "ja" && random.chance(0.04) ? `${family}-${random.pick(from.family)}` : family;
  const name = from.familyFirst ? `${family} ${given}` : `${given} ${double}`;
  const company = random.weighted<string | null>([
    [random.pick(from.companies), 66],
    [null, 14],
    ["", 10],
    [notSpecified, 10],
  ]);
  return { name, email: `${mailbox(given, double, random)}@${random.pick(from.domains)}`, company };
}
