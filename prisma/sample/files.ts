import { crc32, deflateRawSync } from "node:zlib";
import { PDFDocument, rgb, StandardFonts } from "pdf-lib";
import { isNotGiven } from "@/lib/database/not-given";
import type { SampleContact } from "./contacts";
import type { Chapter, SampleDocument } from "./documents";
import { drawPicture } from "./picture";
import { createRandom, hashText } from "./random";

const sections: readonly Chapter[] = [
  [
    "Where we are today",
    "Two servers, one database of about 300 GB, some forty scheduled jobs and a nightly export that three other systems depend on. Nobody has restored a backup this year.",
  ],
  [
    "What we need",
    "No interruption longer than five minutes. All data stays in the European Union. Every change can be traced to a person, and the numbers on the Monday report agree with the records behind them.",
  ],
  [
    "What we have tried",
    "A first attempt in spring was given up because the import took longer than a weekend. The reasons are understood and are described in the appendix.",
  ],
  [
    "Dates and budget",
    "Decision by the end of next month, start four weeks later. The budget covers the project and one year of care; travel is extra.",
  ],
  [
    "Open questions",
    "Who owns the data model afterwards? Which reports may be dropped? Can the old interface stay in place for our two largest customers until summer?",
  ],
];

type Described = {
  title: string;
  author: string;
  service: string;
  at: Date;
  seed: number;
  /** Three a page; without them, some are drawn by chance. */
  chapters: readonly Chapter[] | undefined;
};

/** Only what the PDF's built-in fonts can write (Latin-1); other scripts are left to the text and Word files. */
function latin(text: string): string {
  return text.replace(/[^\x20-\x7E\xA0-\xFF]/g, "");
}

/** A PDF of one to three pages with real, selectable text. */
async function buildPdf(about: Described): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.setTitle(latin(about.title));
  pdf.setProducer("Contact Desk sample");
  pdf.setCreator("Contact Desk sample");
  pdf.setCreationDate(about.at);
  pdf.setModificationDate(about.at);
  const regular = await pdf.embedFont(StandardFonts.Helvetica);
  const bold = await pdf.embedFont(StandardFonts.HelveticaBold);
  const random = createRandom(about.seed);
  const drawn = random.integer(1, 3);
  const pages = about.chapters ? Math.ceil(about.chapters.length / 3) : drawn;
  for (let number = 1; number <= pages; number++) {
    const page = pdf.addPage([595, 842]);
    let y = 760;
    const write = (text: string, size: number, strong = false) => {
      let line = "";
      const font = strong ? bold : regular;
      const flush = () => {
        page.drawText(line, { x: 64, y, size, font, color: rgb(0.12, 0.13, 0.16) });
        y -= size * 1.45;
        line = "";
      };
      for (const word of latin(text).split(" ")) {
        if (line !== "" && font.widthOfTextAtSize(`${line} ${word}`, size) > 467) flush();
        line = line === "" ? word : `${line} ${word}`;
      }
      flush();
    };
    if (number === 1) {
      write(about.title, 22, true);
      write(`${about.author} - ${about.service} - ${about.at.toISOString().slice(0, 10)}`, 10);
      y -= 14;
    }
    const written = about.chapters?.slice((number - 1) * 3, number * 3);
    for (const [heading, text] of written ?? [random.pick(sections), random.pick(sections), random.pick(sections)]) {
      write(heading, 13, true);
      write(text, 11);
      y -= 12;
    }
    page.drawText(`${number} / ${pages}`, { x: 510, y: 40, size: 9, font: regular });
  }
  return pdf.save();
}

/** A ZIP archive (deflate, no dates, so that the same content gives the same bytes). */
export function buildZip(entries: [name: string, content: string][]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of entries) {
    const raw = Buffer.from(content, "utf8");
    const packed = deflateRawSync(raw);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0); // version needed
    fields.writeUInt16LE(0x0800, 2); // names in UTF-8
    fields.writeUInt16LE(8, 4); // deflate
    fields.writeUInt16LE(0x21, 8); // 1 January 1980
    fields.writeUInt32LE(crc32(raw), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(raw.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), fields, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), fields, tail, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, entry) => sum + entry.length, 0);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

const escapeXml = (text: string) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const packageXmlns = "http://schemas.openxmlformats.org/package/2006";
const officeXmlns = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

function buildOffice(
  main: string,
  mainType: string,
  content: string,
  more: [string, string][] = [],
  overrides = "",
): Uint8Array {
  return buildZip([
    [
      "[Content_Types].xml",
      `${xml}<Types xmlns="${packageXmlns}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/${main}" ContentType="application/vnd.openxmlformats-officedocument.${mainType}.main+xml"/>${overrides}</Types>`,
    ],
    [
      "_rels/.rels",
      `${xml}<Relationships xmlns="${packageXmlns}/relationships"><Relationship Id="rId1" Type="${officeXmlns}/officeDocument" Target="${main}"/></Relationships>`,
    ],
    [main, xml + content],
    ...more,
  ]);
}

function buildWord(paragraphs: string[]): Uint8Array {
  const body = paragraphs
    .map((text) => `<w:p><w:r><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r></w:p>`)
    .join("");
  return buildOffice(
    "word/document.xml",
    "wordprocessingml.document",
    `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  );
}

function buildSheet(rows: (string | number)[][]): Uint8Array {
  const cells = (row: (string | number)[]) =>
    row
      .map((cell) =>
        typeof cell === "number" ? `<c><v>${cell}</v></c>` : `<c t="inlineStr"><is><t>${escapeXml(cell)}</t></is></c>`,
      )
      .join("");
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  return buildOffice(
    "xl/workbook.xml",
    "spreadsheetml.sheet",
    `<workbook xmlns="${main}" xmlns:r="${officeXmlns}"><sheets><sheet name="Figures" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    [
      [
        "xl/_rels/workbook.xml.rels",
        `${xml}<Relationships xmlns="${packageXmlns}/relationships"><Relationship Id="rId1" Type="${officeXmlns}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
      ],
      [
        "xl/worksheets/sheet1.xml",
        `${xml}<worksheet xmlns="${main}"><sheetData>${rows.map((row) => `<row>${cells(row)}</row>`).join("")}</sheetData></worksheet>`,
      ],
    ],
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>',
  );
}

/** The bytes of a document's file. */
export async function buildFile(document: SampleDocument, contact: SampleContact): Promise<Uint8Array> {
  const seed = hashText(document.id);
  const random = createRandom(seed);
  const title = document.filename.replace(/\.[A-Za-z]+$/, "");
  const author = contact.company && !isNotGiven(contact.company) ? contact.company : contact.name;
  const text = [
    title,
    author,
    "",
    ...(document.chapters ? [] : [contact.message, ""]),
    ...(document.chapters ?? sections).flatMap(([heading, body]) => [heading, body, ""]),
  ];
  switch (document.extension) {
    case "pdf":
      return buildPdf({
        title,
        author,
        service: contact.service || "General",
        at: new Date(document.uploadedAt),
        seed,
        chapters: document.chapters,
      });
    case "png":
      return drawPicture(document.documentType === "screenshot" ? "screen" : "diagram", seed);
    case "docx":
      return buildWord(text);
    case "xlsx":
      if (document.rows) return buildSheet(document.rows);
      return buildSheet([
        ["Month", "Orders", "Cost in EUR"],
        ...Array.from({ length: 12 }, (_, i) => [
          `2026-${String(i + 1).padStart(2, "0")}`,
          random.integer(200, 900),
          random.integer(1000, 9000),
        ]),
      ]);
    case "zip":
      return buildZip([["export/readme.txt", text.join("\n")]]);
    default:
      return Buffer.from(text.join("\n"), "utf8");
  }
}
