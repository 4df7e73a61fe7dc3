import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { Toaster } from "@/components/ui/toast/toaster";
import { themeCookieName } from "@/lib/staff/session/token";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Contact Desk", template: "%s · Contact Desk" },
  robots: { index: false, follow: false },
  manifest: "/manifest.webmanifest",
  icons: {
    icon: [
      { url: "/favicon.ico", sizes: "32x32" },
      { url: "/icon.svg", type: "image/svg+xml" },
    ],
    apple: "/apple-touch-icon.png",
  },
};

export const viewport: Viewport = { width: "device-width", initialScale: 1 };

/**
 * The document. It is always dynamic, because scripts carry the request's nonce. The theme is set before the first
 * paint.
 */
export default async function RootLayout({ children }: { children: ReactNode }) {
  await connection();
  const known = await cookies();
  // The plain name is also read on https: the cookie may date from when the desk used http, or from before the prefix.
  const theme = (known.get(themeCookieName(true)) ?? known.get(themeCookieName(false)))?.value;
  return (
    <html lang="en" data-theme={theme === "light" || theme === "dark" ? theme : undefined}>
      <body>
        {children}
        <Toaster />
      </body>
    </html>
  );
}
