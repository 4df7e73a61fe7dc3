"use server";
import { requireStaff } from "@/lib/staff/session";
import { changeContacts, undoBatch } from "./change";
import type { ChangeFailure, ChangeResult } from "./outcome";
import { changeRequest, undoRequest } from "./request";

/** Sets what is decided about one or many contacts. Any staff may. Input is refused unless it is exactly a ChangeRequest. */
export async function setTriage(input: unknown): Promise<ChangeResult> {
  const staff = await requireStaff();
  const request = changeRequest.safeParse(input);
  return request.success ? changeContacts(staff.id, request.data) : unreadable;
}

/** Undoes a batch, the person's own or a colleague's. Input is refused unless it is exactly an UndoRequest. */
export async function undoChange(input: unknown): Promise<ChangeResult> {
  const staff = await requireStaff();
  const request = undoRequest.safeParse(input);
  return request.success ? undoBatch(staff.id, request.data) : unreadable;
}

const unreadable: ChangeFailure = {
  ok: false,
  code: "invalid",
  message: "This change could not be read. Reload the page and try again.",
};
