package coffer.launch;

import java.util.List;

/** What the launcher prints: works as typed, with {@code curl} and {@code gpg}. */
final class Guide {

    private static final String ROUND_TRIP =
            """

            Coffer answers at {address} after {took} ({cpu} of CPU for the server). Ctrl-C stops it.

            A demo owner, distributor, reseller and customer are there, and one system of the customer's:
              system_key     {key}
              system_secret  {secret}

            A round trip, to paste into another terminal:

            cd "$(mktemp -d)"
            COFFER={address}/api/systems
            SYSTEM={key}:{secret}
            date > config.txt
            gpg --batch --yes --pinentry-mode loopback --passphrase round-trip -o config.gpg --symmetric config.txt
            curl -sS -u "$SYSTEM" -X POST -T config.gpg -H "X-Filename: config.gpg" $COFFER/backups | tee stored.json; echo
            curl -sS -u "$SYSTEM" $COFFER/backups; echo
            ID=$(grep -o '"id":"[^"]*' stored.json | cut -d '"' -f 4)
            curl -sS -u "$SYSTEM" -o back.gpg $COFFER/backups/$ID
            gpg --batch --quiet --pinentry-mode loopback --passphrase round-trip --decrypt back.gpg | cmp - config.txt && echo the same bytes
            """;

    private static final String SIGN_IN =
            """
            People sign in at {address}/ with a browser: user name admin, password {password}
            until it is changed, which is the first thing to do. The same by the API:

            TOKEN=$(curl -sS --json '{"username":"admin","password":"{password}"}' {address}/api/auth/login | grep -o '"token":"[^"]*' | cut -d '"' -f 4)
            curl -sS -X PUT -H "Authorization: Bearer $TOKEN" --json '{"current_password":"{password}","new_password":"a long one of your own"}' {address}/api/me/password; echo
            curl -sS -H "Authorization: Bearer $TOKEN" {address}/api/me; echo
            """;

    private static final String PEOPLE =
            """
            The demo has 60 systems with 90 days of backups. People of it, all with the password {password}:
              {usernames}
            Away with it: ./mvnw validate exec:exec@remove-demo (while this runs, with the same ports)
            """;

    private Guide() {}

    /** Who else signs in. */
    static String people(List<String> usernames, String password) {
        return PEOPLE.replace("{password}", password)
                .replace("{usernames}", String.join("\n  ", usernames));
    }

    /** The text for one system; {@code {took}} and {@code {cpu}} are left to the caller. */
    static String roundTrip(String address, Seed.Firewall system) {
        return ROUND_TRIP
                .replace("{address}", address)
                .replace("{key}", system.key())
                .replace("{secret}", system.secret());
    }

    /** How the owner's first account signs in. */
    static String signIn(String address, String password) {
        return SIGN_IN.replace("{address}", address).replace("{password}", password);
    }
}
