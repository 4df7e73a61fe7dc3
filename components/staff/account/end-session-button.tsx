"use client";
import { useTransition } from "react";
import { accountWords } from "@/components/staff/words";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast/toast";
import { endOwnSession } from "@/lib/staff/actions";

/** Ends another one of one's own sessions. */
export function EndSessionButton({ id, browser }: { id: string; browser: string }) {
  const [pending, start] = useTransition();
  const end = () =>
    start(async () => {
      const result = await endOwnSession({ id });
      if (result.ok) toast.success(accountWords.signedOut(browser));
      else toast.error(result.message);
    });
  return (
    <Button size="small" onClick={end} disabled={pending} aria-label={accountWords.signOutOne(browser)}>
      {accountWords.signOut}
    </Button>
  );
}
