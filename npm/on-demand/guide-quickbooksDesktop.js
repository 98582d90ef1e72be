/*
 * How QuickBooks Web Connector takes a connector file. Names as of Web Connector 2.3; sources in
 * docs/providers/quickbooksDesktop.md.
 */
import { form, list } from "./drawings.js";

export const steps = [
  {
    title: "Open your company file in QuickBooks",
    path: [],
    paragraphs: [
      "On the Windows computer with QuickBooks Desktop, open the company file as its administrator, in single-user mode. " +
        "Open this page on that computer too, so that file and password are at hand.",
    ],
  },
  {
    title: "See that the Web Connector is there",
    path: ["File", "App Management", "Update Web Services"],
    paragraphs: [
      "In older versions the entry stands in the menu File itself. If a window named QuickBooks Web Connector opens, you " +
        "have it. If not, get it with the first button below and install it.",
    ],
  },
  {
    title: "Open the connector file",
    path: ["Web Connector", "Add an Application"],
    paragraphs: [
      "Download the connector file with the second button below, press Add an Application in the Web Connector and choose " +
        "the file. Confirm the question about a new web service with OK.",
    ],
  },
  {
    title: "Let it in",
    path: [],
    paragraphs: [
      "QuickBooks asks how far the access goes. Choose “Yes, always; allow access even if QuickBooks is not running”, then " +
        "Continue and Done.",
    ],
    picture: form(
      "The question of QuickBooks with the answer Yes, always marked.",
      "Application certificate",
      [
        { label: "No", tick: true },
        { label: "Yes, prompt each time", tick: true },
        { label: "Yes, always; even if not running", tick: true, here: true },
      ],
      "Continue",
    ),
  },
  {
    title: "Paste the password and update",
    path: ["Web Connector", "Update Selected"],
    paragraphs: [
      "Copy the password below, paste it into the column Password beside the new application, press Enter and let it be " +
        "saved. Tick the box in front of the application and press Update Selected.",
      "As soon as the Web Connector has brought its first answer, this page goes on by itself.",
    ],
    picture: list(
      "The Web Connector: the box in front of the application is ticked, the password is pasted into its column.",
      "QuickBooks Web Connector",
      ["Application", "Status", "Password"],
      [["☑ Connect", "Ok", "••••••••"]],
      { row: 0, column: 2 },
    ),
  },
];
