"use client";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/form/field";
import { InboxLink, useNavigation } from "@/components/views/navigation";
import { type ContactFilter, withField } from "@/lib/filter/filter";
import {
  describeJson,
  type InsightCondition,
  parseInsightCondition,
  printInsightCondition,
} from "@/lib/filter/insight/condition";
import { withInsightCondition } from "@/lib/filter/insight/with-condition";
import { contactsHref } from "@/lib/filter/url";
import type { InsightPath } from "@/lib/list/path-collector";
import { facetWords } from "./words";

type ItemProps = {
  path: InsightPath;
  share: string;
  filter: ContactFilter;
  open: boolean;
  onChosen: () => void;
};

const parts = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 0 });

/** A share in per cent; a share above 0 is never shown as 0 %. */
export function shareOf(part: number, whole: number): string {
  const share = whole === 0 ? 0 : part / whole;
  return share > 0 && share < 0.01 ? "under 1%" : parts.format(share);
}

/** One path: its values, and links to filter by it. */
export function InsightPathItem({ path, share, filter, open, onChosen }: ItemProps) {
  const hasNumbers = path.kinds.includes("number");
  const hasOthers = path.kinds.some((kind) => kind === "text" || kind === "list");
  return (
    <li className="border-t border-line-soft">
      <details open={open} className="group">
        <summary className="flex cursor-default list-none items-baseline gap-2 rounded-[4px] py-1.5 hover:text-accent-ink max-md:py-2.5 [&::-webkit-details-marker]:hidden">
          <span aria-hidden="true" className="text-ink-3 transition-transform group-open:rotate-90">
            ›
          </span>
          <bdi className="min-w-0 font-medium break-words">{path.path}</bdi>
          <span className="ml-auto shrink-0 text-ink-3 tabular-nums">
            {path.kinds.join(", ")} · in {share}
          </span>
        </summary>
        <div className="flex flex-col gap-2.5 pt-1 pb-3 pl-4">
          {path.values.length > 0 ? (
            <ul aria-label={facetWords.commonValues(path.path)} className="flex flex-wrap gap-1.5">
              {path.values.map(({ json, contacts }) => (
                <li key={JSON.stringify(json)} className="max-w-full">
                  <ConditionLink
                    path={path}
                    kind={path.kinds[0] === "list" ? "has" : "eq"}
                    {...{ json, filter, onChosen }}
                  >
                    <bdi className="truncate">{describeJson(json)}</bdi>
                    <span className="font-normal text-ink-3">{shareOf(contacts, path.contacts)}</span>
                  </ConditionLink>
                </li>
              ))}
            </ul>
          ) : null}
          {hasNumbers ? <RangeForm path={path} filter={filter} onChosen={onChosen} /> : null}
          {hasOthers ? <ValueForm path={path} filter={filter} onChosen={onChosen} /> : null}
          <div className="flex flex-wrap gap-1.5">
            <ConditionLink path={path} kind="exists" filter={filter} onChosen={onChosen}>
              {facetWords.present}
            </ConditionLink>
            <ConditionLink path={path} kind="missing" filter={filter} onChosen={onChosen}>
              {facetWords.missing}
            </ConditionLink>
          </div>
        </div>
      </details>
    </li>
  );
}

type ConditionLinkProps = Pick<ItemProps, "path" | "filter" | "onChosen"> & {
  kind: "eq" | "has" | "exists" | "missing";
  json?: InsightPath["values"][number]["json"];
  children: ReactNode;
};

/** Adds a condition, or removes it if the filter has it already. */
function ConditionLink({ path, kind, json = null, filter, onChosen, children }: ConditionLinkProps) {
  const keys = keysOf(path);
  const condition: InsightCondition =
    kind === "exists" || kind === "missing"
      ? { path: keys, operator: kind }
      : { path: keys, operator: kind, value: json };
  const text = printInsightCondition(condition);
  const mode = (["any", "all"] as const).find((each) => filter.fields.insight?.[each].includes(text));
  const next = mode ? withField(filter, "insight", { mode, remove: [text] }) : withInsightCondition(filter, condition);
  return (
    <InboxLink
      href={contactsHref(next)}
      onClick={onChosen}
      aria-current={mode ? "true" : undefined}
      className="flex max-w-full min-w-0 items-center gap-1.5 rounded-[5px] border border-line px-2 py-0.5 text-ink-2 hover:bg-hover hover:text-ink aria-[current]:border-accent aria-[current]:bg-accent-soft aria-[current]:text-accent-ink max-md:py-1.5"
    >
      {children}
    </InboxLink>
  );
}

function keysOf({ path }: InsightPath): string[] {
  return parseInsightCondition(`${path}:exists`)?.path ?? [];
}

type FormProps = Pick<ItemProps, "path" | "filter" | "onChosen">;

/** A range of numbers, both ends included; either may be empty. */
function RangeForm({ path, filter, onChosen }: FormProps) {
  const { go } = useNavigation();
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [problem, setProblem] = useState("");
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const asked = [from && `${path.path}:gte:${from}`, to && `${path.path}:lte:${to}`].filter((text) => text !== "");
    const conditions = asked.map(parseInsightCondition).filter((condition) => condition !== null);
    if (asked.length === 0 || conditions.length < asked.length) return setProblem(facetWords.badNumber);
    if (from && to && Number(from) > Number(to)) return setProblem(facetWords.rangeReversed);
    onChosen();
    go(contactsHref(conditions.reduce(withInsightCondition, filter)));
  };
  return (
    <form
      onSubmit={submit}
      noValidate
      aria-label={facetWords.range(path.path)}
      className="flex flex-wrap items-center gap-2"
    >
      <NumberInput
        label={facetWords.from}
        value={from}
        onChange={setFrom}
        hint={path.least}
        describedBy={problem ? id : undefined}
      />
      <NumberInput
        label={facetWords.to}
        value={to}
        onChange={setTo}
        hint={path.most}
        describedBy={problem ? id : undefined}
      />
      <Button type="submit" className="h-9">
        {facetWords.filter}
      </Button>
      {problem ? (
        <p id={id} role="alert" className="w-full text-fail">
          {problem}
        </p>
      ) : null}
    </form>
  );
}

type NumberInputProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint: number | null;
  describedBy?: string;
};

function NumberInput({ label, value, onChange, hint, describedBy }: NumberInputProps) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex items-center gap-1.5 text-ink-2">
      {label}
      <Input
        id={id}
        inputMode="decimal"
        className="w-28"
        placeholder={hint === null ? undefined : String(hint)}
        value={value}
        aria-describedby={describedBy}
        onChange={(event) => onChange(event.target.value.trim())}
      />
    </label>
  );
}

/** A text, or an element of a list, exactly as stored. */
function ValueForm({ path, filter, onChosen }: FormProps) {
  const { go } = useNavigation();
  const [value, setValue] = useState("");
  const id = useId();
  const isList = path.kinds[0] === "list";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const condition = isList
      ? parseInsightCondition(`${path.path}:has:${value}`)
      : ({ path: keysOf(path), operator: "eq", value } as const);
    if (!condition) return;
    onChosen();
    go(contactsHref(withInsightCondition(filter, condition)));
  };
  return (
    <form onSubmit={submit} aria-label={facetWords.value(path.path)} className="flex items-center gap-2">
      <label htmlFor={id} className="flex min-w-0 items-center gap-1.5 text-ink-2">
        <span className="shrink-0">{isList ? facetWords.has : facetWords.is}</span>
        <Input
          id={id}
          className="max-w-64"
          dir="auto"
          required
          maxLength={400}
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
      </label>
      <Button type="submit" className="h-9">
        {facetWords.filter}
      </Button>
    </form>
  );
}
