package coffer.ui.systems;

import static coffer.id.Permission.HOLDS_MANAGE;
import static coffer.id.Permission.SYSTEMS_DESTROY;
import static coffer.id.Permission.SYSTEMS_MANAGE;
import static coffer.id.Permission.SYSTEMS_READ;
import static coffer.platform.ProblemType.ORGANIZATION_NOT_FOUND;

import coffer.appliance.ApplianceDescription;
import coffer.fleet.HoldView;
import coffer.fleet.SystemDesk;
import coffer.id.Caller;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.platform.Problem;
import coffer.ui.Addresses;
import coffer.ui.Ids;
import coffer.ui.Visit;
import coffer.ui.Words;
import coffer.ui.once.Once;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What people do to one system: each button is offered where the system's actions have it. */
@Named
@RequestScoped
@Permitted(SYSTEMS_READ)
public class ActionsTab {

    private final Visit visit;
    private final Words words;
    private final SystemPage page;
    private final SystemDesk desk;
    private final Outside outside;
    private final Once once;
    private @Nullable ToldSecret told;
    private @Nullable String failure;
    private @Nullable List<HoldView> holds;

    @Inject
    ActionsTab(
            Visit visit,
            Words words,
            SystemPage page,
            SystemDesk desk,
            Outside outside,
            Once once) {
        this.visit = visit;
        this.words = words;
        this.page = page;
        this.desk = desk;
        this.outside = outside;
        this.once = once;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ActionsTab() {
        this(null, null, null, null, null, null);
    }

    /** Does what the button says that was pressed. */
    public void act() {
        if (!visit.request().getMethod().equals("POST")) {
            return;
        }
        pressed("suspend", SYSTEMS_MANAGE, desk::suspend);
        pressed("reactivate", SYSTEMS_MANAGE, desk::reactivate);
        pressed("delete", SYSTEMS_MANAGE, desk::delete);
        pressed("restore", SYSTEMS_MANAGE, desk::restore);
        pressed("update", SYSTEMS_MANAGE, this::update);
        pressed("reassign", SYSTEMS_MANAGE, (caller, id) -> desk.reassign(caller, id, target()));
        pressed("hold", HOLDS_MANAGE, (caller, id) -> desk.hold(caller, id, reason()));
        pressed("lift", HOLDS_MANAGE, desk::lift);
        tells("regenerate-secret", this::regenerate);
        tells("reissue", desk::reissue);
        destroy();
    }

    /** What a button does. */
    private interface Deed {
        void on(Caller.Person caller, UUID id);
    }

    /** What a button does that has a secret to tell. */
    private interface Secret {
        String of(Caller.Person caller, UUID id);
    }

    private void pressed(String deed, Permission permission, Deed what) {
        var id = visit.parameter("do-" + deed);
        if (id == null) {
            return;
        }
        try {
            var caller = visit.caller(permission);
            once.go(() -> {
                what.on(caller, Ids.of(id));
                return Addresses.noticed(Addresses.system(Ids.of(id)), "system-" + deed);
            });
        } catch (Problem refused) {
            failure = words.problem(refused);
        }
    }

    private void tells(String deed, Secret what) {
        var id = visit.parameter("do-" + deed);
        if (id == null) {
            return;
        }
        try {
            var caller = visit.caller(SYSTEMS_MANAGE);
            once.tell(() -> {
                var secret = what.of(caller, Ids.of(id));
                told = ToldSecret.of(deed, page.getSystem(), secret, outside.address());
                return Addresses.noticed(Addresses.system(Ids.of(id)), "told-secret");
            });
        } catch (Problem refused) {
            failure = words.problem(refused);
        }
    }

    private void update(Caller.Person caller, UUID id) {
        var hours = visit.parameter("cadence");
        desk.describe(
                caller,
                id,
                new ApplianceDescription(
                        typed("name"), visit.parameter("type"), visit.parameter("fqdn")),
                hours == null ? null : Duration.ofHours(Numbers.of("cadence", hours, 1, 2160)));
    }

    private UUID target() {
        return Ids.of(visit.parameter("target"), ORGANIZATION_NOT_FOUND);
    }

    private String reason() {
        var reason = typed("reason");
        if (reason.isEmpty() || reason.length() > 500) {
            throw coffer.platform.web.Paging.invalid("reason", "must have 1 to 500 characters", "");
        }
        return reason;
    }

    private String regenerate(Caller.Person caller, UUID id) {
        var overlap = Numbers.of("overlap", visit.parameter("overlap"), 0, 604_800);
        return desk.regenerate(caller, id, Duration.ofSeconds(overlap));
    }

    /** Whoever types the name has read it. An erasure is one, however often it is asked for. */
    private void destroy() {
        var id = visit.parameter("do-destroy");
        if (id == null) {
            return;
        }
        try {
            var caller = visit.caller(SYSTEMS_DESTROY);
            if (typed("typed").equals(page.getSystem().name().strip())) {
                var purge = Addresses.purge(outside.destroy(caller, Ids.of(id)));
                visit.leaveTo(Addresses.noticed(purge, "system-destroy"));
            } else {
                failure = words.phrases().text("doing.destroy.differs");
            }
        } catch (Problem refused) {
            failure = words.problem(refused);
        }
    }

    /** The new secret, or null. */
    public @Nullable ToldSecret getTold() {
        return told;
    }

    /** Why something was not done, or null. */
    public @Nullable String getFailure() {
        return failure;
    }

    /** The holds on the system itself. */
    public List<HoldView> getHolds() {
        if (holds == null) {
            holds = desk.holds(visit.caller(SYSTEMS_READ), page.getSystem().id());
        }
        return holds;
    }

    /** What was typed into a field, or else what is known. */
    public String typedOr(String name, @Nullable Object known) {
        var typed = visit.request().getMethod().equals("POST") ? visit.parameter(name) : null;
        return typed != null ? typed : Objects.toString(known, "");
    }

    private String typed(String name) {
        return Objects.requireNonNullElse(visit.parameter(name), "");
    }
}
