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
          <a href="/" className="button button-plain button-normal">
            {deskWords.backToInbox}
          </a>
        }
      >
        The contact or page may have been deleted, or the link is incomplete.
      </Notice>
    </main>
  );
}
