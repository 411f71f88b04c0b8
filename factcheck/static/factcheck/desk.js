/* start.js */
// What every page of the desk needs. Each file here is a scope of its own: one script to a page's part.
