import { Notice } from "@/components/ui/notice";

/**
 * For a visitor who is not signed in. Pages redirect to the sign-in themselves. Without this file, each page would also
 * include Next's default text.
 */
export default function UnauthorizedPage() {
  return (
    <main>
      <Notice
        level={1}
        title="Sign in to see this"
        actions={
          <a href="/sign-in" className="button button-plain button-normal">
            Sign in
          </a>
        }
      />
    </main>
  );
}
