"use client";
import { Bookmark, ChevronDown } from "lucide-react";
import { useRef, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog/dialog";
import { Menu, MenuContent, MenuTrigger } from "@/components/ui/menu/menu";
import { toast } from "@/components/ui/toast/toast";
import { fetchedLater, useFetched } from "@/components/ui/use-fetched";
import { deskWords } from "@/lib/desk/wording";
import type { ContactFilter } from "@/lib/filter/filter";
import { contactsHref, printFilter } from "@/lib/filter/url";
import type { ChangeResult } from "@/lib/staff/change-result";
import { removeView, setViewContent } from "@/lib/views/actions";
import { type View, viewHref } from "@/lib/views/view";
import { useNavigation } from "./navigation";
import { ViewItems, type ViewQuestion } from "./view-items";
import { useActiveView } from "./views";
import { viewWords } from "./words";

/** The dialogs' content, loaded when one is first opened. */
const later = fetchedLater(() => import("./view-dialog"));

type ViewMenuProps = {
  filter: ContactFilter;
  /** The columns on the screen, printed. */
  columns: string;
};

/** The menu beside the filter: saves it as a view, or names the view it started from, with that view's actions. */
export function ViewMenu({ filter, columns }: ViewMenuProps) {
  const active = useActiveView();
  const { go, showColumns, ...address } = useNavigation();
  const [question, ask] = useState<ViewQuestion | null>(null);
  // A dialog opens only after the menu has returned the focus, so that closing the dialog returns it there.
  const next = useRef<ViewQuestion | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const dialogs = useFetched(later, question !== null, () => {
    ask(null);
    toast.error(deskWords.notLoaded);
  });
  const close = () => {
    ask(null);
    requestAnimationFrame(() => button.current?.focus());
  };
  const [pending, start] = useTransition();
  const send = (change: () => Promise<ChangeResult>, said?: string) =>
    start(async () => {
      const result = await change();
      if (!result.ok) toast.error(result.message);
      else if (said) toast.success(said);
    });
  const content = { filter: String(printFilter(filter)), columns };
  const save = ({ id, name, stored }: View) =>
    start(async () => {
      const result = await setViewContent({ id, ...content, seen: stored });
      if (!result.ok) {
        toast.error(result.message);
        return;
      }
      toast.success(stored.columns === null ? viewWords.savedWithColumns(name) : viewWords.saved(name));
      if (address.columns !== columns) showColumns(columns);
    });
  const remove = ({ id, name }: View) =>
    start(async () => {
      close();
      const result = await removeView({ id });
      if (!result.ok) {
        toast.error(result.message);
        return;
      }
      toast.success(viewWords.deleted(name));
      go(contactsHref(filter), { bare: true, replace: true });
    });
  const view = active?.view ?? null;

  return (
    <>
      {view ? (
        <Menu>
          <MenuTrigger asChild>
            <Button ref={button} disabled={pending} className="h-[34px] max-w-52 max-md:max-w-32">
              <span className="sr-only">{viewWords.view} </span>
              <bdi className="truncate">{view.name}</bdi>
              {active?.edited ? <span className="font-normal text-ink-3">{viewWords.edited}</span> : null}
              <ChevronDown size={13} aria-hidden="true" className="shrink-0" />
            </Button>
          </MenuTrigger>
          <MenuContent
            align="end"
            onCloseAutoFocus={() => {
              ask(next.current);
              next.current = null;
            }}
          >
            <ViewItems
              view={view}
              edited={active?.edited ?? false}
              onSave={() => save(view)}
              onReset={() => go(viewHref(view))}
              onAsk={(asked) => {
                next.current = asked;
              }}
              send={send}
            />
          </MenuContent>
        </Menu>
      ) : (
        <Button ref={button} className="h-[34px] max-md:w-[34px] max-md:p-0" onClick={() => ask("new")}>
          <Bookmark size={14} aria-hidden="true" className="md:hidden" />
          <span className="max-md:sr-only">{viewWords.saveView}</span>
        </Button>
      )}
      <Dialog open={question !== null} onOpenChange={(open) => (open ? undefined : close())}>
        {dialogs && question === "new" ? (
          <dialogs.NewViewContent
            content={content}
            onDone={(id) => {
              close();
              go(contactsHref(filter, { view: id, columns }));
            }}
          />
        ) : null}
        {dialogs && view && question === "rename" ? <dialogs.RenameContent view={view} onDone={close} /> : null}
        {dialogs && view && question === "delete" ? (
          <dialogs.DeleteContent view={view} onConfirm={() => remove(view)} />
        ) : null}
      </Dialog>
    </>
  );
}
