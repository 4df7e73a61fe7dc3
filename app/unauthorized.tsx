import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

/** For someone who is not signed in. Pages lead to the sign-in by themselves; without this, each would carry Next's own words along. */
export default function UnauthorizedPage() {
  return (
    <main>
      <Notice
        level={1}
        title="Sign in to see this"
        actions={
          <Button asChild>
            <Link href="/sign-in">Sign in</Link>
          </Button>
        }
      />
    </main>
  );
}
