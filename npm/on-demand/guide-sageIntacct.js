/*
 * How an administrator of a Sage Intacct company lets a web services user in. Menu names as of 2026; sources in
 * docs/providers/sageIntacct.md.
 */
import { form, list } from "./drawings.js";

export const steps = [
  {
    title: "Switch web services on",
    path: ["Company", "Admin", "Subscriptions"],
    paragraphs: [
      "Sign in as an administrator; with several entities, stay at the top level. Find Web Services in the list and switch " +
        "it on.",
    ],
    picture: list(
      "The list of subscriptions. Web Services is switched on.",
      "Subscriptions",
      ["Application", "Status"],
      [
        ["General Ledger", "On"],
        ["Web Services", "On"],
      ],
      { row: 1, column: 1 },
    ),
  },
  {
    title: "Authorise the sender",
    path: ["Company", "Setup", "Company", "Security"],
    paragraphs: [
      "Press Edit, go to Web Services authorizations and press Add. Enter the sender ID that you were given together with " +
        "this page, leave its status Active, and save twice: the line, then the page.",
      "If you were given no sender ID, ask the people who sent you here. Without it Sage Intacct lets no request in.",
    ],
    picture: form(
      "A new line under Web Services authorizations with the sender ID filled in.",
      "Web Services authorizations",
      [
        { label: "Sender ID", value: "as you were given", here: true },
        { label: "Status", value: "Active" },
      ],
      "Save",
    ),
  },
  {
    title: "Make a role that may only read",
    path: ["Company", "Admin", "Roles"],
    paragraphs: [
      "Add a role and, under Subscriptions, give it List and View for what is to be shared: General Ledger, Accounts " +
        "Payable, Accounts Receivable, Cash Management and Company. If your company gives permissions to users and not to " +
        "roles, do the same at the user of the next step.",
    ],
  },
  {
    title: "Make a web services user",
    path: ["Company", "Admin", "Web Services users", "Add"],
    paragraphs: [
      "Choose a user ID, an email address that you can read, and the role from before. Save.",
      "Sage Intacct sends the password to that address. Such a user cannot sign in to Sage Intacct itself.",
    ],
    picture: form(
      "A new web services user with user ID, email address and role.",
      "Web Services user",
      [
        { label: "User ID", value: "books_reader", here: true },
        { label: "Email address", value: "one you can read", here: true },
        { label: "Role", value: "The role from before", here: true },
      ],
      "Save",
    ),
  },
  {
    title: "Fill in the form below",
    path: [],
    paragraphs: [
      "The company ID is the one you sign in with. User ID and password are those of the web services user; capital and " +
        "small letters count in all three.",
      "If the company has several entities, you choose one in the next step.",
    ],
  },
];
