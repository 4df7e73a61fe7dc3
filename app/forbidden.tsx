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
          <a href="/" className="button button-plain button-normal">
            {deskWords.backToInbox}
          </a>
        }
      >
        Your role doesn't include it. Ask an admin to change your role.
      </Notice>
    </main>
  );
}
