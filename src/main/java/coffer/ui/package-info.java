/**
 * <b>Mission</b>: the pages: what administrators see in a browser, by Jakarta Faces.
 *
 * <p><b>Face</b>: {@link coffer.ui.Texts}, the words for states, roles, alerts and refusals. The
 * beans are for the views in {@code src/main/webapp/ui} alone.
 *
 * <p><b>Promises</b>: a page shows and does what the API would, through the same faces, and offers
 * nothing that it would refuse; whoever wants a caller says for which permissions ({@link
 * coffer.ui.Visit#caller}). No HTTP session; what a page is about is in its address. Each text is
 * in {@code pages_en.properties} and {@code pages_it.properties}; {@code TextsTest} finds a state,
 * role, permission, alert or refusal that has none.
 *
 * <p><b>Not here</b>: any rule; sign-in and sessions (people).
 */
@NullMarked
package coffer.ui;

import org.jspecify.annotations.NullMarked;
