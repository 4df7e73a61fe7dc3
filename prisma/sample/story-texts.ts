import type { SampleDocument } from "./documents";
import type { Language } from "./messages";

export type StoryDocument = Pick<SampleDocument, "filename" | "extension" | "tags" | "chapters" | "rows"> & {
  kind: string;
  /** From 0 to 1. */
  complexity: number;
};

export type Story = {
  name: string;
  email: string;
  company: string;
  service: string;
  budget: string;
  language: Language;
  source?: string;
  message: string;
  documents: StoryDocument[];
  /** What the person noted who has it in review; without it, the contact is new. */
  note?: string;
};

/** The stories, the longest waiting first. A PDF can hold only Latin letters. */
export const stories: Story[] = [
  {
    name: "Helene Aagaard",
    email: "helene.aagaard@fjordline.example",
    company: "Fjordline Cruises",
    service: "Cloud Architecture",
    budget: "$50,000 - $100,000",
    language: "en",
    message: `Hello,

our booking system runs on two rented servers in Bergen. On 12 January, when the summer tickets went on sale, both were full after nine minutes and we sold nothing until the evening. Next January that must not happen again.

We would like to move to the cloud before then, with no more than one hour without bookings. The requirements, a drawing of what we run today and what it costs us are attached. Point 3 of the requirements (payments) is the one our board will ask about first.

Could we have a call with your architect next week? Tuesday or Thursday suits us best.

Kind regards
Helene Aagaard`,
    documents: [
      {
        filename: "Requirements booking system.pdf",
        extension: "pdf",
        kind: "requirements",
        tags: ["scope", "requirements"],
        complexity: 0.78,
        chapters: [
          [
            "1. What happened on 12 January",
            "Tickets for summer went on sale at 09:00. At 09:09 both servers were full. 14,200 people waited; about 3,000 of them called us. Sales began again at 17:40.",
          ],
          [
            "2. What we need",
            "On the first day of sale: 20,000 people at once, 400 bookings a minute. On any other day a tenth of that, and the bill should show it.",
          ],
          [
            "3. Payments",
            "A booking that is paid must never be lost, and never be charged twice. If the payment provider does not answer, the seat is held for 15 minutes.",
          ],
          [
            "4. The move",
            "One hour without bookings at most, at night, not in the week before a departure. Until spring we want to be able to go back.",
          ],
          [
            "5. Where the data is",
            "In the European Union or in Norway. Passport numbers are deleted 30 days after the journey, backups included.",
          ],
          ["6. Dates", "Decision by the end of next month. Everything must run four weeks before tickets go on sale."],
        ],
      },
      { filename: "current setup.png", extension: "png", kind: "diagram", tags: ["architecture"], complexity: 0.61 },
      {
        filename: "Cost overview.xlsx",
        extension: "xlsx",
        kind: "spreadsheet",
        tags: ["budget"],
        complexity: 0.34,
        rows: [
          ["What", "EUR a month", "Since"],
          ["Two servers, Bergen", 2_140, "2019"],
          ["Backups", 310, "2021"],
          ["Payment provider, fixed part", 480, "2020"],
          ["On call, outside office hours", 1_900, "2022"],
          ["Total", 4_830, ""],
        ],
      },
    ],
  },
  {
    name: "Jonas Pfeiffer",
    email: "j.pfeiffer@sw-lauenfeld.example",
    company: "Stadtwerke Lauenfeld",
    service: "Data Engineering",
    budget: "$10,000 - $50,000",
    language: "de",
    message: `Guten Tag,

seit der Umstellung auf Funkzähler bekommen wir alle 15 Minuten Werte von 8.400 Zählern. Unser nächtlicher Abgleich braucht dafür inzwischen elf Stunden und ist morgens um sieben noch nicht fertig. Die Abrechnung arbeitet dann mit den Zahlen von vorgestern.

Im Anhang finden Sie das Lastenheft und die Laufzeiten der letzten sechs Monate. Wichtig ist uns, dass die Abrechnung selbst nicht angefasst wird.

Können Sie uns bis Ende des Monats eine grobe Schätzung nennen?

Mit freundlichen Grüßen
Jonas Pfeiffer`,
    documents: [
      {
        filename: "Lastenheft Zählerdaten.pdf",
        extension: "pdf",
        kind: "requirements",
        tags: ["requirements"],
        complexity: 0.66,
        chapters: [
          [
            "1. Ausgangslage",
            "8.400 Zähler senden alle 15 Minuten, das sind rund 806.000 Werte am Tag. Der Abgleich liest jede Nacht alle Werte des Monats neu.",
          ],
          [
            "2. Ziel",
            "Der Abgleich ist um fünf Uhr fertig. Werte, die verspätet eintreffen, werden nachgetragen, ohne dass alles neu gelesen wird.",
          ],
          [
            "3. Grenzen",
            "Die Abrechnung bleibt, wie sie ist: dieselben Tabellen, dieselben Spalten. Personenbezogene Daten bleiben in unserem Haus.",
          ],
          [
            "4. Abnahme",
            "Drei Monate lang laufen alt und neu nebeneinander. Die Summen müssen auf die Kilowattstunde gleich sein.",
          ],
        ],
      },
      {
        filename: "Laufzeiten.xlsx",
        extension: "xlsx",
        kind: "spreadsheet",
        tags: ["figures"],
        complexity: 0.29,
        rows: [
          ["Monat", "Zähler", "Laufzeit in Stunden"],
          ["Mai", 3_100, 3.5],
          ["Juni", 4_400, 5],
          ["Juli", 5_600, 6.5],
          ["August", 6_700, 8.2],
          ["September", 7_800, 9.8],
          ["Oktober", 8_400, 11],
        ],
      },
    ],
  },
  {
    name: "Amara Okafor",
    email: "amara@kiteandladder.example",
    company: "Kite & Ladder",
    service: "Web Development",
    budget: "$10,000 - $50,000",
    language: "en",
    source: "referral",
    message: `Hi there,

we sell climbing holds to gyms. Four out of ten people who put something into the basket leave at the step where they choose a delivery date, and on phones it is six out of ten. I attach a picture of that step and the notes from watching five customers try it.

We do not want a new shop. We want this one step to work, on a phone, with one thumb. Is that something you would take on, and roughly for how much?

Thank you!
Amara`,
    documents: [
      { filename: "delivery step.png", extension: "png", kind: "screenshot", tags: ["website"], complexity: 0.22 },
      {
        filename: "notes from five customers.txt",
        extension: "txt",
        kind: "notes",
        tags: [],
        complexity: 0.31,
        chapters: [
          ["Customer 1, phone", "Opened the calendar, could not find the next month, closed the page."],
          [
            "Customer 2, phone",
            "Chose a Sunday. The message that Sundays are not possible was below the keyboard. She did not see it.",
          ],
          [
            "Customer 3, desktop",
            "No trouble, but asked why the price of delivery comes after the date and not with it.",
          ],
          ["Customer 4, phone", "Pressed Back to change the address. The basket was empty. He gave up."],
          ["Customer 5, tablet", "Done in two minutes. Would have liked to pick a time of day."],
        ],
      },
    ],
    note: "Recommended by Harrow Mutual. Called her: the shop itself stays, only the delivery step is wanted.",
  },
  {
    name: "Elias Brandl",
    email: "e.brandl@klinik-hohenau.example",
    company: "Klinik Hohenau",
    service: "Security Review",
    budget: "$10,000 - $50,000",
    language: "en",
    message: `Dear team,

from March on, general practitioners in the region will send us referrals through our own interface. Before we open it, we would like somebody from outside to look at how they sign in, and at who can see which patient.

The document describes the interface as it is built today; the drawing shows where it stands in our network. There are no patient data in either. We would need your findings by the end of January to have a month for mending.

Please tell us as well what you need from us, and whether you come to us or work from afar.

Best wishes
Dr. Elias Brandl, IT security`,
    documents: [
      {
        filename: "Referral interface.docx",
        extension: "docx",
        kind: "requirements",
        tags: ["requirements", "confidential"],
        complexity: 0.72,
        chapters: [
          [
            "Who may sign in",
            "About 180 practices. Each has one key, which its system keeps. People in the practice have no accounts with us.",
          ],
          [
            "What they may see",
            "Their own referrals, and what we answered. A practice must never learn that a patient was referred by another one.",
          ],
          ["What is recorded", "Each request with the practice, the time and the kind of answer, for 24 months."],
          [
            "What worries us",
            "Keys that are copied to a second computer, and practices that merge: whose are the referrals then?",
          ],
        ],
      },
      { filename: "network diagram.png", extension: "png", kind: "diagram", tags: ["network"], complexity: 0.58 },
    ],
  },
  {
    name: "Claire Dubois",
    email: "claire.dubois@atelier-vauban.example",
    company: "Atelier Vauban",
    service: "Training",
    budget: "$5,000 - $10,000",
    language: "fr",
    message: `Bonjour,

nous sommes huit développeurs et nous utilisons PostgreSQL depuis trois ans sans l'avoir vraiment appris. Les requêtes marchent, mais dès qu'une page devient lente, nous ajoutons un index au hasard et nous espérons.

Nous aimerions deux jours de formation dans nos locaux à Lyon, avec nos propres requêtes plutôt que des exemples :

- lire un plan d'exécution, et savoir quoi en faire ;
- choisir un index, et savoir quand n'en créer aucun ;
- comprendre les verrous : deux fois ce mois-ci, une migration a bloqué le site pendant dix minutes ;
- les sauvegardes, et surtout la restauration, que personne n'a encore essayée.

Est-ce possible en janvier ou en février ? La moitié du groupe préfère le français, mais l'anglais convient aussi.

Cordialement
Claire Dubois`,
    documents: [],
  },
  {
    name: "中川 晴人",
    email: "nakagawa@nakagawa-seiki.example",
    company: "中川精機株式会社",
    service: "Data Engineering",
    budget: "$10,000 - $50,000",
    language: "ja",
    message: `お世話になっております。中川精機の中川と申します。

当社では工作機械300台の稼働データを5秒ごとに記録しておりますが、受注データとは別のデータベースにあるため、納期の見込みを毎朝手作業で計算しています。

二つのデータを合わせて、機械ごとの負荷と納期を一つの画面で見られるようにしたいと考えております。要件は添付の資料にまとめました。まずは概算と期間を教えていただけますでしょうか。

どうぞよろしくお願いいたします。`,
    documents: [
      {
        filename: "要件定義書.docx",
        extension: "docx",
        kind: "requirements",
        tags: ["requirements"],
        complexity: 0.64,
        chapters: [
          [
            "1. 現状",
            "工作機械は300台。稼働データは5秒ごとに記録し、保存期間は2年です。受注データは別のデータベースにあります。",
          ],
          ["2. 目的", "機械ごとの負荷と、受注ごとの納期の見込みを、毎朝7時までに一つの画面で確認できるようにします。"],
          ["3. 条件", "データは社内に置きます。機械の制御装置には手を加えません。"],
          ["4. 予定", "来年4月の稼働開始を希望します。"],
        ],
      },
    ],
  },
  {
    name: "Owen Blackwood",
    email: "owen.blackwood@harrowmutual.example",
    company: "Harrow Mutual",
    service: "DevOps Consulting",
    budget: "> $100,000",
    language: "en",
    message: `Good morning,

please find attached our request for proposals and the framework contract that would apply. In short: 34 services, releases every second Thursday that keep eleven people busy until midnight, and an auditor who wants to see who approved what.

Proposals are due in three weeks. Questions are welcome until the end of next week; answers go to all who were invited. Section 4 says how we compare offers, and the lowest price is not what decides.

Would you confirm that you received this, and whether you intend to take part?

Regards
Owen Blackwood, procurement`,
    documents: [
      {
        filename: "RFP release process.pdf",
        extension: "pdf",
        kind: "requirements",
        tags: ["scope", "requirements"],
        complexity: 0.84,
        chapters: [
          [
            "1. Today",
            "34 services, one release every second Thursday, eleven people until midnight. In the last year 7 of 26 releases were taken back.",
          ],
          [
            "2. What we want",
            "Any service can be released on any working day before 15:00, by two people, within one hour, and taken back within ten minutes.",
          ],
          [
            "3. Who approved what",
            "For each release: who wrote, who reviewed, who approved, and which tests ran. Kept for seven years, and readable without the tool that wrote it.",
          ],
          [
            "4. How offers are compared",
            "Approach 40 %, people 30 %, price 20 %, references 10 %. Offers that replace all 34 services at once are not considered.",
          ],
          [
            "5. Dates",
            "Questions until the end of next week. Proposals two weeks later. Talks with three bidders in the week after that.",
          ],
        ],
      },
      {
        filename: "framework contract.docx",
        extension: "docx",
        kind: "contract",
        tags: ["legal"],
        complexity: 0.57,
        chapters: [
          [
            "1. Subject",
            "The contractor advises and supports Harrow Mutual. Each piece of work is ordered in writing.",
          ],
          ["2. Payment", "Within 30 days. Travel is paid as it was spent, second class."],
          ["3. Confidence", "Both sides keep secret what they learn, for five years after the end."],
          ["4. End", "Either side may end the contract with three months' notice."],
        ],
      },
    ],
    note: "Deadline in three weeks. Asked Milo whether we take part before anybody answers.",
  },
  {
    name: "Sofia Ribeiro",
    email: "sofia@casadastintas.example",
    company: "Casa das Tintas",
    service: "Dashboards",
    budget: "$5,000 - $10,000",
    language: "en",
    source: "newsletter",
    message: `Hello,

I run sales for eleven paint shops around Porto. Every Monday I copy numbers from the tills into the attached sheet, and every Monday somebody tells me that theirs are wrong. Usually they are right.

I would like one page with last week's sales by shop and by kind of paint, which anyone can open and nobody has to copy. The tills write to a PostgreSQL database that I may read. Is there something simple that you would recommend, or is this a project?

Thanks in advance
Sofia Ribeiro`,
    documents: [
      {
        filename: "Monday numbers.xlsx",
        extension: "xlsx",
        kind: "spreadsheet",
        tags: ["figures"],
        complexity: 0.26,
        rows: [
          ["Shop", "Sales in EUR", "Last week", "Who says it is wrong"],
          ["Porto, Bolhao", 18_420, 17_960, ""],
          ["Porto, Foz", 12_310, 13_040, "Rui"],
          ["Matosinhos", 9_870, 9_610, ""],
          ["Vila Nova de Gaia", 14_250, 13_900, "Ines"],
          ["Braga", 11_140, 10_720, ""],
        ],
      },
    ],
  },
];
