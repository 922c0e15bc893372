/**
 * <b>Mission</b>: nobody, the operator included, can quietly rewrite what happened.
 *
 * <p><b>Face</b>: {@link coffer.audit.AuditTrail} writes, {@link coffer.audit.AuditHistory} reads.
 *
 * <p><b>Promises</b>: an entry belongs to the transaction of the change it tells of. Personal
 * detail and the salt stand in a row that can be erased without touching the entry; the entry's
 * commitment proves the detail while it is there.
 *
 * <p><b>Not here</b>: chaining and sealing the entries; who may see which.
 */
@NullMarked
package coffer.audit;

import org.jspecify.annotations.NullMarked;
