import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { insightsPortion } from "@/lib/contact/contact";
import { type Insights, languageName, readInsights } from "@/lib/contact/insights";
import { layOutJson } from "@/lib/contact/json-text";
import { formatBytes } from "@/lib/desk/bytes";
import { formatInstant } from "@/lib/desk/time";
import { joinWords } from "@/lib/desk/wording";
import { markHidden } from "@/lib/text/visible-text";
import { contactWords, insightWords } from "./words";

type InsightsSectionProps = {
  /** The JSON text, as PostgreSQL prints it. */
  text: string | null;
  complete: boolean;
  whole: boolean;
  wholeHref: string;
  zone: string;
  level: 2 | 3;
};

/** What the pipeline found in a contact's documents: in words, with malformed parts named, and as JSON. */
export function InsightsSection({ text, complete, whole, wholeHref, zone, level }: InsightsSectionProps) {
  const read = readInsights(text, complete);
  return (
    <Section id="insights" title={insightWords.insights} level={level}>
      {read.state === "none" ? <p className="text-ink-3">{insightWords.none}</p> : null}
      {read.state === "unreadable" ? <p className="text-warn">{read.words}</p> : null}
      {read.state === "read" ? <Readable insights={read.insights} zone={zone} /> : null}
      {read.state === "read" && !read.analysed && read.malformed.length === 0 ? (
        <p className="text-ink-3">{insightWords.unnamed}</p>
      ) : null}
      {read.state === "read" && read.malformed.length > 0 ? (
        <p className="mt-1.5 text-warn">{insightWords.malformed(joinWords(read.malformed))}</p>
      ) : null}
      {text === null || read.state === "none" ? null : (
        <Json text={text} complete={complete} whole={whole} wholeHref={wholeHref} />
      )}
    </Section>
  );
}

function Readable({ insights, zone }: { insights: Insights; zone: string }) {
  const { businessContent, confidence, language, complexity, documentTypes } = insights;
  const sentence = describeDocuments(insights, zone);
  return (
    <>
      <ul className="flex flex-wrap gap-1.5 empty:hidden">
        {businessContent.state === "given" ? (
          <Mark>{businessContent.value ? insightWords.businessContent : insightWords.noBusinessContent}</Mark>
        ) : null}
        {confidence.state === "given" ? (
          <Mark>{insightWords.confidence(`${confidence.value[0]?.toUpperCase()}${confidence.value.slice(1)}`)}</Mark>
        ) : null}
        {language.state === "given" ? (
          <Mark title={insightWords.storedAs(language.value)}>{markHidden(languageName(language.value))}</Mark>
        ) : null}
        {complexity.state === "given" ? <Mark>{insightWords.complexity(complexity.value.toFixed(2))}</Mark> : null}
        {documentTypes.state === "given"
          ? documentTypes.value.slice(0, 12).map((type) => <Mark key={type}>{markHidden(type)}</Mark>)
          : null}
        {documentTypes.state === "given" && documentTypes.value.length > 12 ? (
          <Mark>{insightWords.moreTypes(documentTypes.value.length - 12)}</Mark>
        ) : null}
      </ul>
      {sentence ? <p className="mt-1.5 text-ink-3">{sentence}</p> : null}
    </>
  );
}

function Mark({ children, title }: { children: React.ReactNode; title?: string }) {
  return (
    <li className="max-w-full min-w-0">
      <Badge title={title} className="tabular-nums">
        <bdi>{children}</bdi>
      </Badge>
    </li>
  );
}

/** "Analysed: 2 documents, 968 kB, last uploaded …, processing completed.", from the parts that are known. */
function describeDocuments({ documents, totalSize, lastUpload, processing }: Insights, zone: string): string | null {
  const counted = [
    ...(documents.state === "given" ? [insightWords.documents(documents.value)] : []),
    ...(totalSize.state === "given" ? [formatBytes(totalSize.value)] : []),
    ...(lastUpload.state === "given" ? [insightWords.lastUpload(formatInstant(lastUpload.value, zone))] : []),
    ...(processing.state === "given" ? [insightWords.processing(processing.value.replaceAll("_", " "))] : []),
  ];
  return counted.length > 0 ? insightWords.analysis(counted.join(", ")) : null;
}

/** The stored JSON, indented as text; it is not parsed, so no value changes. */
function Json({
  text,
  complete,
  whole,
  wholeHref,
}: {
  text: string;
  complete: boolean;
  whole: boolean;
  wholeHref: string;
}) {
  const shown = layOutJson(text, whole ? undefined : insightsPortion);
  return (
    <details className="mt-2" open={whole}>
      <summary className="inline-block rounded font-medium text-accent-ink hover:underline">
        {insightWords.json}
      </summary>
      <textarea
        readOnly
        aria-label={insightWords.jsonLabel}
        rows={Math.min(shown.text.split("\n", 20).length, 20)}
        spellCheck={false}
        translate="no"
        defaultValue={shown.text}
        className="mt-1.5 block w-full resize-y rounded-md border border-line bg-sunk p-2 font-mono text-[11.5px] leading-[17px] text-ink-2"
      />
      {complete && shown.complete ? null : (
        <p className="mt-1.5 flex flex-wrap items-center gap-2 text-ink-3">
          {insightWords.onlyBeginning}
          {whole ? null : (
            <Button asChild size="small">
              <Link href={wholeHref} prefetch={false}>
                {contactWords.showAll}
              </Link>
            </Button>
          )}
        </p>
      )}
    </details>
  );
}
