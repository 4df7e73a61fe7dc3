"use client";
import { MenuItem, MenuSeparator } from "@/components/ui/menu/menu";
import { setPreferences } from "@/lib/staff/actions";
import type { ChangeResult } from "@/lib/staff/change-result";
import { moveView, setViewShared } from "@/lib/views/actions";
import { everyContact, queueView, type View } from "@/lib/views/view";
import { viewMenuWords } from "./menu-words";
import { useViews } from "./views";

/** The actions that open a dialog first. */
export type ViewQuestion = "new" | "rename" | "delete";

type ViewItemsProps = {
  view: View;
  /** Whether the list differs from the saved view. */
  edited: boolean;
  onSave: () => void;
  onReset: () => void;
  onAsk: (question: ViewQuestion) => void;
  /** Sends a change, and says `said` once it is made. */
  send: (change: () => Promise<ChangeResult>, said?: string) => void;
};

/** The person's actions for a view. */
export function ViewItems({ view, edited, onSave, onReset, onAsk, send }: ViewItemsProps) {
  const { views, defaultId } = useViews();
  const { id, name, editable } = view;
  const isDefault = (defaultId ?? everyContact) === id;
  const shared = view.kind === "shared";
  const list = views.filter(({ kind }) => kind === view.kind);
  return (
    <>
      {edited && editable ? <MenuItem onSelect={onSave}>{viewMenuWords.saveChanges}</MenuItem> : null}
      {!edited && editable && view.columns === null ? (
        <MenuItem onSelect={onSave}>{viewMenuWords.saveWithColumns}</MenuItem>
      ) : null}
      {edited ? <MenuItem onSelect={onReset}>{viewMenuWords.discard}</MenuItem> : null}
      <MenuItem onSelect={() => onAsk("new")}>{viewMenuWords.saveAsNew}</MenuItem>
      {isDefault && id === queueView ? null : (
        <>
          <MenuSeparator />
          <MenuItem
            onSelect={() =>
              send(
                () => setPreferences({ defaultView: isDefault || id === queueView ? null : id }),
                isDefault ? viewMenuWords.inboxOpensWithQueue : viewMenuWords.inboxOpensWith(name),
              )
            }
          >
            {isDefault ? viewMenuWords.openInboxNoLonger : viewMenuWords.openInbox}
          </MenuItem>
        </>
      )}
      {editable ? (
        <>
          <MenuSeparator />
          <MenuItem onSelect={() => onAsk("rename")}>{viewMenuWords.rename}</MenuItem>
          <MenuItem
            onSelect={() =>
              send(
                () => setViewShared({ id, shared: !shared }),
                shared ? viewMenuWords.nowPrivate(name) : viewMenuWords.nowShared(name),
              )
            }
          >
            {shared ? viewMenuWords.stopSharing : viewMenuWords.share}
          </MenuItem>
          <MenuItem disabled={list.at(0)?.id === id} onSelect={() => send(() => moveView({ id, by: -1 }))}>
            {viewMenuWords.moveUp}
          </MenuItem>
          <MenuItem disabled={list.at(-1)?.id === id} onSelect={() => send(() => moveView({ id, by: 1 }))}>
            {viewMenuWords.moveDown}
          </MenuItem>
          <MenuItem className="text-fail data-[highlighted]:text-fail" onSelect={() => onAsk("delete")}>
            {viewMenuWords.delete}
          </MenuItem>
        </>
      ) : null}
    </>
  );
}
