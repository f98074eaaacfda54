/** Addresses beside the page's own. */

/**
 * The page itself may have been opened with a password in its address, with which `fetch` refuses relative ones.
 * @param {string} path Relative to the page.
 */
export const besidePage = (path) => new URL(path, location.origin + location.pathname);
