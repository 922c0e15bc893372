/**
 * <b>Mission</b>: the pages about organizations: the tree, one of them, and what is decided there.
 *
 * <p><b>Face</b>: the beans of {@code organizations.xhtml} and {@code organization.xhtml}.
 *
 * <p><b>Promises</b>: the tree is read only where the address opens it; a button is shown for what
 * {@code actions[]} names, and for nothing else.
 *
 * <p><b>Not here</b>: any rule (fleet, erasure); people (ui.people).
 */
@NullMarked
package coffer.ui.organizations;

import org.jspecify.annotations.NullMarked;
