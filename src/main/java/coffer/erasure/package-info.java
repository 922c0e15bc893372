/**
 * <b>Mission</b>: what the law says must go is gone, everywhere, and that can be shown.
 *
 * <p><b>Face</b>: {@link coffer.erasure.Purges}; {@link coffer.erasure.Receipts} for the keys and
 * {@link coffer.erasure.VerifyReceipt} for whoever holds a receipt.
 *
 * <p><b>Promises</b>: nothing is called done before every version, delete marker and unfinished
 * upload has been looked for twice in every destination and not found; what stands in the way is
 * said, with its date, and tried again until it is gone; a legal hold stands above; a kill at any
 * instant loses nothing; the receipt and the erasure log hold ids only.
 *
 * <p><b>Not here</b>: the soft delete before it (fleet), how an object is erased (storage), dooming
 * backups and giving back what they used (backup).
 */
@NullMarked
package coffer.erasure;

import org.jspecify.annotations.NullMarked;
