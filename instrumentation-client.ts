import { guardPlainText } from "@/lib/desk/trusted-types";

// Next runs this file before anything else of the application in the browser.
guardPlainText();
