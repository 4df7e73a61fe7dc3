import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { deskWords } from "@/lib/desk/wording";

/** For an unknown address, or for a contact that has been deleted. Pages of the desk show it within their frame. */
export default function NotFoundPage() {
  return (
    <main>
      <Notice
        level={1}
        title="There is nothing here"
        actions={
          <Button asChild>
            <Link href="/" prefetch={false}>
              {deskWords.backToInbox}
            </Link>
          </Button>
        }
      >
        The contact or page may have been deleted, or the link is incomplete.
      </Notice>
    </main>
  );
}
