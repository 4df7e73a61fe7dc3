import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

/** For a signed-in person whose role does not give access to the page. */
export default function ForbiddenPage() {
  return (
    <main>
      <Notice
        level={1}
        title="This page is for administrators"
        actions={
          <Button asChild>
            <Link href="/contacts">Back to the inbox</Link>
          </Button>
        }
      >
        Your role does not include it. An administrator of your desk can change that.
      </Notice>
    </main>
  );
}
