/**
 * Every page over the demo's data, for every role, language, scheme and width; and the pictures of
 * the documentation. Heavy: {@code ./mvnw -Pheavy}.
 */
package coffer.ui.wall;
