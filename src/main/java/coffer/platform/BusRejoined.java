package coffer.platform;

/**
 * This node listens again: what was said in between is lost, so forget what it could have changed.
 */
public record BusRejoined() {}
