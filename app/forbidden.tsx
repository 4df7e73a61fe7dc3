import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { deskWords } from "@/lib/desk/wording";

/** For a signed-in person whose role does not give access to the page, within the desk's frame. */
export default function ForbiddenPage() {
  return (
    <main>
      <Notice
        level={1}
        title="This page is for admins"
        actions={
          <Button asChild>
            <Link href="/" prefetch={false}>
              {deskWords.backToInbox}
            </Link>
          </Button>
        }
      >
        Your role doesn't include it. Ask an admin to change your role.
      </Notice>
    </main>
  );
}
