/**
 * The authorization matrix: every endpoint as every kind of caller on things in every place,
 * against a table that knows nothing of the production code.
 */
package coffer.matrix;
