import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

/** For an unknown address, or for a contact or document that has been deleted. */
export default function NotFoundPage() {
  return (
    <main>
      <Notice
        level={1}
        title="There is nothing here"
        actions={
          <Button asChild>
            <Link href="/contacts">Back to the inbox</Link>
          </Button>
        }
      >
        The contact or page may have been deleted, or the link is incomplete.
      </Notice>
    </main>
  );
}
