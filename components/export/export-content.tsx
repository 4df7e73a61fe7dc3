"use client";
import { Suspense, use, useState } from "react";
import { prefer } from "@/components/desk/prefer";
import { usePreferences } from "@/components/desk/preferences";
import { Button } from "@/components/ui/button";
import { DialogClose, DialogContent } from "@/components/ui/dialog/dialog";
import { Checkbox, Radio } from "@/components/ui/form/checkbox";
import { type ColumnKey, columnKeys, defaultColumns, exportColumns } from "@/lib/export/columns";
import {
  defaultFormat,
  type ExportFormatKey,
  exportFormatKeys,
  exportFormats,
  isExportFormat,
} from "@/lib/export/formats";
import { exportHref } from "@/lib/export/request";
import { exportWords } from "@/lib/export/words";
import { type ContactFilter, hasConditions } from "@/lib/filter/filter";

type Matching = Promise<{ ok: true; value: { count: number; exact: boolean } } | { ok: false }>;
export type ExportProps = { filter: ContactFilter; matching: Matching };

/**
 * Chooses the columns and the kind of file, and shows how many rows the file will have. Begins with what was chosen for
 * the last download. Loaded when first opened.
 */
export function ExportContent({ filter, matching }: ExportProps) {
  const { exportColumns: lastColumns, exportFormat: lastFormat } = usePreferences();
  const [chosen, setChosen] = useState<readonly ColumnKey[]>(() => readColumns(lastColumns));
  const [format, setFormat] = useState(lastFormat !== null && isExportFormat(lastFormat) ? lastFormat : defaultFormat);
  const columns = columnKeys.filter((key) => chosen.includes(key));
  const remember = () => {
    const usual = columns.join() === defaultColumns.join();
    void prefer({ exportFormat: format, exportColumns: usual ? null : columns });
  };
  return (
    <DialogContent
      title={exportWords.title}
      description={
        <>
          <Suspense fallback={exportWords.contacts}>
            <Rows matching={matching} />
          </Suspense>{" "}
          {exportWords.what(hasConditions(filter))}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Formats chosen={format} onChoose={setFormat} />
        <Groups chosen={chosen} onChoose={setChosen} />
        <div className="sticky -bottom-5 -mb-5 flex items-center gap-2 bg-panel pb-5">
          <Button look="quiet" onClick={() => setChosen(columnKeys)}>
            {exportWords.allColumns}
          </Button>
          <Button look="quiet" onClick={() => setChosen([])}>
            {exportWords.none}
          </Button>
          <span className="ml-auto" />
          {columns.length > 0 ? (
            <DialogClose asChild>
              <Button look="primary" asChild>
                {/* A new tab, which closes again if a file comes, and otherwise shows the error. */}
                <a href={exportHref({ filter, columns, format })} target="_blank" rel="noreferrer" onClick={remember}>
                  {exportWords.download}
                </a>
              </Button>
            </DialogClose>
          ) : (
            <Button look="primary" disabled>
              {exportWords.chooseColumn}
            </Button>
          )}
        </div>
      </div>
    </DialogContent>
  );
}

/** The columns of the last export that still exist, or else the default ones. */
function readColumns(last: readonly string[] | null): readonly ColumnKey[] {
  const known = columnKeys.filter((key) => last?.includes(key));
  return known.length > 0 ? known : defaultColumns;
}

type FormatsProps = { chosen: ExportFormatKey; onChoose: (format: ExportFormatKey) => void };

function Formats({ chosen, onChoose }: FormatsProps) {
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-ink-2">{exportWords.file}</legend>
      <div className="grid grid-cols-2 gap-x-4">
        {exportFormatKeys.map((key) => (
          <label key={key} htmlFor={`export-${key}`} className="flex min-h-7 items-center gap-2">
            <Radio
              id={`export-${key}`}
              name="export-format"
              value={key}
              checked={key === chosen}
              onChoose={() => onChoose(key)}
              aria-describedby="export-format-note"
            />
            {exportFormats[key].label}
          </label>
        ))}
      </div>
      <p id="export-format-note" className="mt-1 text-ink-3">
        {exportFormats[chosen].hint}
      </p>
    </fieldset>
  );
}

function Rows({ matching }: { matching: Matching }) {
  const counted = use(matching);
  if (!counted.ok) return exportWords.contacts;
  const { count, exact } = counted.value;
  if (!exact) return exportWords.moreThan(count);
  return exportWords.exactly(count);
}

type GroupsProps = { chosen: readonly ColumnKey[]; onChoose: (chosen: ColumnKey[]) => void };

function Groups({ chosen, onChoose }: GroupsProps) {
  const groups = [...new Set(columnKeys.map((key) => exportColumns[key].group))];
  return groups.map((group) => (
    <fieldset key={group}>
      <legend className="mb-1.5 font-medium text-ink-2">{group}</legend>
      <div className="grid grid-cols-2 gap-x-4">
        {columnKeys
          .filter((key) => exportColumns[key].group === group)
          .map((key) => (
            <label key={key} htmlFor={`export-${key}`} className="flex min-h-7 items-center gap-2">
              <Checkbox
                id={`export-${key}`}
                checked={chosen.includes(key)}
                onCheckedChange={(checked) =>
                  onChoose(checked ? [...chosen, key] : chosen.filter((each) => each !== key))
                }
              />
              {exportColumns[key].label}
            </label>
          ))}
      </div>
    </fieldset>
  ));
}
