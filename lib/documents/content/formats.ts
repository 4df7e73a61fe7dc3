/** What a format is called, by file-type's name for it. With an article, to stand in "This is …". */
const formats: Record<string, string> = {
  "image/tiff": "a TIFF picture",
  "image/heic": "a HEIC picture, as iPhones take",
  "image/heif": "a HEIF picture",
  "image/heic-sequence": "a HEIC picture, as iPhones take",
  "image/heif-sequence": "a HEIF picture",
  "image/avif": "an AVIF picture",
  "image/bmp": "a bitmap picture (BMP)",
  "image/x-icon": "an icon",
  "image/jxl": "a JPEG XL picture",
  "image/jp2": "a JPEG 2000 picture",
  "image/vnd.adobe.photoshop": "a Photoshop picture",
  "image/vnd.dwg": "an AutoCAD drawing (DWG)",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "a Word document",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "an Excel workbook",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": "a PowerPoint presentation",
  "application/vnd.ms-word.document.macroenabled.12": "a Word document with macros",
  "application/vnd.ms-excel.sheet.macroenabled.12": "an Excel workbook with macros",
  "application/vnd.ms-powerpoint.presentation.macroenabled.12": "a PowerPoint presentation with macros",
  "application/vnd.oasis.opendocument.text": "an OpenDocument text",
  "application/vnd.oasis.opendocument.spreadsheet": "an OpenDocument spreadsheet",
  "application/vnd.oasis.opendocument.presentation": "an OpenDocument presentation",
  "application/vnd.oasis.opendocument.graphics": "an OpenDocument drawing",
  "application/epub+zip": "an electronic book (EPUB)",
  "application/rtf": "a rich text document (RTF)",
  "application/postscript": "a PostScript document",
  "application/zip": "a ZIP archive",
  "application/x-7z-compressed": "a 7-Zip archive",
  "application/x-rar-compressed": "a RAR archive",
  "application/gzip": "a gzip archive",
  "application/x-tar": "a tar archive",
  "application/x-bzip2": "a bzip2 archive",
  "application/x-xz": "an xz archive",
  "application/zstd": "a Zstandard archive",
  "application/x-cfb": "an older Office document (Word, Excel, PowerPoint) or an Outlook message",
  "application/x-msdownload": "a Windows program",
  "application/x-elf": "a Linux program",
  "application/x-mach-binary": "a macOS program",
  "application/x-sqlite3": "an SQLite database",
  "application/java-archive": "a Java program (JAR)",
  "application/vnd.android.package-archive": "an Android app (APK)",
  "application/vnd.visio": "a Visio drawing",
  "application/vnd.ms-cab-compressed": "a Windows cabinet archive",
  "application/x-apple-diskimage": "a macOS disk image",
  "application/x.ms.shortcut": "a Windows shortcut",
  "application/dicom": "a medical picture (DICOM)",
  "model/stl": "a 3D model (STL)",
  "model/3mf": "a 3D model (3MF)",
};

const families = [
  [/^audio\//, "a sound recording"],
  [/^video\//, "a video"],
  [/^font\//, "a font"],
  [/^image\//, "a picture of a kind that is not shown here"],
] as const;

/** A format in words, with an article: "a TIFF picture". Null if it has no words here. */
export function describeFormat(format: string | null): string | null {
  if (format === null) return null;
  return formats[format] ?? families.find(([family]) => family.test(format))?.[1] ?? null;
}

/** Folders by which an Office document is known, in whatever order it was packed (ECMA-376, part 2). */
const officeFolders = [
  ["word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
  ["xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  ["ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"],
] as const;

/** What an archive really is, if the names in it are those of an Office document. */
export function describeOffice(names: readonly string[]): string | null {
  if (!names.includes("[Content_Types].xml")) return null;
  const [, format = null] = officeFolders.find(([folder]) => names.some((name) => name.startsWith(folder))) ?? [];
  return describeFormat(format);
}

/** Streams by which a compound file (MS-CFB) is known. Their names are UTF-16. */
const compoundStreams = [
  ["EncryptedPackage", "an Office document that is protected by a password"],
  ["__properties_version1.0", "an Outlook message (.msg)"],
  ["WordDocument", "a Word document of the older kind (.doc)"],
  ["Workbook", "an Excel workbook of the older kind (.xls)"],
  ["PowerPoint Document", "a PowerPoint presentation of the older kind (.ppt)"],
  ["VisioDocument", "a Visio drawing"],
] as const;

/** What a compound file is, by the beginning of its directory. */
export function describeCompound(directory: Uint8Array): string | null {
  const bytes = Buffer.from(directory.buffer, directory.byteOffset, directory.byteLength);
  return compoundStreams.find(([name]) => bytes.includes(Buffer.from(name, "utf16le")))?.[1] ?? null;
}

/** Where a compound file's directory begins (MS-CFB, 2.2), in bytes. */
export function findCompoundDirectory(head: Uint8Array): number {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  return head.length < 512 ? 0 : (view.getUint32(0x30, true) + 1) * 2 ** Math.min(view.getUint16(0x1e, true), 12);
}
