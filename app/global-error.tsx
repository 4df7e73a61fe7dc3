"use client";
import { Failure } from "@/components/ui/failure";
import "./globals.css";

/** For a failure of the root layout. */
export default function GlobalErrorPage(props: Parameters<typeof Failure>[0]) {
  return (
    <html lang="en">
      <body>
        <title>Contact Desk</title>
        <Failure {...props} />
      </body>
    </html>
  );
}
