package coffer.platform;

/**
 * Marks every settings record, so that {@link SettingsExtension} can read all of them before the
 * first request: nonsense in any ends the start. Each has a static {@code read(SettingsReader)}.
 */
public interface Settings {}
