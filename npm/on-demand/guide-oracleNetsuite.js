/*
 * How an administrator of an Oracle NetSuite account makes an access token (token-based authentication). Menu names as of
 * 2026; sources in docs/providers/oracleNetsuite.md.
 */
import { form, list } from "./drawings.js";

export const steps = [
  {
    title: "Switch the features on",
    path: ["Setup", "Company", "Enable Features", "SuiteCloud"],
    paragraphs: [
      "Sign in to NetSuite as an administrator. Under SuiteTalk tick REST Web Services, under Manage Authentication tick " +
        "Token-based Authentication, accept the terms, and save.",
    ],
    picture: form(
      "The tab SuiteCloud with two boxes ticked: REST Web Services and Token-based Authentication.",
      "SuiteCloud",
      [
        { label: "REST Web Services", tick: true, here: true },
        { label: "SOAP Web Services", tick: true },
        { label: "Token-based Authentication", tick: true, here: true },
      ],
      "Save",
    ),
  },
  {
    title: "Make a role that may only read",
    path: ["Setup", "Users/Roles", "Manage Roles", "New"],
    paragraphs: [
      "Give it a name that you recognise later. Under Permissions, Setup, add REST Web Services and Log in using Access " +
        "Tokens, both Full.",
      "Then add what is to be shared: transactions, lists and reports, each with the level View.",
    ],
    picture: form("A new role with the permissions REST Web Services and Log in using Access Tokens.", "Role", [
      { label: "Name", value: "Shared books" },
      { label: "Permission", value: "REST Web Services", here: true },
      { label: "Permission", value: "Log in using Access T…", here: true },
    ]),
  },
  {
    title: "Give the role to a person",
    path: ["Lists", "Employees", "Employees"],
    paragraphs: [
      "Edit the employee in whose name the data is read. On the tab Access add the new role and save. A person of its own " +
        "for this is best: the token ends when the person loses the role.",
    ],
  },
  {
    title: "Find the integration",
    path: ["Setup", "Integration", "Manage Integrations"],
    paragraphs: [
      "If you were given an integration to install, it is in this list: see that its state is Enabled.",
      "A token works with the integration it was made for and with no other. If there is none here for this purpose, ask " +
        "the people who sent you to this page which one to use.",
    ],
    picture: list(
      "The list of integrations. The state of the right one is Enabled.",
      "Integrations",
      ["Name", "State"],
      [
        ["Payroll", "Blocked"],
        ["The one for this page", "Enabled"],
      ],
      { row: 1, column: 1 },
    ),
  },
  {
    title: "Make the access token",
    path: ["Setup", "Users/Roles", "Access Tokens", "New"],
    paragraphs: [
      "Choose the integration as the application, then the person and the role from before, and save.",
      "NetSuite now shows the token ID and the token secret, this one time. Copy both into the form below before you leave " +
        "that page.",
    ],
    picture: form(
      "A new access token: application, user and role are chosen, then Save is pressed.",
      "Access Token",
      [
        { label: "Application", value: "The integration", here: true },
        { label: "User", value: "The person", here: true },
        { label: "Role", value: "Shared books", here: true },
      ],
      "Save",
    ),
  },
  {
    title: "Copy the account address",
    path: ["Setup", "Company", "Company Information", "Company URLs"],
    paragraphs: [
      "Copy the address beside SuiteTalk (SOAP and REST Web Services). It begins with your account number.",
    ],
    picture: form("The tab Company URLs with the address beside SuiteTalk marked.", "Company URLs", [
      { label: "External forms", value: "https://…" },
      { label: "SuiteTalk", value: "https://1234567.suite…", here: true },
    ]),
  },
  {
    title: "Look up how many requests may run at once",
    path: ["Setup", "Integration", "Integration Governance"],
    paragraphs: [
      "The account limit is how many requests all your integrations may make at the same time. Enter how many of them this " +
        "connection may use; 1 always works.",
    ],
  },
];
