/*
 * What a host may adjust: parts of the widget on and off, services and kinds, its own words, its colours. The names are
 * those of 2.23. Which of it counts depends on the plan that the server names: `free` none of the looks and words,
 * `payAsYouGo` colours and the company's name, every other one all of it.
 */

/** Not given. The three are the same everywhere. */
export type Absent = "" | null | undefined;

/** A kind of services. */
export type ServiceKind = "accounting" | "banking" | "commerce";

/** On or off; texts `"true"` and `"false"` count too, as 2.23's pages have them. */
export type Switch = boolean | "true" | "false" | Absent;

/** Settings below the top level, where 2.23 has them. Other names are accepted; with `debug` the console names them. */
export interface WidgetSettings {
  /** How long the widget waits for one sign-in, in seconds; 120 when absent or 0. */
  sessionTimeout?: number | Absent;
  /** Tells the console what the widget decided: which server it took, which options and labels it does not know. */
  debug?: boolean | Absent;
  services?: {
    /** Services that are not offered, by their ids (`"xero"`, `"plaid"`), unless one is connected already. */
    exclude?: readonly string[] | null | undefined;
  } | null | undefined;
  kinds?: {
    /** Kinds that cannot be skipped before one of their services is connected. */
    hideSkip?: readonly ServiceKind[] | null | undefined;
  } | null | undefined;
  /** Words of your own. */
  content?: Labels | null | undefined;
  /** Parts of the widget. */
  components?: Components | null | undefined;
  [other: string]: unknown;
}

/** The older name of `WidgetSettings`. */
export type FineTuning = WidgetSettings;

/** Parts of the widget. All are there unless you say otherwise; what differs says so. */
export interface Components {
  /** The search field over the services. */
  search?: Switch;
  /** The close button. Off unless you switch it on, and only there where `closeRedirectUrl` says where it leads. */
  close?: Switch;
  /** The word that this is a sandbox. */
  sandbox?: Switch;
  /** The row with `theme.logo`. The widget has no mark of its own to show. */
  watermark?: Switch;
  /** The link to your terms; there where it has an address. */
  terms?: Switch;
  /** Where it leads: an http(s) address, or the key of a label that holds one. Else the label `terms.link`. */
  termsTitle?: string | null | undefined;
  /** Its words, or the key of a label. */
  termsBody?: string | null | undefined;
  /** The title of the first screens; screen readers keep it. */
  header?: Switch;
  /** The link to your help; there where it has an address. */
  helpLink?: Switch;
  /** Where it leads, as `termsTitle`. Else the label `helpLink.linkLocation`. */
  helpLinkTitle?: string | null | undefined;
  /** Its words, or the key of a label. */
  helpLinkBody?: string | null | undefined;
  /** The overview at the beginning. Unless you say so, there where services of more than one kind are offered. */
  overview?: Switch;
  /** The summary at the end, as the overview. */
  summary?: Switch;
  /** The progress bar. */
  progressBar?: Switch;
  /** Whether its steps can be pressed. */
  navigableProgressBar?: Switch;
  /** The way back from a screen to the one before. */
  back?: Switch;
  /** Whether accounting cannot be skipped. Off unless you switch it on; the same for the other kinds. */
  accountingRequired?: Switch;
  bankingRequired?: Switch;
  commerceRequired?: Switch;
  [other: string]: unknown;
}

/**
 * Words of your own by their keys, as nested objects; `docs/labels.md` lists the keys. They are shown as text. Fields in
 * double braces are filled in: `{{serviceName}}`, `{{customerName}}`, `{{companyName}}`, `{{businessName}}`.
 */
export interface Labels {
  /** The name of who asks for the connection, in the place of the one that the server knows. */
  companyName?: string | null | undefined;
  [key: string]: Labels | string | null | undefined;
}

/** A colour in CSS. What is none is passed over. */
export type Colour = string | null | undefined;

/** Colours, font and logo, in light and dark alike. */
export interface Theme {
  /** The one filled button; text and lines in this colour are made readable on the surface. */
  primary?: {
    background?: Colour;
    backgroundHover?: Colour;
    backgroundActive?: Colour;
    /** Black or white, whichever can be read, unless you say. */
    foreground?: Colour;
    foregroundHover?: Colour;
    foregroundActive?: Colour;
  } | null | undefined;
  /** The sandbox badge, and what turns while something is waited for. */
  secondary?: { background?: Colour; foreground?: Colour } | null | undefined;
  /** A `font-family` of fonts that your page has. */
  fontFamily?: string | null | undefined;
  logo?: {
    /** The address of a picture; it is fetched from there. */
    url?: string | null | undefined;
    /** How it is drawn: CSS declarations, as a text or as an object. */
    style?: string | Record<string, string | number> | null | undefined;
  } | null | undefined;
  [other: string]: unknown;
}

/** Options of the top level that adjust the widget, those of older versions included. */
export interface Adjustments {
  theme?: Theme | null | undefined;
  /** An older name of `theme.primary.background`, which wins. Hexadecimal with or without `#`. */
  brandColor?: Colour;
  /** An older name of `theme.secondary.background`, which wins. */
  accentColor?: Colour;
  /** The widget speaks English; another value changes nothing, as in 2.23. */
  language?: string | null | undefined;
  /** The countries of the banks that are offered, such as `["US", "CA"]`. */
  countryCodes?: readonly string[] | null | undefined;
  /** An older name of `options.components.search`. */
  serviceFilterEnabled?: Switch;
  /** An older name of `options.components.close`. */
  closeEnabled?: Switch;
  /** An older name of `options.components.header`. */
  headerEnabled?: Switch;
  /** An older name of `options.components.watermark`, the other way round. */
  removeRailzWatermark?: Switch;
  /** Of 2.23; changes nothing. */
  qaTest?: boolean | string | null | undefined;
  options?: WidgetSettings | null | undefined;
}
