"use client";

/** Placeholder until the viewer stands: says where the file can be read. */
export function PdfViewer({ id, name }: { id: string; name: string }) {
  return (
    <a href={`/documents/${id}`} className="ml-[42px] text-xs text-accent-ink underline">
      Download {name}
    </a>
  );
}
