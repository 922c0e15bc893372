package coffer.ui.systems;

import coffer.fleet.SystemView;
import coffer.ui.Addresses;

/**
 * A secret in the one answer that tells it.
 *
 * @param deed {@code create}, {@code regenerate-secret} or {@code reissue}
 * @param put what makes the appliance use it
 * @param send what sends a backup with it
 */
public record ToldSecret(
        String deed, String name, String key, String secret, String put, String send, String page) {

    static ToldSecret of(String deed, SystemView system, String secret, String server) {
        var commands = new ApplianceCommands(server, system.systemKey(), secret);
        return new ToldSecret(
                deed,
                system.name(),
                system.systemKey(),
                secret,
                deed.equals("regenerate-secret") ? commands.replace() : commands.enrol(),
                commands.send(),
                Addresses.system(system.id()));
    }

    /** Not in a log. */
    @Override
    public String toString() {
        return "ToldSecret[" + key + ", ****]";
    }
}
