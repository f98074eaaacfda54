/** Addresses beside the page's own, and beside its modules. */

/**
 * The page itself may have been opened with a password in its address, with which `fetch` refuses relative ones.
 * @param {string} path Relative to the page.
 */
export const besidePage = (path) => new URL(path, location.origin + location.pathname);

/**
 * A file that belongs to the modules of this version of the page, and is kept as long as they are.
 * @param {string} path Relative to the page's folder.
 */
export function besideModules(path) {
  const address = new URL(`../${path}`, import.meta.url);
  address.username = address.password = "";
  return address;
}
