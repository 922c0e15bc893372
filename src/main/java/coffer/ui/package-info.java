/**
 * <b>Mission</b>: the pages: what administrators see in a browser, by Jakarta Faces.
 *
 * <p><b>Face</b>: none. The beans are for the views in {@code src/main/webapp/ui} alone.
 *
 * <p><b>Promises</b>: a page shows and does what the API would, through the same faces, and offers
 * nothing that it would refuse; whoever wants a caller says for which permissions ({@link
 * coffer.ui.Visit#caller}). No HTTP session; what a page is about is in its address. Each text is
 * in {@code pages_en.properties} and {@code pages_it.properties}.
 *
 * <p><b>Not here</b>: any rule; sign-in and sessions (people).
 */
@NullMarked
package coffer.ui;

import org.jspecify.annotations.NullMarked;
