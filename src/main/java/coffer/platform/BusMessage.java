package coffer.platform;

/**
 * Something that a node told all nodes, heard here: a CDI event. It carries no secret and may come
 * twice; whoever observes it must not mind.
 *
 * @param topic what it is about
 * @param text its content
 */
public record BusMessage(String topic, String text) {}
