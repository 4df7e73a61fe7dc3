"use client";
import { accountWords } from "@/components/staff/words";
import { Button } from "@/components/ui/button";
import { signOut, signOutEverywhere } from "@/lib/staff/actions";

/** Ends this session. */
export function SignOutButton() {
  return (
    // Wrapped in a function, so that the action gets no arguments: the form itself is not sent.
    <form action={() => signOut()}>
      <Button type="submit">{accountWords.signOut}</Button>
    </form>
  );
}

/** Ends all of one's sessions. */
export function SignOutEverywhereButton() {
  return (
    <form action={() => signOutEverywhere()} className="mt-3">
      <Button type="submit" look="danger">
        {accountWords.signOutEverywhere}
      </Button>
    </form>
  );
}
