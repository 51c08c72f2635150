/** What the site is called, in the header, in titles and where it is cited. */
export const siteTitle = "A digit, 64 numbers, a digit";
