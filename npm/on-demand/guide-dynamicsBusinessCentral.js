/*
 * Where Business Central publishes pages as web services. Page numbers and names as of 2026; sources in
 * docs/providers/dynamicsBusinessCentral.md.
 */
import { form, list } from "./drawings.js";

export const steps = [
  {
    title: "Open the list of web services",
    path: ["Search (Alt+Q)", "Web Services"],
    paragraphs: [
      "Open the company that you are connecting, press the magnifying glass, type Web Services, and choose the entry of " +
        "that name.",
    ],
  },
  {
    title: "Publish the pages",
    path: ["Web Services", "New"],
    paragraphs: [
      "Add one line a page, each of the type Page: 426 Vendor Bank Account List, 425 Vendor Bank Account Card, 424 Customer " +
        "Bank Account List, 423 Customer Bank Account Card. Only those that are asked for below are needed.",
      "Give each a service name without spaces and tick Published.",
    ],
    picture: form("A new line of the type Page with the number 426, a service name, and Published ticked.", "Web service", [
      { label: "Object Type", value: "Page", here: true },
      { label: "Object ID", value: "426", here: true },
      { label: "Service Name", value: "VendorBankAccounts", here: true },
      { label: "Published", tick: true, here: true },
    ]),
  },
  {
    title: "Copy the addresses",
    path: ["Web Services", "OData V4 URL"],
    paragraphs: [
      "Once a line is published, its address stands in the column OData V4 URL. Copy each one into its field below. Leave " +
        "empty what you do not publish.",
    ],
    picture: list(
      "The list of web services; the address in the column OData V4 URL is marked.",
      "Web Services",
      ["Service Name", "Published", "OData V4 URL"],
      [["VendorBank…", "Yes", "https://api.…"]],
      { row: 0, column: 2 },
    ),
  },
];
