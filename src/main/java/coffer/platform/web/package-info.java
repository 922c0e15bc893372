/**
 * <b>Mission</b>: the HTTP edge. Every request passes {@link coffer.platform.web.RouteFilter} once;
 * every answer that this server words itself is an {@link coffer.platform.web.Envelope}.
 *
 * <p><b>Face</b>: {@link coffer.platform.web.Envelope}, {@link coffer.platform.web.Problems},
 * {@link coffer.platform.web.RouteFilter#route}, {@link coffer.platform.web.TrustedProxies}, {@link
 * coffer.platform.web.HttpSettings}.
 *
 * <p><b>Promises</b>: never a redirect, never HTML, never a stack trace in an answer; each answer
 * has {@code X-Request-Id}; each fault of ours is logged exactly once, here.
 *
 * <p><b>Not here</b>: who may call (access), what the calls do (the folders of the nouns).
 */
@NullMarked
package coffer.platform.web;

import org.jspecify.annotations.NullMarked;
