package coffer.people.first;

import coffer.people.proof.NewPassword;
import coffer.people.proof.Passwords;
import coffer.people.proof.SignInSettings;
import coffer.platform.Executors;
import coffer.platform.Ids;
import coffer.platform.Installation;
import coffer.platform.Schema;
import coffer.platform.Secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import java.time.Duration;

/**
 * Makes the owner's account {@code admin} at the first start, whichever node is first. Where {@code
 * coffer.sign-in.owner-password} gives its password nothing is printed; given later, it replaces
 * one that was lost before anybody changed it. A test's catalogue has an account only if asked.
 */
@ApplicationScoped
class FirstAccount {

    static final String USERNAME = "admin";
    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration LATER = Duration.ofSeconds(5);

    private final FirstAccountDesk desk;
    private final Passwords passwords;
    private final SignInSettings settings;
    private final Installation installation;
    private final Executors executors;
    private final Ids ids;

    @Inject
    FirstAccount(
            FirstAccountDesk desk,
            Passwords passwords,
            SignInSettings settings,
            Installation installation,
            Executors executors,
            Ids ids) {
        this.desk = desk;
        this.passwords = passwords;
        this.settings = settings;
        this.installation = installation;
        this.executors = executors;
        this.ids = ids;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected FirstAccount() {
        this(null, null, null, null, null, null);
    }

    void start(@Observes Schema.Ready ready) {
        if (settings.ownerPassword().isPresent() || !installation.purpose().equals("test")) {
            schedule(SOON);
        }
    }

    private void schedule(Duration wait) {
        executors.once(wait, "first-account", this::attempt);
    }

    /** Again and again, for without it nobody gets in. */
    private void attempt() {
        var done = false;
        try {
            make();
            done = true;
        } finally {
            if (!done) {
                schedule(LATER);
            }
        }
    }

    private void make() {
        var given = settings.ownerPassword();
        if (given.isPresent() ? !desk.isUntouched() : !desk.isEmpty()) {
            return;
        }
        var password = given.orElseGet(() -> NewPassword.random(ids));
        if (desk.make(passwords.hash(password), given.isPresent()) && given.isEmpty()) {
            print(password);
        }
    }

    /** To the console and not through the log, whose lines carry no secret. */
    @SuppressWarnings("SystemOut")
    private static void print(Secret password) {
        System.out.println(
                """

                ************************************************************************
                The first account of this installation (it is told this once):
                    user name   %s
                    password    %s   must be changed at the first sign-in
                ************************************************************************
                """
                        .formatted(USERNAME, password.reveal()));
    }
}
