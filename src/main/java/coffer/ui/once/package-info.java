/**
 * <b>Mission</b>: what a form asks for is done once, however often the form is sent.
 *
 * <p><b>Face</b>: {@link coffer.ui.once.Once}, for the beans of the pages.
 *
 * <p><b>Promises</b>: two sendings of one form at the same time, on two nodes, after a lost answer
 * or by "back" do what one does; the later one leads where the first led. A refused form is not
 * used up: it may be sent again.
 *
 * <p><b>Not here</b>: what a form does; that it comes from our own pages (the filter sees to it).
 */
@NullMarked
package coffer.ui.once;

import org.jspecify.annotations.NullMarked;
